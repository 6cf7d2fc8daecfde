"""Begins a check, and has the session alone know of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.text import get_valid_filename

import waypost
from waypost.performance.checks import place
from waypost.performance.checks.place import ASKED, FAR, REFUSED, Place

KEY = "return_check"
MOST_AT_ONCE = 4
WAITS = 3.0
"""Seconds in which most files are checked, so that their page of progress is never seen."""
LONGEST_NAME = 80


def is_busy() -> bool:
    """Whether as many checks are under way as the machine should have at once."""
    place.forget_old(settings.CHECKING_DIR)
    return place.under_way(settings.CHECKING_DIR) >= MOST_AT_ONCE


def begin(request: HttpRequest, file: UploadedFile, collection: str) -> Place:
    """Sets the file aside and starts the check, in place of the one that the session had."""
    forget(request)
    found = place.made(settings.CHECKING_DIR)
    name = get_valid_filename(Path(file.name or "census.xml").name)[-LONGEST_NAME:]
    with (found.filed / name).open("wb") as kept:
        shutil.copyfileobj(file, kept)
    found.say(ASKED, {"collection": collection})
    found.say(FAR, {"read": 0, "of": file.size})
    request.session[KEY] = found.folder.name
    start(found, collection)
    return found


def start(found: Place, collection: str) -> None:
    """Has a process of its own check the file, and gives it a moment to end."""
    environment = {**os.environ, "PYTHONPATH": str(Path(waypost.__file__).parents[1])}
    command = [sys.executable, "-m", "waypost.performance.checks.ask", str(found.folder), collection]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    threading.Thread(target=_watch, args=(process, found), daemon=True).start()
    until = time.monotonic() + WAITS
    while time.monotonic() < until and found.found is None and not found.refused:
        time.sleep(0.05)


def _watch(process: subprocess.Popen[bytes], found: Place) -> None:
    """A check that was killed says so."""
    process.wait()
    if found.is_there and found.found is None and not found.refused:
        found.say(REFUSED, {"says": place.CUT_OFF})
        shutil.rmtree(found.filed, ignore_errors=True)


def of(request: HttpRequest) -> Place | None:
    """The session's check, where it has one that is still there."""
    name = request.session.get(KEY)
    try:
        found = Place(settings.CHECKING_DIR / uuid.UUID(name).hex) if name else None
    except ValueError:
        return None
    if found and not found.is_there:
        forget(request)
        return None
    return found


def forget(request: HttpRequest) -> None:
    if name := request.session.pop(KEY, None):
        Place(settings.CHECKING_DIR / uuid.UUID(name).hex).forget()


def forget_at_the_end(sender: Any, request: HttpRequest | None, **_: Any) -> None:
    """Signing out ends the session, and the check with it."""
    if request is not None and hasattr(request, "session"):
        forget(request)


def register() -> None:
    user_logged_out.connect(forget_at_the_end, dispatch_uid="forget the check of a return")
