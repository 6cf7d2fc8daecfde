"""The Django app of access: what it hears of signing in, and the door to the accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "waypost.access"
    label = "access"
    verbose_name = "Access"

    def ready(self) -> None:
        from waypost.access import audit, doors
        from waypost.access.sign_in import lines

        audit.open_doors()
        lines.listen()
        doors.register(
            doors.Door(
                title="People and roles",
                says="Open and close accounts, and give and end roles.",
                view="accounts",
                needs="manage_people",
                place=80,
            )
        )
        doors.register(
            doors.Door(
                title="Teams",
                says="Add, rename and close teams, and see whose work must be handed over.",
                view="teams",
                needs="manage_people",
                place=81,
            )
        )
