"""Work: a worker's own, a team's, and how cases are given, handed over and covered."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.models import Team, User
from waypost.domain.caseload import weight
from waypost.records.casework.actions import allocation as actions
from waypost.records.casework.models import Approval, Child, Cover, HandOver
from waypost.records.casework.models.dated import true_on
from waypost.records.casework.presenters.child import called
from waypost.records.casework.views.saving import taken
from waypost.records.pathway.forms.work import AllocateForm, CoverForm, MoveForm, RefuseForm
from waypost.records.pathway.work import carried, due
from waypost.web import drafts

OPEN = {"accepted_at": None, "refused_at": None, "undone_at": None}


# ---------------------------------------------------------------- a worker's own


def mine(request: Asked) -> HttpResponse:
    """What must I do, and what am I about to be late for?"""
    request.actor.may("work_case").or_refuse()
    today = request.actor.today
    clocks = due.open_clocks(
        request.scope.clocks.filter(worker__in=due.workers_of(request.actor)), until=today + due.COMING
    )
    found = list(clocks[: due.MOST + 1])
    lines = due.lines(found[: due.MOST], today=today)
    asked = request.scope.hand_overs.filter(**OPEN, worker=request.actor.user).select_related(
        "child__person", "asked_by"
    )
    returned = Approval.objects.filter(
        state=Approval.RETURNED, asked_by=request.actor.user, decided_at__date__gte=today - due.COMING
    )
    held = {
        "due": due.split(lines, today=today, is_cut=len(found) > due.MOST),
        "asked": _asked(asked.prefetch_related("child__person__names"), today),
        "returned": list(returned.order_by("-decided_at")[:20]),
        "covers": list(Cover.objects.on(today).filter(user=request.actor.user).select_related("absent")),
        "horizon": today + due.COMING,
    }
    return render(request, "pathway/work/mine.jinja", held)


def answer(request: Asked, key: uuid.UUID) -> HttpResponse:
    """A case that somebody asks me to take over: accepted, or refused with the reason."""
    asked = get_object_or_404(
        request.scope.hand_overs.filter(**OPEN, worker=request.actor.user).select_related(
            "child__person", "asked_by", "team"
        ),
        pk=key,
    )
    form = RefuseForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and "accept" in request.POST:
        actions.accept(asked, by=request.actor)
        messages.success(request, "The case is yours from today.")
        return redirect("my_work")
    if request.method == "POST" and form.is_valid():
        actions.refuse(asked, because=form.cleaned_data["because"], by=request.actor)
        messages.success(request, "You refused the case, and whoever asked you sees why.")
        return redirect("my_work")
    return render(request, "pathway/work/answer.jinja", {"asked": asked, "form": form, **_of(asked.child)})


# ---------------------------------------------------------------- a team's


def team(request: Asked) -> HttpResponse:
    """Who carries what, what will be late by Friday, and what waits."""
    chosen, teams = _team(request)
    today = request.actor.today
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    clocks = due.open_clocks(request.scope.clocks.filter(team=chosen), until=friday)
    found = list(clocks[: due.MOST + 1])
    approvals = Approval.objects.filter(state=Approval.WAITING, authority=chosen.authority_id)
    held = {
        "team": chosen,
        "teams": teams,
        "friday": friday,
        "caseloads": carried.caseloads(chosen, request.scope.children, today=today, friday=friday),
        "due": due.lines(found[: due.MOST], today=today),
        "is_cut": len(found) > due.MOST,
        "weights": carried.weights_in_words(),
        "waiting": _waiting(request, chosen, today),
        "approvals": approvals.count(),
        "oldest_approval": approvals.order_by("asked_at").values_list("asked_at", flat=True).first(),
        "asked": _asked(_of_team(request, chosen), today),
    }
    return render(request, "pathway/work/team.jinja", held)


def move(request: Asked, worker: uuid.UUID) -> HttpResponse:
    """Several cases of one worker asked of another: chosen, seen beforehand, then asked for."""
    chosen, _ = _team(request)
    from_ = get_object_or_404(
        User, pk=worker, roles_held__team=chosen, roles_held__in=chosen.roleheld_set.on(request.actor.today)
    )
    children = _children_of(request, from_)
    workers = [(user, team) for user, team in _workers([chosen], request.actor.today) if user.pk != from_.pk]
    form = drafts.ask(request, MoveForm)
    form.offer("children", [(str(child.pk), _named(child, request.actor.today)) for child in children])
    form.offer("to", [("", "Choose"), *((str(user.pk), user.name) for user, _ in workers)])
    held: dict[str, Any] = {"form": form, "from": from_, "team": chosen, "preview": None}
    if request.method == "POST" and form.is_valid():
        moved = [child for child in children if str(child.pk) in form.cleaned_data["children"]]
        to = next(user for user, _ in workers if str(user.pk) == form.cleaned_data["to"])
        if "confirm" not in request.POST:
            return render(
                request, "pathway/work/move.jinja", {**held, "preview": _preview(request, from_, to, children, moved)}
            )
        asked = actions.hand_over(moved, team=chosen, worker=to, note=form.cleaned_data["note"], by=request.actor)
        messages.success(
            request, f"{to.name} is asked to take over. Until they accept, {from_.name} carries the cases."
        )
        return redirect("work_moved", batch=asked[0].batch)
    return render(request, "pathway/work/move.jinja", held)


def moved(request: Asked, batch: uuid.UUID) -> HttpResponse:
    """The hand-overs of one move: which are accepted, and those that can still be taken back."""
    asked = request.scope.hand_overs.filter(batch=batch).select_related("child__person", "worker", "asked_by", "team")
    found = list(asked.prefetch_related("child__person__names"))
    if not found:
        raise Http404
    request.actor.may("allocate", found[0].team.authority_id).or_refuse()
    if request.method == "POST":
        for each in found:
            if not (each.accepted_at or each.refused_at or each.undone_at):
                actions.undo(each, by=request.actor)
        messages.success(request, "What nobody had answered was taken back.")
        return redirect("work_moved", batch=batch)
    lines = [(each, _named(each.child, request.actor.today)) for each in found]
    return render(request, "pathway/work/moved.jinja", {"lines": lines, "can_undo": any(map(_is_open, found))})


def allocate(request: Asked, key: uuid.UUID) -> HttpResponse:
    """To whom a child's case goes."""
    child = get_object_or_404(request.scope.children.select_related("person", "authority"), pk=key)
    request.actor.may("allocate", child.authority_id).or_refuse()
    teams = list(Team.objects.filter(authority=child.authority_id))
    form = drafts.ask(request, AllocateForm)
    form.offered(teams, _workers(teams, request.actor.today))
    if request.method == "POST" and form.is_valid() and taken(form, lambda: _allocated(request, child, form)):
        return redirect("child", key=child.pk)
    current = child.allocations.filter(ended_on=None).select_related("worker", "team").first()
    return render(request, "pathway/work/allocate.jinja", {"form": form, "current": current, **_of(child)})


def cover(request: Asked) -> HttpResponse:
    """Who stands in for whom, now and to come."""
    chosen, _ = _team(request)
    today = request.actor.today
    workers = [("", "Choose"), *((str(user.pk), user.name) for user, _ in _workers([chosen], today))]
    form = drafts.ask(request, CoverForm)
    form.offer("absent", workers)
    form.offer("user", workers)
    if request.method == "POST" and form.is_valid() and taken(form, lambda: _covered(request, form)):
        messages.success(request, "The cover was arranged.")
        return redirect("cover")
    arranged = Cover.objects.filter(absent__roles_held__team=chosen, ended_on__gte=today).distinct()
    held = {"form": form, "team": chosen, "arranged": arranged.select_related("absent", "user").order_by("started_on")}
    return render(request, "pathway/work/cover.jinja", held)


# ---------------------------------------------------------------- what the pages share


def _team(request: Asked) -> tuple[Team, list[Team]]:
    """The team that was chosen, of those whose work the person may move: their own first."""
    where = request.actor.where("allocate")
    request.actor.may("allocate").or_refuse()
    teams = list(Team.objects.filter(authority__in=where).select_related("authority"))
    own = request.actor.teams("allocate")
    teams.sort(key=lambda each: (each.pk not in own, str(each)))
    if not teams:
        raise Http404
    asked = request.GET.get("team", "")
    return next((each for each in teams if str(each.pk) == asked), teams[0]), teams


def _workers(teams: Sequence[Team], today: date) -> list[tuple[User, Team]]:
    """Those who may carry cases, in each of some teams today."""
    found = [
        (held.user, team)
        for team in teams
        for held in team.roleheld_set.on(today).select_related("user").filter(user__is_active=True)
        if "work_case" in held.role.may
    ]
    return sorted(found, key=lambda each: (each[1].name, each[0].name))


def _children_of(request: Asked, worker: User) -> list[Child]:
    held = request.scope.children.filter(
        allocations__in=worker.allocations.filter(true_on(request.actor.today))
    ).select_related("person")
    return list(held.prefetch_related("person__names").distinct())


def _preview(request: Asked, from_: User, to: User, children: list[Child], moved: list[Child]) -> dict[str, Any]:
    """What each would carry, and what is due soon on the cases that move."""
    theirs = _children_of(request, to)
    stages = carried.stages_of(Child.objects.filter(pk__in=[each.pk for each in (*children, *theirs)]))
    going = weight(stages[each.pk] for each in moved)
    before = {name: weight(stages[each.pk] for each in held) for name, held in (("from", children), ("to", theirs))}
    today = request.actor.today
    soon = request.scope.clocks.filter(child__in=[each.pk for each in moved])
    return {
        "to": to,
        "rows": (
            (from_.name, len(children), before["from"], len(children) - len(moved), before["from"] - going),
            (to.name, len(theirs), before["to"], len(theirs) + len(moved), before["to"] + going),
        ),
        "names": [_named(each, today) for each in moved],
        "lines": due.lines(due.open_clocks(soon, until=today + timedelta(days=14))[: due.MOST], today=today),
    }


def _allocated(request: Asked, child: Child, form: AllocateForm) -> None:
    team_key, worker_key = form.chosen
    team = get_object_or_404(Team, pk=team_key, authority=child.authority_id)
    note, today = form.cleaned_data["note"], request.actor.today
    held = child.allocations.filter(ended_on=None).select_related("worker").first()
    if not worker_key:
        priority = int(form.cleaned_data["priority"] or 3)
        actions.wait(child, team=team, priority=priority, why=note, since=today, by=request.actor)
        messages.success(request, "The child waits for a worker.")
        return
    worker = get_object_or_404(User, pk=worker_key)
    if held is None or held.worker is None:
        actions.give(child, team=team, worker=worker, since=today, by=request.actor)
        messages.success(request, f"{worker.name} carries the case from today.")
    else:
        actions.hand_over([child], team=team, worker=worker, note=note, by=request.actor)
        messages.success(request, f"{worker.name} is asked to take the case over. Until then {held.worker} carries it.")


def _covered(request: Asked, form: CoverForm) -> None:
    given = form.cleaned_data
    absent, user = (get_object_or_404(User, pk=given[name]) for name in ("absent", "user"))
    days = {name: given[name] for name in ("started_on", "ended_on", "why")}
    actions.cover(absent, user=user, **days, by=request.actor)


def _waiting(request: Asked, chosen: Team, today: date) -> list[dict[str, Any]]:
    return [
        {
            "child": each.child_id,
            "name": _named(each.child, today),
            "priority": each.get_priority_display(),
            "is_urgent": each.priority == 1,
            "since": each.since_at,
            "why": each.why,
        }
        for each in carried.waiting(request.scope.children, [chosen.pk])
    ]


def _of_team(request: Asked, chosen: Team) -> Any:
    asked = request.scope.hand_overs.filter(**OPEN, team=chosen).select_related("child__person", "asked_by", "worker")
    return asked.prefetch_related("child__person__names")


def _asked(found: Any, today: date) -> list[tuple[HandOver, str]]:
    return [(each, _named(each.child, today)) for each in found.order_by("asked_at")]


def _named(child: Child, today: date) -> str:
    return called(child.person.names.all(), today)


def _of(child: Child) -> dict[str, Any]:
    return {"child": child.pk, "name": _named(child, timezone.localdate())}


def _is_open(asked: HandOver) -> bool:
    return not (asked.accepted_at or asked.refused_at or asked.undone_at)
