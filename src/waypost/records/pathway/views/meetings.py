"""Core groups, family meetings and goals of a child; and moves of a child with a plan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.records.casework.beside import Look
from waypost.records.casework.views.child import drawn, opened
from waypost.records.pathway.actions import meetings as does
from waypost.records.pathway.actions import transfers
from waypost.records.pathway.actions.core_groups import Came, CoreGroupOf, Went, hold_core_group
from waypost.records.pathway.case import case_of
from waypost.records.pathway.forms.families import ANSWERS
from waypost.records.pathway.forms.meetings import (
    GoalForm,
    MeetingAskForm,
    MeetingHeldForm,
    TransferInForm,
    TransferOutForm,
)
from waypost.records.pathway.forms.plans import CAME, SENT_WORD, BecauseForm, CoreGroupForm, DayForm
from waypost.records.pathway.forms.visits import Todo, progress_of
from waypost.records.pathway.models import (
    ActionProgress,
    CoreGroupAttendance,
    CoreGroupChild,
    CoreGroupMember,
    FamilyMeeting,
    Goal,
    PlanAction,
    ProtectionPlan,
    Transfer,
)
from waypost.records.pathway.presenters import enquiries as of_protection
from waypost.records.pathway.presenters import meetings as words
from waypost.records.pathway.rules import may_work
from waypost.records.pathway.views.asking import Page, Siblings, ask, changing, first_name, fresh, siblings
from waypost.records.pathway.views.rows import child_of, row_of

HOME = "child_meetings"
FAMILY_FORM = "pathway/protection/family_form.jinja"


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Core groups, family meetings and what the family has reached."""
    found, record = opened(request, key, "meetings")
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    goals: Any = Goal.objects if record.at is None else Goal.history.as_of(record.at)
    held: dict[str, Any] = {
        "held": words.meetings(case, goals.filter(child=found.pk)),
        "may_work": record.at is None and bool(may_work(request.actor, found)),
        "has_plan": any(plan.is_open and not plan.is_temporary for plan in case.plans),
    }
    return drawn(request, "pathway/meetings/page.jinja", record, held, look)


# ---------------------------------------------------------------- core groups


def core_group(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One core group, as far as it concerns this child."""
    found, record = opened(request, key, "core group")
    held = get_object_or_404(CoreGroupChild.objects.select_related("core_group"), child=found, core_group=row)
    came = CoreGroupAttendance.objects.filter(core_group=row, plan__child=found).select_related("member__agency")
    said = ActionProgress.objects.filter(core_group=row, plan__child=found).select_related("action")
    return drawn(request, "pathway/meetings/core_group.jinja", record, {"held": words.core_group(held, came, said)})


def add_core_group(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Records a core group, once for brothers and sisters who have plans."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    family = siblings(request, child)
    plans = {
        str(each.child_id): each
        for each in ProtectionPlan.objects.filter(
            child__in=[each.pk for each in family.children.values()], ended_on=None, is_temporary=False
        ).select_related("child__authority")
    }
    on_plans = Siblings(family.children, tuple(each for each in family.members if each.key in plans), family.ticked)
    people = _people(plans)
    form = fresh(
        request,
        CoreGroupForm,
        members=on_plans.members,
        ticked=on_plans.ticked,
        people={name: held[0].name for name, held in people.items()},
        todo=_todo(plans),
        initial={"on": timezone.localdate()},
    )

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("on", "where", "notes")}
        each = [_said(form, plans[member.key], member, people) for member in form.chosen]
        return hold_core_group(each, **given, by=request.actor)

    template = "pathway/meetings/core_group_form.jinja"
    page = Page("Record a core group", "The core group was recorded.", HOME, "Record the core group", template=template)
    return ask(request, child, page, form, save)


def _people(plans: Mapping[str, ProtectionPlan]) -> dict[str, list[CoreGroupMember]]:
    """The members of the core groups of brothers and sisters: each person once, with their row in each plan."""
    rows = CoreGroupMember.objects.filter(plan__in=plans.values(), ended_on=None).order_by("started_on", "pk")
    found: dict[tuple[Any, ...], list[CoreGroupMember]] = {}
    for row in rows:
        found.setdefault((row.name.lower(), row.user_id, row.agency_id), []).append(row)
    return {str(held[0].pk): held for held in found.values()}


def _todo(plans: Mapping[str, ProtectionPlan]) -> dict[str, list[Todo]]:
    found: dict[str, list[Todo]] = {}
    rows = PlanAction.objects.filter(plan__in=plans.values(), state="open").select_related("plan")
    for each in rows.order_by("due_on", "pk"):
        says = f"{first_name(each.owner)}: {each.action}"
        found.setdefault(str(each.plan.child_id), []).append(Todo(str(each.pk), says))
    return found


def _said(
    form: CoreGroupForm, plan: ProtectionPlan, member: Any, people: Mapping[str, list[CoreGroupMember]]
) -> CoreGroupOf:
    said, came = form.of(member), form.came()
    went = progress_of(said)
    actions = {str(each.pk): each for each in PlanAction.objects.filter(pk__in=went, plan=plan).select_related("plan")}
    attendance = [
        Came(row, came=came[name] == CAME, sent_word=came[name] == SENT_WORD)
        for name, rows in people.items()
        if name in came
        for row in rows
        if row.plan_id == plan.pk
    ]
    return CoreGroupOf(
        plan,
        progress=said["progress"],
        changes=said["changes"],
        attendance=attendance,
        actions=[Went(actions[name], how) for name, how in went.items() if name in actions],
    )


# ---------------------------------------------------------------- family meetings and goals


def ask_meeting(request: Asked, key: uuid.UUID) -> HttpResponse:
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    family = siblings(request, child)
    first = {"on": timezone.localdate()}
    form = fresh(request, MeetingAskForm, members=family.members, ticked=family.ticked, initial=first)

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("kind", "on")}
        return does.ask_family_meeting(family.of(form), **given, by=request.actor)

    page = Page("Ask for a family meeting", "It was recorded.", HOME, template=FAMILY_FORM)
    return ask(request, child, page, form, save)


def hold_meeting(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    child = child_of(request, key)
    meetings = request.scope.family_meetings.filter(children__child=child).distinct()
    held: FamilyMeeting = get_object_or_404(meetings, pk=row)
    does.may_put_meeting(request.actor, held).or_refuse()
    form = changing(request, MeetingHeldForm, held, MeetingHeldForm.says)

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("held_on", "who_came", "outcome", "shared_with")}
        found = ANSWERS[form.cleaned_data["carers_found"]]
        opened_ = held.as_opened(form.opened)
        return does.hold_family_meeting(opened_, **given, carers_found=found, by=request.actor)

    page = Page(str(held), "It was recorded.", HOME)
    return ask(request, child, page, form, save, says=MeetingHeldForm.says)


def add_goal(request: Asked, key: uuid.UUID) -> HttpResponse:
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    form = fresh(request, GoalForm, initial={"on": timezone.localdate()})

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("kind", "on", "what", "how_known")}
        return does.add_goal(child, **given, by=request.actor)

    return ask(request, child, Page("What was reached", "It was recorded.", HOME), form, save)


# ---------------------------------------------------------------- moves


def transfer(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One move, and what is still to be done about it."""
    found, record = opened(request, key, "move")
    held = get_object_or_404(Transfer.objects.select_related("plan"), child=found, pk=row)
    works = bool(may_work(request.actor, found))
    is_in = held.direction == Transfer.IN
    ends = bool(
        request.actor.may("approve", found.authority_id) or request.actor.may("hold_conference", found.authority_id)
    )
    context: dict[str, Any] = {
        "title": f"Move {'in from' if is_in else 'out to'} {held.other_authority}",
        "facts": of_protection.transfer(held),
        "row": held.pk,
        "may_confirm": works and is_in and not held.is_permanent,
        "may_accept": ends and not is_in and held.accepted_on is None,
        "may_end_stay": works and is_in and held.accepted_on is None and _is_kept_here(found.pk),
    }
    return drawn(request, "pathway/meetings/transfer.jinja", record, context)


def _is_kept_here(child: uuid.UUID) -> bool:
    return ProtectionPlan.objects.filter(child=child, is_temporary=True, ended_on=None).exists()


def move_in(request: Asked, key: uuid.UUID) -> HttpResponse:
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    form = fresh(request, TransferInForm)

    def save() -> object:
        return transfers.transfer_in(child, **form.facts(), by=request.actor)

    lead = "The other authority keeps its plan until a conference here has met."
    page = Page("Record a move into the area", "The move was recorded.", "child_protection", lead=lead)
    return ask(request, child, page, form, save)


def move_out(request: Asked, key: uuid.UUID) -> HttpResponse:
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    form = fresh(request, TransferOutForm)

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("other_authority", "notified_on", "note")}
        return transfers.transfer_out(child, **given, by=request.actor)

    lead = "The plan stays ours until the other authority has held its conference and taken it."
    page = Page("Record a move out of the area", "The move was recorded.", "child_protection", lead=lead)
    return ask(request, child, page, form, save)


def confirm(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "transfers", key, row, "referral")
    transfers.may_confirm(request.actor, held).or_refuse()
    form = changing(request, DayForm, held, lambda _: {"on": timezone.localdate()})
    form.fields["on"].label = "When did the other authority say so in writing?"

    def save() -> object:
        return transfers.confirm_transfer_in(held.as_opened(form.opened), on=form.cleaned_data["on"], by=request.actor)

    page = Page("The child has moved for good", "A transfer-in conference was asked for.", "child_protection")
    return ask(request, held.child, page, form, save)


def accept(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "transfers", key, row, "plan__child", "plan__referral")
    transfers.may_accept(request.actor, held).or_refuse()
    form = changing(request, DayForm, held, lambda _: {"on": timezone.localdate()})
    form.fields["on"].label = "When did the other authority take the plan?"

    def save() -> object:
        return transfers.accept_transfer_out(held.as_opened(form.opened), on=form.cleaned_data["on"], by=request.actor)

    page = Page("The other authority has taken the plan", "The plan was ended here.", "child_protection")
    return ask(request, held.child, page, form, save)


def end_stay(request: Asked, key: uuid.UUID) -> HttpResponse:
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    form = fresh(request, BecauseForm, initial={"on": timezone.localdate()})

    def save() -> object:
        given = form.cleaned_data
        return transfers.end_stay(child, on=given["on"], why=given["because"], by=request.actor)

    page = Page("The child has gone again", "It was recorded.", "child_protection")
    return ask(request, child, page, form, save)
