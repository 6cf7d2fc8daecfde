"""Addresses of performance."""

from __future__ import annotations

from django.urls import path

from waypost.performance import views
from waypost.performance.checks import views as checks

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/<str:name>", views.report, name="report"),
    path("returns/check", checks.check, name="check_return"),
    path("returns/check/result", checks.result, name="check_result"),
    path("returns/check/download/<str:name>", checks.download, name="check_download"),
    path("returns/check/forget", checks.forget, name="check_forget"),
    path("returns/check/keep", checks.keep, name="check_keep"),
    path("returns/kept", checks.kept_checks, name="checks_kept"),
    path("returns/kept/<uuid:key>", checks.kept_check, name="check_kept"),
]
