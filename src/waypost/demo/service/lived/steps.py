"""How each moment of a life is recorded: one action, or a few, of the pathway, by whoever does it in an authority."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils import timezone

from waypost.demo.chance import Chance
from waypost.demo.lives import Assessment, Enquiry, Episode
from waypost.demo.service.lived import plans, said
from waypost.demo.service.lived.clock import today
from waypost.demo.service.lived.people import Household, given
from waypost.demo.service.lived.staff import Staff
from waypost.demo.service.lived.timeline import Moment, Of, What
from waypost.demo.timings import later
from waypost.records.casework.actions import children as cases
from waypost.records.casework.models import Child
from waypost.records.pathway import models as held
from waypost.records.pathway.actions import assessments, conferences, contacts, enquiries, referrals, transfers

Recorder = Callable[[Household, Moment, Staff, Chance], None]
MORNING, NOON, LATER_ON = time(9, 40), time(12), time(16, 10)
TOLD = 0.9


def at(day: date, when: time = NOON) -> datetime:
    return timezone.make_aware(datetime.combine(day, when))


def record(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    """Records what happened at a moment."""
    RECORDERS[moment.what](home, moment, staff.on(moment.on), chance)


# ---------------------------------------------------------------- the front door


def _born(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for of in moment.each:
        child = home.known.get(of.child.number)
        if child is not None and child.person.is_unborn:
            sex = "female" if of.child.sex == "F" else "male"
            name = given(of.child, chance)
            cases.record_birth(child, born_on=moment.on, given=name, family=home.name, sex=sex, by=staff.clerk)


def _contact(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for episode, together in _by_source(moment):
        children = [home.child(of.child, on=moment.on, by=staff.clerk, chance=chance) for of in together]
        new = contacts.NewContact(
            received_at=at(moment.on, time(chance.between(0, 23), chance.between(0, 59))),
            how="notice" if episode.source == "6" else "phone",
            source=episode.source,
            reason=said.REASONS.get(episode.source, "parenting"),
            account=said.ACCOUNTS.get(episode.source, said.ACCOUNT),
        )
        if new.received_at > timezone.now():
            return
        contact = contacts.record_contact(children, new=new, by=staff.front_door)
        if moment.on == today():
            return  # It came today and nobody has decided about it yet.
        decided = [
            contacts.Screened(row, "referral", 3, said.WHY_LEVEL_3, team=staff.team) for row in contact.children.all()
        ]
        screened_at = max(at(moment.on, LATER_ON), new.received_at)
        contacts.screen(decided, at=screened_at, by=staff.front_door)
        if chance.happens(TOLD):
            rows = [each.row for each in decided]
            contacts.tell_referrer(rows, how="email", what=said.WHY_LEVEL_3, at=screened_at, by=staff.front_door)


def _by_source(moment: Moment) -> list[tuple[Episode, list[Of]]]:
    """Children of one moment by who told the service of them."""
    found: dict[str, list[Of]] = {}
    for of in moment.each:
        found.setdefault(of.episode.source, []).append(of)
    return [(together[0].episode, together) for together in found.values()]


def _decide(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for of in moment.each:
        child, referral = _open(home, of)
        if child is None or referral is None or referral.is_decided:
            continue
        decided_at = max(at(moment.on), referral.received_at)
        decision, why = ("assessment", said.WHY_LEVEL_3)
        if of.episode.is_no_further_action:
            decision, why = "no_further_action", said.WHY_NOTHING
        decided = referrals.ReferralDecided(decision, why, level=3, need=of.episode.need or "N0", team=staff.team)
        if not of.episode.is_no_further_action:
            cases.allocate(child, team=staff.team, worker=staff.carries, since=moment.on, by=staff.manager)
        referrals.decide_referral(referral, decided=decided, at=decided_at, by=staff.manager)


def _transfer_in(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for of in moment.each:
        child, referral = _open(home, of)
        if child is None or referral is None or not of.episode.protection_plans:
            continue
        transfers.transfer_in(
            child,
            other_authority=said.ELSEWHERE[chance.between(0, 2)],
            notified_on=moment.on,
            is_permanent=True,
            category=of.episode.protection_plans[0].first_category,
            plan_started_on=later(moment.on, -chance.between(60, 240)),
            by=staff.worker,
        )


# ---------------------------------------------------------------- assessments and enquiries


def _assess(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for of in moment.each:
        child, referral = _open(home, of)
        if child and referral and not child.assessments.filter(authorised_on=None).exists():
            assessments.begin_assessment(child, referral=referral, on=moment.on, by=staff.worker)


def _assessed(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for of in moment.each:
        child, referral = _open(home, of)
        if child is None or referral is None or not isinstance(of.about, Assessment):
            continue
        row = child.assessments.filter(authorised_on=None, started_on__lte=moment.on).first()
        if row is None:
            continue
        seen_on = min(later(row.started_on, chance.between(1, 8)), moment.on)
        written = {
            **said.ASSESSED,
            "seen_on": seen_on,
            "seen_alone": chance.happens(0.85),
            "factors": [*of.about.factors],
        }
        assessments.write_assessment(row, to=written, by=staff.worker)
        assessments.submit_assessment(row, at=at(moment.on, MORNING), by=staff.worker)
        row = held.Assessment.objects.get(pk=row.pk)
        decision = _outcome(of, child, moment.on)
        assessments.authorise_assessment(
            row, decision=decision, why=said.ASSESSED["analysis"], at=at(moment.on, LATER_ON), by=staff.manager
        )


def _outcome(of: Of, child: Child, on: date) -> str:
    """What comes of an assessment, as the rest of the life says."""
    is_busy = child.enquiries.filter(ended_on=None).exists() or child.protection_plans.filter(ended_on=None).exists()
    is_busy = is_busy or child.cin_plans.filter(ended_on=None).exists()
    is_busy = is_busy or child.conferences.filter(conference__held_on=None, conference__cancelled_on=None).exists()
    if is_busy:
        return "goes_on"
    if of.episode.reason in ("RC8", "RC9") and of.about is of.episode.assessments[-1]:
        return "no_further_action" if of.episode.reason == "RC8" else "early_help"
    next_plan = min((plan.started_on for plan in of.episode.cin_plans if plan.ended_on > on), default=None)
    next_enquiry = min((each.started_on for each in of.episode.enquiries if each.started_on >= on), default=None)
    if next_plan and (next_enquiry is None or next_plan < next_enquiry):
        return "cin_plan"
    return "goes_on"


def _strategy(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    going = [child for of in moment.each if (child := _open(home, of)[0]) and _open(home, of)[1]]
    if not going:
        return
    new = enquiries.NewStrategy(
        held_at=at(moment.on), kind="online", seniority="team_manager", shared=said.SHARED, chair=staff.manager.user
    )
    asked = [
        enquiries.Asked("police", who="Detective sergeant"),
        enquiries.Asked("health", who="Named nurse", took_part=chance.happens(0.9)),
        enquiries.Asked("school", who="Designated lead", took_part=chance.happens(0.7)),
    ]
    decisions = [
        enquiries.StrategyDecision(
            child, "section47_enquiry", said.WHY_LEVEL_4, reasonable_cause=said.CAUSE, is_joint=chance.happens(0.3)
        )
        for child in going
    ]
    enquiries.hold_strategy(going, new=new, asked=asked, decisions=decisions, by=staff.manager)


def _enquired(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for of in moment.each:
        child, referral = _open(home, of)
        if child is None or referral is None or not isinstance(of.about, Enquiry):
            continue
        row = child.enquiries.filter(ended_on=None, started_on__lte=moment.on).first()
        if row is None:
            continue
        outcome = "conference" if of.about.led_to_conference else "not_substantiated"
        if not of.about.led_to_conference and any(plan.started_on >= moment.on for plan in of.episode.cin_plans):
            outcome = "substantiated"
        seen = {"findings": said.FINDINGS, "seen_on": min(later(row.started_on, 1), moment.on), "seen_alone": True}
        enquiries.submit_enquiry(row, outcome=outcome, why=said.FINDINGS, on=moment.on, to=seen, by=staff.worker)
        enquiries.approve_enquiry(held.Enquiry.objects.get(pk=row.pk), on=moment.on, by=staff.manager)


# ---------------------------------------------------------------- conferences, and the end


def _conference(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    """The conferences about these children that were asked for and not held. One is of all who were asked for."""
    by_child = {home.known[of.child.number].pk: of for of in moment.each if of.child.number in home.known}
    waiting = held.Conference.objects.filter(children__child__in=by_child, held_on=None, cancelled_on=None)
    for conference in waiting.exclude(kind="review").filter(asked_on__lte=moment.on).distinct():
        rows = conference.children.select_related("child__person", "child__authority")
        decisions = [plans.decided(row.child, by_child.get(row.child_id), moment.on, staff, chance) for row in rows]
        conferences.hold_conference(conference, on=moment.on, decisions=decisions, by=staff.chair)


def _closes(home: Household, moment: Moment, staff: Staff, chance: Chance) -> None:
    for of in moment.each:
        child, referral = _open(home, of)
        if child is None or referral is None or referral.received_on > moment.on:
            continue
        plans.end_cin_plan(child, moment.on, staff)
        is_open = (
            child.protection_plans.filter(ended_on=None).exists()
            or child.enquiries.filter(ended_on=None).exists()
            or child.assessments.filter(authorised_on=None).exists()
        )
        if not is_open:
            reason = of.episode.reason or "RC7"
            referrals.close_case(referral, on=moment.on, reason=reason, by=staff.manager)


def _open(home: Household, of: Of) -> tuple[Child | None, held.Referral | None]:
    """A child's record, and the referral that is open on it."""
    child = home.known.get(of.child.number)
    if child is None:
        return None, None
    return child, held.Referral.objects.filter(child=child, closed_on=None).first()


RECORDERS: dict[What, Recorder] = {
    "birth": _born,
    "contact": _contact,
    "decide": _decide,
    "transfer_in": _transfer_in,
    "assess": _assess,
    "assessed": _assessed,
    "strategy": _strategy,
    "enquired": _enquired,
    "conference": _conference,
    "transfer_conference": _conference,
    "review": plans.review,
    "core_group": plans.core_group,
    "visit": plans.visit,
    "plan_moves": plans.moves,
    "cin_ends": plans.cin_ends,
    "cin_visit": plans.visit,
    "closes": _closes,
}
