"""A sealed child cannot be found: not by a search, a list, a count, a relative's page, a likely duplicate or a key."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Team
from waypost.access.rules import NotAllowed
from waypost.records.casework import visibility
from waypost.records.casework.actions import children, people, sealing
from waypost.records.casework.known import known
from waypost.records.casework.models import Child, Person
from waypost.records.casework.search import duplicates
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.find import find

pytestmark = pytest.mark.django_db

WHY = "A relative of this child works here."
TODAY = date(2026, 3, 2)
HIDDEN = "Finnbar"


@pytest.fixture
def head(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("head_of_service", ashdown)


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def named(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown)


@pytest.fixture
def sister(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown, given="Rowan", family="Marlowe")


@pytest.fixture
def sealed(
    ashdown: Authority,
    team: Team,
    sister: Child,
    child: Callable[..., Child],
    head: Actor,
    named: Actor,
    manager: Actor,
) -> Child:
    """Finnbar, who lives with his sister Rowan and their mother; sealed to all but the head and one worker."""
    found = child(ashdown, given=HIDDEN, family="Thistle", born_on=date(2014, 9, 9))
    mother = people.register_person(ashdown, new=people.NewPerson(given="Orla", family="Thistle"), by=manager)
    for each in (found, sister):
        people.relate(mother, other=each.person, kind="mother", by=manager)
    people.relate(sister.person, other=found.person, kind="sibling", by=manager)
    for person in (found.person, sister.person, mother):
        people.move_home(person, lines="2 Larch Court", postcode="AA1 7LM", since=date(2020, 1, 1), by=manager)
    people.add_identifier(found.person, kind="nhs", value="943 476 5919", by=manager)
    children.allocate(found, team=team, worker=None, since=date(2025, 1, 1), by=manager)
    return sealing.seal(found, readers=[named.user], because=WHY, by=head)


def now(actor: Actor) -> Actor:
    """The same person on the day of the clock, as pages see them."""
    return Actor.of(actor.user, today=timezone.localdate())


def without_tokens(page: str) -> str:
    """A page without what is new each time it is drawn."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize(
    "typed", [HIDDEN, "Thistle", "Finbar", "Rowan", "AA1 7LM", "9434765919", "09/09/2014", "A00001"]
)
def test_no_search_finds_a_sealed_child(typed: str, client: Client, sealed: Child, manager: Actor) -> None:
    client.force_login(manager.user)
    page = client.post("/people", {"typed": typed}).content.decode()
    assert HIDDEN not in page.replace(f'value="{typed}"', "")
    assert str(sealed.pk) not in page
    assert sealed.person.pk not in dict(find(taken_apart(typed), visibility.findable(manager)))


def test_a_search_finds_it_for_a_reader(client: Client, sealed: Child, named: Actor) -> None:
    client.force_login(named.user)
    assert f"/children/{sealed.pk}" in client.post("/people", {"typed": HIDDEN}).content.decode()
    assert client.get(f"/children/{sealed.pk}").status_code == 200


def test_no_page_of_a_relative_betrays_a_sealed_child(
    client: Client, sealed: Child, sister: Child, manager: Actor
) -> None:
    client.force_login(manager.user)
    for page in ("", "/family", "/professionals", "/looked"):
        for day in ("", f"?on_day=1&on_month=1&on_year={TODAY.year - 1}"):
            text = client.get(f"/children/{sister.pk}{page}{day}").content.decode()
            assert HIDDEN not in text
            assert str(sealed.pk) not in text
            assert "Orla" in text or page not in ("", "/family") or day


@pytest.mark.parametrize(
    "page",
    [
        "/children/{sister}/genogram",
        "/children/{sister}/changes",
        "/children/{sister}/documents",
        "/people/{mother}",
        "/people/{sister_person}/move",
        "/people/{sister_person}/relatives/find",
        "/people/{sister_person}/other-record",
        "/people/{mother}/move",
        "/people/{mother}/beside/{person}",
        "/people/{person}",
        "/duplicates",
        "/joined",
        "/warnings",
        "/work",
    ],
)
def test_no_other_page_betrays_them_either(
    page: str, client: Client, sealed: Child, sister: Child, manager: Actor
) -> None:
    client.force_login(manager.user)
    mother = Person.objects.get(names__given="Orla")
    keys = {"sister": sister.pk, "sister_person": sister.person_id, "mother": mother.pk, "person": sealed.person_id}
    answer = client.get(page.format(**keys))
    assert answer.status_code in (404, 200)
    text = answer.content.decode()
    for secret in (HIDDEN, str(sealed.pk), str(sealed.person_id)):
        assert secret not in text


def test_a_reader_meets_them_on_a_relatives_page(client: Client, sealed: Child, sister: Child, head: Actor) -> None:
    client.force_login(head.user)
    assert HIDDEN in client.get(f"/children/{sister.pk}/family").content.decode()


def test_whoever_reads_a_record_without_saying_who_asks_is_told_of_no_sealed_relative(
    sealed: Child, sister: Child
) -> None:
    assert HIDDEN not in [name.given for name in known(sister).names]


def test_no_page_of_theirs_opens_by_its_key_and_the_attempt_is_kept(
    client: Client, sealed: Child, manager: Actor
) -> None:
    client.force_login(manager.user)
    unknown = "6f1c9f0e-1111-4111-8111-000000000000"
    for page in ("", "/family", "/professionals", "/looked", "/seal", "/seal/lift", "/not-in-your-work"):
        hidden = client.get(f"/children/{sealed.pk}{page}")
        missing = client.get(f"/children/{unknown}{page}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert without_tokens(hidden.content.decode()) == without_tokens(missing.content.decode())
    tried = Act.objects.filter(kind=Act.REFUSED, child=sealed.pk, by=manager.user)
    assert tried.exists()


def test_a_likely_duplicate_says_nothing_of_them(client: Client, sealed: Child, manager: Actor) -> None:
    assert not duplicates.likely(HIDDEN, "Thistle", date(2014, 9, 9), visibility.findable(manager))
    client.force_login(manager.user)
    client.post("/people", {"typed": HIDDEN})
    sent = {"given": HIDDEN, "family": "Thistle", "birth": "born", "sex": "male"}
    sent |= {"born_on_day": "9", "born_on_month": "9", "born_on_year": "2014"}
    assert client.post("/people/new", sent)["Location"] == "/people"


def test_nobody_changes_what_they_may_not_see(sealed: Child, manager: Actor, team: Team) -> None:
    for change in (
        lambda: children.allocate(sealed, team=team, worker=None, since=TODAY, by=manager),
        lambda: people.add_name(sealed.person, kind="alias", given="X", family="Y", by=manager),
        lambda: sealing.unseal(sealed, because=WHY, by=manager),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_those_who_may_seal_see_that_it_exists_and_not_whose_it_is(
    client: Client, sealed: Child, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("director", ashdown).user)
    page = client.get("/sealed").content.decode()
    assert str(sealed.pk)[:8] in page
    assert HIDDEN not in page
    assert WHY not in page
    assert HIDDEN not in client.get(f"/children/{sealed.pk}/not-in-your-work").content.decode()


def test_those_who_may_not_seal_see_no_list_and_no_form(client: Client, sister: Child, manager: Actor) -> None:
    client.force_login(manager.user)
    assert client.get("/sealed").status_code == 403
    assert client.get(f"/children/{sister.pk}/seal").status_code == 403
    assert "Seal this record" not in client.get(f"/children/{sister.pk}").content.decode()


def test_a_record_is_sealed_and_opened_again_on_its_pages(
    client: Client, sister: Child, head: Actor, named: Actor, manager: Actor
) -> None:
    client.force_login(head.user)
    at = f"/children/{sister.pk}/seal"
    said = client.post(at, {"because": "Secret"}).content.decode()
    assert said.count("Say why in a full sentence") == 2
    assert client.post(at, {"because": WHY, "reader": str(named.user.pk)})["Location"] == at
    assert sister not in visibility.children(now(manager))
    assert sister in visibility.children(now(named))
    assert f"{named.user.name}" in client.get(at).content.decode()
    client.post(f"{at}/lift", {"because": "The relative has left the authority."})
    assert sister in visibility.children(now(manager))
    assert list(sister.history.values_list("history_change_reason", flat=True))[:2] == [
        "The relative has left the authority.",
        WHY,
    ]


def test_a_reader_is_named_for_a_time_and_removed_at_once(
    client: Client, sealed: Child, head: Actor, manager: Actor, named: Actor
) -> None:
    client.force_login(head.user)
    at = f"/children/{sealed.pk}/seal"
    new = {"reader": str(manager.user.pk), "because": "She takes the case over while he is away."}
    past = client.post(f"{at}/readers/new", {**new, "until_day": "1", "until_month": "1", "until_year": "2020"})
    assert "must be today or later" in past.content.decode()
    client.post(f"{at}/readers/new", new)
    assert sealed in visibility.children(now(manager))
    reader = sealed.seal_readers.get(user=manager.user)
    client.post(f"{at}/readers/{reader.pk}/end")
    assert sealed not in visibility.children(now(manager))


def test_somebody_who_may_lift_the_seal_stays_a_reader(client: Client, sealed: Child, head: Actor) -> None:
    client.force_login(head.user)
    mine = sealed.seal_readers.get(user=head.user)
    page = client.post(f"/children/{sealed.pk}/seal/readers/{mine.pk}/end", follow=True).content.decode()
    assert "must stay a reader" in page
    assert sealed in visibility.children(head)


def test_the_words_say_who_named_them(sealed: Child, named: Actor) -> None:
    said = [each.because for each in visibility.reasons(named, sealed)]
    assert said == ["You are named as a reader of this sealed record, since 2 March 2026."]


def test_people_of_a_sealed_child_are_people_and_no_more(sealed: Child, manager: Actor) -> None:
    assert Person.objects.get(names__given="Orla") in visibility.findable(manager)
    assert sealed.person not in visibility.people(manager)
    assert sealed.person not in visibility.mentionable(manager)
