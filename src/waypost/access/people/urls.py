"""Addresses of accounts and roles."""

from __future__ import annotations

from django.urls import path

from waypost.access.people import leaving_views, views

ONE = "accounts/<uuid:key>"

urlpatterns = [
    path("accounts", views.accounts, name="accounts"),
    path("accounts/new", views.open_account, name="open_account"),
    path(ONE, views.account, name="account"),
    path(f"{ONE}/invite", views.invite_again, name="invite_again"),
    path(f"{ONE}/about", views.change_account, name="change_account"),
    path(f"{ONE}/close", leaving_views.close_account, name="close_account"),
    path(f"{ONE}/hand-over", leaving_views.hand_over, name="hand_over"),
    path(f"{ONE}/second-factor", leaving_views.reset_factor, name="reset_factor"),
    path(f"{ONE}/reopen", views.reopen_account, name="reopen_account"),
    path(f"{ONE}/roles/new", views.give_role, name="give_role"),
    path(f"{ONE}/roles/<int:role>/end", leaving_views.end_role, name="end_role"),
    path(f"{ONE}/roles/<int:role>/move", leaving_views.move, name="move_role"),
]
