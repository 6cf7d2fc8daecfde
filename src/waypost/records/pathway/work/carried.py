"""Who carries what: each worker's cases by stage and weight, what waits for a worker, and what waits for approval."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from waypost.access.models import Team, User
from waypost.domain.caseload import STAGES, Stage, weight
from waypost.records.casework.models import Allocation, Child, Waiting
from waypost.records.casework.models.dated import true_on
from waypost.records.pathway.models import Assessment, CinPlan, Clock, Enquiry, ProtectionPlan


@dataclass(frozen=True, slots=True)
class Caseload:
    """What one worker carries. `stages` counts the cases at each stage, in words."""

    worker: uuid.UUID
    name: str
    cases: int
    weight: float
    stages: tuple[tuple[str, int], ...]
    overdue: int
    by_friday: int


def stages_of(seen: QuerySet[Child]) -> dict[uuid.UUID, Stage]:
    """The stage of each child's case, by the child's key: the most pressing that holds."""
    open_: dict[Stage, Exists] = {
        "protection_plan": Exists(ProtectionPlan.objects.filter(child=OuterRef("pk"), ended_on=None)),
        "enquiry": Exists(Enquiry.objects.filter(child=OuterRef("pk"), ended_on=None)),
        "assessment": Exists(Assessment.objects.filter(child=OuterRef("pk"), authorised_on=None)),
        "cin_plan": Exists(CinPlan.objects.filter(child=OuterRef("pk"), ended_on=None)),
    }
    cases = [When(condition, then=Value(stage)) for stage, condition in open_.items()]
    stage = Case(*cases, default=Value("other"), output_field=CharField())
    return dict(seen.values_list("pk", stage))


def caseloads(team: Team, seen: QuerySet[Child], *, today: date, friday: date) -> list[Caseload]:
    """Each worker of a team with what they carry, the heaviest first. Three questions, however large the team."""
    held = Allocation.objects.filter(true_on(today), team=team, worker__isnull=False, child__in=seen)
    carried = list(held.values_list("worker", "child"))
    stages = stages_of(Child.objects.filter(pk__in=[child for _, child in carried]))
    late = _late(seen, team, today, friday)
    workers = User.objects.filter(roles_held__in=team.roleheld_set.on(today)).distinct().order_by("name")
    found = [_caseload(each, [stages[child] for who, child in carried if who == each.pk], late) for each in workers]
    return sorted(found, key=lambda each: (-each.weight, each.name))


def weights_in_words() -> str:
    """What each case weighs, so that the weights can be argued with."""
    told = "; ".join(f"{words.lower()} {each:g}" for words, each in STAGES.values())
    return f"Each case counts once, at the first of these that holds: {told}. No law or guidance sets these weights."


def waiting(seen: QuerySet[Child], teams: Collection[int]) -> QuerySet[Waiting]:
    """Children who wait in some teams for a worker, the most urgent and longest waiting first."""
    found = Waiting.objects.filter(until_at=None, team__in=teams, child__in=seen)
    return (
        found.select_related("child__person", "team")
        .prefetch_related("child__person__names")
        .order_by("priority", "since_at")
    )


def _late(seen: QuerySet[Child], team: Team, today: date, friday: date) -> dict[uuid.UUID, tuple[int, int]]:
    clocks = Clock.objects.filter(team=team, done_on=None, due_on__lte=friday, child__in=seen, worker__isnull=False)
    counted = clocks.values("worker").annotate(
        overdue=Count("pk", filter=Q(due_on__lt=today)), by_friday=Count("pk", filter=Q(due_on__gte=today))
    )
    return {row["worker"]: (row["overdue"], row["by_friday"]) for row in counted}


def _caseload(user: User, stages: list[Stage], late: dict[uuid.UUID, tuple[int, int]]) -> Caseload:
    overdue, by_friday = late.get(user.pk, (0, 0))
    counted = Counter(stages)
    told = tuple((words, counted[stage]) for stage, (words, _) in STAGES.items() if counted[stage])
    return Caseload(user.pk, user.name, len(stages), weight(stages), told, overdue, by_friday)
