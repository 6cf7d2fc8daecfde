"""Addresses about whoever asks."""

from __future__ import annotations

from django.urls import include, path

from waypost.access import lock, views
from waypost.access.audit import views as audit

urlpatterns = [
    path("", views.home, name="home"),
    path("locked", lock.unlock, name="unlock"),
    path("", include("waypost.access.sign_in.urls")),
    path("", include("waypost.access.people.urls")),
    path("", include("waypost.access.teams.urls")),
    path("", include("waypost.access.local.urls")),
    path("audit", audit.trail, name="trail"),
    path("audit/unusual", audit.unusual, name="unusual"),
    path("audit/unusual/<uuid:person>/<uuid:child>/<str:day>", audit.review, name="review_look"),
]
