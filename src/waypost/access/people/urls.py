"""Addresses of accounts and roles."""

from __future__ import annotations

from django.urls import path

from waypost.access.people import views

ONE = "accounts/<uuid:key>"

urlpatterns = [
    path("accounts", views.accounts, name="accounts"),
    path("accounts/new", views.open_account, name="open_account"),
    path(ONE, views.account, name="account"),
    path(f"{ONE}/invite", views.invite_again, name="invite_again"),
    path(f"{ONE}/close", views.close_account, name="close_account"),
    path(f"{ONE}/reopen", views.reopen_account, name="reopen_account"),
    path(f"{ONE}/roles/new", views.give_role, name="give_role"),
    path(f"{ONE}/roles/<int:role>/end", views.end_role, name="end_role"),
]
