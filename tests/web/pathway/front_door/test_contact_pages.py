"""The front door's pages: a contact recorded, screened, decided and told; the queue; the register; early help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Team
from waypost.records.casework.actions import sealing
from waypost.records.casework.actions.people import NewPerson, move_home, register_person
from waypost.records.casework.models import Child, Identifier
from waypost.records.pathway.actions.contacts import NewContact, Screened, record_contact, screen, tell_referrer
from waypost.records.pathway.actions.early_help import open_early_help
from waypost.records.pathway.actions.referrals import ReferralDecided, decide_referral, record_referral
from waypost.records.pathway.models import (
    Contact,
    ContactChild,
    EarlyHelp,
    EmergencyAction,
    InformationRequest,
    Referral,
)

pytestmark = pytest.mark.django_db


def ago(**given: float) -> datetime:
    return timezone.now() - timedelta(**given)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


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
    return NewContact(received_at=received_at or ago(hours=3), **said)  # type: ignore[arg-type]


def contact(children: list[Child], by: Actor, **given: object) -> Contact:
    return record_contact(children, new=came(**given), by=by)  # type: ignore[arg-type]


def decided(row: ContactChild, decision: str = "referral") -> Screened:
    return Screened(row, decision, 3, "It has gone on for months.")


def referral_of(child: Child, by: Actor) -> Referral:
    (row,) = contact([child], by).children.all()
    (made,) = screen([decided(row)], at=timezone.now(), by=by)
    assert isinstance(made, Referral)
    return made


# ---------------------------------------------------------------- a contact is recorded


def sent(**given: str) -> dict[str, str]:
    return {
        "received_time": "00:05", **boxes("received_on", timezone.localdate()), "how": "phone", "source": "6",
        "reason": "domestic_abuse", "account": "An officer was called to the house.", "version": "0", **given,
    }  # fmt: skip


def test_children_are_looked_for_and_chosen_and_what_was_typed_is_kept(
    client: Client, clerk: Actor, maya: Child, rowan: Child
) -> None:
    client.force_login(clerk.user)
    page = client.post("/contacts/new", sent())
    assert "Add the child, or the children" in page.content.decode()
    assert client.post("/contacts/new", sent(_find="1"))["Location"] == "/contacts/new/find"
    found = client.post("/contacts/new/find", {"typed": "Marlowe"}).content.decode()
    assert found.count('name="_choose"') == 2
    for child in (maya, rowan):
        client.post("/contacts/new/find", {"_choose": str(child.person_id)})
    back = client.get("/contacts/new").content.decode()
    assert "An officer was called to the house." in back
    assert "Maya Marlowe" in back
    client.post("/contacts/new", sent(_remove=str(rowan.pk)))
    assert client.post("/contacts/new", sent())["Location"] == "/contacts"
    made = Contact.objects.get()
    assert [row.child for row in made.children.all()] == [maya]
    assert made.is_out_of_hours
    assert "Maya Marlowe" not in client.get("/contacts/new").content.decode()


def test_a_child_who_is_not_found_is_added_and_named(client: Client, clerk: Actor, maya: Child) -> None:
    client.force_login(clerk.user)
    new = {
        "given": "Baby",
        "family": "Marlowe",
        "birth": "expected",
        "sex": "unknown",
        **boxes("expected_on", date(2027, 1, 9)),
    }
    assert client.post("/contacts/new/child", new)["Location"] == "/contacts/new/find"
    client.post("/contacts/new/find", {"typed": "Marlowe"})
    answer = client.post("/contacts/new/child", new)
    if answer.status_code == 200:
        answer = client.post("/contacts/new/child", {**new, "is_new": "on"})
    assert answer["Location"] == "/contacts/new"
    made = Child.objects.exclude(pk=maya.pk).get()
    assert made.person.is_unborn
    number = Identifier.objects.get(person=made.person, kind="local").value
    assert number.startswith("ASH")
    assert len(number) == 10


def test_an_adult_is_not_named_as_a_child(client: Client, clerk: Actor, ashdown: Authority) -> None:

    mother = register_person(ashdown, new=NewPerson("Delphine", "Marlowe", born_on=date(1990, 2, 1)), by=clerk)
    client.force_login(clerk.user)
    page = client.post("/contacts/new/find", {"typed": "Delphine"}).content.decode()
    assert "An adult" in page
    assert 'name="_choose"' not in page
    client.post("/contacts/new/find", {"_choose": str(mother.pk)})
    assert not Child.objects.exists()


def test_what_is_wrong_with_a_contact_is_said(client: Client, clerk: Actor, maya: Child) -> None:
    client.force_login(clerk.user)
    client.post("/contacts/new/find", {"_choose": str(maya.person_id)})
    page = client.post("/contacts/new", {"received_time": "25:70"}).content.decode()
    for said in ("Enter the day it came", "must be a time of day", "Select how it came", "Select who made the contact",
                 "Select what it is mainly about", "Enter what you were told"):  # fmt: skip
        assert page.count(said) == 2, said
    late = {**sent(received_time="23:59")}
    if timezone.localtime().strftime("%H:%M") < "23:59":
        assert "must not be later than now" in client.post("/contacts/new", late).content.decode()
    assert not Contact.objects.exists()


# ---------------------------------------------------------------- the queue


def test_the_least_time_left_stands_first_and_sealed_children_are_not_there(
    client: Client, clerk: Actor, ashdown: Authority, maya: Child, rowan: Child, child: Callable[..., Child],
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    contact([rowan], clerk, received_at=ago(days=1))
    contact([maya], clerk, received_at=ago(days=9))
    finn = child(ashdown, given="Finn")
    contact([finn], clerk)
    contact([child(ashdown, given="Wren"), finn], clerk)
    head = worker("head_of_service", ashdown)
    sealing.seal(finn, readers=[], because="A relative works here.", by=head)
    client.force_login(clerk.user)
    page = client.get("/contacts").content.decode()
    assert "3 contacts wait" in page
    assert page.index("Maya Marlowe") < page.index("Rowan Marlowe") < page.index("Wren Marlowe")
    assert "Finn" not in page
    assert page.count("Overdue") >= 1


def test_the_queue_asks_the_same_questions_however_long_it_is(
    client: Client, clerk: Actor, ashdown: Authority, child: Callable[..., Child],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(clerk.user)
    for given in ("Maya", "Rowan", "Wren", "Ada", "Bea"):
        contact([child(ashdown, given=given), child(ashdown, given=f"{given} the second")], clerk)
    client.get("/contacts")
    with django_assert_num_queries(13):
        client.get("/contacts")


# ---------------------------------------------------------------- a contact is screened


def answers(found: Contact, decision: str = "referral", **given: str) -> dict[str, str]:
    said = {"why": "The school has been worried since May.", "version": "0", **given}
    for row in found.children.all():
        mark = row.pk.hex
        said |= {f"decision_{mark}": decision, f"level_{mark}": "3", f"alone_{mark}": ""}
    return said


def test_the_screener_sees_what_came_in_and_what_is_known_of_the_household(
    client: Client, clerk: Actor, manager: Actor, maya: Child, rowan: Child
) -> None:
    for child in (maya, rowan):
        move_home(child.person, lines="1 Alder Row", postcode="AA1 1AA", since=date(2024, 1, 1), by=clerk)
    before = record_referral(rowan, received_at=ago(days=400), source="6", by=manager)
    decide_referral(before, decided=ReferralDecided("advice", "Nothing more then."), at=ago(days=399), by=manager)
    found = contact([maya], clerk, tried_before="The school's breakfast club.")
    client.force_login(clerk.user)
    page = client.get(f"/contacts/{found.pk}").content.decode()
    for said in ("She comes to school hungry.", "breakfast club", "Referral from police", "lives there too"):
        assert said in page, said
    looks = Act.objects.filter(what="screen contact", kind=Act.READ).values_list("child", flat=True)
    assert set(looks) == {maya.pk, rowan.pk}


def test_a_decision_is_saved_for_each_child_and_the_letter_is_ready(
    client: Client, clerk: Actor, maya: Child, rowan: Child
) -> None:
    found = contact([maya, rowan], clerk, referrer="Aveline Frost", referrer_reached="a.frost@example.org")
    client.force_login(clerk.user)
    said = answers(found)
    mark = found.children.get(child=rowan).pk.hex
    said |= {f"decision_{mark}": "advice", f"level_{mark}": "2", f"alone_{mark}": "He lives with his father."}
    assert client.post(f"/contacts/{found.pk}", said)["Location"] == f"/contacts/{found.pk}/tell"
    row = found.children.get(child=rowan)
    assert row.why == "The school has been worried since May.\n\nHe lives with his father."
    assert Referral.objects.get().child == maya
    letter = client.get(f"/contacts/{found.pk}/tell").content.decode()
    for words in ("Dear Aveline Frost", "For Maya Marlowe: we accepted this", "For Rowan Marlowe: we gave advice"):
        assert words in letter
    assert "lives with his father" not in letter
    assert "Aveline Frost" in client.get("/contacts/untold").content.decode()
    told = {"told_what": "We decided.", "told_how": "email", "told_time": timezone.localtime().strftime("%H:%M"),
            "version": "0", **boxes("told_on", timezone.localdate())}  # fmt: skip
    assert client.post(f"/contacts/{found.pk}/tell", told)["Location"] == f"/contacts/{found.pk}"
    assert "Everyone who made a contact has been told" in client.get("/contacts/untold").content.decode()
    assert "How: secure email" in client.get(f"/contacts/{found.pk}").content.decode()


def test_what_is_missing_in_a_decision_is_said_for_the_child(client: Client, clerk: Actor, maya: Child) -> None:
    found = contact([maya], clerk)
    client.force_login(clerk.user)
    mark = found.children.get().pk.hex
    page = client.post(f"/contacts/{found.pk}", {f"alone_{mark}": ""}).content.decode()
    for said in ("Select what is decided for Maya Marlowe", "Select the threshold level for Maya Marlowe", "Enter why"):
        assert page.count(said) >= 2, said


def test_a_contact_on_an_open_case_offers_its_worker_and_no_second_referral(
    client: Client, clerk: Actor, maya: Child
) -> None:
    referral_of(maya, clerk)
    found = contact([maya], clerk)
    client.force_login(clerk.user)
    page = client.get(f"/contacts/{found.pk}").content.decode()
    assert 'value="open_case"' in page
    assert 'value="referral"' not in page


def test_whoever_comes_second_is_shown_what_the_first_decided(client: Client, clerk: Actor, maya: Child) -> None:
    found = contact([maya], clerk)
    said = answers(found)
    (row,) = found.children.all()
    screen([decided(row, "advice")], at=timezone.now(), by=clerk)
    client.force_login(clerk.user)
    page = client.post(f"/contacts/{found.pk}", said, follow=True).content.decode()
    assert "Someone else decided about this contact" in page
    assert not Referral.objects.exists()


def test_the_screen_asks_the_same_questions_for_one_child_and_for_four(
    client: Client, clerk: Actor, ashdown: Authority, child: Callable[..., Child],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(clerk.user)
    alone = contact([child(ashdown)], clerk)
    four = contact([child(ashdown, given=given) for given in ("Rowan", "Wren", "Ada", "Bea")], clerk)
    for found in (alone, four):
        with django_assert_num_queries(32):
            client.get(f"/contacts/{found.pk}")


# ---------------------------------------------------------------- referrals


def test_a_manager_decides_a_referral(client: Client, clerk: Actor, manager: Actor, maya: Child) -> None:
    made = referral_of(maya, clerk)
    here = f"/children/{maya.pk}/referrals/{made.pk}"
    client.force_login(clerk.user)
    assert client.get(f"{here}/decide").status_code == 403
    client.force_login(manager.user)
    assert "Decide this referral" in client.get(here).content.decode()
    page = client.post(f"{here}/decide", {"version": "1"}).content.decode()
    for said in ("Select what is decided", "Select the threshold level", "Enter why"):
        assert page.count(said) >= 2
    said_ = {"decision": "assessment", "level": "3", "need": "N1", "why": "She may be in need.", "version": "1"}
    assert client.post(f"{here}/decide", said_)["Location"] == here
    drawn = client.get(here).content.decode()
    assert "Child and family assessment begun on" in drawn
    assert "An assessment is open since" in drawn
    assert "Close the case</a>" not in drawn


def test_a_second_referral_within_twelve_months_says_so(
    client: Client, clerk: Actor, manager: Actor, maya: Child
) -> None:
    first = record_referral(maya, received_at=ago(days=200), source="6", by=manager)
    decide_referral(first, decided=ReferralDecided("advice", "Nothing more then."), at=ago(days=199), by=manager)
    made = referral_of(maya, clerk)
    client.force_login(manager.user)
    assert "A re-referral" in client.get(f"/children/{maya.pk}/referrals/{made.pk}").content.decode()
    assert "A re-referral" not in client.get(f"/children/{maya.pk}/referrals/{first.pk}").content.decode()


def test_the_register_shows_what_is_still_to_be_done(
    client: Client, clerk: Actor, manager: Actor, maya: Child, rowan: Child, team: Team
) -> None:
    waiting = referral_of(maya, clerk)
    other = record_referral(rowan, received_at=ago(days=20), source="6", team=team, by=manager)
    decide_referral(
        other, decided=ReferralDecided("strategy_discussion", "At once.", is_pilot=True), at=ago(days=20), by=manager
    )
    client.force_login(manager.user)

    def shown(**asked: object) -> set[str]:
        page = client.get("/referrals", asked).content.decode()
        return {name for name in ("Maya", "Rowan") if f"{name} Marlowe" in page}

    assert shown() == {"Maya", "Rowan"}
    assert shown(state="undecided") == {"Maya"}
    assert shown(state="not_assessed") == {"Rowan"}
    assert shown(state="untold") == {"Maya"}
    assert shown(state="pilot", source="6", team=team.pk) == {"Rowan"}
    assert shown(source="1A") == set()
    here = f"/children/{rowan.pk}/referrals/{other.pk}"
    assert "nobody has said why" in client.get(here).content.decode()
    client.post(
        f"{here}/add", {"why_not_assessed": "An enquiry came first.", "version": str(other.version), "is_pilot": "on"}
    )
    assert shown(state="not_assessed") == set()
    tell_referrer([waiting.contact], how="phone", what="Accepted.", at=timezone.now(), by=clerk)
    assert shown(state="untold") == set()


def test_the_first_response_is_timed_and_never_before_the_referral(
    client: Client, clerk: Actor, manager: Actor, maya: Child
) -> None:
    made = referral_of(maya, clerk)
    here = f"/children/{maya.pk}/referrals/{made.pk}"
    client.force_login(manager.user)
    assert "Give a first response" in client.get(here).content.decode()
    early = made.received_on - timedelta(days=1)
    page = client.post(f"{here}/response", {"version": "1", **boxes("on", early)}).content.decode()
    assert "The first response must be on or after" in page
    client.post(f"{here}/response", {"version": "1", **boxes("on", timezone.localdate())})
    made.refresh_from_db()
    assert made.responded_on == timezone.localdate()


def test_a_case_is_closed_with_a_reason(client: Client, clerk: Actor, manager: Actor, maya: Child) -> None:
    made = record_referral(maya, received_at=ago(days=20), source="6", by=manager)
    decide_referral(made, decided=ReferralDecided("strategy_discussion", "At once."), at=ago(days=20), by=manager)
    here = f"/children/{maya.pk}/referrals/{made.pk}"
    client.force_login(manager.user)
    gone = {"reason": "RC5", "version": str(made.version), **boxes("on", timezone.localdate())}
    assert client.post(f"{here}/close", gone)["Location"] == here
    made.refresh_from_db()
    assert (made.closed_on, made.closure_reason) == (timezone.localdate(), "RC5")
    assert "Moved to another authority" in client.get(here).content.decode()


def test_an_analyst_reads_that_there_was_a_referral_and_no_more(
    client: Client, clerk: Actor, ashdown: Authority, maya: Child, worker: Callable[..., Actor]
) -> None:
    made = referral_of(maya, clerk)
    client.force_login(worker("performance_analyst", ashdown).user)
    assert client.get(f"/children/{maya.pk}/referrals/{made.pk}").status_code == 403
    page = client.get(f"/children/{maya.pk}/referrals").content.decode()
    assert "Referral of" in page
    assert f"/referrals/{made.pk}" not in page


# ---------------------------------------------------------------- emergencies and information


def test_emergency_action_is_recorded_and_ends(client: Client, clerk: Actor, maya: Child) -> None:
    client.force_login(clerk.user)
    here, today = f"/children/{maya.pk}/emergency-action", timezone.localdate()
    new = {"power": "police_protection", "began_time": "00:01", "what": "Taken to her aunt.", "version": "0",
           "decided_by": "Inspector Vane", **boxes("began_on", today)}  # fmt: skip
    client.post(f"{here}/new", new)
    row = EmergencyAction.objects.get()
    assert "Taken to her aunt." in client.get(f"/children/{maya.pk}/referrals").content.decode()
    too_soon = {"ended_time": "00:00", "outcome": "Home.", "version": "1", **boxes("ended_on", today)}
    assert "It must end after it began" in client.post(f"{here}/{row.pk}", too_soon).content.decode()
    client.post(f"{here}/{row.pk}", {**too_soon, "ended_time": "00:02"})
    row.refresh_from_db()
    assert row.outcome == "Home."


def test_a_request_for_information_is_logged_and_answered(client: Client, clerk: Actor, maya: Child) -> None:
    client.force_login(clerk.user)
    here, today = f"/children/{maya.pk}/information", timezone.localdate()
    new = {
        "direction": "theirs",
        "who": "Sergeant Hale",
        "what": "Is she known?",
        "version": "0",
        **boxes("asked_on", today),
    }
    client.post(f"{here}/new", new)
    row = InformationRequest.objects.get()
    early = {"answer": "Yes.", "version": "1", **boxes("on", today - timedelta(days=1))}
    assert "The answer must be on or after" in client.post(f"{here}/{row.pk}", early).content.decode()
    client.post(f"{here}/{row.pk}", {**early, **boxes("on", today)})
    assert "We were asked by Sergeant Hale" in client.get(f"/children/{maya.pk}/referrals").content.decode()
    assert "Answered on" in client.get(f"/children/{maya.pk}/referrals").content.decode()


# ---------------------------------------------------------------- early help


def test_early_help_is_opened_planned_listed_and_stepped_up(client: Client, clerk: Actor, maya: Child) -> None:
    client.force_login(clerk.user)
    new = {"version": "0", "locality": "North", "criteria": ["young_carer"], **boxes("opened_on", timezone.localdate())}
    assert (
        "Select at least one"
        in client.post(f"/children/{maya.pk}/early-help/new", {**new, "criteria": []}).content.decode()
    )
    client.post(f"/children/{maya.pk}/early-help/new", new)
    case = EarlyHelp.objects.get()
    here = f"/children/{maya.pk}/early-help/{case.pk}"
    plan = {"version": "1", "locality": "South", "criteria": ["young_carer"], "plan": "A befriender.",
            "lead_worker": str(clerk.user.pk)}  # fmt: skip
    assert client.post(f"{here}/plan", plan)["Location"] == here
    listed = client.get("/early-help").content.decode()
    assert "South (1)" in listed
    assert str(clerk.user) in listed
    end = {"version": "2", "decision": "step_up", "why": "He is back.", **boxes("on", timezone.localdate())}
    client.post(f"{here}/end", end)
    made = Referral.objects.get()
    assert made.stepped_up_from == case
    assert "The referral that it stepped up to" in client.get(here).content.decode()
    assert "The early help that stepped up" in client.get(f"/children/{maya.pk}/referrals/{made.pk}").content.decode()


def test_the_threshold_statement_is_there_for_everyone(client: Client, clerk: Actor) -> None:
    client.force_login(clerk.user)
    page = client.get(reverse("thresholds")).content.decode()
    for level in (1, 2, 3, 4):
        assert f"Level {level}:" in page


@pytest.mark.parametrize(("address", "questions"), [("/referrals", 12), ("/contacts/untold", 9), ("/early-help", 10)])
def test_each_list_asks_the_same_questions_however_long_it_is(
    client: Client, clerk: Actor, ashdown: Authority, child: Callable[..., Child], address: str, questions: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(clerk.user)
    for given in ("Maya", "Rowan", "Wren"):
        found = child(ashdown, given=given)
        referral_of(found, clerk)
        open_early_help(found, on=timezone.localdate(), by=clerk)
    with django_assert_num_queries(questions):
        client.get(address)


@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("/contacts/new", 8), ("/contacts/new/find", 6), ("/thresholds", 6), ("/contacts/{contact}/tell", 11),
        ("/children/{child}/referrals/{referral}/decide", 12), ("/children/{child}/referrals/{referral}/response", 10),
        ("/children/{child}/referrals/{referral}/add", 10), ("/children/{child}/referrals/{referral}/close", 10),
        ("/children/{child}/emergency-action/new", 10), ("/children/{child}/information/new", 11),
        ("/children/{child}/early-help/new", 12), ("/children/{child}/early-help/{help}/plan", 12),
        ("/children/{child}/early-help/{help}/end", 10),
    ],
)  # fmt: skip
def test_each_form_says_its_questions(
    client: Client, clerk: Actor, manager: Actor, maya: Child, address: str, questions: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    made = referral_of(maya, clerk)
    assert made.contact is not None
    help_ = open_early_help(maya, on=timezone.localdate(), by=clerk)
    keys = {"contact": made.contact.contact_id, "child": maya.pk, "referral": made.pk, "help": help_.pk}
    client.force_login(manager.user)
    with django_assert_num_queries(questions):
        assert client.get(address.format(**keys)).status_code == 200
