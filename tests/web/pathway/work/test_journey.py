"""The journey as a picture and a table, where things stand in a sentence, and the chronology."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pytest_django import DjangoAssertNumQueries

from tests.web.pathway.work.conftest import on_plan
from waypost.access.actor import Actor
from waypost.records.casework.models import Child
from waypost.records.pathway.actions.chronology import NewEntry, add_entry, bring_back, leave_out
from waypost.records.pathway.case import case_of
from waypost.records.pathway.chronology import chronology
from waypost.records.pathway.events import events
from waypost.records.pathway.presenters.journey import WIDTH, journey
from waypost.records.pathway.standing import sentence

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def test_where_things_stand_is_one_sentence(siblings: list[Child], sunniva: Actor) -> None:
    assert sentence(case_of(siblings[0]), TODAY) == ""
    on_plan(siblings[0], sunniva)
    assert sentence(case_of(siblings[0]), TODAY) == (
        "On a child protection plan for neglect since 30 January 2026; second month; review by 30 April 2026."
    )


def test_the_events_of_a_way_in_order(siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    assert [(each.on, each.title) for each in events(case_of(siblings[0]))] == [
        (date(2026, 1, 5), "Contact: neglect"),
        (date(2026, 1, 6), "Referral from school"),
        (date(2026, 1, 7), "Child and family assessment"),
        (date(2026, 1, 9), "Section 47 enquiry"),
        (date(2026, 1, 30), "Child protection plan for neglect"),
        (date(2026, 1, 30), "Initial conference"),
        (date(2026, 2, 10), "Visit"),
        (date(2026, 2, 11), "Core group"),
    ]


def test_the_picture_holds_every_event_within_its_width(siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    held = events(case_of(siblings[0]))
    drawn = journey(held, [], name="Maya", today=TODAY)
    assert drawn is not None
    assert len(drawn.bars) + len(drawn.points) == len(held) == len(drawn.lines)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in drawn.bars)
    rows = {(bar.y, bar.x, bar.width) for bar in drawn.bars}
    for y, x, width in rows:
        assert not [other for other in rows if other[0] == y and x < other[1] < x + width], "two bars overlap"


def test_a_child_with_whom_nothing_happened_has_no_picture() -> None:
    assert journey([], [], name="Maya", today=TODAY) is None


@pytest.mark.parametrize(("view", "number"), [("child_journey", 44), ("child_chronology", 41), ("child", 44)])
def test_a_page_asks_a_fixed_number_of_questions(
    client: Client,
    siblings: list[Child],
    sunniva: Actor,
    view: str,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(sunniva.user)
    on_plan(siblings[0], sunniva)
    client.get(reverse(view, args=[siblings[0].pk]))
    with django_assert_num_queries(number):
        answer = client.get(reverse(view, args=[siblings[0].pk]))
    assert "Child protection plan for neglect" in answer.content.decode()


def test_a_journey_of_the_past_is_what_was_known(client: Client, siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    client.force_login(sunniva.user)
    yesterday = timezone.localdate() - timedelta(days=1)
    asked = {"on_day": yesterday.day, "on_month": yesterday.month, "on_year": yesterday.year}
    answer = client.get(reverse("child_journey", args=[siblings[0].pk]), asked)
    assert "Nothing is recorded of this child's way through the service by then" in answer.content.decode()


def test_brothers_and_sisters_are_laid_under_each_other(client: Client, siblings: list[Child], sunniva: Actor) -> None:
    for child in siblings:
        on_plan(child, sunniva)
    client.force_login(sunniva.user)
    alone = client.get(reverse("child_journey", args=[siblings[0].pk])).content.decode()
    together = client.get(reverse("child_journey", args=[siblings[0].pk]), {"siblings": "1"}).content.decode()
    assert (alone.count('class="wp-journey"'), together.count('class="wp-journey"')) == (1, 2)


def test_a_chronology_holds_main_events_of_itself_and_others_when_chosen(siblings: list[Child], sunniva: Actor) -> None:
    maya = siblings[0]
    on_plan(maya, sunniva)
    assert "Visit. Seen alone." not in [line.says for line in chronology(case_of(maya))]
    visit = next(each for each in events(case_of(maya)) if each.kind == "visit")
    told = NewEntry(visit.on, "Maya said that she is hungry at night.", kind=visit.kind, row=visit.row)
    add_entry(maya, new=told, by=sunniva)
    found = [line for line in chronology(case_of(maya)) if line.on == visit.on]
    assert [(line.says, line.source) for line in found] == [("Maya said that she is hungry at night.", "Visit")]


def test_what_is_left_out_can_come_back(siblings: list[Child], sunniva: Actor) -> None:
    maya = siblings[0]
    on_plan(maya, sunniva)
    contact = events(case_of(maya))[0]
    why = "It was about another child."
    entry = leave_out(maya, on=contact.on, kind=contact.kind, row=contact.row, because=why, by=sunniva)
    assert contact.title not in [line.event.title for line in chronology(case_of(maya)) if line.event]
    bring_back(entry, by=sunniva)
    assert contact.title in [line.event.title for line in chronology(case_of(maya)) if line.event]


def test_since_the_last_conference(siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    days = {line.on for line in chronology(case_of(siblings[0]), since=date(2026, 1, 30))}
    assert days == {date(2026, 1, 30)}


def test_the_copy_for_a_court_is_a_document_with_one_table(
    client: Client, siblings: list[Child], sunniva: Actor
) -> None:
    on_plan(siblings[0], sunniva)
    client.force_login(sunniva.user)
    answer = client.get(reverse("chronology_export", args=[siblings[0].pk]))
    document = Document(BytesIO(answer.content))
    assert document.core_properties.author == ""
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Date", "What happened", "What it meant for the child", "Where it is known from"]
    assert rows[1][:2] == ["5 January 2026", "Contact: neglect. Referral to children's social care."]
    assert "Marlowe" not in answer["Content-Disposition"]
