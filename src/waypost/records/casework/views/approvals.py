"""What waits for approval, and one of them to decide."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access import trail
from waypost.access.asked import Asked
from waypost.records.casework import approving
from waypost.records.casework.actions import approvals as actions
from waypost.records.casework.forms.approvals import APPROVE, DecideForm
from waypost.records.casework.models import Approval, Child
from waypost.records.casework.presenters import approvals as words
from waypost.records.casework.presenters.child import called
from waypost.web import drafts

MOST = 200


def waiting(request: Asked) -> HttpResponse:
    """What waits, the longest first. What the person asked for themself stands apart: somebody else decides it."""
    request.actor.may("approve").or_refuse()
    found = _mine(request).filter(state=Approval.WAITING).order_by("asked_at")[:MOST]
    lines = words.lines(found, _names(found), request.actor)
    held = {
        "lines": [each for each in lines if not each.is_mine],
        "mine": [each for each in lines if each.is_mine],
        "is_more": len(lines) == MOST,
    }
    return render(request, "casework/approvals/waiting.jinja", held)


def one(request: Asked, key: uuid.UUID) -> HttpResponse:
    """One of them: what it is, the way to it, and the decision."""
    request.actor.may("approve").or_refuse()
    approval = get_object_or_404(_mine(request), pk=key)
    may = approving.may_decide_here(request.actor, approval)
    form = drafts.ask(request, DecideForm)
    if request.method == "POST" and form.is_valid():
        may.or_refuse()
        return _decided(request, approval, form)
    if approval.child is not None:
        trail.looked(request.actor, "approval", approval.child, authority=approval.authority_id)
    shown = words.whole(approval, _names([approval]), request.actor)
    return render(request, "casework/approvals/one.jinja", {"approval": shown, "form": form, "may": may})


def _decided(request: Asked, approval: Approval, form: DecideForm) -> HttpResponse:
    if form.cleaned_data["decision"] == APPROVE:
        actions.approve(approval, by=request.actor)
        messages.success(request, "You approved it.")
    else:
        actions.return_for_changes(approval, because=form.cleaned_data["because"], by=request.actor)
        messages.success(request, "You returned it for changes.")
    return redirect("approvals")


def _mine(request: Asked) -> QuerySet[Approval]:
    found: QuerySet[Approval] = request.scope.approvals.select_related("asked_by", "decided_by", "authority")
    return found


def _names(found: Iterable[Approval]) -> dict[uuid.UUID, str]:
    """What the children of some approvals are called. Two questions, whatever the number."""
    children = Child.objects.filter(pk__in=[each.child for each in found if each.child])
    today = timezone.localdate()
    told = children.select_related("person").prefetch_related("person__names")
    return {child.pk: called(child.person.names.all(), today) for child in told}
