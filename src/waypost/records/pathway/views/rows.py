"""How the pages of the pathway find what they are about, within what the person may see."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.models import Act
from waypost.records.casework.models import Child
from waypost.records.casework.presenters.child import called


def child_of(request: Asked, key: uuid.UUID) -> Child:
    """A child in scope."""
    found: Child = get_object_or_404(request.scope.children.select_related("person", "authority"), pk=key)
    return found


def row_of(request: Asked, name: str, key: uuid.UUID, row: uuid.UUID, *with_: str) -> Any:
    """A row of a child in scope, under the name that it has there."""
    rows = getattr(request.scope, name).select_related("child__person", "child__authority", *with_)
    return get_object_or_404(rows, pk=row, child=key)


def about(child: Child) -> dict[str, Any]:
    """Whose record a form is about."""
    return {"child": child.pk, "name": called(child.person.names.all(), timezone.localdate())}


def looked_at_each(request: Asked, what: str, children: Iterable[Child]) -> None:
    """Leaves a line in the trail for each child whom a page shows, in one question."""
    now = timezone.now()
    Act.objects.bulk_create(
        Act(at=now, kind=Act.READ, what=what, by=request.user, authority_id=child.authority_id, child=child.pk)
        for child in children
    )
