"""Gives each request the person who asks, with the roles of today, and what they may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.asked import Asked
from waypost.access.scope import Scope


class WhoIsAsking:
    """`request.actor` and `request.scope`, for a person who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            asked = cast("Asked", request)
            asked.actor = Actor.of(asked.user, today=timezone.localdate())
            asked.scope = Scope(asked.actor)
        return self.get_response(request)
