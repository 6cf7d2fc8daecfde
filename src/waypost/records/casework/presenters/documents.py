"""Documents, as words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from waypost.records.casework.filed.kinds import KINDS
from waypost.records.casework.models import Document
from waypost.web import words
from waypost.web.uploads import size_words

SENSITIVITIES = dict(Document.SENSITIVITIES)


@dataclass(frozen=True, slots=True)
class Line:
    """A document of a list. `sensitivity` is empty for an ordinary one."""

    key: uuid.UUID
    title: str
    says: str
    file: str
    sensitivity: str
    is_scanned: bool


def lines(documents: Iterable[Document]) -> list[Line]:
    """The lines of the list, in its order. `documents` come with whoever added them."""
    return [
        Line(
            key=each.pk,
            title=each.title,
            says=f"{each.get_kind_display()} of {words.day(each.dated_on)}, "
            f"added by {each.added_by} on {words.moment(each.added_at)}",
            file=f"{KINDS[each.file_kind].name}, {size_words(each.size)}",
            sensitivity="" if each.sensitivity == Document.ORDINARY else SENSITIVITIES[each.sensitivity],
            is_scanned=each.scan == Document.CLEAN,
        )
        for each in documents
    ]
