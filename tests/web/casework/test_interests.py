"""Workers are kept from the records of their own: those they declared, and those of their name or at their home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.rules import NotAllowed
from waypost.records.casework import visibility
from waypost.records.casework.actions import emergencies, interests, people
from waypost.records.casework.models import Child, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def aunt(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def family(ashdown: Authority, aunt: Actor, child: Callable[..., Child]) -> tuple[Child, Child, Person]:
    """Maya and Teddy, and their mother Delphine, through whom alone they are related."""
    maya, teddy = child(ashdown), child(ashdown, given="Teddy")
    mother = people.register_person(ashdown, new=people.NewPerson(given="Delphine", family="Marlowe"), by=aunt)
    for each in (maya, teddy):
        people.relate(mother, other=each.person, kind="mother", by=aunt)
    return maya, teddy, mother


def test_i_know_this_family_closes_it_at_once(
    client: Client, family: tuple[Child, Child, Person], aunt: Actor, ashdown: Authority, child: Callable[..., Child]
) -> None:
    maya, teddy, mother = family
    other = child(ashdown, given="Simi", family="Adeyo")
    client.force_login(aunt.user)
    at = f"/people/{maya.person.pk}/known-to-me"
    assert at in client.get(f"/children/{maya.pk}").content.decode()
    assert "Enter how you know them" in client.post(at, {"how": ""}).content.decode()
    page = client.post(at, {"how": "My sister's child"}, follow=True).content.decode()
    assert "closed to you" in page
    assert "My sister&#39;s child" in page
    for each in (maya, teddy):
        assert client.get(f"/children/{each.pk}").status_code == 404
    assert client.get(at).status_code == 404
    found = client.post("/people", {"typed": "Marlowe"}).content.decode()
    assert "0 people found" in found
    now = Actor.of(aunt.user, today=timezone.localdate())
    assert mother not in visibility.people(now)
    assert set(visibility.children(now)) == {other}


def test_a_family_is_declared_by_name(client: Client, family: tuple[Child, Child, Person], aunt: Actor) -> None:
    client.force_login(aunt.user)
    page = client.post("/interests", {"typed": "Delphine"}).content.decode()
    assert f"/people/{family[2].pk}/known-to-me" in page


def test_what_was_declared_has_no_way_round(family: tuple[Child, Child, Person], aunt: Actor) -> None:
    maya, teddy, mother = family
    interests.declare_interest(mother, how="We were at school together", by=aunt)
    with pytest.raises(NotAllowed):
        emergencies.break_glass(teddy, because="She asked me to look.", tells="Nobody", review_at="", by=aunt)
    with pytest.raises(NotAllowed):
        people.add_name(maya.person, kind="alias", given="M", family="M", by=aunt)


def test_others_go_on_as_before(family: tuple[Child, Child, Person], aunt: Actor, worker: Callable[..., Actor]) -> None:
    interests.declare_interest(family[0].person, how="My niece", by=aunt)
    other = worker("team_manager", family[0].authority)
    assert set(visibility.children(other)) == set(family[:2])


@pytest.mark.parametrize(
    ("family_name", "lines", "postcode", "is_kept"),
    [
        ("MARLOWE", "", "aa1 1aa", True),
        ("Marlowe", "9 Other Row", "AA11AA", True),
        ("Ashby", "2 alder row", "AA1 1AA", True),
        ("Marlowe", "", "AA1 1AB", False),
        ("Ashby", "", "AA1 1AA", False),
        ("Ashby", "2 Alder Row", "AA9 9ZZ", False),
        ("Marlowe", "2 Alder Row", "", False),
        ("", "", "AA1 1AA", False),
    ],
)
def test_whoever_shares_a_name_and_postcode_or_an_address_is_kept_away(
    family_name: str,
    lines: str,
    postcode: str,
    is_kept: bool,
    family: tuple[Child, Child, Person],
    aunt: Actor,
    worker: Callable[..., Actor],
) -> None:
    maya = family[0]
    people.move_home(maya.person, lines="2 Alder Row", postcode="AA1 1AA", since=date(2024, 1, 1), by=aunt)
    given = {"family_name": family_name, "home_lines": lines, "home_postcode": postcode}
    someone = worker("team_manager", maya.authority, **given)
    assert (maya not in visibility.children(someone)) == is_kept
    assert (maya.person not in visibility.findable(someone)) == is_kept


def test_the_data_owner_sees_who_declared_without_names_of_families(
    client: Client,
    family: tuple[Child, Child, Person],
    aunt: Actor,
    worker: Callable[..., Actor],
    ashdown: Authority,
    brookvale: Authority,
) -> None:
    interests.declare_interest(family[0].person, how="My niece", by=aunt)
    client.force_login(worker("data_owner", ashdown).user)
    page = client.get("/interests/declared").content.decode()
    assert aunt.user.name in page
    assert "My niece" in page
    assert "Maya" not in page
    client.force_login(worker("data_owner", brookvale).user)
    assert "My niece" not in client.get("/interests/declared").content.decode()


def test_one_declared_by_mistake_is_ended_by_the_data_owner(
    client: Client, family: tuple[Child, Child, Person], aunt: Actor, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    maya, _, _ = family
    now = Actor.of(aunt.user, today=timezone.localdate())
    interest = interests.declare_interest(maya.person, how="I took her for another child", by=now)
    assert maya not in visibility.children(now)
    client.force_login(worker("quality_manager", ashdown).user)
    at = f"/interests/{interest.pk}/end"
    assert at in client.get("/interests/declared").content.decode()
    assert client.post(at, {"because": ""}).content.decode().count("Enter why") >= 2
    client.post(at, {"because": "She knows a child of the same name at her church."})
    assert maya in visibility.children(now)
    page = client.get("/interests/declared").content.decode()
    assert "as it was a mistake" in page
    assert at not in page
    assert interest.history.latest().history_change_reason == "She knows a child of the same name at her church."
    assert "This has ended already" in client.get(at).content.decode()
    assert client.post(at, {"because": "It should be ended once more."}).status_code == 403


def test_nobody_ends_their_own(
    client: Client, family: tuple[Child, Child, Person], ashdown: Authority, brookvale: Authority,
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    maya, _, _ = family
    manager = worker("quality_manager", ashdown)
    interest = interests.declare_interest(maya.person, how="My niece", by=manager)
    for someone, said in (
        (manager, "somebody else must end it"),
        (worker("team_manager", ashdown), "Your role does not let you"),
        (worker("data_owner", brookvale), "Your role does not let you"),
    ):
        with pytest.raises(NotAllowed, match=said):
            interests.end_interest(interest, because="It was a mistake of mine.", by=someone)
    client.force_login(manager.user)
    page = client.get(f"/interests/{interest.pk}/end").content.decode()
    assert "You said this yourself, so somebody else must end it" in page
    assert "End the interest</button>" not in " ".join(page.split())
    client.force_login(worker("data_owner", brookvale).user)
    assert client.get(f"/interests/{interest.pk}/end").status_code == 404
