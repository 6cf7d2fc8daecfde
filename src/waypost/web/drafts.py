"""Drafts: what people type is kept while they type, and is there when they come back.

A draft belongs to a person and the address of a form. It is kept by a small script as they type, by the button "Save as
draft" where scripts do not run, and by the lock when a session has been left alone. It is forgotten when the form is
sent and taken, when the person starts again, and after a while.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from waypost.web.forms import Form
from waypost.web.models import Draft

KEPT_FOR = timedelta(days=14)
SAVE, START_AGAIN = "_draft", "_start_again"
SECRETS = {"password", "oldpassword", "password1", "password2", "code", "credential"}
NEVER_KEPT = SECRETS | {"csrfmiddlewaretoken", "_address", SAVE, START_AGAIN}
LONGEST_ADDRESS = 200
MOST = 500_000
HELD = "waypost.draft_held"

F = TypeVar("F", bound=Form)


def ask(request: HttpRequest, form: type[F], **given: object) -> F:
    """The form of this page: as it was sent, or else as it was left, or else new."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **given)
    asked = form(**given)
    draft = _of(request).first()
    if draft is not None:
        _fill(asked, QueryDict(draft.typed))
        asked.draft_of = draft.saved_at
    return asked


def keep(request: HttpRequest, address: str, typed: QueryDict) -> None:
    """Keeps what was typed at an address, in place of what was kept before. Passwords are never kept."""
    kept = typed.copy()
    for name in NEVER_KEPT & kept.keys():
        del kept[name]
    text = kept.urlencode()
    if any(kept.values()) and len(text) <= MOST:
        Draft.objects.update_or_create(user_id=str(request.user.pk), address=address, defaults={"typed": text})


def hold(request: HttpRequest) -> None:
    """The form was sent and not taken, so its draft stays though the answer leads elsewhere."""
    request.META[HELD] = True


def forget_old() -> int:
    """Removes drafts that nobody has come back to."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()[0]


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keeps a draft for the script of a page, which sends the form with the address that it is at."""
    typed = request.POST.copy()
    address = str(typed.get("_address", ""))
    if not address.startswith("/") or len(address) > LONGEST_ADDRESS:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    keep(request, address, typed)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


class Drafts:
    """Around each form that is sent: keeps it where asked, forgets it where it was taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return self.get_response(request)
        if SAVE in request.POST or START_AGAIN in request.POST:
            _of(request).delete() if START_AGAIN in request.POST else keep(request, request.path, request.POST)
            return redirect(request.path)
        response = self.get_response(request)
        is_taken = response.status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER) and HELD not in request.META
        if is_taken and request.user.is_authenticated:
            _of(request).delete()
        return response


def _of(request: HttpRequest) -> QuerySet[Draft]:
    return Draft.objects.filter(user_id=str(request.user.pk), address=request.path)


def _fill(form: Form, typed: QueryDict) -> None:
    """Puts a draft into a form as if it were its first values, so that nothing is called wrong before it is sent."""
    for name, field in form.fields.items():
        here = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(typed, {}, here):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, here)
