"""A plan, as words: danger, what will be different, who does what by when, how we will know, how it is going."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from waypost.domain.bands import LBHF_LENGTHS, length_band
from waypost.domain.dates import add_months
from waypost.records.pathway.case import Case
from waypost.records.pathway.models import (
    ActionProgress,
    CinPlan,
    CinReview,
    CoreGroupMember,
    KeyWorker,
    PlanAction,
    PlanCategory,
    ProtectionPlan,
)
from waypost.records.pathway.presenters.enquiries import CATEGORIES, decision_words
from waypost.web import words

OWNERS = (
    ("family", "What the family will do"),
    ("worker", "What the social worker will do"),
    ("agency", "What other agencies will do"),
)
DRIFT = 2
"""Meetings that an action may pass unfinished before the plan says so."""

AFTER_PLAN_MONTHS = 6
SOON_AFTER_MONTHS = 12
BANDS = {
    "0-3 months": "up to 3 months",
    "4-6": "4 to 6 months",
    "7-12": "7 to 12 months",
    "13-18": "13 to 18 months",
    "19-24": "19 to 24 months",
    "2-4 years": "2 to 4 years",
    "4+ years": "more than 4 years",
}
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Parts:
    """The rows of one plan, beside the plan itself."""

    actions: Sequence[PlanAction] = ()
    progress: Sequence[ActionProgress] = ()
    members: Sequence[CoreGroupMember] = ()
    key_workers: Sequence[KeyWorker] = ()
    reviews: Sequence[CinReview] = ()


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action. `drift` says how often it was carried forward, where that is too often; `is_late`, past its day."""

    key: uuid.UUID
    risk: str
    outcome: str
    action: str
    owner: str
    by: str
    measure: str
    state: str
    going: str
    drift: str
    is_late: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    key: uuid.UUID
    name: str
    tasks: str
    days: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A protection plan. `flags` are what must be seen first."""

    key: uuid.UUID
    title: str
    is_open: bool
    is_temporary: bool
    flags: tuple[str, ...]
    facts: Facts
    danger: str
    contingency: str
    groups: tuple[tuple[str, tuple[ActionLine, ...]], ...]
    done: tuple[ActionLine, ...]
    members: tuple[MemberLine, ...]
    categories: Facts
    ended: Facts


@dataclass(frozen=True, slots=True)
class Earlier:
    """A plan that is not the one shown."""

    key: uuid.UUID
    title: str
    says: str


def protection_plan(case: Case, plan: ProtectionPlan, parts: Parts, *, today: date, siblings: str = "") -> PlanPage:
    held = sorted((each for each in case.categories if each.plan_id == plan.pk), key=_began)
    meetings = [each.core_group.held_on for each in case.core_groups if each.plan_id == plan.pk]
    meetings += _reviews(case, plan)
    lines = [_action(each, parts.progress, meetings, today) for each in sorted(parts.actions, key=_due)]
    category = f" for {CATEGORIES[held[-1].category].lower()}" if held else ""
    whose = f"Plan of {plan.other_authority}" if plan.is_temporary else "Child protection plan"
    return PlanPage(
        key=plan.pk,
        title=f"{whose}{category}",
        is_open=plan.is_open,
        is_temporary=plan.is_temporary,
        flags=tuple(_flags(case, plan, today)),
        facts=_facts(plan, parts, today, siblings),
        danger=plan.danger,
        contingency=_contingency(plan),
        groups=tuple((title, _open_of(lines, parts.actions, kind)) for kind, title in OWNERS),
        done=tuple(line for line in lines if not line.is_open),
        members=tuple(_member(each) for each in parts.members),
        categories=tuple((CATEGORIES[each.category], _days(each)) for each in held),
        ended=_ended(plan.ended_on, decision_words("protection_plan", plan.ended_by), plan.why_ended),
    )


def _reviews(case: Case, plan: ProtectionPlan) -> list[date]:
    held = (each.conference for each in case.conferences if each.plan_id == plan.pk)
    return [each.held_on for each in held if each.held_on and each.held_on > plan.started_on]


def _open_of(lines: Sequence[ActionLine], actions: Sequence[PlanAction], kind: str) -> tuple[ActionLine, ...]:
    theirs = {each.pk for each in actions if each.owner_kind == kind}
    return tuple(line for line in lines if line.is_open and line.key in theirs)


def _action(
    action: PlanAction, progress: Iterable[ActionProgress], meetings: Sequence[date], today: date
) -> ActionLine:
    said = sorted((each for each in progress if each.action_id == action.pk), key=lambda each: each.on)
    is_open = action.state == "open"
    times = carried(action, meetings)
    going = ""
    if said:
        last = said[-1]
        going = f"{last.get_how_display()}, as said on {words.day(last.on)}. {last.says}".strip()
    return ActionLine(
        key=action.pk,
        risk=action.risk,
        outcome=action.outcome,
        action=action.action,
        owner=action.owner,
        by=words.day(action.due_on),
        measure=action.measure,
        state=action.get_state_display(),
        going=going or ("Nothing said of it yet" if is_open else ""),
        drift=f"Carried forward {times} times" if is_open and times >= DRIFT else "",
        is_late=is_open and action.due_on < today,
        is_open=is_open,
    )


def carried(action: PlanAction, meetings: Iterable[date]) -> int:
    """How many core groups and reviews an action has passed and was not done."""
    began, done = action.started_on or date.min, action.ended_on or date.max
    return sum(began < day < done for day in set(meetings))


def _flags(case: Case, plan: ProtectionPlan, today: date) -> Iterable[str]:
    if plan.is_temporary:
        yield f"{plan.other_authority} keeps this plan until a conference here has met. No figure here counts it."
    if plan.is_refused_by_parents:
        yield "The parents do not work with the plan."
    yield from _again(case, plan)
    held = any(each.is_true_on(today) and each.worker_id for each in case.allocations)
    if plan.is_open and not held:
        yield "No social worker is allocated to this child. Every child with a plan must have one at all times."
    if plan.is_open and plan.contingency_by and plan.contingency_by < today:
        yield f"What was to happen by {words.day(plan.contingency_by)} if nothing got better is due."


def _again(case: Case, plan: ProtectionPlan) -> Iterable[str]:
    """A plan that is not the child's first."""
    before = [
        each for each in case.plans if not each.is_temporary and each.ended_on and each.ended_on <= plan.started_on
    ]
    number = len(before) + plan.previous_elsewhere
    if not number:
        return
    reason = f" {plan.get_repeat_reason_display()}." if plan.repeat_reason else " Nobody has said why."
    ends = [each.ended_on for each in before if each.ended_on and each.pk != plan.pk]
    soon = ""
    if ends and plan.started_on <= add_months(max(ends), SOON_AFTER_MONTHS):
        soon = ", within 12 months of the last"
    yield f"This is plan number {number + 1} for the child{soon}.{reason}"


def _facts(plan: ProtectionPlan, parts: Parts, today: date, siblings: str) -> Facts:
    workers = words.listed([str(each.user) for each in parts.key_workers if each.is_true_on(plan.ended_on or today)])
    days = dict(ProtectionPlan._meta.get_field("visit_days").flatchoices)[plan.visit_days].lower()
    told = (
        ("Started", words.day(plan.started_on)),
        ("Time on the plan", time_on(plan.started_on, plan.ended_on or today)),
        ("Worry about the child since", words.day(plan.worried_since) if plan.worried_since else ""),
        ("Key worker", workers or "Nobody"),
        (
            "Visits",
            f"Every {plan.visit_every_days} {days}" if plan.visit_every_days else "The plan does not say how often",
        ),
        ("Early help before", {True: "Tried", False: "Not tried", None: "Not recorded"}[plan.early_help_before]),
        ("Brothers and sisters on plans", siblings),
        ("Why it has run so long", plan.get_long_reason_display() if plan.long_reason else ""),
    )
    return tuple((name, says) for name, says in told if says)


def time_on(started_on: date, day: date) -> str:
    """The band that the length of a plan falls in, in words."""
    return BANDS.get(length_band(started_on, day, LBHF_LENGTHS), "not known")


def _contingency(plan: ProtectionPlan) -> str:
    by = f" By {words.day(plan.contingency_by)}." if plan.contingency_by else ""
    return f"{plan.contingency}{by}" if plan.contingency else ""


def _member(member: CoreGroupMember) -> MemberLine:
    agency = f", {member.agency.name}" if member.agency else ""
    return MemberLine(member.pk, f"{member.name}{agency}", member.tasks, _days(member), member.ended_on is not None)


def _days(fact: PlanCategory | CoreGroupMember) -> str:
    since = f"since {words.day(fact.started_on)}" if fact.started_on else ""
    until = f", until {words.day(fact.ended_on)}" if fact.ended_on else ""
    said = since + until
    return said[:1].upper() + said[1:]


def _ended(on: date | None, decision: str, why: str) -> Facts:
    return (("Ended", words.day(on)), ("Decision", decision), ("Why", why)) if on else ()


def _began(each: PlanCategory) -> date:
    return each.started_on or date.min


def _due(each: PlanAction) -> tuple[date, str]:
    return each.due_on, str(each.pk)


# ---------------------------------------------------------------- a child in need plan


@dataclass(frozen=True, slots=True)
class CinPage:
    key: uuid.UUID
    title: str
    is_open: bool
    facts: Facts
    aims: str
    reviews: tuple[tuple[str, str, str], ...]
    ended: Facts


def cin_plan(plan: CinPlan, parts: Parts) -> CinPage:
    days = dict(CinPlan._meta.get_field("visit_days").flatchoices)[plan.visit_days].lower()
    stays = words.day(add_months(plan.started_on, AFTER_PLAN_MONTHS)) if plan.is_step_down else ""
    told = (
        ("Started", words.day(plan.started_on)),
        ("Lead worker", str(plan.lead_worker or "Nobody yet")),
        (
            "Visits",
            f"Every {plan.visit_every_days} {days}" if plan.visit_every_days else "The plan does not say how often",
        ),
        ("After a protection plan, the service stays until at least", stays),
    )
    ordered = sorted(parts.reviews, key=lambda each: each.held_on, reverse=True)
    return CinPage(
        plan.pk,
        "Child in need plan" + (", after a protection plan" if plan.is_step_down else ""),
        plan.ended_on is None,
        tuple((name, says) for name, says in told if says),
        plan.aims,
        tuple(
            (words.day(each.held_on), each.says, words.day(each.next_on) if each.next_on else "") for each in ordered
        ),
        _ended(plan.ended_on, decision_words("cin_plan", plan.ended_by), plan.why_ended),
    )


def stays_until(plan: CinPlan) -> date | None:
    """The day until which the service stays with a child after a protection plan."""
    return add_months(plan.started_on, AFTER_PLAN_MONTHS) if plan.is_step_down else None


def earlier(case: Case, shown: uuid.UUID | None) -> list[Earlier]:
    """The other plans of a child, the latest first."""
    category = {each.plan_id: CATEGORIES[each.category].lower() for each in sorted(case.categories, key=_began)}
    found = [
        (each.started_on, Earlier(each.pk, _named(each, category), _span(each.started_on, each.ended_on)))
        for each in case.plans
        if each.pk != shown
    ]
    found += [
        (each.started_on, Earlier(each.pk, str(each), _span(each.started_on, each.ended_on)))
        for each in case.cin_plans
        if each.pk != shown
    ]
    return [line for _, line in sorted(found, key=lambda each: each[0], reverse=True)]


def _named(plan: ProtectionPlan, category: Mapping[uuid.UUID, str]) -> str:
    name = f"Plan of {plan.other_authority}" if plan.is_temporary else "Child protection plan"
    return f"{name} for {category[plan.pk]}" if plan.pk in category else name


def _span(started_on: date, ended_on: date | None) -> str:
    return f"{words.day(started_on)} to {words.day(ended_on)}" if ended_on else f"Since {words.day(started_on)}"


# ---------------------------------------------------------------- the family's page


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """The same plan for the family: no codes, no categories, first names."""

    worried: str
    if_nothing: str
    differences: tuple[str, ...]
    todo: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = field(default=())
    done: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()


def family_page(
    plan: ProtectionPlan, parts: Parts, *, due: Iterable[tuple[str, date | None]], today: date
) -> FamilyPage:
    """`due` are what happens next, by day."""
    still = [each for each in sorted(parts.actions, key=_due) if each.state == "open"]
    return FamilyPage(
        worried=plan.danger,
        if_nothing=_contingency(plan),
        differences=tuple(dict.fromkeys(each.outcome for each in still)),
        todo=tuple(
            (title, tuple((each.action, f"{each.owner}, by {words.day(each.due_on)}", each.measure) for each in theirs))
            for kind, title in OWNERS
            if (theirs := [each for each in still if each.owner_kind == kind])
        ),
        done=tuple(each.action for each in parts.actions if each.state == "done"),
        meets=tuple(_next(what, on, today) for what, on in due if on),
    )


def _next(what: str, on: date, today: date) -> str:
    return f"{what} by {words.day(on)}." if on >= today else f"{what} soon. It should have been by {words.day(on)}."
