"""An invented family of four, one not born yet, with a worker, a manager and a chair, and the days of its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Authority, Team
from waypost.records.casework.actions import children as of_children
from waypost.records.casework.actions import facts
from waypost.records.casework.actions.people import NewPerson, register_person
from waypost.records.casework.models import Child, Person
from waypost.records.pathway.actions import conferences, enquiries, referrals
from waypost.records.pathway.actions.conferences import ConferenceDecision
from waypost.records.pathway.actions.enquiries import Asked, NewStrategy, StrategyDecision
from waypost.records.pathway.actions.plans import NewAction, NewMember, PlanStart
from waypost.records.pathway.models import Conference, Enquiry, ProtectionPlan

REFERRED, DISCUSSED, ENQUIRED, HELD = date(2025, 2, 24), date(2025, 3, 3), date(2025, 3, 12), date(2025, 3, 20)


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass(frozen=True)
class Family:
    """Maya, Jonah and Freya, a baby to come, and whoever works with them. Freya has another father."""

    maya: Child
    jonah: Child
    freya: Child
    baby: Child
    worker: Actor
    manager: Actor
    chair: Actor

    @property
    def all(self) -> list[Child]:
        return [self.maya, self.jonah, self.freya, self.baby]

    # What is done with them, in the order of the work; each step rests on the one before it.

    def refer(self) -> None:
        for child in self.all:
            referrals.record_referral(child, received_at=at(REFERRED), source="1A", by=self.manager)

    def discuss(self, decision: str = "section47_enquiry", *, on: date = DISCUSSED) -> list[Enquiry]:
        enquiries.hold_strategy(
            self.all,
            new=NewStrategy(at(on), "meeting", "team_manager", "What was shared.", chair=self.manager.user),
            asked=[Asked("police", "DS Ferrow"), Asked("health", "School nurse"), Asked("school", took_part=False)],
            decisions=[
                StrategyDecision(child, decision, f"Why {number}.", "A bruise.", "None.", is_joint=True)
                for number, child in enumerate(self.all)
            ],
            by=self.worker,
        )
        return list(Enquiry.objects.filter(child__in=self.all).order_by("child__person__born_on"))

    def enquire(self, outcome: str = "conference", *, on: date = ENQUIRED) -> Conference | None:
        for enquiry in self.discuss():
            enquiries.write_enquiry(enquiry, to={"seen_on": DISCUSSED, "findings": "Found."}, by=self.worker)
            enquiries.submit_enquiry(enquiry, outcome=outcome, why="Because.", on=on, by=self.worker)
            enquiries.approve_enquiry(enquiry, on=on, by=self.manager)
        return Conference.objects.first()

    def ask(self) -> Conference:
        because = "The enquiry is recorded elsewhere."
        return conferences.ask_conference(
            self.all, kind="initial", on=ENQUIRED, why_out_of_order=because, by=self.worker
        )

    def plans(self, *, on: date = HELD, enquired: bool = False) -> list[ProtectionPlan]:
        """A plan for each. Unless they were `enquired`, no enquiry stands before the conference, which is quicker."""
        conference = self.enquire() if enquired else self.ask()
        assert conference is not None
        conferences.hold_conference(
            conference,
            on=on,
            decisions=[
                ConferenceDecision(
                    child,
                    "protection_plan",
                    "Likely to suffer harm.",
                    "NEG",
                    plan=PlanStart(visit_every_days=14, danger=f"Danger {place}."),
                    actions=[new_action()],
                    members=[NewMember("Delphine Marlowe", "Keeps the bedroom warm")],
                )
                for place, child in enumerate(self.all)
            ],
            by=self.chair,
        )
        return [ProtectionPlan.objects.get(child=child) for child in self.all]


def new_action(**given: object) -> NewAction:
    said: dict[str, object] = {
        "risk": "The house is cold.",
        "outcome": "The children sleep in a warm room.",
        "action": "Have the boiler mended.",
        "owner": "Delphine Marlowe",
        "owner_kind": "family",
        "due_on": date(2025, 4, 14),
        "measure": "The worker sees it running at a visit.",
    }
    return NewAction(**{**said, **given})  # type: ignore[arg-type]


def make(authority: Authority, team: Team, *, worker: Actor, manager: Actor, chair: Actor) -> Family:
    """The family, referred and allocated."""

    def person(given: str, **known: Any) -> Person:
        return register_person(authority, new=NewPerson(given, "Marlowe", **known), by=manager)

    mother = person("Delphine", born_on=date(1990, 2, 11), sex="female")
    born = {"Maya": date(2014, 5, 4), "Jonah": date(2017, 8, 9), "Freya": date(2021, 1, 30)}
    people = [person(given, born_on=day) for given, day in born.items()]
    people.append(person("Baby", expected_on=date(2025, 9, 1)))
    held = []
    for number, each in enumerate(people):
        facts.add_relative(each, tie={"person_id": mother.pk, "other_id": each.pk, "kind": "mother"}, by=manager)
        child = of_children.open_record(each, local_id=f"ASH0020{number}", by=manager)
        of_children.allocate(child, team=team, worker=worker.user, since=REFERRED, by=manager)
        held.append(child)
    made = Family(*held, worker, manager, chair)
    made.refer()
    return made
