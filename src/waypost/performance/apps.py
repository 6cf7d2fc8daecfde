"""The Django app of performance, and the door to its reports."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "waypost.performance"
    label = "performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        from waypost.access import doors

        doors.register(
            doors.Door(
                title="Reports",
                says="Read the annual reports, in the format that suits you.",
                view="reports",
                needs="read_reports",
                place=90,
            )
        )
