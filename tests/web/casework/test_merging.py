"""Two records of one person: likely duplicates, a joining that moves every row, and its undoing to the last value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Act, Agency, Authority, Team
from waypost.access.recorded import Recorded
from waypost.access.rules import NotAllowed
from waypost.records.casework import visibility
from waypost.records.casework.actions import children, facts, merging, people
from waypost.records.casework.models import Child, Merge, NotTheSame, Person, SearchTerm
from waypost.records.casework.rules import Pair
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.duplicates import pairs
from waypost.records.casework.search.find import find
from waypost.records.pathway.actions.referrals import record_referral
from waypost.records.pathway.models import Clock, Referral, Shortcoming, ToCheck

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


@pytest.fixture
def mia(ashdown: Authority, child: Callable[..., Child]) -> Child:
    """The same child, recorded a second time."""
    return child(ashdown, given="Mia", ethnicity="WBRI", sex="female")


def values() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every value of every record that is about people, but for the versions and the joinings themselves."""
    found: dict[tuple[str, Any], dict[str, Any]] = {}
    for model in apps.get_models():
        if issubclass(model, Recorded) and model is not Merge:
            for row in model._base_manager.values():
                found[model._meta.label, row["id"]] = {key: held for key, held in row.items() if key != "version"}
    return found


def test_everything_that_points_to_a_person_is_a_record_or_worked_out_from_one() -> None:
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model in (Person, Child) and "Historical" not in model.__name__
    }
    assert {model for model in pointing if not issubclass(model, Recorded)} == {
        SearchTerm,
        Clock,
        Shortcoming,
        ToCheck,
    }


def test_two_records_with_work_open_of_one_kind_are_not_joined(maya: Child, mia: Child, manager: Actor) -> None:
    for each in (maya, mia):
        record_referral(each, received_at=timezone.now(), source="1A", by=manager)
    with pytest.raises(ValidationError, match="Both records have an open referral"):
        merging.merge(Pair(maya.person, mia.person), because="Same school", by=manager)
    assert {each.child for each in Referral.objects.all()} == {maya, mia}
    assert not Merge.objects.exists()


def test_a_joined_child_is_found_by_both_names_and_both_numbers(maya: Child, mia: Child, manager: Actor) -> None:
    merging.merge(Pair(maya.person, mia.person), because="Same school", by=manager)
    for typed in ("Maya Marlowe", "Mia Marlowe", "A00000", "A00001"):
        assert [key for key, _ in find(taken_apart(typed), visibility.people(manager))] == [maya.person_id]
    assert set(visibility.children(manager)) == {maya}


def test_rows_of_both_records_stand_in_the_kept_one(
    maya: Child, mia: Child, manager: Actor, team: Team, worker: Callable[..., Actor], ashdown: Authority
) -> None:
    held = children.allocate(mia, team=team, worker=worker("social_worker", ashdown).user, since=DAY, by=manager)
    merging.merge(Pair(maya.person, mia.person), because="Same school", by=manager)
    held.refresh_from_db()
    maya.person.refresh_from_db()
    assert held.child == maya
    assert (maya.person.sex, maya.person.ethnicity) == ("female", "WBRI")


def test_the_record_of_a_child_passes_whole_to_an_adult_who_has_none(
    ashdown: Authority, mia: Child, manager: Actor
) -> None:
    adult = people.register_person(ashdown, new=people.NewPerson(given="Mia", family="Marlowe"), by=manager)
    merging.merge(Pair(adult, mia.person), because="Same", by=manager)
    mia.refresh_from_db()
    assert mia.person == adult


def test_a_tie_between_the_two_stays_where_it_is(maya: Child, mia: Child, manager: Actor) -> None:
    tie = people.relate(maya.person, other=mia.person, kind="sibling", by=manager)
    merging.merge(Pair(maya.person, mia.person), because="Same", by=manager)
    tie.refresh_from_db()
    assert tie.other == mia.person


ADDED = st.lists(
    st.tuples(st.sampled_from(["name", "number", "home", "tie", "school", "allocation"]), st.integers(0, 1)), max_size=6
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=ADDED, known=st.booleans(), has_record=st.booleans())
def test_to_undo_leaves_every_row_as_it_was(
    ashdown: Authority, manager: Actor, team: Team, before: list[tuple[str, int]], known: bool, has_record: bool
) -> None:
    with transaction.atomic():
        both = [
            people.register_person(ashdown, new=people.NewPerson(given=name, family="Marlowe", **more), by=manager)
            for name, more in (("Maya", {}), ("Mia", {"born_on": DAY, "language": "Welsh"} if known else {}))
        ]
        for person in both if has_record else both[1:]:
            children.open_record(person, local_id="A1", by=manager)
        school = Agency.objects.create(name="Alder Primary School", kind="school")
        for what, which in before:
            _add(what, both[which], both[1 - which], school, team, manager)
        was = values()
        joined = merging.merge(Pair(*both), because="Same", by=manager)
        assert values() != was
        merging.undo(joined, because="Not the same", by=manager)
        assert values() == was
        transaction.set_rollback(True)


def _add(what: str, person: Person, other: Person, school: Agency, team: Team, by: Actor) -> None:
    if what == "name":
        people.add_name(person, kind="alias", given="May", family="Marlowe", by=by)
    elif what == "number":
        people.add_identifier(person, kind="other", value="123", by=by)
    elif what == "home":
        facts.move_together([person, other], lines="14 Alder Row", postcode="AA1 1AB", since=DAY, by=by)
    elif what == "tie":
        people.relate(person, other=other, kind="sibling", by=by)
    elif what == "school":
        facts.register_with(person, agency=school, started_on=DAY, by=by)
    elif Child.objects.filter(person=person).exists():
        children.allocate(Child.objects.get(person=person), team=team, worker=None, since=DAY, by=by)


def test_what_was_added_since_stays_and_what_was_changed_since_keeps_its_change(
    maya: Child, mia: Child, manager: Actor
) -> None:
    theirs = mia.person.names.get()
    joined = merging.merge(Pair(maya.person, mia.person), because="Same", by=manager)
    added = people.add_name(Person.objects.get(pk=maya.person_id), kind="alias", given="May", family="M", by=manager)
    theirs.refresh_from_db()
    facts.put_right(theirs, to={"given": "Miah"}, because="Misheard", by=manager)
    merging.undo(joined, because="Not the same", by=manager)
    theirs.refresh_from_db()
    added.refresh_from_db()
    assert (theirs.person_id, theirs.given) == (mia.person_id, "Miah")
    assert added.person_id == maya.person_id


def test_a_later_joining_is_undone_first(maya: Child, mia: Child, manager: Actor, child: Callable[..., Child]) -> None:
    third = child(maya.authority, given="Maia")
    first = merging.merge(Pair(maya.person, mia.person), because="Same", by=manager)
    was = values()
    second = merging.merge(Pair(third.person, Person.objects.get(pk=maya.person_id)), because="Same", by=manager)
    again = Merge.objects.select_related("kept", "gone").get(pk=first.pk)
    with pytest.raises(NotAllowed):
        merging.undo(again, because="Not the same", by=manager)
    merging.undo(second, because="Not the same", by=manager)
    assert values() == was


def test_a_sealed_record_seals_the_one_that_it_is_joined_into(
    maya: Child, mia: Child, manager: Actor, worker: Callable[..., Actor]
) -> None:
    from waypost.records.casework.actions import sealing

    head = worker("head_of_service", mia.authority)
    sealing.seal(mia, because="High profile", readers=[head.user], by=head)
    head = Actor.of(head.user, today=head.today)
    merging.merge(Pair(maya.person, mia.person), because="Same", by=head)
    maya.refresh_from_db()
    assert maya.is_sealed


@pytest.mark.parametrize("role", ["social_worker", "contact_worker", "conference_chair", "auditor"])
def test_who_may_not_join(
    role: str, maya: Child, mia: Child, ashdown: Authority, worker: Callable[..., Actor], client: Client
) -> None:
    other = worker(role, ashdown)
    with pytest.raises(NotAllowed):
        merging.merge(Pair(maya.person, mia.person), because="Same", by=other)
    client.force_login(other.user)
    assert client.get("/duplicates").status_code == 403
    assert client.get(f"/people/{maya.person_id}/beside/{mia.person_id}").status_code in (403, 404)
    assert not Merge.objects.exists()


def test_records_of_two_authorities_are_never_joined(
    maya: Child, brookvale: Authority, child: Callable[..., Child], manager: Actor, client: Client
) -> None:
    theirs = child(brookvale)
    with pytest.raises(NotAllowed, match="two authorities"):
        merging.merge(Pair(maya.person, theirs.person), because="Same", by=manager)
    client.force_login(manager.user)
    assert client.get(f"/people/{maya.person_id}/beside/{theirs.person_id}").status_code == 404


def test_no_record_is_joined_twice(maya: Child, mia: Child, manager: Actor, child: Callable[..., Child]) -> None:
    third = child(maya.authority)
    merging.merge(Pair(maya.person, mia.person), because="Same", by=manager)
    with pytest.raises((ValidationError, NotAllowed)):
        merging.merge(Pair(third.person, mia.person), because="Same", by=manager)


# ---------------------------------------------------------------- pages


@pytest.fixture
def page(client: Client, manager: Actor) -> Client:
    client.force_login(manager.user)
    return client


def test_a_likely_pair_is_compared_joined_and_taken_apart(page: Client, maya: Child, mia: Child) -> None:
    assert "Maya Marlowe and Mia Marlowe" in _unordered(page.get("/duplicates").content.decode())
    address = f"/people/{maya.person_id}/beside/{mia.person_id}"
    assert "White British" in page.get(address).content.decode()
    wrong = page.post(address, {"choice": "join"}).content.decode()
    assert "Select which record is kept" in wrong
    assert "Say how you know" in wrong
    answer = page.post(address, {"choice": "join", "kept": str(maya.person_id), "because": "Same school"})
    assert answer["Location"] == f"/children/{maya.pk}"
    assert page.get(f"/children/{mia.pk}").status_code == 404
    assert page.get(f"/people/{mia.person_id}")["Location"] == f"/people/{maya.person_id}"
    assert "Two records joined" in page.get(f"/children/{maya.pk}/changes").content.decode()
    joined = Merge.objects.get()
    assert "Same school" in page.get("/joined").content.decode()
    page.post(f"/joined/{joined.pk}/undo", {"because": "Two children after all"})
    assert page.get(f"/children/{mia.pk}").status_code == 200
    assert page.get(f"/joined/{joined.pk}/undo").status_code == 403
    assert Act.objects.filter(what="take two records apart", child=mia.pk).exists()


def _unordered(text: str) -> str:
    return text.replace("Mia Marlowe and Maya Marlowe", "Maya Marlowe and Mia Marlowe")


def test_a_pair_that_was_told_apart_is_not_shown_again(page: Client, maya: Child, mia: Child, manager: Actor) -> None:
    address = f"/people/{maya.person_id}/beside/{mia.person_id}"
    page.post(address, {"choice": "apart", "because": "They are twins"})
    assert NotTheSame.objects.count() == 1
    assert pairs(visibility.people(manager), frozenset(NotTheSame.objects.values_list("one", "other"))) == []
    assert "0 pairs" in page.get("/duplicates").content.decode()


def test_the_other_record_can_be_chosen(page: Client, maya: Child, mia: Child) -> None:
    found = page.post(f"/people/{maya.person_id}/other-record", {"typed": "Mia"}).content.decode()
    assert f"/people/{maya.person_id}/beside/{mia.person_id}" in found


def test_a_shared_nhs_number_makes_a_pair(ashdown: Authority, manager: Actor) -> None:
    for given_name in ("Rowan", "Unalike"):
        person = people.register_person(ashdown, new=people.NewPerson(given=given_name, family=given_name), by=manager)
        people.add_identifier(person, kind="nhs", value="943 476 5919", by=manager)
    assert [(pair.score, pair.because) for pair in pairs(visibility.people(manager), frozenset())] == [
        (100, "The same NHS number")
    ]


@pytest.mark.parametrize(
    ("address", "questions"), [("/duplicates", 14), ("/people/{0}/beside/{1}", 30), ("/joined", 7)]
)
def test_a_page_asks_a_fixed_number_of_questions(
    address: str, questions: int, page: Client, maya: Child, mia: Child, manager: Actor, child: Callable[..., Child],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    address = address.format(maya.person_id, mia.person_id)
    page.get(address)
    for number in range(3):
        child(maya.authority, given=f"Mya{number}")
        people.add_name(maya.person, kind="alias", given=f"May{number}", family="Marlowe", by=manager)
    with django_assert_num_queries(questions):
        assert page.get(address).status_code == 200
