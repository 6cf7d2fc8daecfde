"""The children whom a worker carries, and how they pass to another when the worker leaves or moves."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from waypost.access.models import Team, User
from waypost.access.people import carried
from waypost.access.people.carried import Heir, Load
from waypost.records.casework.actions.children import pass_on
from waypost.records.casework.models import Allocation, HandOver, Waiting
from waypost.web.words import plural


class Children:
    """Allocated children. Whoever hands them over may see none of them, so they are counted and not named."""

    def loads(self, user: User, on: date) -> list[Load]:
        """Sealed records are left out of the counts; they are handed over with the rest."""
        open_ = _open(on).filter(worker=user, child__is_sealed=False)
        counted = dict(open_.values_list("team").annotate(count=Count("child", distinct=True)))
        teams = Team.objects.filter(pk__in=counted).select_related("authority")
        return [Load(team, counted[team.pk], plural(counted[team.pk], "child", "children")) for team in teams]

    def hand_over(self, user: User, heirs: Mapping[int, Heir], *, since: date, within: Collection[int]) -> None:
        """Each allocation ends the day before the next begins, and its child has the next at once.

        A case that they were asked to take over, and had not accepted, stays with whoever carries it.
        """
        for held in _open(since).filter(worker=user, team__in=within).select_related("team", "child"):
            heir = heirs.get(held.team_id) or Heir(held.team)
            held.ended_on = max(since - date.resolution, held.started_on or since)
            held.save()
            pass_on(held.child, team=heir.team, worker=heir.worker, since=since)
            if heir.worker is None:
                Waiting(child=held.child, team=heir.team, priority=SOON, since_at=timezone.now(), why=LEFT).save()
        for asked in _asked().filter(worker=user, team__in=within):
            asked.undone_at = timezone.now()
            asked.save()

    def is_held_by(self, team: Team, on: date) -> bool:
        return bool(_open(on).filter(team=team).exists()) or bool(_asked().filter(team=team).exists())

    def bearers(self, authorities: Collection[int], on: date) -> set[uuid.UUID]:
        held = _open(on).filter(team__authority__in=authorities, worker__isnull=False, child__is_sealed=False)
        return set(held.values_list("worker", flat=True))


def register() -> None:
    carried.register(CHILDREN)


CHILDREN = Children()


SOON = 2
LEFT = "The worker who carried the case has left the team."


def _asked() -> QuerySet[HandOver]:
    """Hand-overs that wait for an answer."""
    found: QuerySet[HandOver] = HandOver.objects.filter(accepted_at=None, refused_at=None, undone_at=None)
    return found


def _open(on: date) -> QuerySet[Allocation]:
    """Those that go on, or are yet to begin."""
    found: QuerySet[Allocation] = Allocation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=on))
    return found
