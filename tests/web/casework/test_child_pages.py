"""A child's pages: who they are, now or as known on a day; each look logged, each page with its few questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority
from waypost.records.casework.actions import people
from waypost.records.casework.known import known
from waypost.records.casework.models import Child, PersonName
from waypost.records.casework.presenters.child import header

pytestmark = pytest.mark.django_db
PAGES = ("", "/family", "/professionals", "/looked")


@pytest.fixture
def clerk(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("contact_worker", ashdown)


@pytest.fixture
def maya(ashdown: Authority, clerk: Actor, child: Callable[..., Child]) -> Child:
    """Maya, who lives at 14 Alder Row with her mother."""
    found = child(ashdown)
    mother = people.register_person(ashdown, new=people.NewPerson(given="Delphine", family="Marlowe"), by=clerk)
    people.relate(mother, other=found.person, kind="mother", has_parental_responsibility=True, by=clerk)
    for each in (found.person, mother):
        people.move_home(each, lines="14 Alder Row", postcode="AA1 1AB", since=date(2020, 1, 1), by=clerk)
    return found


def test_where_a_child_lives_and_with_whom(maya: Child) -> None:
    assert header(known(maya), today=date(2026, 3, 2)).lives == "14 Alder Row, AA1 1AB with Delphine Marlowe"


def test_a_confidential_address_is_not_said(maya: Child, clerk: Actor) -> None:
    people.move_home(
        maya.person, lines="1 Hidden Lane", postcode="AA9 9ZZ", since=date(2026, 1, 1), is_confidential=True, by=clerk
    )
    assert header(known(maya), today=date(2026, 3, 2)).lives == "Confidential address"


def test_a_name_recorded_today_was_not_known_yesterday(maya: Child, clerk: Actor) -> None:
    before = timezone.now()
    people.add_name(maya.person, kind=PersonName.KNOWN_AS, given="May", family="Marlowe", by=clerk)
    today = date(2026, 3, 2)
    assert header(known(maya), today=today).name == "May Marlowe"
    assert header(known(maya, before), today=today).name == "Maya Marlowe"


def test_a_child_of_whom_nothing_was_known_yet(client: Client, maya: Child, clerk: Actor) -> None:
    client.force_login(clerk.user)
    day = timezone.localdate() - timedelta(days=7)
    page = client.get(f"/children/{maya.pk}?on_day={day.day}&on_month={day.month}&on_year={day.year}").content.decode()
    assert "Nothing was recorded of this child by the end of" in page
    assert "Alder Row" not in page


@pytest.mark.parametrize(("page", "questions"), list(zip(PAGES, (42, 39, 37, 38), strict=True)))
def test_a_page_asks_a_fixed_number_of_questions(
    page: str,
    questions: int,
    client: Client,
    maya: Child,
    clerk: Actor,
    ashdown: Authority,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(clerk.user)
    client.get(f"/children/{maya.pk}{page}")
    for number in range(3):
        sibling = people.register_person(ashdown, new=people.NewPerson(given=f"S{number}", family="Marlowe"), by=clerk)
        people.relate(sibling, other=maya.person, kind="sibling", by=clerk)
    with django_assert_num_queries(questions):
        assert client.get(f"/children/{maya.pk}{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_each_look_is_logged_and_nobody_out_of_scope_may_look(
    page: str, client: Client, maya: Child, clerk: Actor, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(clerk.user)
    client.get(f"/children/{maya.pk}{page}")
    assert Act.objects.filter(kind=Act.READ, child=maya.pk, by=clerk.user).count() == 1
    client.force_login(worker("team_manager", brookvale).user)
    assert client.get(f"/children/{maya.pk}{page}").status_code == 404
    assert Act.objects.filter(kind=Act.READ).count() == 1
