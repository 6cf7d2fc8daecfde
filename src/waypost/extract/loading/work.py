"""The work with one child, as a file has it, against what the record holds: rows to add, and rows to complete.

A row is known by its child and the day that it began. What the file says of it that the record does not is added; what
is blank in the file takes nothing away. So a file that is loaded twice adds nothing, and the file of the next year
closes what the last one left open. What a census does not say (who decided, what a conference decided, when an enquiry
without a conference ended) is left blank or, where the record cannot be without it, is the least that it can mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from waypost.access.recorded import Recorded
from waypost.datasets.load.cin_census.reader import FACTORS, REVIEWS
from waypost.domain.periods import FinancialYear
from waypost.extract.loading.filed import NEEDED, Row
from waypost.records.casework.models import Child
from waypost.records.pathway import models as held

NO_CONFERENCE = "The census says that no conference was needed, and not why or when that was decided."
DECIDED_BY_REASON = {"RC8": "no_further_action", "RC9": "early_help"}


class Unfit(Exception):
    """A row that the record cannot hold. The sentence says why."""


@dataclass
class Work:
    """What the record holds of one child, and the rows of it that a load adds or completes, in order."""

    child: Child
    year: FinancialYear
    refuse: Callable[[Row, str], None]
    referrals: list[held.Referral] = field(default_factory=list)
    assessments: list[held.Assessment] = field(default_factory=list)
    enquiries: list[held.Enquiry] = field(default_factory=list)
    conferences: list[held.ConferenceChild] = field(default_factory=list)
    cin_plans: list[held.CinPlan] = field(default_factory=list)
    plans: list[held.ProtectionPlan] = field(default_factory=list)
    categories: list[held.PlanCategory] = field(default_factory=list)
    changed: dict[int, Recorded] = field(default_factory=dict)
    seen: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def keep(self, row: Any, among: list[Any] | None = None) -> Any:
        """Notes a row to be saved; a new one is among those that the record holds from now on."""
        self.changed.setdefault(id(row), row)
        if among is not None:
            among.append(row)
        return row

    def complete(self, row: Any, **said: Any) -> None:
        """Takes what a file says of a row that is there."""
        given = {name: value for name, value in said.items() if value not in (None, "", [])}
        news = {name: value for name, value in given.items() if value != getattr(row, name)}
        for name, value in news.items():
            setattr(row, name, value)
        if news:
            self.keep(row)

    def once(self, row: Row, *key: Any) -> None:
        """
        Raises:
            Unfit: the file has the same row before this one.
        """
        first = self.seen.setdefault((row.table, *key), row.row)
        if first != row.row:
            raise Unfit(f"It repeats row {first}, which begins on the same day.")


def known_work(child: Child, year: FinancialYear, refuse: Callable[[Row, str], None], *, is_new: bool) -> Work:
    """What the record holds of a child."""
    work = Work(child, year, refuse)
    if is_new:
        return work
    work.referrals = list(held.Referral.objects.filter(child=child).order_by("received_on", "pk"))
    work.assessments = list(held.Assessment.objects.filter(child=child))
    work.enquiries = list(held.Enquiry.objects.filter(child=child))
    work.conferences = list(held.ConferenceChild.objects.filter(child=child).select_related("conference"))
    work.cin_plans = list(held.CinPlan.objects.filter(child=child))
    work.plans = list(held.ProtectionPlan.objects.filter(child=child).order_by("started_on", "pk"))
    work.categories = list(held.PlanCategory.objects.filter(plan__child=child).order_by("started_on", "pk"))
    return work


def take(work: Work, child: Row) -> None:
    """Takes every episode of a child. A row that cannot be taken is refused with its reason, and the rest goes on."""
    for episode in _in_time(child.all("CINdetails")):
        referral = _try(work, episode, _referral)
        if referral is None:
            continue
        for row in _in_time(episode.all("Assessments")):
            _try(work, row, _assessment, referral)
        for row in _in_time(episode.all("CINPlanDates")):
            _try(work, row, _cin_plan, referral)
        plans = [(row, _try(work, row, _plan, referral)) for row in _in_time(episode.all("ChildProtectionPlans"))]
        for row in _in_time(episode.all("Section47")):
            _try(work, row, _enquiry, referral)
        if episode["DateOfInitialCPC"]:
            _conference(work, referral, None, episode["DateOfInitialCPC"])
        for row, plan in plans:
            for review in row.all(REVIEWS) if plan else ():
                _try(work, review, _review, plan)
        for row in episode.all("PreProceedingsandFGDM"):
            work.refuse(row, "The record does not hold pre-proceedings yet.")


def _in_time(rows: list[Row]) -> list[Row]:
    """Rows by the day they begin, for what is open now began after what has ended."""
    return sorted(rows, key=lambda row: row[NEEDED[row.table]] or date.max)


def _try(work: Work, row: Row, took: Callable[..., Any], *given: Any) -> Any:
    try:
        if row[NEEDED[row.table]] is None:
            raise Unfit(f"It has no {NEEDED[row.table]}, by which it is known.")
        return took(work, row, *given)
    except Unfit as reason:
        work.refuse(row, str(reason))
        return None


def _in_order(name: str, start: date, end_name: str, end: date | None) -> None:
    if end is not None and end < start:
        raise Unfit(f"{end_name} is {end}, before {name}, {start}.")


def _begun(rows: list[Any], day: date, **same: Any) -> Any:
    """The row of those that began on a day, of the same referral where one is named."""
    fits = (row for row in rows if row.started_on == day)
    return next((row for row in fits if all(getattr(row, name) == value for name, value in same.items())), None)


def _refuse_two_open(rows: list[Any], this: Any, end: date | None, what: str, ends: str = "ended_on") -> None:
    other = next((row for row in rows if row is not this and getattr(row, ends) is None), None)
    if end is None and other is not None:
        raise Unfit(f"The child has another open {what} in the record, and can have one.")


def moment(day: date) -> datetime:
    """Noon of a day: a census says no time."""
    return timezone.make_aware(datetime.combine(day, time(12)))


# ---------------------------------------------------------------- the referral and what follows it


def _referral(work: Work, row: Row) -> held.Referral:
    day, closed_on = row["CINreferralDate"], row["CINclosureDate"]
    work.once(row, day)
    _in_order("CINreferralDate", day, "CINclosureDate", closed_on)
    is_nothing_further = bool(row["ReferralNFA"])
    said = {
        "source": row["ReferralSource"],
        "need": row["PrimaryNeedCode"],
        "closed_on": closed_on or (day if is_nothing_further else None),
        "closure_reason": row["ReasonForClosure"] if closed_on else "",
        **({"decision": decision} if (decision := _decision(row, is_nothing_further)) else {}),
    }
    found = next((each for each in work.referrals if each.received_on == day), None)
    end = closed_on or (day if is_nothing_further else None) or (found.closed_on if found else None)
    _refuse_two_open(work.referrals, found, end, "episode", "closed_on")
    if said.get("decision"):
        said["decided_at"] = (found and found.decided_at) or moment(day)
    if found is None:
        blank = {name: "" if value is None and name != "closed_on" else value for name, value in said.items()}
        new = held.Referral(child=work.child, received_at=moment(day), received_on=day, **blank)
        return work.keep(new, work.referrals)  # type: ignore[no-any-return]
    if found.decision:
        said.pop("decision", None)
    work.complete(found, **said)
    return found


def _decision(row: Row, is_nothing_further: bool) -> str:
    if is_nothing_further:
        return "no_further_action"
    if row.all("Assessments"):
        return "assessment"
    return "strategy_discussion" if row.all("Section47") else ""


def _assessment(work: Work, row: Row, referral: held.Referral) -> None:
    day, done_on = row["AssessmentActualStartDate"], row["AssessmentAuthorisationDate"]
    work.once(row, referral.pk, day)
    _in_order("AssessmentActualStartDate", day, "AssessmentAuthorisationDate", done_on)
    factors = filter(None, (each["AssessmentFactors"] for each in row.all(FACTORS)))
    said = {
        "reviewed_on": row["AssessmentInternalReviewDate"],
        "authorised_on": done_on,
        "factors": list(dict.fromkeys(factors)),
    }
    decision = DECIDED_BY_REASON.get(referral.closure_reason, "") if done_on else ""
    if decision and done_on:
        said |= {"decision": decision, "decided_at": moment(done_on)}
    found = _begun(work.assessments, day, referral_id=referral.pk)
    if found is None:
        new = held.Assessment(child=work.child, referral=referral, kind=held.Assessment.SINGLE, started_on=day, **said)
        work.keep(new, work.assessments)
    else:
        work.complete(found, **(said if not found.decision else {k: v for k, v in said.items() if "deci" not in k}))


def _cin_plan(work: Work, row: Row, referral: held.Referral) -> None:
    day, ended_on = row["CINPlanStartDate"], row["CINPlanEndDate"]
    work.once(row, referral.pk, day)
    _in_order("CINPlanStartDate", day, "CINPlanEndDate", ended_on)
    found = _begun(work.cin_plans, day, referral_id=referral.pk)
    _refuse_two_open(work.cin_plans, found, ended_on or (found.ended_on if found else None), "child in need plan")
    if found is None:
        new = held.CinPlan(child=work.child, referral=referral, started_on=day, ended_on=ended_on)
        work.keep(new, work.cin_plans)
    else:
        work.complete(found, ended_on=ended_on)


# ---------------------------------------------------------------- enquiries and conferences


def _enquiry(work: Work, row: Row, referral: held.Referral) -> None:
    day, conference_on = row["S47ActualStartDate"], row["DateOfInitialCPC"]
    work.once(row, referral.pk, day)
    _in_order("S47ActualStartDate", day, "DateOfInitialCPC", conference_on)
    found = _begun(work.enquiries, day, referral_id=referral.pk)
    if found is None:
        found = held.Enquiry(child=work.child, referral=referral, started_on=day)
        found.conference_target_on = row["InitialCPCtarget"]
        work.keep(found, work.enquiries)
    if conference_on:
        _conclude(work, found, "conference", conference_on, "")
        _conference(work, referral, found, conference_on)
    elif row["ICPCnotRequired"]:
        _conclude(work, found, "not_substantiated", _done_on(work, found, referral), NO_CONFERENCE)
    work.complete(found, conference_target_on=row["InitialCPCtarget"])


def _conclude(work: Work, enquiry: held.Enquiry, decision: str, day: date, why: str) -> None:
    if enquiry.decision and enquiry.ended_on:
        return
    said = {"decision": enquiry.decision or decision, "why": enquiry.why or why, "ended_on": day}
    work.complete(enquiry, **said, decided_at=enquiry.decided_at or moment(day))


def _done_on(work: Work, enquiry: held.Enquiry, referral: held.Referral) -> date:
    """A day of the file's year by which an enquiry without a conference was done: the limit of one, if it fell so."""
    last = min(work.year.end, referral.closed_on or work.year.end)
    first = max(enquiry.started_on, work.year.start)
    target = enquiry.conference_target_on
    return max(first, min(target, last)) if target else max(first, last)


def _conference(work: Work, referral: held.Referral, enquiry: held.Enquiry | None, day: date) -> None:
    """A first conference. What a census says of its decision is whether a plan began on the day."""
    key = enquiry.pk if enquiry else None
    if any(each.enquiry_id == key and each.conference.held_on == day for each in work.conferences if not each.plan_id):
        return
    has_plan = any(plan.started_on == day for plan in work.plans)
    decision = "protection_plan" if has_plan else "no_further_action"
    asked_on = min(enquiry.started_on if enquiry else day, day)
    _meeting(work, held.Conference.INITIAL, day, asked_on, decision=decision, referral=referral, enquiry=enquiry)


def _meeting(work: Work, kind: str, day: date, asked_on: date, **said: Any) -> None:
    meeting = held.Conference(authority_id=work.child.authority_id, kind=kind, asked_on=asked_on, held_on=day)
    work.keep(meeting)
    new = held.ConferenceChild(conference=meeting, child=work.child, decided_at=moment(day), **said)
    work.keep(new, work.conferences)


# ---------------------------------------------------------------- protection plans


def _plan(work: Work, row: Row, referral: held.Referral) -> held.ProtectionPlan:
    day, ended_on = row["CPPstartDate"], row["CPPendDate"]
    work.once(row, day)
    _in_order("CPPstartDate", day, "CPPendDate", ended_on)
    found: held.ProtectionPlan | None = _begun(work.plans, day)
    _refuse_two_open(work.plans, found, ended_on or (found.ended_on if found else None), "protection plan")
    if found is None:
        earlier = [plan for plan in work.plans if plan.started_on < day and not plan.is_temporary]
        elsewhere = max(0, (row["NumberOfPreviousCPP"] or 0) - len(earlier))
        found = held.ProtectionPlan(
            child=work.child, referral=referral, started_on=day, ended_on=ended_on, previous_elsewhere=elsewhere
        )
        work.keep(found, work.plans)
        _now_held(work, day)
    else:
        work.complete(found, ended_on=ended_on)
    _categories(work, row, found)
    return found


def _now_held(work: Work, day: date) -> None:
    """A plan that the record holds from now on is no longer elsewhere to the plans after it."""
    for plan in work.plans:
        if plan.started_on > day and plan.previous_elsewhere:
            plan.previous_elsewhere -= 1
            work.keep(plan)


def _categories(work: Work, row: Row, plan: held.ProtectionPlan) -> None:
    """The category that a plan began under and, where it is another, the latest: from a day of the file's year on."""
    mine = [each for each in work.categories if each.plan_id == plan.pk]
    initial, latest = row["InitialCategoryOfAbuse"], row["LatestCategoryOfAbuse"] or row["InitialCategoryOfAbuse"]
    if not mine and initial:
        first = held.PlanCategory(plan=plan, category=initial, started_on=plan.started_on)
        mine.append(work.keep(first, work.categories))
    if not mine or mine[-1].category == latest:
        return
    last = mine[-1]
    changed_on = _changed_on(work, row, plan, last)
    work.complete(last, ended_on=max(last.started_on or changed_on, changed_on - date.resolution))
    work.keep(held.PlanCategory(plan=plan, category=latest, started_on=changed_on), work.categories)


def _changed_on(work: Work, row: Row, plan: held.ProtectionPlan, last: held.PlanCategory) -> date:
    """A census does not say when a category changed: at the last review of its year or, without one, when it began."""
    reviews = [each["CPPreviewDate"] for each in row.all(REVIEWS) if each["CPPreviewDate"]]
    in_year = [day for day in reviews if work.year.start <= day <= work.year.end]
    day = max(in_year, default=max(work.year.start, plan.started_on))
    return max(min(day, plan.ended_on or day), last.started_on or day)


def _review(work: Work, row: Row, plan: held.ProtectionPlan) -> None:
    day = row["CPPreviewDate"]
    if day <= plan.started_on:
        raise Unfit(f"CPPreviewDate is {day}, and the plan began on {plan.started_on}.")
    work.once(row, plan.pk, day)
    if not any(each.plan_id == plan.pk and each.conference.held_on == day for each in work.conferences):
        decision = "end" if plan.ended_on == day else "continue"
        _meeting(work, held.Conference.REVIEW, day, day, decision=decision, referral_id=plan.referral_id, plan=plan)
