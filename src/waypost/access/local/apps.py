"""The Django app of an authority's own settings, and the door to them."""

from __future__ import annotations

from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "waypost.access.local"
    label = "local"
    verbose_name = "Settings of an authority"

    def ready(self) -> None:
        from waypost.access import doors

        doors.register(
            doors.Door(
                title="Settings",
                says="Keep your authority's own limits, targets, bands, publication rule, populations and names.",
                view="settings",
                needs="keep_settings",
                place=75,
            )
        )
