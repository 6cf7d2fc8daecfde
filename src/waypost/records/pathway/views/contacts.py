"""Contacts: the queue, one that is recorded, screened and answered, and those whose referrer was never told."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.local.reader import settings_of
from waypost.domain.pathway.thresholds import levels
from waypost.records.casework.models import AddressHeld, Allocation, Child
from waypost.records.casework.presenters.child import called
from waypost.records.casework.views.saving import saved
from waypost.records.pathway.actions.contacts import record_contact, screen, tell_referrer
from waypost.records.pathway.case import cases_of
from waypost.records.pathway.forms import offers
from waypost.records.pathway.forms.contacts import ContactForm, ScreenForm, TellForm, ToDecide
from waypost.records.pathway.forms.moments import moment
from waypost.records.pathway.models import Contact, ContactChild, Referral
from waypost.records.pathway.presenters import contacts as said
from waypost.records.pathway.views import naming
from waypost.records.pathway.views.rows import looked_at_each
from waypost.web import drafts

MOST = 50
MOST_HOUSEHOLD = 20


def queue(request: Asked) -> HttpResponse:
    """The contacts that wait for a decision, those with the least time left first; early help and statutory alike."""
    request.actor.may("screen_contact").or_refuse()
    waiting = request.scope.contacts_of_children.filter(
        decision="", contact__authority__in=request.actor.where("screen_contact")
    )
    found = Contact.objects.filter(pk__in=waiting.values("contact")).order_by("received_at", "pk")
    page = Paginator(found, MOST).get_page(request.GET.get("page"))
    contacts = list(page.object_list)
    rows = _with_children(waiting.filter(contact__in=contacts)).order_by("child__person__born_on", "pk")
    held = said.holders(_allocations(row.child for row in rows))
    local = settings_of(request.actor.home("screen_contact"), timezone.localdate())
    lines = said.queue(contacts, rows, held, today=timezone.localdate(), local=local)
    return render(request, "pathway/contacts/queue.jinja", {"page": page, "lines": lines})


def untold(request: Asked) -> HttpResponse:
    """Contacts that are decided and whose referrer was never told, the oldest first."""
    request.actor.may("screen_contact").or_refuse()
    rows = request.scope.contacts_of_children.filter(
        told_at=None, decided_at__isnull=False, contact__authority__in=request.actor.where("screen_contact")
    ).exclude(contact__source__in=said.ANONYMOUS)
    page = Paginator(_with_children(rows).order_by("decided_at", "pk"), MOST).get_page(request.GET.get("page"))
    lines = said.untold(page.object_list, timezone.localdate())
    return render(request, "pathway/contacts/untold.jinja", {"page": page, "lines": lines})


def thresholds(request: Asked) -> HttpResponse:
    """The threshold statement, which decisions cite by level."""
    return render(request, "pathway/contacts/thresholds.jinja", {"levels": levels().values()})


# ---------------------------------------------------------------- a contact is recorded


def new(request: Asked) -> HttpResponse:
    """What came in, and whom it names. Children are looked for beside it, and what was typed is there again after."""
    request.actor.may("screen_contact").or_refuse()
    if request.method == "POST" and (naming.FIND in request.POST or naming.REMOVE in request.POST):
        return naming.set_aside(request)
    named = naming.chosen(request)
    form = drafts.ask(request, ContactForm, agencies=offers.agencies(), version=0)
    if request.method == "POST" and form.is_valid():
        if not named:
            form.add_error(None, "Add the child, or the children, whom the contact names")
        elif saved(form, lambda: record_contact(named, new=form.new(), by=request.actor), dict):
            naming.forget(request)
            messages.success(request, "The contact was recorded.")
            return redirect("contacts")
    today = timezone.localdate()
    shown = [said.Named(each.pk, said.name_of(each, today), said.age_of(each, today)) for each in named]
    return render(request, "pathway/contacts/new.jinja", {"form": form, "named": shown})


# ---------------------------------------------------------------- a contact is screened


def contact(request: Asked, key: uuid.UUID) -> HttpResponse:
    """What came in, what is known of everyone it names, and the decision for each child."""
    request.actor.may("screen_contact").or_refuse()
    found, rows = _contact(request, key)
    waiting = [row for row in rows if not row.is_decided]
    if request.method == "POST" and not _is_as_it_was(request, waiting):
        drafts.hold(request)
        messages.info(
            request, "Someone else decided about this contact while you had it open. This is what they decided."
        )
        return redirect("contact", key=key)
    form = drafts.ask(request, ScreenForm, **_asked(waiting, found)) if waiting else None
    if form is not None and request.method == "POST" and form.is_valid() and _screened(request, form):
        messages.success(request, "The decision was saved. Tell the referrer now.")
        return redirect("contact_tell", key=key)
    asked = {"form": form} if form is not None else {}
    return render(request, "pathway/contacts/contact.jinja", {**asked, **_known(request, found, rows)})


def _screened(request: Asked, form: ScreenForm) -> bool:
    return saved(form, lambda: screen(form.decided(), at=timezone.now(), by=request.actor), dict)


def _is_as_it_was(request: Asked, waiting: Sequence[ContactChild]) -> bool:
    """Whether the children whose decision was sent are those who still wait for one."""
    sent = {name.removeprefix("alone_") for name in request.POST if name.startswith("alone_")}
    return sent == {row.pk.hex for row in waiting}


def tell(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The letter to the referrer, ready to be sent, and that it was."""
    request.actor.may("screen_contact").or_refuse()
    found, rows = _contact(request, key)
    decided = [row for row in rows if row.is_decided]
    if not decided:
        messages.info(request, "Decide about the contact first, and tell the referrer then.")
        return redirect("contact", key=key)
    today, now = timezone.localdate(), timezone.localtime()
    ready = {"told_what": said.letter(found, decided, today=today, by=request.user), "told_on": today}
    form = drafts.ask(request, TellForm, initial={**ready, "told_time": now.time()}, version=0)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _told(request, decided, form), dict):
        messages.success(request, "That the referrer was told is recorded.")
        return redirect("contact", key=key)
    held = {"form": form, "key": key, "contact": said.came_in(found, today=today, local=_local(found))}
    return render(request, "pathway/contacts/tell.jinja", held | {"told": said.told_words(decided[0])})


def _told(request: Asked, rows: Sequence[ContactChild], form: TellForm) -> None:
    given = form.cleaned_data
    at = min(moment(given["told_on"], given["told_time"]).replace(second=59), timezone.now())
    tell_referrer(rows, how=given["told_how"], what=given["told_what"], at=at, by=request.actor)


def _contact(request: Asked, key: uuid.UUID) -> tuple[Contact, list[ContactChild]]:
    """A contact, and the rows of the children in it whom the person may see."""
    where = request.actor.where("screen_contact")
    held = request.scope.contacts.filter(authority__in=where).select_related("agency", "authority")
    found: Contact = get_object_or_404(held, pk=key)
    rows = _with_children(request.scope.contacts_of_children.filter(contact=found))
    return found, list(rows.order_by("child__person__born_on", "pk"))


def _asked(waiting: Sequence[ContactChild], found: Contact) -> dict[str, Any]:
    today = timezone.localdate()
    to_decide = [ToDecide(row, said.name_of(row.child, today), row.has_open_case) for row in waiting]  # type: ignore[attr-defined]
    return {"to_decide": to_decide, "teams": offers.teams(found.authority_id)}


def _known(request: Asked, found: Contact, rows: Sequence[ContactChild]) -> dict[str, Any]:
    """What the page says beside the form: who is named, who lives with them, and what is known of all of them."""
    today = timezone.localdate()
    named = [row.child for row in rows]
    around = _household(request, named, today)
    names = {child.pk: said.name_of(child, today) for child in (*named, *around)}
    looked_at_each(request, "screen contact", [*named, *around])
    held = said.holders(_allocations(named))
    known = said.known_lines(cases_of([*named, *around]).values(), names, but={row.pk for row in rows})
    decided = [row for row in rows if row.is_decided]
    return {
        "key": found.pk,
        "contact": said.came_in(found, today=today, local=_local(found)),
        "named": [
            said.Named(each.pk, names[each.pk], said.age_of(each, today), held.get(each.pk, "")) for each in named
        ],
        "household": [said.Named(each.pk, names[each.pk], said.age_of(each, today)) for each in around],
        "adults": _adults(request, [*named, *around], today),
        "known": known,
        "decided": said.decided_lines(rows, today),
        "told": said.told_words(decided[0]) if decided else "",
    }


def _household(request: Asked, named: Sequence[Child], today: Any) -> list[Child]:
    """The other children who live where those named live. A confidential address tells nothing."""
    there = _homes(today).filter(address__in=_homes(today).filter(person__child__in=named).values("address"))
    found = request.scope.children.filter(person__in=there.values("person")).exclude(pk__in=[each.pk for each in named])
    return list(found.select_related("person", "authority").prefetch_related("person__names")[:MOST_HOUSEHOLD])


def _adults(request: Asked, children: Sequence[Child], today: Any) -> list[tuple[uuid.UUID, str]]:
    """Those without a child's record who live where the children live, each by the key of their page."""
    homes = _homes(today).filter(person__child__in=children).values("address")
    there = request.scope.people.filter(child=None, pk__in=_homes(today).filter(address__in=homes).values("person"))
    return [(each.pk, called(each.names.all(), today)) for each in there.prefetch_related("names")[:MOST_HOUSEHOLD]]


def _homes(today: Any) -> Any:
    return AddressHeld.objects.on(today).filter(is_confidential=False).exclude(kind="letters")


def _with_children(rows: Any) -> Any:
    """Rows with their child, the names of it, and whether its case is open."""
    is_open = Exists(Referral.objects.filter(child=OuterRef("child"), closed_on=None))
    held = rows.select_related(
        "child__person", "child__authority", "contact__agency", "contact__authority", "decided_by"
    )
    return held.prefetch_related("child__person__names").annotate(has_open_case=is_open)


def _allocations(children: Any) -> Any:
    keys = [each.pk for each in children]
    return Allocation.objects.on(timezone.localdate()).filter(child__in=keys).select_related("worker", "team")


def _local(found: Contact) -> Any:
    return settings_of(found.authority, timezone.localdate())
