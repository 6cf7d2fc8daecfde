"""A family: relatives found first and added, ties put right and ended, a birth; the genogram; and what was changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.records.casework.actions import facts, people
from waypost.records.casework.models import Child, Person, Relationship

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("contact_worker", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


@pytest.fixture
def page(client: Client, clerk: Actor) -> Client:
    client.force_login(clerk.user)
    return client


@pytest.fixture
def add(ashdown: Authority, clerk: Actor) -> Callable[..., Person]:
    def made(given: str, family: str = "Marlowe", **known: object) -> Person:
        return people.register_person(ashdown, new=people.NewPerson(given, family, **known), by=clerk)  # type: ignore[arg-type]

    return made


def test_a_relative_who_is_in_the_record_is_found_and_added(
    page: Client, maya: Child, add: Callable[..., Person]
) -> None:
    mother, own = add("Delphine", sex="female"), f"/people/{maya.person_id}/relatives"
    found = page.post(f"{own}/find", {"typed": "Delphine"}).content.decode()
    assert f"{own}/{mother.pk}/add" in found
    assert "Select what the relative is to them" in page.post(f"{own}/{mother.pk}/add", {}).content.decode()
    typed = {"kind": "mother", "has_parental_responsibility": "yes", "safe_contact": "Text first"}
    answer = page.post(f"{own}/{mother.pk}/add", typed)
    text = page.get(answer["Location"]).content.decode()
    assert "Mother" in text
    assert "Parental responsibility: yes" in text
    assert "Text first" in text


def test_nobody_is_added_before_someone_has_looked(page: Client, maya: Child, add: Callable[..., Person]) -> None:
    own = f"/people/{maya.person_id}/relatives"
    assert page.get(f"{own}/new")["Location"] == f"{own}/find"
    page.post(f"{own}/find", {"typed": "Delphine Ashby"})
    typed = {"given": "Delphine", "family": "Ashby", "birth": "not_known", "sex": "female", "kind": "mother"}
    assert page.post(f"{own}/new", typed)["Location"] == f"/children/{maya.pk}/family"
    assert Relationship.objects.get().person.names.get().given == "Delphine"


def test_a_relative_like_somebody_in_the_record_is_asked_about(
    page: Client, maya: Child, add: Callable[..., Person]
) -> None:
    known, own = add("Delphine"), f"/people/{maya.person_id}/relatives"
    page.post(f"{own}/find", {"typed": "Delphine"})
    typed = {"given": "Delfine", "family": "Marlowe", "birth": "not_known", "sex": "female", "kind": "mother"}
    text = page.post(f"{own}/new", typed).content.decode()
    assert "tick the box if the relative is none of them" in text
    assert f"{own}/{known.pk}/add" in text
    assert page.post(f"{own}/new", {**typed, "is_new": "on"}).status_code == 302


@pytest.mark.parametrize(("sex", "kind"), [("female", "mother"), ("male", "father"), ("unknown", "parent")])
def test_a_child_is_added_from_the_side_of_the_parent(
    sex: str, kind: str, page: Client, maya: Child, add: Callable[..., Person]
) -> None:
    parent = add("Robin", sex=sex)
    answer = page.post(f"/people/{parent.pk}/relatives/{maya.person_id}/add", {"kind": "is-mother"})
    assert answer["Location"] == f"/people/{parent.pk}"
    tie = Relationship.objects.get()
    assert (tie.person, tie.other, tie.kind) == (parent, maya.person, kind)
    assert "Child" in page.get(f"/people/{parent.pk}").content.decode()


def test_a_tie_is_put_right_and_ended(page: Client, maya: Child, add: Callable[..., Person], clerk: Actor) -> None:
    tie = people.relate(add("Corin"), other=maya.person, kind="step_parent", by=clerk)
    address, family = f"/people/{maya.person_id}/ties/{tie.pk}", f"/children/{maya.pk}/family"
    typed = {"kind": "father", "has_parental_responsibility": "no", "because": "Court order seen", "version": "1"}
    assert page.post(address, typed)["Location"] == family
    assert "Someone else saved this" in page.post(address, {**typed, "kind": "friend"}).content.decode()
    ended = {"on_day": "1", "on_month": "3", "on_year": "2026", "version": "2"}
    assert page.post(f"{address}/end", ended)["Location"] == family
    assert "Father, before" in page.get(family).content.decode()


def test_a_birth_is_one_act(page: Client, ashdown: Authority, child: Callable[..., Child]) -> None:
    unborn = child(ashdown, given="", born_on=None, expected_on=date(2026, 4, 1))
    address = f"/children/{unborn.pk}/birth"
    assert address in page.get(f"/children/{unborn.pk}").content.decode()
    wrong = page.post(address, {"born_on_day": "4"}).content.decode()
    assert "Enter the child&#39;s first name" in wrong
    typed = {
        "born_on_day": "28",
        "born_on_month": "3",
        "born_on_year": "2026",
        "given": "Wren",
        "family": "M",
        "sex": "female",
    }
    assert page.post(address, typed)["Location"] == f"/children/{unborn.pk}"
    assert "Wren M" in page.get(f"/children/{unborn.pk}").content.decode()
    assert page.get(address)["Location"] == f"/children/{unborn.pk}"
    assert page.post(address, {**typed, "given": "Other"})["Location"] == f"/children/{unborn.pk}"
    assert not unborn.person.names.filter(given="Other").exists()
    assert "Record the birth" not in page.get(f"/children/{unborn.pk}").content.decode()


# ---------------------------------------------------------------- genogram


@pytest.fixture
def family(maya: Child, add: Callable[..., Person], clerk: Actor) -> dict[str, Person]:
    """Maya with her mother, her father, her grandmother, and the half-sister who was born in 2022."""
    born = {"mother": 1990, "father": 1988, "grandmother": 1960, "sister": 2022}
    found = {name: add(name.capitalize(), born_on=date(year, 1, 1)) for name, year in born.items()}
    for parent, of in (("mother", maya.person), ("father", maya.person), ("mother", found["sister"])):
        people.relate(found[parent], other=of, kind=parent, has_parental_responsibility=parent == "mother", by=clerk)
    people.relate(found["grandmother"], other=found["mother"], kind="mother", by=clerk)
    return found


def test_the_genogram_shows_the_family_of_a_day(page: Client, maya: Child, family: dict[str, Person]) -> None:
    text = page.get(f"/children/{maya.pk}/genogram").content.decode()
    for name in ("Mother", "Father", "Grandmother", "Sister", "Maya"):
        assert f"{name} Marlowe" in text
    assert f'href="/people/{family["grandmother"].pk}"' in text
    assert "Has parental responsibility for Maya Marlowe" in text
    assert " style=" not in text
    then = page.get(f"/children/{maya.pk}/genogram?on_day=1&on_month=1&on_year=2020").content.decode()
    assert "Genogram, 1 January 2020" in then
    assert "Sister" not in then


def test_nobody_sealed_to_the_reader_stands_in_a_genogram(
    page: Client, maya: Child, clerk: Actor, child: Callable[..., Child]
) -> None:
    hidden = child(maya.authority, given="Hidden")
    people.relate(hidden.person, other=maya.person, kind="half_sibling", by=clerk)
    assert "Hidden" in page.get(f"/children/{maya.pk}/genogram").content.decode()
    Child.objects.filter(pk=hidden.pk)._update([(Child._meta.get_field("is_sealed"), None, True)])
    for part in ("genogram", "family", "changes"):
        assert "Hidden" not in page.get(f"/children/{maya.pk}/{part}").content.decode()


# ---------------------------------------------------------------- what was changed


def test_a_change_says_who_when_from_what_to_what_and_why(page: Client, maya: Child, clerk: Actor) -> None:
    facts.put_right(maya.person.names.get(), to={"given": "Mya"}, because="Birth certificate seen", by=clerk)
    text = page.get(f"/children/{maya.pk}/changes").content.decode()
    assert "Put right" in text
    assert f"{clerk.user.name}, " in text
    assert "Why: Birth certificate seen" in text
    assert "First name: Maya" in text
    assert "> Mya</li>" in text


def test_a_confidential_address_is_not_in_the_changes_even_from_before_it_was(
    page: Client, maya: Child, clerk: Actor
) -> None:
    move = {"lines": "1 Hidden Lane", "postcode": "AA9 9ZZ", "since": date(2026, 1, 1), "by": clerk}
    held = facts.move_together([maya.person], **move)[0]
    assert "1 Hidden Lane" in page.get(f"/children/{maya.pk}/changes").content.decode()
    place = {"lines": "1 Hidden Lane", "postcode": "AA9 9ZZ", "ward": ""}
    facts.put_address_right(held, **place, to={"is_confidential": True}, because="Court order", by=clerk)
    text = page.get(f"/children/{maya.pk}/changes").content.decode()
    assert "Hidden Lane" not in text
    assert "Confidential address" in text


@pytest.mark.parametrize(("part", "questions"), [("genogram", 44), ("changes", 55), ("family", 38)])
def test_a_page_asks_a_fixed_number_of_questions(
    part: str,
    questions: int,
    page: Client,
    maya: Child,
    family: dict[str, Person],
    add: Callable[..., Person],
    clerk: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page.get(f"/children/{maya.pk}/{part}")
    for number in range(3):
        people.relate(add(f"S{number}"), other=maya.person, kind="sibling", by=clerk)
    with django_assert_num_queries(questions):
        assert page.get(f"/children/{maya.pk}/{part}").status_code == 200
