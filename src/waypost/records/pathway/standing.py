"""Where things stand with a child, in one plain sentence.

On a child protection plan for neglect since 4 March 2024; third month; next review by 3 June 2024.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from waypost.access.local.reader import settings_of
from waypost.domain.dates import completed_months
from waypost.domain.timescales import FIRST_REVIEW, LATER_REVIEW
from waypost.records.casework.beside import Look
from waypost.records.pathway.case import Case, case_of
from waypost.records.pathway.clocks import running, shown
from waypost.records.pathway.events import CATEGORIES
from waypost.records.pathway.models import ProtectionPlan
from waypost.web import words

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh")


def where_things_stand(look: Look) -> str:
    """The sentence for now, or as it was known at a moment. Empty of a child whose way has not begun."""
    today = timezone.localdate(look.at) if look.at else timezone.localdate()
    return sentence(look.once(case_of), today)


def sentence(case: Case, today: date) -> str:
    """What weighs most comes first: a protection plan, an enquiry, a plan for need, an assessment, a referral."""
    plan = next((each for each in case.plans if each.ended_on is None), None)
    if plan is not None:
        return _on_plan(case, plan, today)
    for says, rows in (
        ("A section 47 enquiry has gone on since {}.", [each.started_on for each in case.enquiries if each.is_open]),
        ("On a child in need plan since {}.", [each.started_on for each in case.cin_plans if each.ended_on is None]),
        ("Being assessed since {}.", [each.started_on for each in case.assessments if each.is_open]),
        ("Receiving early help since {}.", [each.opened_on for each in case.early_help if each.closed_on is None]),
        ("Referred on {}; the case is open.", [each.received_on for each in case.referrals if each.is_open]),
    ):
        if rows:
            return says.format(words.day(max(rows)))
    closed = max((each.closed_on for each in case.referrals if each.closed_on), default=None)
    return f"The case closed on {words.day(closed)}." if closed else ""


def _on_plan(case: Case, plan: ProtectionPlan, today: date) -> str:
    held = sorted(
        (each for each in case.categories if each.plan_id == plan.pk), key=lambda each: each.started_on or today
    )
    for_ = f" for {CATEGORIES[held[-1].category].lower()}" if held else ""
    whose = "Here on another authority's" if plan.is_temporary else "On a"
    since = f"{whose} child protection plan{for_} since {words.day(plan.started_on)}"
    month = completed_months(plan.started_on, today)
    so_far = f"{ORDINALS[month]} month" if 0 <= month < len(ORDINALS) else f"{month} months"
    local = settings_of(case.child.authority, today)
    reviews = (each for each in running(case) if each.timescale in (FIRST_REVIEW, LATER_REVIEW) and not each.done_on)
    due = next((clock for each in reviews if (clock := shown(each, today=today, local=local)).due_on), None)
    if due is None or due.due_on is None:
        return f"{since}; {so_far}."
    return f"{since}; {so_far}; review {'overdue since' if due.is_overdue else 'by'} {words.day(due.due_on)}."
