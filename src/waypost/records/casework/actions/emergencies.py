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
from waypost.records.casework.guard import may_break_glass, may_close_glass, may_note_told, may_review_glass
from waypost.records.casework.models import BrokenGlass, Child

TELL_FOR, AT_ONCE = timedelta(days=14), timedelta(minutes=2)
LOOK = "Sign in to Waypost and choose “Opened in an emergency”."


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


def tell_again() -> int:
    """Tells the data owners of what they could not be told of at once, and gives how many times that was."""
    now = timezone.now()
    untold = BrokenGlass.objects.filter(
        told_at=None, reviewed_at=None, opened_at__range=(now - TELL_FOR, now - AT_ONCE)
    ).select_related("child", "user")
    return sum(_tell(glass, LOOK, Actor.of(glass.user, today=timezone.localdate())) for glass in untold)


def _tell(glass: BrokenGlass, review_at: str, by: Actor) -> bool:
    owners = notices.who_may("see_audit", glass.child.authority_id, today=by.today)
    told = notices.tell(
        [owner for owner in owners if owner != by.user],
        "A record was opened in an emergency",
        "Someone opened a record outside their work. Look at why, and say whether it was right.",
        review_at,
    )
    if told:
        note_told(glass, by=by)
    return told


@action("tell data owner", may=may_note_told)
def note_told(glass: BrokenGlass, *, by: Actor) -> BrokenGlass:
    glass.told_at = timezone.now()
    glass.save()
    return glass


@action("close emergency", may=may_close_glass)
def close_glass(glass: BrokenGlass, *, because: str = "", by: Actor) -> BrokenGlass:
    """Closes the record before its time. The data owner says why; whoever opened it need not."""
    glass.ends_at = timezone.now()
    glass.closed_by, glass.closed_because = by.user, because
    glass.save()
    return glass


@action("review emergency", may=may_review_glass)
def review(glass: BrokenGlass, *, was_justified: bool, note: str, by: Actor) -> BrokenGlass:
    """The data owner says whether it was right."""
    glass.reviewed_by, glass.reviewed_at = by.user, timezone.now()
    glass.was_justified, glass.review_note = was_justified, note
    glass.save()
    return glass
