"""Records opened outside someone's work in an emergency, and what the data owner says of it afterwards."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from waypost.access import notices
from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.records.casework.guard import may_break_glass, may_note_told, may_review_glass
from waypost.records.casework.models import BrokenGlass, Child


@action("open in an emergency", may=may_break_glass)
def break_glass(child: Child, *, because: str, tells: str, review_at: str, by: Actor) -> BrokenGlass:
    """Opens a record for a while. Its data owners are told once it is saved; `review_at` is where they review it."""
    now = timezone.now()
    glass = BrokenGlass(
        child=child,
        user=by.user,
        because=because,
        tells=tells,
        opened_at=now,
        ends_at=now + timedelta(minutes=settings.GLASS_MINUTES),
    )
    glass.save()
    transaction.on_commit(partial(_tell, glass, review_at, by))
    return glass


def _tell(glass: BrokenGlass, review_at: str, by: Actor) -> None:
    owners = notices.who_may("see_audit", glass.child.authority_id, today=by.today)
    told = notices.tell(
        [owner for owner in owners if owner != by.user],
        "A record was opened in an emergency",
        "Someone opened a record outside their work. Look at why, and say whether it was right.",
        review_at,
    )
    if told:
        note_told(glass, by=by)


@action("tell data owner", may=may_note_told)
def note_told(glass: BrokenGlass, *, by: Actor) -> BrokenGlass:
    glass.told_at = timezone.now()
    glass.save()
    return glass


@action("review emergency", may=may_review_glass)
def review(glass: BrokenGlass, *, was_justified: bool, note: str, by: Actor) -> BrokenGlass:
    """The data owner says whether it was right."""
    glass.reviewed_by, glass.reviewed_at = by.user, timezone.now()
    glass.was_justified, glass.review_note = was_justified, note
    glass.save()
    return glass
