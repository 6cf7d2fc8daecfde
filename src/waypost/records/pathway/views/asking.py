"""Pages that ask one form about a child, or about brothers and sisters at once, and do one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.models import RoleHeld, User
from waypost.access.recorded import Recorded
from waypost.access.roles import roles
from waypost.records.casework.models import AddressHeld, Child
from waypost.records.casework.models.dated import true_on
from waypost.records.casework.presenters.child import age_words, called
from waypost.records.casework.views.saving import saved
from waypost.records.pathway.family import with_siblings
from waypost.records.pathway.forms.families import HERE, FamilyForm, Member
from waypost.records.pathway.models import Referral
from waypost.records.pathway.views.rows import about
from waypost.web import drafts
from waypost.web.forms import RecordForm

R = TypeVar("R", bound=RecordForm)
Says = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page that asks a form says: its title, what it is told when it is done, and the page it goes back to."""

    title: str
    done: str
    back: str
    button: str = "Save"
    lead: str = ""
    template: str = "pathway/protection/form.jinja"


def fresh(request: Asked, form: type[R], **given: Any) -> R:
    """A form for something new."""
    return drafts.ask(request, form, version=0, **given)


def changing(request: Asked, form: type[R], row: Recorded, says: Says, **given: Any) -> R:
    """A form for something that is there. `says` turns it into the first values of the form."""
    return drafts.ask(request, form, version=row.version, initial=dict(says(row)), **given)


def nothing(_: Recorded) -> Mapping[str, Any]:
    """Of a form that only adds to a row."""
    return {}


def ask(
    request: Asked,
    child: Child,
    page: Page,
    form: RecordForm,
    save: Callable[[], object],
    *,
    says: Says = nothing,
    **held: Any,
) -> HttpResponse:
    """Asks, and does what was asked once it can be done."""
    if request.method == "POST" and form.is_valid() and saved(form, save, says):
        messages.success(request, page.done)
        return redirect(page.back, key=child.pk)
    return render(request, page.template, {"form": form, "page": page, **about(child), **held})


# ---------------------------------------------------------------- brothers and sisters


@dataclass(frozen=True)
class Siblings:
    """A child with the brothers and sisters whose records the person may open, as a form names them."""

    children: Mapping[str, Child]
    members: tuple[Member, ...]
    ticked: frozenset[str]

    def of(self, form: FamilyForm) -> list[Child]:
        return [self.children[member.key] for member in form.chosen]


def siblings(request: Asked, child: Child, *, only: Iterable[Child] | None = None) -> Siblings:
    """Those who may be in it. Ticked at first are those who live where the child does and whose case is open."""
    today = timezone.localdate()
    found = with_siblings(child, request.scope.children).select_related("person", "authority")
    rows = list(found.prefetch_related("person__names"))
    if only is not None:
        keys = {each.pk for each in only}
        rows = [each for each in rows if each.pk in keys]
    return Siblings(
        {str(each.pk): each for each in rows},
        tuple(member(each, today) for each in rows),
        frozenset(str(each.pk) for each in _at_home(child, rows, today)),
    )


def member(child: Child, today: date) -> Member:
    person = child.person
    name = called(person.names.all(), today)
    about_them = age_words(person.age_on(today), person.expected_on if person.is_unborn else None)
    return Member(str(child.pk), first_name(name), about_them, person.is_unborn)


def first_name(name: str) -> str:
    return name if name == "Name not recorded" else name.split(" ", 1)[0]


def _at_home(child: Child, rows: list[Child], today: date) -> list[Child]:
    held = AddressHeld.objects.filter(true_on(today), person__in=[each.person_id for each in rows])
    homes = dict(held.exclude(kind="letters").order_by("started_on").values_list("person", "address"))
    open_ = set(Referral.objects.filter(child__in=rows, closed_on=None).values_list("child", flat=True))
    home = homes.get(child.person_id)
    return [
        each for each in rows if each.pk == child.pk or (each.pk in open_ and homes.get(each.person_id, home) == home)
    ]


def ticks(keys: Iterable[str]) -> dict[str, bool]:
    return {f"{HERE}-{key}": True for key in keys}


# ---------------------------------------------------------------- people who may be named


def who_may(verb: str, authority: int) -> dict[str, User]:
    """Those whose role of today lets them do something in an authority, by key."""
    able = [role.id for role in roles().values() if verb in role.may]
    held = RoleHeld.objects.filter(true_on(timezone.localdate()), role_id__in=able)
    held = held.filter(authority=authority) | held.filter(unit__authorities=authority)
    found = User.objects.filter(roles_held__in=held, is_active=True).distinct().order_by("name")
    return {str(each.pk): each for each in found}


def options(people: Mapping[str, User]) -> list[tuple[str, str]]:
    return [(key, each.name) for key, each in people.items()]
