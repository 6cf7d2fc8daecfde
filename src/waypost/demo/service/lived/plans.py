"""How the time on a plan is recorded: the conference's decision, visits, core groups, reviews, and the end."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from waypost.demo.chance import Chance
from waypost.demo.lives import ProtectionPlan
from waypost.demo.proportions import SOCIAL_CARE
from waypost.demo.service.lived import said
from waypost.demo.service.lived.people import Household
from waypost.demo.service.lived.staff import Staff
from waypost.demo.service.lived.timeline import Moment, Of, is_grown
from waypost.demo.timings import later
from waypost.records.casework.models import Child
from waypost.records.pathway import models as held
from waypost.records.pathway.actions import cin_plans, conferences, core_groups, transfers, visits
from waypost.records.pathway.actions import plans as actions

VISIT_MISSED, VISIT_FORGOTTEN, CORE_GROUP_LATE = 0.06, 0.05, 0.12
SEEN, SEEN_ALONE = 0.93, 0.8
ACTION_DONE, ACTION_SLOW = 0.2, 0.25


def decided(child: Child, of: Of | None, on: date, staff: Staff, chance: Chance) -> conferences.ConferenceDecision:
    """What an initial conference decides for a child: a plan where the life has one from that day."""
    plan = next((each for each in of.episode.protection_plans if each.started_on == on), None) if of else None
    if plan is None:
        needs = of is not None and any(each.ended_on > on for each in of.episode.cin_plans)
        return conferences.ConferenceDecision(child, "cin_plan" if needs else "no_further_action", said.WHY_LEVEL_3)
    return conferences.ConferenceDecision(
        child,
        "protection_plan",
        said.WHY_LEVEL_4,
        category=plan.first_category,
        plan=_start(plan, on, staff),
        actions=_actions(on, chance),
        members=[actions.NewMember(name, tasks) for name, tasks in said.MEMBERS],
    )


def _start(plan: ProtectionPlan, on: date, staff: Staff) -> actions.PlanStart:
    elsewhere = max(plan.previous, 0)
    return actions.PlanStart(
        key_worker=staff.carries,
        visit_every_days=14,
        danger=said.DANGER,
        contingency=said.CONTINGENCY,
        contingency_by=later(on, 90),
        early_help_before=True,
        previous_elsewhere=elsewhere,
    )


def _actions(on: date, chance: Chance) -> list[actions.NewAction]:
    return [
        actions.NewAction(risk, outcome, action, owner, kind, later(on, chance.between(30, 100)), measure)
        for risk, outcome, action, owner, kind, measure in said.ACTIONS
    ]


# ---------------------------------------------------------------- while a plan runs


def visit(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    """A visit to those of the family who have a plan. Some are not made, and some are forgotten."""
    children = [child for of in moment.each if (child := home.known.get(of.child.number)) and _has_plan(child)]
    if not children or chance.happens(VISIT_FORGOTTEN):
        return
    when = timezone.make_aware(datetime.combine(moment.on, time(chance.between(9, 17), 15)))
    if when > timezone.now():
        return
    made = not chance.happens(VISIT_MISSED)
    new = visits.NewVisit(
        visited_at=when,
        purpose="statutory",
        home_seen=made,
        was_made=made,
        why_not_made="" if made else said.NOT_MADE,
        what_happened=said.VISITED[chance.between(0, 2)] if made else "",
        who_was_there="The mother and the children" if made else "",
    )
    each = [_visited(child, chance) for child in children] if made else []
    visits.record_visit(children, new=new, each=each, by=staff.worker)


def _visited(child: Child, chance: Chance) -> visits.VisitOf:
    seen = chance.happens(SEEN)
    words = said.CHILD_SAID[chance.between(0, 3)] if seen else ""
    return visits.VisitOf(
        child, seen=seen, seen_alone=chance.happens(SEEN_ALONE) if seen else None, bedroom_seen=seen, said=words
    )


def core_group(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    if chance.happens(CORE_GROUP_LATE):
        return
    each = []
    for child in _children(home, moment):
        plan = child.protection_plans.filter(ended_on=None, is_temporary=False).first()
        if plan is not None:
            came = [core_groups.Came(member, chance.happens(0.8)) for member in plan.core_group.filter(ended_on=None)]
            how = [core_groups.Went(action, _going(chance)) for action in plan.actions.filter(state="open")]
            words = said.PROGRESS[chance.between(0, 1)]
            each.append(core_groups.CoreGroupOf(plan, progress=words, attendance=came, actions=how))
    if each:
        core_groups.hold_core_group(each, on=moment.on, where="School", by=staff.worker)


def _going(chance: Chance) -> str:
    """How an action is going: most are on the way, and one in five is done."""
    return "done" if chance.happens(ACTION_DONE) else "slow" if chance.happens(ACTION_SLOW) else "on_track"


def review(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    """A review of those who have a plan, which may end it, change its category, or add a brother or sister."""
    going = [(of, child) for of in moment.each if (child := home.known.get(of.child.number)) and _is_on_plan(child)]
    if not going:
        return
    children = [child for _, child in going]
    asked_on = max(
        [later(moment.on, -20), *(child.protection_plans.get(ended_on=None).started_on for child in children)]
    )
    conference = conferences.ask_conference(children, kind="review", on=asked_on, by=staff.worker)
    decisions = [_reviewed(of, child, moment.on) for of, child in going]
    decisions += _joining(home, moment, staff, chance)
    conferences.hold_conference(conference, on=moment.on, decisions=decisions, by=staff.chair)


def _reviewed(of: Of, child: Child, on: date) -> conferences.ConferenceDecision:
    plan = of.about
    assert isinstance(plan, ProtectionPlan)  # noqa: S101  a review is of a plan
    if plan.ended_on == on:
        needs = any(each.ended_on > on for each in of.episode.cin_plans)
        ended_by = "no_longer_at_risk" if needs else "looked_after"
        return conferences.ConferenceDecision(child, "end", said.CHANGED, ended_by=ended_by)
    if plan.category_changed_on == on:
        return conferences.ConferenceDecision(child, "change_category", said.PROGRESS[1], category=plan.later_category)
    return conferences.ConferenceDecision(child, "continue", said.PROGRESS[0])


def _joining(home: Household, moment: Moment, staff: Staff, chance: Chance) -> list[conferences.ConferenceDecision]:
    """Brothers and sisters who are given a plan at this review."""
    found = []
    for life in home.family.children:
        child = home.known.get(life.number)
        for episode in life.episodes:
            joins = episode.conference_on == moment.on and episode.source == SOCIAL_CARE
            if joins and child and not _is_on_plan(child) and child.referrals.filter(closed_on=None).exists():
                plan = episode.protection_plans[0]
                found.append(
                    conferences.ConferenceDecision(
                        child,
                        "add_child",
                        said.WHY_LEVEL_4,
                        category=plan.first_category,
                        plan=_start(plan, moment.on, staff),
                        actions=_actions(moment.on, chance),
                    )
                )
    return found


# ---------------------------------------------------------------- the end of a plan


def moves(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    """A plan that ends between reviews: the young person is 18, or another authority has taken the plan."""
    for of in moment.each:
        child = home.known.get(of.child.number)
        plan = child.protection_plans.filter(ended_on=None, is_temporary=False).first() if child else None
        if child is None or plan is None:
            continue
        if is_grown(of.child, moment.on):
            actions.end_plan(plan, decision="turned_18", why="The young person is 18.", on=moment.on, by=staff.manager)
        else:
            told = max(plan.started_on, later(moment.on, -20))
            where = said.ELSEWHERE[chance.between(0, 2)]
            move = transfers.transfer_out(child, other_authority=where, notified_on=told, by=staff.worker)
            transfers.accept_transfer_out(move, on=moment.on, by=staff.manager)


def cin_ends(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for child in _children(home, moment):
        end_cin_plan(child, moment.on, staff)


def end_cin_plan(child: Child, on: date, staff: Staff) -> None:
    """Ends the plan that is open, if one is."""
    plan = held.CinPlan.objects.filter(child=child, ended_on=None, started_on__lte=on).first()
    if plan is not None:
        cin_plans.end_cin_plan(plan, decision="needs_met", why=said.CHANGED, on=on, by=staff.manager)


def _children(home: Household, moment: Moment) -> list[Child]:
    return [home.known[of.child.number] for of in moment.each if of.child.number in home.known]


def _is_on_plan(child: Child) -> bool:
    return bool(child.protection_plans.filter(ended_on=None, is_temporary=False).exists())


def _has_plan(child: Child) -> bool:
    return _is_on_plan(child) or bool(child.cin_plans.filter(ended_on=None).exists())
