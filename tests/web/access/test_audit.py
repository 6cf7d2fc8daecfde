"""The trail as its owners read it: what they find in it, and what is unusual and why."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from waypost.access import trail, unusual
from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, LookReviewed, Team
from waypost.access.rules import NotAllowed
from waypost.access.unusual import Asked, Look
from waypost.records.casework.actions import children, emergencies, sealing
from waypost.records.casework.models import Child

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/London"))


def looked(by: Actor, child: uuid.UUID, when: datetime, authority: Authority) -> Act:
    return trail.add(Act.READ, "child's page", by=by, child=child, at=when, authority=authority.pk)


def signs(first: date = MONDAY, last: date = MONDAY + timedelta(days=6)) -> dict[Look, tuple[str, ...]]:
    return {each.look: each.signs for each in unusual.unusual(Asked(Act.objects.all(), first, last))}


@pytest.fixture
def owner(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("data_owner", ashdown)


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown, family_name="Thistle")


@pytest.fixture
def holder(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def maya(ashdown: Authority, team: Team, child: Callable[..., Child], holder: Actor, manager: Actor) -> Child:
    """Maya, whose worker is the holder."""
    found = child(ashdown)
    children.allocate(found, team=team, worker=holder.user, since=date(2025, 1, 1), by=manager)
    return found


@pytest.mark.parametrize(
    ("when", "is_unusual"),
    [
        (at(MONDAY, 6, 59), True),
        (at(MONDAY, 7), False),
        (at(MONDAY, 19, 59), False),
        (at(MONDAY, 20), True),
        (at(MONDAY + timedelta(days=5), 12), True),
        # Summer time: half past seven in London, and half past six by the clock of the computer.
        (at(date(2026, 7, 6), 7, 30), False),
    ],
)
def test_a_look_out_of_hours(when: datetime, is_unusual: bool, maya: Child, holder: Actor, ashdown: Authority) -> None:
    looked(holder, maya.pk, when, ashdown)
    expected = {Look(holder.user.pk, maya.pk, when.date()): ("Looked outside working hours",)} if is_unusual else {}
    assert signs(when.date(), when.date()) == expected


@pytest.mark.parametrize(
    ("usual", "today", "is_unusual"), [(2, 15, True), (2, 14, False), (6, 17, False), (0, 15, True)]
)
def test_many_children_compared_with_the_persons_own_usual(
    usual: int, today: int, is_unusual: bool, holder: Actor, ashdown: Authority
) -> None:
    for number in range(usual):
        looked(holder, uuid.UUID(int=number + 1), at(MONDAY - timedelta(days=7), 10), ashdown)
    for number in range(today):
        for _ in range(2):  # the same child twice is one child
            looked(holder, uuid.UUID(int=number + 1), at(MONDAY, 11), ashdown)
    found = [says for look, each in signs().items() if look.child is None for says in each]
    compared = f"usually {usual} a day" if usual else "nothing to compare it with yet"
    assert found == ([f"Looked at {today} children ({compared})"] if is_unusual else [])


@pytest.mark.parametrize(("times", "is_unusual"), [(4, False), (5, True)])
def test_refusals_one_after_another(times: int, is_unusual: bool, holder: Actor, ashdown: Authority) -> None:
    for minute in range(times):
        trail.add(Act.REFUSED, "allocate", by=holder, at=at(MONDAY, 9, minute), authority=ashdown.pk)
    look = Look(holder.user.pk, None, MONDAY)
    assert signs() == ({look: (f"Was refused {times} times within an hour",)} if is_unusual else {})


def test_the_same_family_name_and_a_role_alone(
    ashdown: Authority, child: Callable[..., Child], manager: Actor, maya: Child
) -> None:
    finn = child(ashdown, given="Finn", family="THISTLE")
    for each in (finn, maya):
        looked(manager, each.pk, at(MONDAY, 10), ashdown)
    alone = "Nothing but their role opened the record to them"
    assert signs() == {Look(manager.user.pk, finn.pk, MONDAY): ("Has the same family name as the child", alone)}


def test_a_worker_of_the_child_on_that_day_looks_by_more_than_a_role(
    ashdown: Authority, team: Team, maya: Child, holder: Actor, manager: Actor
) -> None:
    children.allocate(maya, team=team, worker=manager.user, since=date(2026, 3, 4), by=manager)
    evening = [looked(holder, maya.pk, at(day, 21), ashdown) for day in (MONDAY, MONDAY + timedelta(days=3))]
    # The team still holds the case, so its member has a relation on both days; a stranger has none on either.
    assert {len(each) for each in signs().values()} == {1}
    assert len(evening) == 2


def test_a_sealed_record_and_an_emergency_and_an_address_that_was_tried(
    client: Client, ashdown: Authority, maya: Child, child: Callable[..., Child], worker: Callable[..., Actor]
) -> None:
    stranger, head = worker("social_worker", ashdown), worker("head_of_service", ashdown)
    rowan = child(ashdown, given="Rowan")
    sealing.seal(rowan, readers=[], because="A relative of hers works here.", by=head)
    glass = {"because": "Police have found her alone.", "tells": "Duty", "review_at": "http://testserver/"}
    emergencies.break_glass(maya, **glass, by=stranger)
    client.force_login(stranger.user)
    client.get(f"/children/{maya.pk}")
    client.get(f"/children/{rowan.pk}")
    client.force_login(head.user)
    client.get(f"/children/{rowan.pk}")
    today = timezone.localdate()
    found = signs(today, today)
    assert "Opened the record in an emergency" in found[Look(stranger.user.pk, maya.pk, today)]
    tried = "Tried to open a record that is closed to them, by its address"
    assert tried in found[Look(stranger.user.pk, rowan.pk, today)]
    assert "Looked at a sealed record" in found[Look(head.user.pk, rowan.pk, today)]


def test_the_data_owner_reviews_a_look(client: Client, owner: Actor, holder: Actor, maya: Child) -> None:
    today = timezone.localdate()
    looked(holder, maya.pk, at(today, 3), maya.authority)
    client.force_login(owner.user)
    page = client.get("/audit/unusual").content.decode()
    where = f"/audit/unusual/{holder.user.pk}/{maya.pk}/{today.isoformat()}"
    assert where in page
    assert "Maya" not in page
    assert "Enter what you found" in client.post(where, {"finding": "right"}).content.decode()
    client.post(where, {"finding": "right", "note": "He was on call."})
    review = LookReviewed.objects.get()
    assert (review.was_justified, review.reviewed_by) == (True, owner.user)
    assert "He was on call." in client.get("/audit/unusual").content.decode()
    assert Act.objects.filter(what="review look", child=maya.pk).exists()


def test_nobody_reviews_their_own_looks(ashdown: Authority, worker: Callable[..., Actor]) -> None:
    manager = worker("quality_manager", ashdown)
    with pytest.raises(NotAllowed, match="your own looks"):
        unusual.review(Look(manager.user.pk, None, MONDAY), was_justified=True, note="Mine.", by=manager)


@pytest.mark.parametrize("day", ["2026-13-01", "today", "2026-03-02"])
def test_what_was_not_unusual_has_no_page(day: str, client: Client, owner: Actor, maya: Child, holder: Actor) -> None:
    client.force_login(owner.user)
    assert client.get(f"/audit/unusual/{holder.user.pk}/{maya.pk}/{day}").status_code == 404


def test_the_trail_is_looked_in_by_person_record_and_day(
    client: Client, owner: Actor, holder: Actor, manager: Actor, maya: Child, ashdown: Authority
) -> None:
    other = uuid.UUID(int=1)
    looked(holder, maya.pk, at(MONDAY, 10), ashdown)
    looked(manager, other, at(MONDAY + timedelta(days=1), 10), ashdown)
    client.force_login(owner.user)
    day = "on_day=2&on_month=3&on_year=2026"
    for question, shown, hidden in (
        (f"person={holder.user.pk}", maya.pk.hex[:8], other.hex[:8]),
        (f"record={maya.pk}", maya.pk.hex[:8], other.hex[:8]),
        (f"record={other.hex[:8].upper()}", other.hex[:8], maya.pk.hex[:8]),
        (day, maya.pk.hex[:8], other.hex[:8]),
    ):
        lines = client.get(f"/audit?{question}").content.decode().partition("</form>\n")[2]
        lines = lines[lines.index("wp-trail") :]
        assert shown in lines
        assert hidden not in lines
        assert "Maya" not in lines
    assert "at least 8 letters" in client.get("/audit?record=12").content.decode()
    assert "No line fits" in client.get("/audit?record=ffffffff").content.decode()


@pytest.mark.parametrize(("page", "questions"), [("/audit", 8), ("/audit/unusual", 17)])
def test_a_page_asks_a_fixed_number_of_questions(
    page: str, questions: int, client: Client, owner: Actor, holder: Actor, ashdown: Authority,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(owner.user)
    looked(holder, uuid.uuid4(), at(timezone.localdate(), 3), ashdown)
    client.get(page)
    for _ in range(5):
        looked(holder, uuid.uuid4(), at(timezone.localdate(), 3), ashdown)
    with django_assert_num_queries(questions):
        client.get(page)


@pytest.mark.parametrize("role", ["team_manager", "social_worker", "administrator", "parent"])
def test_others_do_not_read_the_trail(
    role: str, client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker(role, ashdown).user)
    for page in ("/audit", "/audit/unusual", "/emergencies", "/interests/declared"):
        assert client.get(page).status_code == 403
