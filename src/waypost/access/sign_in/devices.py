"""Where a person is signed in, and how they sign out elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from waypost.access.asked import Asked
from waypost.access.lock import SEEN
from waypost.access.sign_in import lines

# A browser says that it is others too, so the first of these that it says is the one that it is.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "a Mac"), ("CrOS", "a Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Device:
    """A session in words. `seen_at` is when it last asked for a page."""

    key: int
    name: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def named(agent: str) -> str:
    """What a browser calls itself, as a person would: Firefox on Windows."""
    browser = next((name for mark, name in BROWSERS if re.search(mark, agent)), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def listed(request: Asked) -> list[Device]:
    """The sessions of whoever asks, this one first, then by when they were last used."""
    found = [_device(each, request) for each in UserSession.objects.purge_and_list(request.user)]
    return sorted(found, key=lambda each: (not each.is_this, -each.seen_at.timestamp()))


def _device(session: UserSession, request: Asked) -> Device:
    store = import_module(settings.SESSION_ENGINE).SessionStore(session.session_key)
    seen = store.get(SEEN)
    return Device(
        key=session.pk,
        name=named(session.user_agent),
        address=str(session.ip),
        began_at=session.created_at,
        seen_at=datetime.fromtimestamp(seen, timezone.get_current_timezone()) if seen else session.last_seen_at,
        is_this=session.session_key == request.session.session_key,
    )


def devices(request: Asked) -> HttpResponse:
    """Where the person is signed in, and since when."""
    return render(request, "access/devices.jinja", {"devices": listed(request)})


@require_POST
def sign_out_device(request: Asked, key: int) -> HttpResponse:
    """Ends one session other than this."""
    mine = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    get_object_or_404(mine, pk=key).end()
    lines.left("sign out a device", request.user)
    messages.success(request, "That device has been signed out.")
    return redirect("devices")


@require_POST
def sign_out_other_devices(request: Asked) -> HttpResponse:
    """Ends every session but this."""
    for each in UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key):
        each.end()
    lines.left("sign out other devices", request.user)
    messages.success(request, "All your other devices have been signed out.")
    return redirect("devices")
