"""The reports that someone may read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from csp.decorators import csp
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from waypost.access.asked import Asked
from waypost.access.models import Authority
from waypost.performance.kept import KINDS, Kept
from waypost.performance.kept import kept as kept_in
from waypost.reports.html import style

SHOWN = ("html", "pdf")


def reports(request: Asked) -> HttpResponse:
    """The reports of the authorities that the person reads reports of."""
    request.actor.may("read_reports").or_refuse()
    names = dict(Authority.objects.values_list("code", "name"))
    found = _kept(request)
    held = [{"title": _title(key, names), "files": _in_order(files)} for key, files in groupby(found, key=_report_of)]
    return render(request, "performance/reports.jinja", {"reports": held})


# A report brings its own styles and forbids itself everything else; the header must allow it the same, and no more.
DIRECTIVES = (part.split() for part in style()["policy"].split(";"))
POLICY = {name: values for name, *values in DIRECTIVES}


@csp(POLICY)  # type: ignore[arg-type]
def report(request: Asked, name: str) -> HttpResponseBase:
    """One file of a report, if the person may read it."""
    request.actor.may("read_reports").or_refuse()
    found = next((each for each in _kept(request) if each.path.name == name), None)
    if found is None:
        raise Http404
    is_shown = found.form in SHOWN
    return FileResponse(
        found.path.open("rb"), content_type=KINDS[found.form], filename=found.path.name, as_attachment=not is_shown
    )


def _kept(request: Asked) -> list[Kept]:
    codes = dict(Authority.objects.values_list("pk", "code"))
    readable = {codes[key] for key in request.actor.where("read_reports")}
    internal = {codes[key] for key in request.actor.where("read_internal_reports")}
    return kept_in(settings.REPORTS_DIR, readable, internal=internal)


def _report_of(kept: Kept) -> tuple[str, str, str, str]:
    return kept.code, kept.kind, kept.period, kept.edition


def _in_order(files: Iterable[Kept]) -> list[Kept]:
    return sorted(files, key=lambda each: list(KINDS).index(each.form))


def _title(key: tuple[str, str, str, str], names: dict[str, str]) -> str:
    code, kind, period, edition = key
    return f"{names.get(code, code)}: {kind.replace('-', ' ')}, {period}, {edition} edition"
