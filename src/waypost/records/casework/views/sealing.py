"""To hide a record from all but those who are named, to name them, and to open it again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from waypost.access import trail
from waypost.access.asked import Asked
from waypost.access.models import Act, RoleHeld, User
from waypost.access.roles import roles
from waypost.records.casework import visibility
from waypost.records.casework.actions import sealing
from waypost.records.casework.forms.access import ReaderForm, ReasonForm, SealForm
from waypost.records.casework.models import Child
from waypost.records.casework.models.dated import true_on
from waypost.records.casework.presenters import access as words
from waypost.web import drafts


def sealed(request: Asked) -> HttpResponse:
    """For those who may seal: every sealed record of their authorities, by name to its readers alone."""
    request.actor.may("seal").or_refuse()
    where = request.actor.where("seal")
    kept = visibility.kept_from(request.actor)
    found = Child.objects.filter(is_sealed=True, authority__in=where, person__merged_into=None).exclude(person__in=kept)
    found = found.select_related("person", "authority").prefetch_related("person__names", "seal_readers__user")
    openable = set(request.scope.children.filter(is_sealed=True).values_list("pk", flat=True))
    acts = Act.objects.filter(what="seal record", kind=Act.CHANGE, child__in=[each.pk for each in found])
    by_child = {act.child: act for act in acts.select_related("by").order_by("at")}
    held = words.sealed(found, by_child, openable=openable, today=timezone.localdate())
    return render(request, "casework/access/sealed.jinja", {"records": held})


def seal(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Hides a record, or shows who reads one that is hidden."""
    child = _opened(request, key, "seal of record")
    if child.is_sealed:
        named = child.seal_readers.select_related("user").order_by("started_on", "user__name")
        held = {"readers": words.readers(named, today=request.actor.today), "who": _who(child)}
        return render(request, "casework/access/readers.jinja", held)
    form = drafts.ask(request, SealForm, staff=_staff(child))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        readers = list(User.objects.filter(pk=given["reader"])) if given["reader"] else []
        sealing.seal(child, readers=readers, until=given["until"], because=given["because"], by=request.actor)
        messages.success(request, "The record is sealed. Only the people named here can see that it exists.")
        return redirect("child_seal", key)
    return render(request, "casework/access/seal.jinja", {"form": form, "who": _who(child)})


def name_reader(request: Asked, key: uuid.UUID) -> HttpResponse:
    child = _opened(request, key, "seal of record")
    form = drafts.ask(request, ReaderForm, staff=_staff(child))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = get_object_or_404(User, pk=given["reader"])
        try:
            sealing.name_reader(child, user=user, until=given["until"], because=given["because"], by=request.actor)
        except ValidationError as wrong:
            form.add_error("reader", wrong)
        else:
            messages.success(request, f"{user} can now see this record.")
            return redirect("child_seal", key)
    return render(request, "casework/access/name_reader.jinja", {"form": form, "who": _who(child)})


@require_POST
def end_reader(request: Asked, key: uuid.UUID, reader: uuid.UUID) -> HttpResponse:
    child = _opened(request, key, "seal of record")
    named = get_object_or_404(child.seal_readers.select_related("user", "child"), pk=reader)
    try:
        sealing.end_reader(named, by=request.actor)
    except ValidationError as wrong:
        messages.error(request, wrong.message)
    else:
        messages.success(request, f"{named.user} can no longer see this record.")
    still_open = request.scope.children.filter(pk=key).exists()
    return redirect("child_seal", key) if still_open else redirect("sealed")


def lift(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Opens a record again to those whose work it is."""
    child = _opened(request, key, "seal of record")
    form = drafts.ask(request, ReasonForm)
    if request.method == "POST" and form.is_valid():
        sealing.unseal(child, because=form.cleaned_data["because"], by=request.actor)
        messages.success(request, "The seal is lifted. The record is open to those whose work it is.")
        return redirect("child", key)
    return render(request, "casework/access/lift.jinja", {"form": form, "who": _who(child)})


def _opened(request: Asked, key: uuid.UUID, what: str) -> Child:
    child: Child = get_object_or_404(request.scope.children.select_related("person", "authority"), pk=key)
    request.actor.may("seal", child.authority_id).or_refuse()
    trail.looked(request.actor, what, child.pk, authority=child.authority_id)
    return child


def _who(child: Child) -> words.Who:
    return words.who(child, today=timezone.localdate())


def _staff(child: Child) -> QuerySet[User]:
    """Those whose role lets them see children of this authority, who are not readers of this record already."""
    today = timezone.localdate()
    able = [role.id for role in roles().values() if "see_child" in role.may]
    held = RoleHeld.objects.on(today).filter(
        Q(authority=child.authority_id) | Q(unit__authorities=child.authority_id), role_id__in=able, user=OuterRef("pk")
    )
    named = child.seal_readers.filter(true_on(today)).values("user")
    return User.objects.filter(Exists(held), is_active=True).exclude(pk__in=named).order_by("name")
