"""What would be an error at the return is seen in the record all year, by those who can put it right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.extract.building import Builder
from waypost.access.actor import Actor
from waypost.access.models import Authority, Team
from waypost.performance import quality
from waypost.records.casework.actions import children, facts
from waypost.records.casework.models import Child
from waypost.records.pathway import quality as kept
from waypost.records.pathway.models import RecordChecked, Shortcoming, ToCheck
from waypost.records.pathway.quality import Found
from waypost.returns.cin_census import collection_for

pytestmark = pytest.mark.django_db

BEFORE_BIRTH = "8606"
OPEN_TOO_LONG = "8670Q"
SAYS = "The referral is more than 40 weeks before the child was, or is expected to be, born."


@pytest.fixture(autouse=True)
def aside(settings: Settings, tmp_path: Path) -> Path:
    settings.CHECKING_DIR = tmp_path / "checking"
    return tmp_path / "checking"


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def record(ashdown: Authority, manager: Actor, monkeypatch: pytest.MonkeyPatch) -> Builder:
    return Builder(ashdown, manager, monkeypatch)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def maya(record: Builder, ashdown: Authority, team: Team, manager: Actor, today: date) -> Child:
    """Referred two months ago and, by a slip of the pen, born a year after that."""
    maya = record.child("ASH00107", born_on=today + timedelta(days=300))
    record.referral(maya, today - timedelta(days=60), team=team)
    children.allocate(maya, team=team, worker=None, since=today - timedelta(days=50), by=manager)
    return maya


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules find the same in every record that they are asked of, at once."""

    def asked(authority: Authority, today: date) -> tuple[str, list[Found]]:
        found = Child.objects.filter(authority=authority, referrals__isnull=False)
        return "rules of a test", [
            Found(child, BEFORE_BIRTH, "error", "Referred early", SAYS, "Correct it.", ("person.born_on",))
            for child in found.values_list("pk", flat=True)
        ]

    monkeypatch.setattr(quality, "_asked", asked)


def rules(child: Child) -> set[str]:
    return set(Shortcoming.objects.filter(child=child, gone_on=None).values_list("rule", flat=True))


def put_right(child: Child, by: Actor) -> None:
    child.person.refresh_from_db()
    to = {"born_on": date(2018, 5, 4)}
    facts.amend_person(child.person, to=to, because="The year was mistyped.", by=by)


def test_a_referral_long_before_the_birth_is_shown_until_it_is_put_right(
    client: Client, ashdown: Authority, maya: Child, manager: Actor, aside: Path
) -> None:
    # Given a record that breaks a rule of the return
    quality.check_due()
    assert BEFORE_BIRTH in rules(maya)
    # Then it is seen on the child's page, in the list, and beside the field
    client.force_login(manager.user)
    for page in (f"/children/{maya.pk}", "/data-quality", f"/people/{maya.person_id}/about"):
        text = client.get(page).content.decode()
        assert SAYS in text, page
        assert "Correct the date of the referral or of the birth." in text
    # When the date of birth is put right
    put_right(maya, manager)
    assert ToCheck.objects.filter(child=maya).exists()
    quality.check_due()
    assert list(aside.rglob("*")) == [], "nothing of the record is left aside"
    # Then it is seen nowhere, and what it was is kept with its last day
    assert BEFORE_BIRTH not in rules(maya)
    for page in (f"/children/{maya.pk}", "/data-quality", f"/people/{maya.person_id}/about"):
        assert SAYS not in client.get(page).content.decode(), page
    gone = Shortcoming.objects.get(child=maya, rule=BEFORE_BIRTH)
    assert gone.gone_on == timezone.localdate()


@pytest.mark.usefixtures("quick")
def test_it_stops_no_work(client: Client, maya: Child, manager: Actor) -> None:
    quality.check_due()
    facts.amend_person(maya.person, to={"religion": "None"}, because="She said so.", by=manager)
    maya.person.refresh_from_db()
    assert maya.person.religion == "None"


@pytest.mark.usefixtures("quick")
def test_a_shortcoming_keeps_the_day_on_which_it_was_first_found(maya: Child, ashdown: Authority) -> None:
    quality.check(ashdown)
    last_week = timezone.localdate() - timedelta(days=7)
    Shortcoming.objects.filter(child=maya).update(found_on=last_week)
    before = set(Shortcoming.objects.values_list("pk", flat=True))
    quality.check(ashdown)
    assert set(Shortcoming.objects.values_list("pk", flat=True)) == before
    assert {each.found_on for each in Shortcoming.objects.all()} == {last_week}


def test_one_that_comes_back_is_found_anew(maya: Child, ashdown: Authority) -> None:
    found = Found(maya.pk, "1", "error", "A title", "It is wrong.", "Put it right.")
    for each in ([found], [], [found]):
        kept.keep(ashdown, each, rules="the rules", began_at=timezone.now())
    assert [each.gone_on for each in Shortcoming.objects.order_by("pk")] == [timezone.localdate(), None]
    twice = replace(found, times=2, says="It is wrong in two places.")
    kept.keep(ashdown, [twice], rules="the rules", began_at=timezone.now())
    row = Shortcoming.objects.get(gone_on=None)
    assert (row.times, row.says) == (2, "It is wrong in two places.")


@pytest.mark.usefixtures("quick")
def test_a_record_is_checked_after_a_change_and_once_a_day(maya: Child, manager: Actor, ashdown: Authority) -> None:
    today = timezone.localdate()
    assert list(kept.due(today)) == [ashdown]
    quality.check_due()
    assert not kept.due(today).exists()
    assert list(kept.due(today + timedelta(days=1))) == [ashdown]
    put_right(maya, manager)
    assert list(kept.due(today)) == [ashdown]


def test_a_change_while_it_is_checked_is_not_lost(maya: Child, ashdown: Authority) -> None:
    began_at = timezone.now() - timedelta(minutes=1)
    kept.keep(ashdown, [], rules="the rules", began_at=began_at)
    assert ToCheck.objects.filter(child=maya).exists(), "it changed after the check had read it"


def test_a_record_without_referrals_breaks_no_rule(ashdown: Authority, record: Builder) -> None:
    record.child("ASH00109")
    assert quality.check_due() == 0
    assert RecordChecked.objects.get().rules == ""


def test_time_that_has_not_passed_is_not_held_against_a_record(
    record: Builder, ashdown: Authority, today: date
) -> None:
    new, old = record.child("ASH00108"), record.child("ASH00109")
    record.assessment(record.referral(new, today - timedelta(days=9)), today - timedelta(days=8))
    record.assessment(record.referral(old, today - timedelta(days=120)), today - timedelta(days=119))
    quality.check(ashdown)
    assert OPEN_TOO_LONG not in rules(new)
    assert OPEN_TOO_LONG in rules(old)


@pytest.mark.usefixtures("quick")
def test_another_authoritys_record_is_left_alone(
    maya: Child, ashdown: Authority, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    quality.check(ashdown)
    quality.check(brookvale)
    assert rules(maya)


def test_the_rules_are_the_years_or_the_last_that_are_settled() -> None:
    assert collection_for("2024-25").name == "2024-25"
    assert collection_for("2026-27").name == "2025-26", "the year's own are a draft"
    assert collection_for("2050-51").name == "2025-26"


def test_what_the_rules_read_is_named_as_in_the_record() -> None:
    from waypost.domain.codes import TABLES

    fields = {f"{name}.{field.element}" for name, table in TABLES.items() for field in table.fields}
    assert set(quality.FIELDS) <= fields
    unnamed = {each for each in fields - set(quality.FIELDS) if not each.startswith(("Header", "PreProceedings"))}
    assert not unnamed


# ---------------------------------------------------------------- who sees what


@pytest.mark.usefixtures("quick")
def test_a_list_has_the_children_of_ones_own_scope_alone(
    client: Client, maya: Child, ashdown: Authority, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    quality.check_due()
    client.force_login(worker("team_manager", brookvale).user)
    page = client.get("/data-quality").content.decode()
    assert SAYS not in page
    assert "Nothing is to be put right." in page
    client.force_login(worker("administrator", ashdown).user)
    assert client.get("/data-quality").status_code == 403


@pytest.mark.usefixtures("quick")
def test_the_list_is_by_team_and_can_be_of_one(
    client: Client, maya: Child, record: Builder, manager: Actor, today: date, team: Team
) -> None:
    other = record.child("ASH00108", born_on=None, sex="unknown", ethnicity="")
    record.referral(other, today - timedelta(days=30))
    quality.check_due()
    Shortcoming.objects.filter(child=maya).update(found_on=today - timedelta(days=12))
    client.force_login(manager.user)
    page = client.get("/data-quality").content.decode()
    assert "North, Ashdown" in page
    assert "No team, Ashdown" in page
    assert "12 days" in page
    assert "more than a week ago" in page
    only = client.get(f"/data-quality?team={team.pk}").content.decode()
    assert f"/children/{maya.pk}" in only
    assert f"/children/{other.pk}" not in only
    assert client.get("/data-quality?team=x").status_code == 200


@pytest.mark.usefixtures("quick")
def test_a_record_as_it_was_known_shows_none(client: Client, maya: Child, manager: Actor) -> None:
    quality.check_due()
    client.force_login(manager.user)
    day = timezone.localdate() - timedelta(days=1)
    page = client.get(f"/children/{maya.pk}?on_day={day.day}&on_month={day.month}&on_year={day.year}").content.decode()
    assert SAYS not in page


@pytest.mark.usefixtures("quick")
def test_the_list_asks_a_fixed_number_of_questions(
    client: Client,
    maya: Child,
    record: Builder,
    manager: Actor,
    today: date,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        record.referral(record.child(f"ASH0020{number}", born_on=today + timedelta(days=300)), today)
    quality.check_due()
    client.force_login(manager.user)
    client.get("/data-quality")
    with django_assert_num_queries(12):
        client.get("/data-quality")


@pytest.mark.usefixtures("quick")
def test_a_childs_page_asks_no_more_where_more_is_wrong(
    client: Client,
    maya: Child,
    ashdown: Authority,
    manager: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(manager.user)
    client.get(f"/children/{maya.pk}")
    with CaptureQueriesContext(connection) as none:
        client.get(f"/children/{maya.pk}")
    found = [Found(maya.pk, str(number), "error", "A title", "Wrong.", "Right.") for number in range(5)]
    kept.keep(ashdown, found, rules="the rules", began_at=timezone.now())
    with django_assert_max_num_queries(len(none)):
        assert client.get(f"/children/{maya.pk}").content.decode().count("Wrong.") == 5


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("person.ethnicity", "/people/{person}/about"),
        ("numbers.value", "/people/{person}/facts/numbers/new"),
        ("referral.need", "/children/{child}/referrals/{referral}/decide"),
    ],
)
def test_the_sentence_stands_beside_its_field(
    field: str, address: str, client: Client, ashdown: Authority, record: Builder, manager: Actor, today: date
) -> None:
    rowan = record.child("ASH00108")
    referral = record.referral(rowan, today, decision="")
    kept.keep(
        ashdown,
        [Found(rowan.pk, "1", "error", "A title", "It is wrong.", "Put it right.", (field,))],
        rules="the rules",
        began_at=timezone.now(),
    )
    client.force_login(manager.user)
    at = address.format(person=rowan.person_id, child=rowan.pk, referral=referral.pk)
    page = client.get(at).content.decode()
    assert f'id="id_{field.partition(".")[2]}-hint"' in page
    assert "It is wrong. Put it right." in page
