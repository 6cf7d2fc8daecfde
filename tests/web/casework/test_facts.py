"""What is recorded of a person is added, put right with a reason, and ended, by those who may and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Act, Agency, Authority
from waypost.records.casework.actions import facts, people
from waypost.records.casework.models import Child, ContactPoint, Person

pytestmark = pytest.mark.django_db
SINCE = {"since_day": "1", "since_month": "2", "since_year": "2026"}


@pytest.fixture
def clerk(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("contact_worker", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


@pytest.fixture
def mother(ashdown: Authority, clerk: Actor, maya: Child) -> Person:
    """Delphine, who lives with Maya at 14 Alder Row."""
    found = people.register_person(ashdown, new=people.NewPerson(given="Delphine", family="Marlowe"), by=clerk)
    people.relate(found, other=maya.person, kind="mother", has_parental_responsibility=True, by=clerk)
    facts.move_together(
        [maya.person, found], lines="14 Alder Row", postcode="AA1 1AB", since=date(2020, 1, 1), by=clerk
    )
    return found


@pytest.fixture
def page(client: Client, clerk: Actor) -> Client:
    client.force_login(clerk.user)
    return client


def asked(page: Client, address: str, **typed: str) -> str:
    """Sends a form that is not taken, and gives the page that says why."""
    answer = page.post(address, typed)
    assert answer.status_code == 200
    return answer.content.decode()


def taken(page: Client, address: str, to: str, **typed: str) -> str:
    """Sends a form that is taken, and gives the page that it leads to."""
    answer = page.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == to
    return page.get(to).content.decode()


def test_a_name_is_added_put_right_and_ended(page: Client, maya: Child) -> None:
    names, home = f"/people/{maya.person_id}/facts/names", f"/children/{maya.pk}"
    assert "Enter a first name or a last name" in asked(page, f"{names}/new", kind="alias")
    assert "Mai Marlowe" in taken(page, f"{names}/new", home, kind="alias", given="Mai", family="Marlowe")
    alias = maya.person.names.get(kind="alias")
    typed = {"kind": "known_as", "given": "May", "family": "Marlowe", "version": str(alias.version)}
    assert "Say why it is put right" in asked(page, f"{names}/{alias.pk}", **typed)
    assert "May Marlowe" in taken(page, f"{names}/{alias.pk}", home, **typed, because="Misheard")
    alias.refresh_from_db()
    assert (alias.kind, alias.history.first().history_change_reason) == ("known_as", "Misheard")
    ended = {"on_day": "1", "on_month": "3", "on_year": "2026", "version": str(alias.version)}
    assert "Until 1 March 2026" in taken(page, f"{names}/{alias.pk}/end", home, **ended)


def test_the_last_day_is_not_before_the_first(page: Client, maya: Child, clerk: Actor) -> None:
    name = people.add_name(maya.person, kind="alias", given="Mai", family="M", started_on=date(2025, 5, 1), by=clerk)
    address = f"/people/{maya.person_id}/facts/names/{name.pk}"
    ended = {"on_day": "1", "on_month": "3", "on_year": "2025", "version": "1"}
    assert "must be the same as or after the first, 1 May 2025" in asked(page, f"{address}/end", **ended)


def test_a_check_digit_that_does_not_fit_is_told_beside_the_number(page: Client, maya: Child) -> None:
    address = f"/people/{maya.person_id}/facts/numbers/new"
    text = asked(page, address, kind="nhs", value="943 476 5918")
    assert "Check the NHS number: its last digit does not fit the others" in text
    assert 'href="#id_value"' in text
    assert "9434765919" in taken(page, address, f"/children/{maya.pk}", kind="nhs", value="943 476 5919")


def test_two_versions_are_shown_where_someone_else_saved_meanwhile(page: Client, maya: Child, clerk: Actor) -> None:
    name = maya.person.names.get()
    address = f"/people/{maya.person_id}/facts/names/{name.pk}"
    typed = {"kind": "legal", "given": "Mya", "family": "Marlowe", "because": "Birth certificate", "version": "1"}
    facts.put_right(name, to={"given": "Maia"}, because="Passport", by=clerk)
    text = asked(page, address, **typed)
    assert "Someone else saved this while you had it open" in text
    assert "Saved by Worker" in text
    assert "Maia" in text
    assert 'value="Mya"' in text
    assert 'name="version" value="2"' in text
    taken(page, address, f"/children/{maya.pk}", **typed | {"version": "2"})
    name.refresh_from_db()
    assert name.given == "Mya"


def test_the_facts_of_the_person_ask_for_a_reason_where_something_is_put_right(page: Client, maya: Child) -> None:
    address, home = f"/people/{maya.person_id}/about", f"/children/{maya.pk}"
    born = {"born_on_day": "4", "born_on_month": "5", "born_on_year": "2018"}
    typed = {
        **born,
        "sex": "female",
        "ethnicity": "WBRI",
        "language": "Welsh",
        "needs_interpreter": "no",
        "version": "1",
    }
    text = taken(page, address, home, **typed)
    assert "Welsh" in text
    other = {**typed, "born_on_year": "2017", "version": "2"}
    assert "Say why what was recorded is changed" in asked(page, address, **other)
    assert "4 May 2017" in taken(page, address, home, **other, because="Birth certificate seen")
    stale = {**typed, "language": "Cornish", "because": "She said so"}
    assert "Someone else saved this while you had it open" in asked(page, address, **stale)


def test_a_household_moves_at_once(page: Client, maya: Child, mother: Person) -> None:
    address = f"/people/{maya.person_id}/move"
    assert "Delphine Marlowe" in page.get(address).content.decode()
    assert "Enter a whole postcode" in asked(page, address, lines="2 Larch Court", postcode="AA1", kind="home", **SINCE)
    typed = {"lines": "2 Larch Court", "postcode": "aa1 7lm", "kind": "home", "with_": str(mother.pk), **SINCE}
    text = taken(page, address, f"/children/{maya.pk}", **typed)
    assert "2 Larch Court, AA1 7LM with Delphine Marlowe" in text
    assert "until 31 January 2026" in text


def test_a_person_may_move_alone_and_to_an_address_that_is_told_to_nobody(
    page: Client, maya: Child, mother: Person
) -> None:
    typed = {"lines": "1 Hidden Lane", "postcode": "AA9 9ZZ", "kind": "home", "is_confidential": "on", **SINCE}
    text = taken(page, f"/people/{mother.pk}/move", f"/people/{mother.pk}", **typed)
    assert "Confidential address" in text
    for place in (f"/people/{mother.pk}", f"/children/{maya.pk}", f"/children/{maya.pk}/family"):
        assert "Hidden Lane" not in page.get(place).content.decode()
    assert maya.person.addresses.get().ended_on is None


def test_an_address_put_right_for_one_stands_for_the_others(page: Client, maya: Child, mother: Person) -> None:
    held = maya.person.addresses.get()
    typed = {"lines": "41 Alder Row", "postcode": "AA1 1AB", "kind": "home", "because": "Misread", "version": "1"}
    address = f"/people/{maya.person_id}/facts/homes/{held.pk}"
    assert "41 Alder Row" in taken(page, address, f"/children/{maya.pk}", **typed)
    assert mother.addresses.get().address.lines == "14 Alder Row"


def test_a_contact_detail_says_what_to_know_before_it_is_used(page: Client, maya: Child, mother: Person) -> None:
    address, to = f"/people/{mother.pk}/facts/contacts/new", f"/people/{mother.pk}"
    assert "at least 9 digits" in asked(page, address, kind="phone", value="12")
    assert "like name@example.org" in asked(page, address, kind="email", value="nowhere")
    text = taken(page, address, to, kind="phone", value="07700 900123", safe_contact="Text first")
    assert "Before use: Text first" in text


def test_a_new_school_ends_the_one_before(page: Client, maya: Child) -> None:
    first, second = (Agency.objects.create(name=name, kind="school") for name in ("Alder Primary", "Hollow Lane"))
    address, to = f"/people/{maya.person_id}/facts/places/new", f"/children/{maya.pk}"
    days = {"started_on_day": "1", "started_on_month": "9"}
    taken(page, address, to, agency=str(first.pk), started_on_year="2023", **days)
    assert "until 31 August 2025" in taken(page, address, to, agency=str(second.pk), started_on_year="2025", **days)


# ---------------------------------------------------------------- who may


def forms(maya: Child, mother: Person) -> list[str]:
    name = maya.person.names.get()
    tie = mother.relationships.get()
    own = f"/people/{maya.person_id}"
    return [
        f"{own}/about", f"{own}/move", f"{own}/facts/names/new", f"{own}/facts/names/{name.pk}",
        f"{own}/facts/names/{name.pk}/end", f"{own}/relatives/find", f"{own}/relatives/{mother.pk}/add",
        f"{own}/ties/{tie.pk}", f"{own}/ties/{tie.pk}/end",
    ]  # fmt: skip


def test_those_who_may_only_look_see_no_way_to_change(
    client: Client, maya: Child, mother: Person, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("director", ashdown).user)
    for address in (f"/children/{maya.pk}", f"/children/{maya.pk}/family", f"/people/{mother.pk}"):
        text = client.get(address).content.decode()
        assert "Put right" not in text
        assert "/relatives/find" not in text
    for address in forms(maya, mother):
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403


def test_those_to_whom_the_child_is_closed_find_nothing(
    client: Client, maya: Child, mother: Person, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("team_manager", brookvale).user)
    for address in (*forms(maya, mother), f"/people/{maya.person_id}", f"/people/{mother.pk}"):
        assert client.get(address).status_code == 404


def test_a_fact_of_someone_else_is_not_reached_through_a_person(page: Client, maya: Child, mother: Person) -> None:
    name = mother.names.get()
    assert page.get(f"/people/{maya.person_id}/facts/names/{name.pk}").status_code == 404
    assert page.get(f"/people/{maya.person_id}/facts/secrets/new").status_code == 404
    assert page.get(f"/people/{maya.person_id}/facts/homes/new").status_code == 404


def test_a_look_at_an_adult_is_logged_in_the_records_of_their_children(
    page: Client, maya: Child, mother: Person, clerk: Actor, child: Callable[..., Child]
) -> None:
    child(maya.authority, given="Somebody")
    Act.objects.all().delete()
    page.get(f"/people/{mother.pk}")
    assert list(Act.objects.values_list("kind", "what", "child")) == [(Act.READ, "adult's page", maya.pk)]


@pytest.mark.parametrize(("address", "questions"), [("", 20), ("/move", 15), ("/facts/names/new", 13)])
def test_an_adults_page_asks_a_fixed_number_of_questions(
    address: str,
    questions: int,
    page: Client,
    mother: Person,
    clerk: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page.get(f"/people/{mother.pk}{address}")
    for number in range(3):
        people.add_name(mother, kind="alias", given=f"D{number}", family="Marlowe", by=clerk)
        facts.add_contact_point(mother, kind="phone", value=f"07700 90012{number}", by=clerk)
        other = people.register_person(mother.authority, new=people.NewPerson(given=f"F{number}", family="M"), by=clerk)
        people.relate(other, other=mother, kind="friend", by=clerk)
    assert ContactPoint.objects.count() == 3
    with django_assert_num_queries(questions):
        assert page.get(f"/people/{mother.pk}{address}").status_code == 200
