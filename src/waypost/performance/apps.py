"""The Django app of performance, and the door to its reports."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "waypost.performance"
    label = "performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        from waypost.access import doors
        from waypost.performance import settled
        from waypost.performance.checks import begin

        settled.register()
        begin.register()
        doors.register(
            doors.Door(
                title="Reports",
                says="Read the annual reports, in the format that suits you.",
                view="reports",
                needs="read_reports",
                place=90,
            )
        )
        doors.register(
            doors.Door(
                title="Check a return",
                says="Have a census file checked against the rules of its collection. Nothing is kept unless you ask.",
                view="check_return",
                needs="check_returns",
                place=92,
            )
        )
