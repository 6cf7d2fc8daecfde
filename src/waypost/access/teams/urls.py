"""Addresses of teams."""

from __future__ import annotations

from django.urls import path

from waypost.access.teams import views

urlpatterns = [
    path("teams", views.teams, name="teams"),
    path("teams/new", views.new, name="team_new"),
    path("teams/<int:pk>", views.team, name="team"),
    path("teams/<int:pk>/rename", views.rename, name="team_rename"),
    path("teams/<int:pk>/close", views.close, name="team_close"),
]
