"""Addresses of an authority's own settings. The part of one says which kind of setting."""

from __future__ import annotations

from django.urls import path

from waypost.access.local import views

PART = "settings/<slug:part>"

urlpatterns = [
    path("settings", views.home, name="settings"),
    path(PART, views.kind, name="settings_of"),
    path(f"{PART}/new", views.new, name="setting_new"),
    path(f"{PART}/<uuid:row>", views.one, name="setting"),
    path(f"{PART}/<uuid:row>/withdraw", views.withdraw, name="setting_withdraw"),
]
