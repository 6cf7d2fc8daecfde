"""Addresses of performance."""

from __future__ import annotations

from django.urls import path

from waypost.performance import views

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/<str:name>", views.report, name="report"),
]
