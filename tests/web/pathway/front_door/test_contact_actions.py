"""What comes in at the front door: recorded once for a family, decided for each child, and told to whoever said it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Team
from waypost.access.recorded import ChangedSince
from waypost.access.rules import NotAllowed
from waypost.records.casework.actions.children import allocate
from waypost.records.casework.models import Child
from waypost.records.pathway.actions.contacts import NewContact, Screened, record_contact, screen, tell_referrer
from waypost.records.pathway.actions.early_help import end_early_help
from waypost.records.pathway.actions.referrals import ReferralDecided, close_case, decide_referral
from waypost.records.pathway.early_help import candidates, was_tried_before
from waypost.records.pathway.models import Contact, ContactChild, EarlyHelp, Referral

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int = 10, *, month: int = 2, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


@pytest.fixture
def clerk(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("contact_worker", ashdown)


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


@pytest.fixture
def rowan(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown, given="Rowan", born_on=date(2012, 1, 3))


def came(received_at: datetime | None = None, **given: str) -> NewContact:
    said = {"how": "phone", "source": "2A", "reason": "neglect", "account": "She comes to school hungry.", **given}
    return NewContact(received_at=received_at or at(3), **said)  # type: ignore[arg-type]


def decided(row: ContactChild, decision: str = "referral", **given: object) -> Screened:
    return Screened(row, decision, 3, "It has gone on for months.", **given)  # type: ignore[arg-type]


def rows(contact: Contact) -> list[ContactChild]:
    return list(contact.children.order_by("child__person__born_on"))


def test_one_contact_about_two_children_is_decided_for_each(maya: Child, rowan: Child, clerk: Actor) -> None:
    contact = record_contact([maya, rowan], new=came(), by=clerk)
    older, younger = rows(contact)
    made = screen([decided(younger), decided(older, "early_help")], at=at(4), by=clerk)
    referral, help_ = Referral.objects.get(), EarlyHelp.objects.get()
    assert made == [referral, help_]
    assert (referral.child, referral.contact, referral.source, referral.level) == (maya, younger, "2A", 3)
    assert (referral.received_at, referral.received_on) == (at(3), date(2026, 2, 3))
    assert (help_.child, help_.contact, help_.opened_on) == (rowan, older, date(2026, 2, 4))
    assert set(Act.objects.filter(what="screen contact").values_list("child", flat=True)) == {maya.pk, rowan.pk}


def test_the_true_moment_says_if_it_came_out_of_hours(maya: Child, clerk: Actor) -> None:
    said = {hour: record_contact([maya], new=came(at(3, hour)), by=clerk).is_out_of_hours for hour in (8, 9, 16, 17)}
    assert said == {8: True, 9: False, 16: False, 17: True}
    with pytest.raises(ValidationError, match="must not be later than now"):
        record_contact([maya], new=came(timezone.now() + timedelta(minutes=1)), by=clerk)


def test_nothing_is_decided_for_any_where_one_decision_cannot_stand(maya: Child, rowan: Child, clerk: Actor) -> None:
    contact = record_contact([maya, rowan], new=came(), by=clerk)
    older, younger = rows(contact)
    with pytest.raises(ValidationError, match="no open case"):
        screen([decided(younger), decided(older, "open_case")], at=at(4), by=clerk)
    assert not Referral.objects.exists()
    assert not ContactChild.objects.exclude(decision="").exists()


def test_a_contact_is_decided_after_it_came_and_once(maya: Child, clerk: Actor) -> None:
    (row,) = rows(record_contact([maya], new=came(), by=clerk))
    with pytest.raises(ValidationError, match="must not be before the contact came, 3 February 2026 at 10:00am"):
        screen([decided(row)], at=at(2), by=clerk)
    stale = ContactChild.objects.get()
    screen([decided(row, "advice")], at=at(4), by=clerk)
    with pytest.raises(ChangedSince):
        screen([decided(stale, "advice")], at=at(4), by=clerk)
    with pytest.raises(ValidationError, match="decided already"):
        screen([decided(ContactChild.objects.get())], at=at(4), by=clerk)


def test_a_contact_on_an_open_case_goes_to_its_worker(
    maya: Child, clerk: Actor, manager: Actor, ashdown: Authority, team: Team, worker: Callable[..., Actor]
) -> None:
    holder = worker("social_worker", ashdown, team=team)
    allocate(maya, team=team, worker=holder.user, since=date(2026, 1, 5), by=manager)
    (first,) = rows(record_contact([maya], new=came(), by=clerk))
    screen([decided(first)], at=at(3, 11), by=clerk)
    (second,) = rows(record_contact([maya], new=came(timezone.now()), by=clerk))
    with pytest.raises(ValidationError, match="case is open"):
        screen([decided(second)], at=timezone.now(), by=clerk)
    screen([decided(second, "open_case")], at=timezone.now(), by=clerk)
    assert not Referral.objects.filter(contact=second).exists()


def test_its_worker_is_sent_word_that_names_nobody(
    maya: Child, clerk: Actor, manager: Actor, ashdown: Authority, team: Team, worker: Callable[..., Actor],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    holder = worker("social_worker", ashdown, team=team)
    allocate(maya, team=team, worker=holder.user, since=date(2026, 1, 5), by=manager)
    (first,) = rows(record_contact([maya], new=came(), by=clerk))
    screen([decided(first)], at=at(3, 11), by=clerk)
    (second,) = rows(record_contact([maya], new=came(timezone.now()), by=clerk))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        screen([decided(second, "open_case")], at=timezone.now(), by=clerk)
    (sent,) = mail.outbox
    assert sent.to == [holder.user.email]
    assert "Maya" not in sent.subject + sent.body


def test_the_referrer_is_told_after_it_is_decided(maya: Child, clerk: Actor) -> None:
    (row,) = rows(record_contact([maya], new=came(), by=clerk))
    with pytest.raises(ValidationError, match="Decide about every child first"):
        tell_referrer([row], how="email", what="We looked at it.", at=at(4), by=clerk)
    screen([decided(row, "advice")], at=at(4), by=clerk)
    with pytest.raises(ValidationError, match="before it was decided"):
        tell_referrer([row], how="email", what="We looked at it.", at=at(3), by=clerk)
    tell_referrer([row], how="email", what="We looked at it.", at=at(4, 12), by=clerk)
    row.refresh_from_db()
    assert (row.told_at, row.told_how) == (at(4, 12), "email")


def test_who_screens_nothing_records_nothing(
    maya: Child, clerk: Actor, ashdown: Authority, brookvale: Authority, team: Team, worker: Callable[..., Actor]
) -> None:
    (row,) = rows(record_contact([maya], new=came(), by=clerk))
    for someone in (worker("social_worker", ashdown, team=team), worker("contact_worker", brookvale)):
        with pytest.raises(NotAllowed):
            record_contact([maya], new=came(), by=someone)
        with pytest.raises(NotAllowed):
            screen([decided(row)], at=at(4), by=someone)
    assert Contact.objects.count() == 1


# ---------------------------------------------------------------- early help


def test_early_help_steps_up_and_the_link_is_kept(maya: Child, clerk: Actor) -> None:
    (row,) = rows(record_contact([maya], new=came(), by=clerk))
    (help_,) = screen([decided(row, "early_help")], at=at(4), by=clerk)
    with pytest.raises(ValidationError, match="on or after 4 February 2026"):
        end_early_help(help_, decision="needs_met", why="All is well.", at=at(3), by=clerk)
    (referral,) = end_early_help(help_, decision="step_up", why="He came back home.", at=at(20), by=clerk)
    assert (referral.stepped_up_from, referral.source, referral.received_at) == (help_, "5D", at(20))
    assert was_tried_before(maya, date(2026, 2, 5))
    assert not was_tried_before(maya, date(2026, 2, 4))


def test_a_referral_steps_down_and_the_link_is_kept(maya: Child, clerk: Actor, manager: Actor) -> None:
    (row,) = rows(record_contact([maya], new=came(), by=clerk))
    (referral,) = screen([decided(row)], at=at(4), by=clerk)
    said = ReferralDecided("early_help", "The family asks for help.", need="N1")
    (help_,) = decide_referral(referral, decided=said, at=at(4, 12), by=manager)
    referral.refresh_from_db()
    assert (help_.referral, help_.opened_on) == (referral, date(2026, 2, 4))
    assert (referral.closed_on, referral.why_not_assessed) == (date(2026, 2, 4), "The family asks for help.")


def test_what_came_while_the_case_was_open_and_is_decided_after_begins_at_its_decision(
    maya: Child, clerk: Actor, manager: Actor
) -> None:
    (row,) = rows(record_contact([maya], new=came(), by=clerk))
    (referral,) = screen([decided(row)], at=at(4), by=clerk)
    (again,) = rows(record_contact([maya], new=came(at(5)), by=clerk))
    close_case(referral, on=date(2026, 2, 6), reason="RC7", by=manager)
    (second,) = screen([decided(again)], at=at(9), by=clerk)
    assert second.received_at == at(9)


def test_a_younger_sister_of_a_child_who_offended_is_a_candidate(maya: Child, rowan: Child, clerk: Actor) -> None:
    from waypost.records.casework.actions.people import relate

    relate(maya.person, other=rowan.person, kind="sibling", by=clerk)
    everyone, today = Child.objects.all(), date(2026, 3, 2)
    assert candidates(everyone, today=today) == []
    record_contact([rowan], new=came(reason="offending"), by=clerk)
    assert candidates(everyone, today=today) == [maya]
    (row,) = rows(record_contact([maya], new=came(), by=clerk))
    screen([decided(row, "early_help")], at=at(4), by=clerk)
    assert candidates(everyone, today=today) == []
