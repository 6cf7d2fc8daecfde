"""What is typed on a page is done as it was typed, and what cannot be is said beside its field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.pathway.protection.family import DISCUSSED, HELD, Family, at, new_action
from waypost.access.models import Authority
from waypost.records.casework.models import Child
from waypost.records.pathway.actions import plans, visits
from waypost.records.pathway.actions.visits import NewVisit
from waypost.records.pathway.models import (
    Conference,
    CoreGroup,
    Enquiry,
    OutOfOrder,
    PlanAction,
    ProtectionPlan,
    StrategyDiscussion,
    Visit,
    VisitChild,
)

pytestmark = pytest.mark.django_db


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def visit_of(family: Family, **given: str) -> dict[str, str]:
    sent = {
        **boxes("on", date(2025, 4, 2)),
        "at": "3.30pm",
        "was_made": "yes",
        "purpose": "statutory",
        "place": "home",
        "was_announced": "no",
        "who_was_there": "Delphine",
    }
    for child, seen in zip(family.all, ("alone", "seen", "not_seen", "seen"), strict=True):
        sent |= {f"here-{child.pk}": "on", f"seen-{child.pk}": seen, f"said-{child.pk}": f"Said {seen}."}
    return {**sent, **given}


def test_one_form_records_a_visit_to_four(client: Client, family: Family) -> None:
    todo = PlanAction.objects.get(plan=family.plans()[0])
    client.force_login(family.worker.user)
    sent = visit_of(
        family, **{f"action_{todo.pk}-{family.maya.pk}": "on_track", f"bedroom_seen-{family.maya.pk}": "yes"}
    )
    answer = client.post(reverse("visit_add", args=[family.maya.pk]), sent)
    assert answer["Location"] == reverse("child_visits", args=[family.maya.pk])
    visit = Visit.objects.get()
    assert visit.visited_at == at(date(2025, 4, 2), 15).replace(minute=30)
    assert (visit.was_announced, visit.by) == (False, family.worker.user)
    rows = {row.child: row for row in VisitChild.objects.select_related("child")}
    assert [(rows[child].seen, rows[child].seen_alone) for child in family.all] == [
        (True, True),
        (True, False),
        (False, None),
        (True, None),
    ]
    assert rows[family.maya].bedroom_seen is True
    assert todo.progress.get().how == "on_track"


def test_whoever_is_not_ticked_is_not_in_it_and_nothing_is_asked_of_them(client: Client, family: Family) -> None:
    client.force_login(family.worker.user)
    sent = visit_of(family)
    for child in family.all[1:]:
        sent = {name: value for name, value in sent.items() if str(child.pk) not in name}
    client.post(reverse("visit_add", args=[family.maya.pk]), sent)
    assert [row.child for row in VisitChild.objects.all()] == [family.maya]


def test_what_a_visit_lacks_is_said_and_nothing_is_kept(client: Client, family: Family) -> None:
    client.force_login(family.worker.user)
    here = reverse("visit_add", args=[family.maya.pk])
    page = client.post(here, visit_of(family, **{f"seen-{family.jonah.pk}": "", "at": "half past"})).content.decode()
    for said in ("Select whether Jonah was seen", "The time must be a time of day"):
        assert page.count(said) == 2
    page = client.post(here, visit_of(family, was_made="no")).content.decode()
    assert page.count("Enter why the visit was not made") == 2
    page = client.post(here, {**boxes("on", date(2025, 4, 2)), "at": "9am", "was_made": "yes"}).content.decode()
    assert "Tick the children whom the visit was to" in page
    assert not Visit.objects.exists()


def test_a_visit_that_is_half_typed_is_there_again(client: Client, family: Family) -> None:
    client.force_login(family.worker.user)
    here = reverse("visit_add", args=[family.maya.pk])
    client.post(here, visit_of(family, _draft="1", at=""))
    page = client.get(here).content.decode()
    assert "This is what you had typed" in page
    assert "Said alone." in page
    assert not Visit.objects.exists()


def test_what_a_visit_says_is_put_right_with_its_history(client: Client, family: Family) -> None:
    new = NewVisit(at(date(2025, 4, 2)), "statutory", was_made=False, why_not_made="Nobody in.")
    visits.record_visit([family.maya], new=new, each=[], by=family.worker)
    row = VisitChild.objects.get()
    client.force_login(family.worker.user)
    sent = {"seen": "alone", "child_said": "She was in.", "because": "I was at the wrong door.", "version": "1"}
    client.post(reverse("visit_right", args=[family.maya.pk, row.pk]), sent)
    row.refresh_from_db()
    assert (row.seen, row.said) == (True, "She was in.")
    assert [each.seen for each in row.history.order_by("version")] == [False, True]


def test_a_strategy_discussion_asks_for_cause_of_each_child(client: Client, family: Family) -> None:
    client.force_login(family.worker.user)
    here = reverse("strategy_add", args=[family.maya.pk])
    sent = {
        **boxes("on", DISCUSSED),
        "at": "10:15",
        "kind": "meeting",
        "seniority": "practice_manager",
        "shared": "Bruises.",
        "came_police": "came",
        "who_police": "DS Ferrow",
        "came_school": "did_not",
    }
    for child in (family.maya, family.jonah):
        decided = {"here": "on", "decision": "section47_enquiry", "why": "Bruises.", "is_joint": "yes"}
        sent |= {f"{name}-{child.pk}": value for name, value in decided.items()}
    page = client.post(here, sent).content.decode()
    assert page.count("Enter what gives reasonable cause to enquire about Maya") == 2
    for child in (family.maya, family.jonah):
        sent[f"reasonable_cause-{child.pk}"] = "Seen by the school."
    client.post(here, sent)
    assert Enquiry.objects.filter(is_joint=True, started_on=DISCUSSED).count() == 2
    held = StrategyDiscussion.objects.get()
    page = client.get(reverse("strategy", args=[family.maya.pk, held.pk])).content.decode()
    assert "chaired below the level of a team manager" in page
    assert "held without health" in page
    assert "Did not come" in page


def test_a_manager_answers_for_an_enquiry_and_not_its_own_worker(client: Client, family: Family) -> None:
    enquiry = family.discuss()[0]
    child = enquiry.child_id
    client.force_login(family.worker.user)
    sent = {"outcome": "not_substantiated", "why": "An accident.", "version": "1", **boxes("on", date(2025, 3, 10))}
    client.post(reverse("enquiry_submit", args=[child, enquiry.pk]), sent)
    here = reverse("enquiry_decide", args=[child, enquiry.pk])
    assert client.get(here).status_code == 403
    client.force_login(family.manager.user)
    version = str(Enquiry.objects.get(pk=enquiry.pk).version)
    page = client.post(here, {"answer": "return", "version": version, **boxes("on", DISCUSSED)}).content.decode()
    assert page.count("Enter what must change") == 2
    client.post(here, {"answer": "approve", "version": version, **boxes("on", date(2025, 3, 11))})
    assert Enquiry.objects.get(pk=enquiry.pk).ended_on == date(2025, 3, 11)


def hold(family: Family, on: date, **given: str) -> dict[str, str]:
    sent = {**boxes("on", on), "version": str(Conference.objects.get().version)}
    for child in family.all:
        decided = {
            "here": "on",
            "decision": "protection_plan",
            "why": "Harm.",
            "category": "NEG",
            "visit_every_days": "14",
        }
        sent |= {f"{name}-{child.pk}": value for name, value in decided.items()}
    return {**sent, **given}


def test_a_late_conference_asks_why_and_a_weekend_is_refused(client: Client, family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    client.force_login(family.chair.user)
    here = reverse("conference_hold", args=[family.maya.pk, conference.pk])
    assert "Saturday" in client.post(here, hold(family, date(2025, 3, 22))).content.decode()
    page = client.post(here, hold(family, date(2025, 3, 25))).content.decode()
    assert page.count("Select why Maya&#39;s conference was held after 24 March 2025") == 2
    left_out = {name: value for name, value in hold(family, HELD).items() if name != f"here-{family.baby.pk}"}
    assert "The conference was asked for Baby too" in client.post(here, left_out).content.decode()
    because = {f"late_reason-{child.pk}": "staff" for child in family.all}
    client.post(here, hold(family, date(2025, 3, 25), **because))
    assert ProtectionPlan.objects.filter(visit_every_days=14, started_on=date(2025, 3, 25)).count() == 4
    lists = client.get(reverse("list_enquiries")).content.decode()
    assert "Enquiries and conferences" in lists


def test_only_those_who_hold_conferences_record_what_one_decided(client: Client, family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    client.force_login(family.worker.user)
    assert client.get(reverse("conference_hold", args=[family.maya.pk, conference.pk])).status_code == 403
    assert Conference.objects.get().held_on is None


def test_each_part_of_an_action_is_asked_for_in_a_kind_sentence(client: Client, family: Family) -> None:
    plan = family.plans()[0]
    client.force_login(family.worker.user)
    here = reverse("action_add", args=[family.maya.pk, plan.pk])
    page = client.post(here, {**boxes("on", HELD), **boxes("due_on", date(2025, 3, 1))}).content.decode()
    for said in (
        "Enter the risk that this is about, so that everyone knows why it is done",
        "Enter what will be different for the child, which is what the action is for",
        "Enter what is to be done, so that whoever does it knows",
        "Enter who does it: what everybody does, nobody does",
        "Enter how we will know that it is done",
        "Select whose it is: the family&#39;s, the worker&#39;s or another agency&#39;s",
        "The day by which it is done must be the same as or after the day it was agreed",
    ):
        assert page.count(said) == 2


def test_a_plan_that_would_end_before_it_starts_gets_the_sentence(client: Client, family: Family) -> None:
    plan = family.plans()[0]
    client.force_login(family.manager.user)
    sent = {"decision": "died", "why": "She died.", "version": str(plan.version), **boxes("on", date(2025, 3, 3))}
    page = client.post(reverse("plan_end", args=[family.maya.pk, plan.pk]), sent).content.decode()
    said = "the plan ends before it starts. Change the end date, 3 March 2025, or the start date, 20 March 2025."
    assert page.count(said) == 2


def test_two_who_change_a_plan_see_both_versions(client: Client, family: Family) -> None:
    plan = family.plans()[0]
    opened = plan.version
    plans.describe_plan(plan, to={"danger": "Theirs."}, by=family.manager)
    client.force_login(family.worker.user)
    sent = {"danger": "Mine.", "visit_days": "calendar_day", "version": str(opened)}
    page = client.post(reverse("plan_change", args=[family.maya.pk, plan.pk]), sent).content.decode()
    assert "Theirs." in page
    assert "Mine." in page


def test_a_core_group_asks_once_who_came(client: Client, family: Family) -> None:
    held = family.plans()
    client.force_login(family.worker.user)
    here = reverse("core_group_add", args=[family.maya.pk])
    page = client.get(here).content.decode()
    # Delphine is in the core groups of all four, and is asked about once.
    assert page.count(">Delphine Marlowe<") + page.count("Delphine Marlowe\n") == 1
    mother = held[0].core_group.get()
    sent = {**boxes("on", date(2025, 4, 1)), "where": "The school"}
    for plan in held:
        sent |= {f"here-{plan.child_id}": "on", f"progress-{plan.child_id}": "Slow."}
    (asked,) = set(re.findall(r'name="(came_[^"]+)"', page))
    client.post(here, {**sent, asked: "absent"})
    meeting = CoreGroup.objects.get()
    assert meeting.children.count() == 4
    assert meeting.attendance.filter(came=False, member__name=mother.name).count() == 4


def test_an_action_that_drifts_says_so(client: Client, family: Family) -> None:
    from tests.web.pathway.protection.test_pages import lived

    lived(family)
    plans.add_action(
        ProtectionPlan.objects.get(child=family.maya),
        new=new_action(action="A new thing", due_on=date(2030, 1, 1)),
        on=date(2025, 6, 2),
        by=family.worker,
    )
    client.force_login(family.worker.user)
    page = client.get(reverse("child_plan", args=[family.maya.pk])).content.decode()
    assert page.count("Carried forward") == 1
    assert "Carried forward 3 times" in page


def test_the_family_reads_no_codes(client: Client, family: Family) -> None:
    client.force_login(family.worker.user)
    none = client.get(reverse("child_plan_words", args=[family.maya.pk])).content.decode()
    assert "There is no child protection plan now." in none
    family.plans()
    page = client.get(reverse("child_plan_words", args=[family.maya.pk])).content.decode()
    main = page.partition("The plan to keep Maya safe")[2].partition("</main>")[0]
    assert "What the family will do" in main
    for said in ("NEG", "eglect", "category", "section 47", "Section 47"):
        assert said not in main


def test_a_plan_is_read_as_it_was_known(client: Client, family: Family) -> None:
    family.plans()
    client.force_login(family.worker.user)
    page = client.get(reverse("child_plan", args=[family.maya.pk]), boxes("on", date(2025, 1, 1))).content.decode()
    assert "No plan recorded by then" in page


def test_a_discussion_about_a_child_who_was_never_referred_asks_why(
    client: Client, family: Family, ashdown: Authority, child: Callable[..., Child]
) -> None:
    other = child(ashdown, given="Isla")
    client.force_login(family.manager.user)
    here = reverse("strategy_add", args=[other.pk])
    assert "A strategy discussion usually follows a referral" in client.get(here).content.decode()
    sent = {
        **boxes("on", DISCUSSED),
        "at": "10:15",
        "kind": "meeting",
        "seniority": "team_manager",
        "shared": "Nothing.",
        f"here-{other.pk}": "on",
        f"decision-{other.pk}": "no_further_action",
        f"why-{other.pk}": "Nothing in it.",
    }
    assert client.post(here, sent).content.decode().count("Enter why it is held now for Isla") == 2
    client.post(here, {**sent, f"why_out_of_order-{other.pk}": "The police asked for it."})
    assert OutOfOrder.objects.get().why == "The police asked for it."
