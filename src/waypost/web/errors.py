"""The pages that say what went wrong and what to do. None of them holds a word of a record."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger("waypost.faults")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "not_found", HTTPStatus.NOT_FOUND)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal in its own words, where the rule that refused has some."""
    return _page(request, "not_allowed", HTTPStatus.FORBIDDEN, because=str(exception or ""))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "bad_request", HTTPStatus.BAD_REQUEST)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent without the token that shows that it came from a page of ours."""
    return _page(request, "form_expired", HTTPStatus.FORBIDDEN)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Drawn without asking who is there: what is at fault may be the database that knows."""
    held = {"number": request.META.get("waypost.number", ""), "is_training": settings.IS_TRAINING}
    page = render_to_string("errors/our_fault.jinja", {**held, "user": None, "messages": ()})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def logged(sender: object, request: HttpRequest | None = None, **_: object) -> None:
    """Leaves the kind of a fault, and where in the code it was, in the log. Its words may hold a value of a record."""
    number = request.META.get("waypost.number", "") if request else ""
    log.error("fault", exc_info=sys.exc_info(), extra={"request": number})


def _page(request: HttpRequest, name: str, status: HTTPStatus, because: str = "") -> HttpResponse:
    held = {"because": because, "number": request.META.get("waypost.number", "")}
    return render(request, f"errors/{name}.jinja", held, status=status)
