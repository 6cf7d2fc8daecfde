"""Changes to documents: one is added, or opened to more people or to fewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.records.casework.documents import may_add_document, may_change_document
from waypost.records.casework.filed.store import Kept
from waypost.records.casework.models import Child, Document


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What is said of a document. `file_kind` is what its file was found to be."""

    title: str
    kind: str
    sensitivity: str
    dated_on: date
    file_name: str
    file_kind: str


@action("add document", may=may_add_document)
def add_document(child: Child, *, new: NewDocument, kept: Kept, by: Actor) -> Document:
    """A file that is kept already comes to stand on a child's record."""
    document = Document(
        child=child,
        title=new.title,
        kind=new.kind,
        sensitivity=new.sensitivity,
        dated_on=new.dated_on,
        added_by=by.user,
        added_at=timezone.now(),
        file_name=new.file_name,
        file_kind=new.file_kind,
        size=kept.size,
        sha256=kept.sha256,
        scan=Document.CLEAN if kept.is_scanned else Document.NOT_SCANNED,
    )
    document.save()
    return document


@action("change who may open document", may=may_change_document)
def change_sensitivity(document: Document, *, to: str, because: str, by: Actor) -> Document:
    """From now on more people may open it, or fewer. The file stays as it is.

    Raises:
        ChangedSince: someone else has changed it since it was opened.
        ValidationError: it is so already.
    """
    if document.sensitivity == to:
        raise ValidationError({"sensitivity": "It is so already. Select another, or go back"})
    document.sensitivity = to
    document.save()
    return document
