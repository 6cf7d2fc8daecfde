"""A record changes by an action only: permission, rule, write, history and trail together, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from waypost.access.acting import OutsideAction
from waypost.access.actor import Actor
from waypost.access.models import Act, Authority
from waypost.access.recorded import ChangedSince, Recorded
from waypost.access.rules import NotAllowed
from waypost.records.casework.actions import children, people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.models import Child, Identifier, Person, PersonName

pytestmark = pytest.mark.django_db

MAYA = NewPerson(given="Maya", family="Marlowe", born_on=date(2018, 5, 4))


def test_an_action_leaves_the_row_its_history_and_its_line(ashdown: Authority, worker: Callable[..., Actor]) -> None:
    by = worker("contact_worker", ashdown)
    person = people.register_person(ashdown, new=MAYA, by=by)
    line = Act.objects.get(what="register person")
    kept = person.history.get()
    assert (line.by, line.kind) == (by.user, Act.CHANGE)
    assert (kept.history_user, kept.act, kept.history_date) == (by.user, line.key, line.at)
    assert f"casework.person:{person.pk}" in line.rows
    assert "Maya" not in str(line.rows)


def test_what_a_role_may_not_do_is_refused_in_words_and_leaves_a_line(
    ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    by = worker("performance_analyst", ashdown)
    with pytest.raises(NotAllowed, match="Your role does not let you add a person"):
        people.register_person(ashdown, new=MAYA, by=by)
    assert not Person.objects.exists()
    assert Act.objects.get().kind == Act.REFUSED


def test_a_role_of_one_authority_does_nothing_in_another(
    ashdown: Authority, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    with pytest.raises(NotAllowed):
        people.register_person(brookvale, new=MAYA, by=worker("contact_worker", ashdown))


def test_an_action_that_fails_half_way_keeps_nothing(ashdown: Authority, worker: Callable[..., Actor]) -> None:
    nameless = NewPerson(given="", family="", born_on=date(2018, 5, 4))
    with pytest.raises(Exception, match="name_is_not_empty"):
        people.register_person(ashdown, new=nameless, by=worker("contact_worker", ashdown))
    assert not Person.objects.exists()
    assert not Person.history.exists()
    assert not Act.objects.exists()


def test_two_who_change_one_record_are_told(ashdown: Authority, child: Callable[..., Child]) -> None:
    maya = child(ashdown)
    by = Actor.of(Act.objects.latest("pk").by, today=date(2026, 3, 2))
    people.add_identifier(maya.person, kind=Identifier.NHS, value="943 476 5919", by=by)
    first, second = Child.objects.get(pk=maya.pk), Child.objects.get(pk=maya.pk)
    for opened in (first, second):
        opened.person.religion = "None"
    from waypost.access.acting import action
    from waypost.access.rules import YES

    @action("change religion", may=lambda by, person: YES)
    def change(person: Person, *, by: Actor) -> None:
        person.save()

    change(first.person, by=by)
    with pytest.raises(ChangedSince) as told:
        change(second.person, by=by)
    assert told.value.now.version == first.person.version


def subclasses(of: type[Recorded]) -> list[type[Recorded]]:
    found = [each for each in of.__subclasses__() if not each._meta.abstract]
    return found + [deeper for each in of.__subclasses__() for deeper in subclasses(each)]


@pytest.mark.parametrize("model", subclasses(Recorded), ids=lambda model: model._meta.label)
def test_nothing_gets_round_history(model: type[Recorded]) -> None:
    rows = model.objects.all()
    for way in (
        lambda: rows.update(version=9),
        lambda: rows.delete(),
        lambda: rows.bulk_create([model()]),
        lambda: rows.bulk_update([model()], ["version"]),
        lambda: model().save(),
        lambda: model().delete(),
    ):
        with pytest.raises(OutsideAction):
            way()
    assert model.history.model._meta.get_field("act")


def test_a_birth_is_one_act_and_the_record_as_it_was_known_before_is_still_there(
    ashdown: Authority, child: Callable[..., Child]
) -> None:
    unborn = child(ashdown, given="Unborn", family="Marlowe", born_on=None, expected_on=date(2026, 4, 1))
    before = timezone.now()
    by = Actor.of(Act.objects.latest("pk").by, today=date(2026, 3, 2))
    lines = Act.objects.count()
    children.record_birth(unborn, born_on=date(2026, 3, 28), given="Rowan", family="Marlowe", sex="female", by=by)
    assert Act.objects.count() == lines + 1
    assert Person.history.as_of(before).get(pk=unborn.person.pk).born_on is None
    assert [str(name) for name in PersonName.objects.filter(ended_on=None)] == ["Rowan Marlowe"]
