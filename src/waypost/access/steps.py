"""Changes in two steps: what would happen is shown first, and the change is made when it is confirmed.

The first step sends the form; its answer shows what would happen, and carries what was sent, hidden, with two buttons:
one makes the change, the other goes back to the form as it was.
"""

from __future__ import annotations

from django.http import HttpRequest

CONFIRM, AGAIN = "_confirm", "_again"
NOT_CARRIED = {"csrfmiddlewaretoken", CONFIRM, AGAIN, "_draft", "_seen"}


def is_confirmed(request: HttpRequest) -> bool:
    return request.method == "POST" and CONFIRM in request.POST


def is_preview(request: HttpRequest) -> bool:
    """Whether the form was sent to see what would happen, or has been confirmed, and is not being changed again."""
    return request.method == "POST" and AGAIN not in request.POST


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, for the page to carry on."""
    sent = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name, str(value)) for name, value in sent if name not in NOT_CARRIED]
