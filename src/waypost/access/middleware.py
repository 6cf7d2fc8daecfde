"""Gives each request the person who asks, with the roles of today, and what they may see."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.scope import Scope


class WhoIsAsking:
    """`request.actor` and `request.scope`, for a person who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.actor = Actor.of(request.user, today=timezone.localdate())  # type: ignore[attr-defined]
            request.scope = Scope(request.actor)  # type: ignore[attr-defined]
        return self.get_response(request)
