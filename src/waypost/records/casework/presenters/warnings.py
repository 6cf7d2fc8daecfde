"""The warnings that wait for a review, as a list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waypost.records.casework.models import Warning
from waypost.records.casework.presenters.child import called
from waypost.records.casework.presenters.reviews import must_act, review_words


@dataclass(frozen=True, slots=True)
class Waiting:
    """A warning in the list of those to review. `must_act` is empty where it is not overdue."""

    key: uuid.UUID
    child: uuid.UUID
    name: str
    kind: str
    review: str
    must_act: str


def waiting(warnings: Iterable[Warning], *, today: date) -> list[Waiting]:
    """The lines of the list. `warnings` come with their child's person and names."""
    return [
        Waiting(
            key=each.pk,
            child=each.child_id,
            name=called(each.child.person.names.all(), today),
            kind=each.get_kind_display(),
            review=review_words(each, today=today),
            must_act=must_act(each, today=today),
        )
        for each in warnings
    ]
