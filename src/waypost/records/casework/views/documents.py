"""Documents on a child's record: the list of them, one to open, and one to add."""

from __future__ import annotations

import logging
import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access import trail
from waypost.access.asked import Asked
from waypost.access.models import Act
from waypost.records.casework.actions.documents import NewDocument, add_document, change_sensitivity
from waypost.records.casework.documents import SAYS, may_add_document, may_change_document
from waypost.records.casework.filed import scanner, store
from waypost.records.casework.filed.kinds import KINDS
from waypost.records.casework.forms.documents import DocumentForm, SensitivityForm
from waypost.records.casework.models import Child, Document
from waypost.records.casework.presenters.child import called
from waypost.records.casework.presenters.documents import lines
from waypost.records.casework.views.child import drawn, opened
from waypost.records.casework.views.saving import saved
from waypost.web import drafts

log = logging.getLogger("waypost.documents")


def documents(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The documents that the person may open, the latest first."""
    child, record = opened(request, key, "child's documents")
    held = request.scope.documents.filter(child=child.pk).select_related("added_by").order_by("-dated_on", "-added_at")
    if record.at is not None:
        held = held.filter(added_at__lte=record.at)
    return drawn(request, "casework/child/documents.jinja", record, {"documents": lines(held), "rule": SAYS})


def document(request: Asked, key: uuid.UUID, document: uuid.UUID) -> HttpResponseBase:
    """The file of a document, to keep and not to show: a browser runs nothing that stands in it."""
    found: Document = get_object_or_404(request.scope.documents, pk=document, child=key)
    trail.add(Act.READ, "document", by=request.actor, child=found.child_id, rows=[f"casework.document:{found.pk}"])
    try:
        file = store.opened(found.sha256)
    except store.Altered:
        log.error("a kept file is missing or is not what was kept")
        return render(
            request, "casework/documents/altered.jinja", {"child": key}, status=HTTPStatus.INTERNAL_SERVER_ERROR
        )
    kind = KINDS[found.file_kind]
    return FileResponse(file, as_attachment=True, filename=found.file_name, content_type=kind.content_type)


def add(request: Asked, key: uuid.UUID) -> HttpResponse:
    """A file, and what is said of it."""
    child = get_object_or_404(request.scope.children.select_related("person"), pk=key)
    may_add_document(request.actor, child).or_refuse()
    form = drafts.ask(request, DocumentForm)
    if request.method == "POST" and form.is_valid():
        kept = _kept(request, child, form)
        if kept:
            add_document(child, new=_new(form), kept=kept, by=request.actor)
            messages.success(request, "The document was added.")
            return redirect("child_documents", key=child.pk)
    name = called(child.person.names.all(), timezone.localdate())
    held = {"form": form, "child": child.pk, "name": name, "is_scanned": scanner.is_there()}
    return render(request, "casework/documents/add.jinja", held)


def who_may_open(request: Asked, key: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Opens a document to more people or to fewer, with a reason."""
    get_object_or_404(request.scope.children, pk=key)
    request.actor.may("change_person").or_refuse()
    found: Document = get_object_or_404(request.scope.documents.select_related("child"), pk=document, child=key)
    may_change_document(request.actor, found).or_refuse()
    form = drafts.ask(request, SensitivityForm, initial=SensitivityForm.of(found), version=found.version)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def save() -> None:
            opened = found.as_opened(form.opened)
            change_sensitivity(opened, to=given["sensitivity"], because=given["because"], by=request.actor)

        if saved(form, save, SensitivityForm.of):
            messages.success(request, "Who may open the document was changed.")
            return redirect("child_documents", key=key)
    return render(request, "casework/documents/who.jinja", {"form": form, "child": key, "title": found.title})


def _kept(request: Asked, child: Child, form: DocumentForm) -> store.Kept | None:
    """The file as it is kept now, or None where it was refused, and the form says why."""
    try:
        return store.keep(form.cleaned_data["file"])
    except scanner.Infected:
        trail.add(Act.REFUSED, "infected file", by=request.actor, child=child.pk)
        log.warning("an infected file was refused")
        form.add_error("file", "The virus scanner found something in this file, so it was not kept. Do not open it")
    except scanner.CannotScan:
        log.error("the virus scanner gave no answer")
        form.add_error("file", "The file could not be scanned for viruses, so it was not kept. Try again later")
    return None


def _new(form: DocumentForm) -> NewDocument:
    given: dict[str, Any] = form.cleaned_data
    return NewDocument(**{name: given[name] for name in NewDocument.__slots__})
