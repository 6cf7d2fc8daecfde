"""One box finds a person by whatever is known of them, and says why; and finds nobody who is out of scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.records.casework import visibility
from waypost.records.casework.actions import people
from waypost.records.casework.models import Child, Person
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.find import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("contact_worker", ashdown)


@pytest.fixture
def maya(ashdown: Authority, clerk: Actor, child: Callable[..., Child]) -> Person:
    """Maya Marlowe, known as May, of AA1 1AB, whose mother was Delphine Ashby."""
    person = child(ashdown).person
    people.add_name(person, kind="known_as", given="May", family="Marlowe", by=clerk)
    people.add_identifier(person, kind="nhs", value="943 476 5919", by=clerk)
    people.move_home(person, lines="14 Alder Row", postcode="AA1 1AB", since=date(2020, 1, 1), by=clerk)
    mother = people.register_person(ashdown, new=people.NewPerson(given="Delphine", family="Marlowe"), by=clerk)
    people.add_name(mother, kind="former", given="Delphine", family="Ashby", by=clerk)
    people.relate(mother, other=person, kind="mother", by=clerk)
    return person


def found(typed: str, by: Actor) -> dict[object, tuple[str, ...]]:
    return {key: each.reasons for key, each in find(taken_apart(typed), visibility.people(by))}


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("Maya Marlowe", "Legal name: Maya Marlowe"),
        ("marl may", "Known as: May Marlowe"),
        ("Mya Marlo", "Sounds like: Legal name: Maya Marlowe"),
        ("04/05/2018", "Born on 4 May 2018"),
        ("Maya aa1", "Lives at AA1 1AB"),
        ("AA1 1AB", "Lives at AA1 1AB"),
        ("9434765919", "NHS number 9434765919"),
        ("A00000", "Local identifier A00000"),
        ("Delphine", "Child of Delphine Marlowe"),
        ("Ashby", "Child of Delphine Ashby"),
    ],
)
def test_why_maya_is_found(typed: str, because: str, maya: Person, clerk: Actor) -> None:
    assert because in found(typed, clerk)[maya.pk]


@pytest.mark.parametrize("typed", ["", "Rowan", "Maya Unlike", "Maya BB2", "05/04/2018", "1234567890"])
def test_what_does_not_find_her(typed: str, maya: Person, clerk: Actor) -> None:
    assert maya.pk not in found(typed, clerk)


def test_nobody_out_of_scope_is_found(maya: Person, brookvale: Authority, worker: Callable[..., Actor]) -> None:
    assert not found("Maya Marlowe", worker("contact_worker", brookvale))


def test_the_closest_stands_first(ashdown: Authority, maya: Person, clerk: Actor, child: Callable[..., Child]) -> None:
    other = child(ashdown, given="Mayabel", family="Marlowe").person
    assert list(found("Maya Marlowe", clerk))[:2] == [maya.pk, other.pk]


def test_a_search_asks_a_fixed_number_of_questions(
    maya: Person, clerk: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    question, scope = taken_apart("Maya Marlowe AA1 04/05/2018"), visibility.people(clerk)
    with django_assert_num_queries(5):
        find(question, scope)
