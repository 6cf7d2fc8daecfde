"""The Django app of the kit, and what it hears of faults."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "waypost.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        from django.core.signals import got_request_exception

        from waypost.web import errors

        got_request_exception.connect(errors.logged, dispatch_uid="waypost.faults")
