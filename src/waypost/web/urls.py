"""Addresses that belong to no record: drafts, and whether the service is well."""

from __future__ import annotations

from django.urls import path

from waypost.web import drafts, health

urlpatterns = [
    path("draft", drafts.save, name="save_draft"),
    path("health/alive", health.alive, name="alive"),
    path("health/ready", health.ready, name="ready"),
]
