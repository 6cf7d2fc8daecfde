"""Pages about whoever asks: their home."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from waypost.access import doors
from waypost.access.asked import Asked


def home(request: Asked) -> HttpResponse:
    """What a person's roles are for, and where their work is."""
    return render(request, "access/home.jinja", {"held": request.actor.held, "doors": doors.open_to(request.actor)})
