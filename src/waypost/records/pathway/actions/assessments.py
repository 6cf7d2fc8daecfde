"""Changes to assessments: one begins, is written, put before a manager, authorised or returned, and corrected after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.local.reader import settings_of
from waypost.access.models import Agency, Team, User
from waypost.access.recorded import Recorded
from waypost.domain.pathway import step
from waypost.domain.pathway.finished import missing, wrong_factors
from waypost.domain.pathway.regimes import Kind, kind_on, kinds_on
from waypost.records.casework.actions import approvals
from waypost.records.casework.models import Allocation, Approval, Child
from waypost.records.pathway.closing import close
from waypost.records.pathway.models import Assessment, Consulted, Enquiry, Referral
from waypost.records.pathway.opening import Opening, open_each, opens
from waypost.records.pathway.rules import may_approve, may_work, of_row
from waypost.web import words

APPROVE, CORRECTION = "Approve assessment", "Approve correction"
"""What is asked of a manager."""

FORM_VERSION = 1
"""The version of the form that assessments are written on now."""

FACTS = ("seen_on", "seen_alone", "spoken_to_alone", "factors", "is_young_carer", "reviewed_on")
SAYS = (
    "why_not_seen", "wishes_and_feelings", "needs", "mothers_capacity", "fathers_capacity", "why_father_not_assessed",
    "strengths", "risks", "what_must_change", "analysis", "household_work", "done_with",
)  # fmt: skip
WRITTEN = (*FACTS, *SAYS)
"""What a worker writes in an assessment, and may put right after it is authorised."""


# ---------------------------------------------------------------- it begins


@opens("assessment")
def _begin_opened(opening: Opening) -> Assessment:
    """An assessment that a decision on the referral asks for, or the core one that follows an initial one."""
    if opening.referral is None:
        raise ValueError("an assessment belongs to a referral")
    kind = usual_kind(opening.child, opening.referral, opening.on)
    return _begun(opening.child, opening.referral, kind, opening.on, team=opening.team)


@action("begin assessment", may=may_work)
def begin_assessment(
    child: Child,
    *,
    referral: Referral,
    on: date,
    kind: str | None = None,
    author: User | None = None,
    team: Team | None = None,
    by: Actor,
) -> Assessment:
    """An assessment that is begun without a decision that opens one, as again in an open case.

    Raises:
        ValidationError: the case is closed, or the kind was not made on that day.
    """
    if on < referral.received_on or not referral.is_open:
        raise ValidationError({"on": "An assessment begins within an open case, on or after the day of its referral"})
    kinds = possible_kinds(child, on)
    if kind and kind not in kinds:
        named = dict(Assessment.KINDS)
        said = words.listed([named[each].lower() for each in kinds])
        raise ValidationError({"kind": f"On {words.day(on)} the kind of assessment to begin is: {said}"})
    return _begun(child, referral, kind or usual_kind(child, referral, on), on, team=team, author=author)


def possible_kinds(child: Child, on: date) -> tuple[Kind, ...]:
    """The kinds of assessment that the authority made, of this child, on a day."""
    return kinds_on(on, is_unborn=_is_unborn(child, on), **settings_of(child.authority, on).rules)


def usual_kind(child: Child, referral: Referral, on: date) -> Kind:
    """The kind that begins next in an episode under the regime of the day."""
    after_initial = referral.assessments.filter(kind=Assessment.INITIAL, authorised_on__isnull=False).exists()
    rules = settings_of(child.authority, on).rules
    return kind_on(on, is_unborn=_is_unborn(child, on), after_initial=after_initial, **rules)


def _is_unborn(child: Child, on: date) -> bool:
    """Whether the child was not born yet on a day, by what is known now."""
    person = child.person
    return person.is_unborn or (person.born_on is not None and on < person.born_on)


def _begun(
    child: Child, referral: Referral, kind: str, on: date, *, team: Team | None = None, author: User | None = None
) -> Assessment:
    held: Allocation | None = Allocation.objects.on(on).filter(child=child).order_by("-started_on").first()
    row = Assessment(child=child, referral=referral, kind=kind, started_on=on, form_version=FORM_VERSION)
    row.author = author or (held.worker if held else None)
    row.team = team or (held.team if held else referral.team)
    row.save()
    if kind != Assessment.INITIAL:
        _carry(row)
    return row


def _carry(assessment: Assessment) -> None:
    """An enquiry that is under way is made through the assessment that begins beside it."""
    for enquiry in assessment.child.enquiries.filter(ended_on=None, assessment=None):
        enquiry.assessment = assessment
        enquiry.save()


@action("carry enquiry", may=of_row(may_work))
def carry_enquiry(assessment: Assessment, *, enquiry: Enquiry, by: Actor) -> Enquiry:
    """The assessment is the vehicle of a section 47 enquiry of the same child.

    Raises:
        ValidationError: the enquiry is about another child.
    """
    if enquiry.child_id != assessment.child_id:
        raise ValidationError("The enquiry is about another child.")
    enquiry.assessment = assessment
    enquiry.save()
    return enquiry


@action("give assessment", may=of_row(may_work))
def give_assessment(assessment: Assessment, *, author: User, team: Team | None = None, by: Actor) -> Assessment:
    """Another worker writes it from now on.

    Raises:
        ValidationError: it is finished.
    """
    _must_be_open(assessment)
    assessment.author, assessment.team = author, team or assessment.team
    assessment.save()
    return assessment


# ---------------------------------------------------------------- it is written


@action("write assessment", may=of_row(may_work))
def write_assessment(assessment: Assessment, *, to: Mapping[str, Any], by: Actor) -> Assessment:
    """Writes any of the parts in `WRITTEN`.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it waits for approval or is finished, or what is written cannot stand.
    """
    _must_be_open(assessment)
    if assessment.submitted_at:
        raise ValidationError("This assessment waits for approval. Ask the manager to return it before you change it.")
    _write(assessment, to)
    assessment.save()
    return assessment


def _write(assessment: Assessment, to: Mapping[str, Any]) -> None:
    if unknown := set(to) - set(WRITTEN):
        raise ValueError(f"an assessment has no part {', '.join(sorted(unknown))}")
    for name, value in to.items():
        setattr(assessment, name, value)
    complaints = {"factors": wrong_factors(assessment.factors)}
    for name in ("seen_on", "reviewed_on"):
        day: date | None = getattr(assessment, name)
        if day and day < assessment.referral.received_on:
            came = words.day(assessment.referral.received_on)
            complaints[name] = f"The day must be on or after {came}, when the referral came"
    wrong = {name: said for name, said in complaints.items() if said}
    if wrong:
        raise ValidationError(wrong)


@action("record who was consulted", may=of_row(may_work))
def consult(
    assessment: Assessment, *, who: str, on: date, said: str, agency: Agency | None = None, by: Actor
) -> Consulted:
    """A relative or an agency was asked: when, and what they said.

    Raises:
        ValidationError: the assessment waits for approval or is finished.
    """
    _must_be_open(assessment)
    if assessment.submitted_at:
        raise ValidationError("This assessment waits for approval. Ask the manager to return it before you add to it.")
    row = Consulted(child=assessment.child, assessment=assessment, who=who, agency=agency, on=on, said=said)
    row.save()
    return row


def _must_be_open(assessment: Assessment) -> None:
    if not assessment.is_open:
        raise ValidationError("This assessment has been authorised. Correct it with a reason.")


# ---------------------------------------------------------------- it is put before a manager


@action("submit assessment", may=of_row(may_work))
def submit_assessment(assessment: Assessment, *, at: datetime, by: Actor) -> Approval:
    """Puts an assessment before a manager, as it is now.

    Raises:
        ValidationError: a part of it is not finished, each said by its part; or it was submitted already.
    """
    _must_be_open(assessment)
    if assessment.submitted_at:
        raise ValidationError("This assessment waits for approval already.")
    if unfinished := missing(assessment.kind, {name: getattr(assessment, name) for name in WRITTEN}):
        raise ValidationError(unfinished)
    if timezone.localdate(at) < assessment.started_on:
        raise ValidationError(f"It cannot be submitted before it began, {words.day(assessment.started_on)}.")
    assessment.submitted_at = at
    assessment.save()
    return approvals.ask_approval(assessment, what=APPROVE, authority=assessment.child.authority, by=by)


@action("return assessment", may=of_row(may_approve))
def return_assessment(assessment: Assessment, *, because: str, by: Actor) -> Assessment:
    """The manager says what must change, and the worker writes on.

    Raises:
        NotAllowed: they asked for the approval themself.
        ValidationError: nobody asked for it.
    """
    approval = waiting(assessment)
    if approval is None:
        raise ValidationError("This assessment does not wait for approval.")
    approvals.return_for_changes(approval, because=because, by=by)
    assessment.submitted_at = None
    assessment.save()
    return assessment


@action("authorise assessment", may=of_row(may_approve))
def authorise_assessment(assessment: Assessment, *, decision: str, why: str, at: datetime, by: Actor) -> list[Recorded]:
    """The manager authorises an assessment with its outcome, which opens the next piece of work or closes the case.

    Gives the rows that were begun.

    Raises:
        NotAllowed: they asked for the approval themself.
        ValidationError: it was not submitted, or the outcome would close a case with work still open.
    """
    _must_be_open(assessment)
    approval = waiting(assessment)
    if approval is None and not _is_approved_as_it_is(assessment):
        raise ValidationError("This assessment does not wait for approval. The worker must submit it first.")
    if decision not in dict(outcomes(assessment)):
        raise ValidationError({"decision": "Select the outcome of the assessment"})
    on = timezone.localdate(at)
    if on < assessment.started_on:
        began = words.day(assessment.started_on)
        raise ValidationError({"on": f"The day it is authorised must be on or after {began}, when it began"})
    if approval is not None:
        approvals.approve(approval, by=by)
    assessment.decision, assessment.why, assessment.decided_at, assessment.decided_by = decision, why, at, by.user
    assessment.authorised_on, assessment.authorised_by = on, by.user
    assessment.save()
    found, child, referral = step("assessment").decisions[decision], assessment.child, assessment.referral
    if found.closes:
        close(referral, on=on, reason=found.closure_code, but=assessment)
    return open_each("assessment", decision, Opening(child, referral, assessment, on, by, at=at, team=referral.team))


def outcomes(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """The outcomes that an assessment may have: a core assessment follows an initial one alone."""
    is_initial = assessment.kind == Assessment.INITIAL
    return tuple(each for each in step("assessment").choices if is_initial or each[0] != "core_assessment")


def waiting(assessment: Assessment) -> Approval | None:
    """The approval that an assessment waits for."""
    found: Approval | None = _approvals(assessment).filter(state=Approval.WAITING).order_by("-asked_at").first()
    return found


def _is_approved_as_it_is(assessment: Assessment) -> bool:
    return bool(_approvals(assessment).filter(state=Approval.APPROVED, row_version=assessment.version).exists())


def _approvals(assessment: Assessment) -> Any:
    return Approval.objects.filter(kind=assessment._meta.label, row=assessment.pk, what=APPROVE)


# ---------------------------------------------------------------- it is corrected


@action("correct assessment", may=of_row(may_work))
def correct_assessment(assessment: Assessment, *, to: Mapping[str, Any], because: str, by: Actor) -> Assessment:
    """Puts right an assessment after it was authorised. The version that was authorised stays in the history, whole.

    A manager is asked to approve the correction. The outcome and the day of it are not corrected here
    (docs/adr/0029-an-authorised-assessment-is-a-version.md).

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it has not been authorised, or what is written cannot stand.
    """
    if assessment.is_open:
        raise ValidationError("This assessment has not been authorised yet, so change it as it is.")
    _write(assessment, to)
    if unfinished := missing(assessment.kind, {name: getattr(assessment, name) for name in WRITTEN}):
        raise ValidationError(unfinished)
    assessment.save()
    approvals.ask_approval(assessment, what=CORRECTION, authority=assessment.child.authority, by=by)
    return assessment
