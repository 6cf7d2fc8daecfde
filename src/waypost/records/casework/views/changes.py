"""What was changed in a child's record: when, by whom, from what to what, and why."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse

from waypost.access.asked import Asked
from waypost.records.casework import visibility
from waypost.records.casework.history import versions
from waypost.records.casework.presenters.changes import changes as told
from waypost.records.casework.views.child import drawn, opened

ON_A_PAGE = 25


def changes(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The latest change first."""
    found, record = opened(request, key, "history of changes")
    every = told(versions(found, among=visibility.mentionable(request.actor)))
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    return drawn(request, "casework/child/changes.jinja", record, {"page": page})
