"""A return is checked: a file is sent, what was found is read, downloaded, kept where asked, and forgotten."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from waypost.access.asked import Asked
from waypost.performance.checks import begin, kept
from waypost.performance.checks import presenters as words
from waypost.performance.checks.forms import CheckForm
from waypost.performance.checks.place import DOWNLOADS

MOST_KEPT = 50
"""How many results the page of those that are kept lists."""


def check(request: Asked) -> HttpResponse:
    """Asks for a file, and has it checked."""
    request.actor.may("check_returns").or_refuse()
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if request.method == "POST" and form.is_valid():
        begin.begin(request, form.cleaned_data["file"], form.cleaned_data["collection"])
        return redirect("check_result")
    return _asked(request, form)


def result(request: Asked) -> HttpResponse:
    """What was found; or how far the check is; or the form again, with why the file could not be checked."""
    request.actor.may("check_returns").or_refuse()
    place = begin.of(request)
    if place is None:
        return redirect("check_return")
    if place.refused:
        form = CheckForm.refused(place.refused, place.collection)
        begin.forget(request)
        return _asked(request, form)
    if place.found is None:
        return render(request, "performance/checks/under_way.jinja", words.under_way(*place.far))
    return _found(request, kept.Result.of(place.found))


def _asked(request: Asked, form: CheckForm) -> HttpResponse:
    held = {"form": form, "address": "check_return", "has_check": begin.of(request) is not None}
    return render(request, "performance/checks/check.jinja", held)


def _found(request: Asked, found: kept.Result) -> HttpResponse:
    may_keep = kept.may_keep(request.actor, found)
    last = kept.latest(found) if may_keep else None
    held = {"top": words.top(found.found), "found": found.found, "may_keep": may_keep, "authority": found.authority}
    held |= {"last": last, "changes": kept.changes(last.rules, found.found["rules"]) if last else []}
    return render(request, "performance/checks/found.jinja", held)


def download(request: Asked, name: str) -> HttpResponseBase:
    """What was found, as one file."""
    request.actor.may("check_returns").or_refuse()
    place = begin.of(request)
    if name not in DOWNLOADS or place is None or place.found is None:
        raise Http404
    return FileResponse(
        place.download(name).open("rb"),
        as_attachment=True,
        filename=f"census-check.{name}",
        content_type=DOWNLOADS[name],
    )


@require_POST
def forget(request: Asked) -> HttpResponse:
    """Removes the check at once."""
    request.actor.may("check_returns").or_refuse()
    begin.forget(request)
    messages.success(request, "The file and what was found in it are gone.")
    return redirect("check_return")


@require_POST
def keep(request: Asked) -> HttpResponse:
    """Keeps the numbers of a result under its authority."""
    request.actor.may("check_returns").or_refuse()
    place = begin.of(request)
    if place is None or place.found is None:
        messages.error(request, "The result is not there any more. Check the file again.")
        return redirect("check_return")
    row = kept.keep(kept.Result.of(place.found), by=request.actor)
    messages.success(request, "The result is kept. The file is not.")
    return redirect("check_kept", key=row.pk)


def kept_checks(request: Asked) -> HttpResponse:
    """The results that were kept, the latest first."""
    request.actor.may("check_returns").or_refuse()
    return render(request, "performance/checks/kept_list.jinja", {"rows": kept.readable(request.actor)[:MOST_KEPT]})


def kept_check(request: Asked, key: uuid.UUID) -> HttpResponse:
    """One result that was kept, and what changed since the one before it."""
    request.actor.may("check_returns").or_refuse()
    row = get_object_or_404(kept.readable(request.actor), pk=key)
    last = kept.before(row)
    changes = kept.changes(last.rules, row.rules) if last else []
    held = {"row": row, "top": words.kept_top(row), "last": last, "changes": changes}
    return render(request, "performance/checks/kept.jinja", held)
