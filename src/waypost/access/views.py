"""Pages about whoever asks: their home."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from waypost.access import doors
from waypost.access.asked import Asked


def home(request: Asked) -> HttpResponse:
    """Where a person's work is: the page that is home to their role, or what their roles are for and every door."""
    open_ = doors.open_to(request.actor)
    home_door = next((door for door in open_ if door.is_home), None)
    if home_door is not None:
        return redirect(home_door.view)
    return render(request, "access/home.jinja", {"held": request.actor.held, "doors": open_})
