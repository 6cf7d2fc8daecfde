"""What someone may read of the pathway: the rows of the children whom they may see, and nothing else.

What was done once for several children (`OfFamily`) is open to whoever may see one of them. A page that shows such a
row shows of its children those alone who are in the reader's scope.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from waypost.access.actor import Actor
from waypost.records.casework import visibility
from waypost.records.casework.models import HandOver, Waiting
from waypost.records.pathway import models

Reader = Callable[[Actor], QuerySet[Any]]

OF_CHILD: dict[str, type[Any]] = {
    "contacts_of_children": models.ContactChild,
    "referrals": models.Referral,
    "early_help": models.EarlyHelp,
    "emergency_actions": models.EmergencyAction,
    "information_requests": models.InformationRequest,
    "assessments": models.Assessment,
    "strategy_decisions": models.StrategyChild,
    "enquiries": models.Enquiry,
    "medicals": models.Medical,
    "conference_decisions": models.ConferenceChild,
    "cin_plans": models.CinPlan,
    "protection_plans": models.ProtectionPlan,
    "visits_to_children": models.VisitChild,
    "core_groups_of_children": models.CoreGroupChild,
    "transfers": models.Transfer,
    "clocks": models.Clock,
    "hand_overs": HandOver,
    "waiting": Waiting,
    "chronology": models.ChronologyEntry,
    "shortcomings": models.Shortcoming,
}
OF_FAMILY: dict[str, tuple[type[Any], type[Any], str]] = {
    "contacts": (models.Contact, models.ContactChild, "contact"),
    "strategy_discussions": (models.StrategyDiscussion, models.StrategyChild, "discussion"),
    "conferences": (models.Conference, models.ConferenceChild, "conference"),
    "visits": (models.Visit, models.VisitChild, "visit"),
    "core_groups": (models.CoreGroup, models.CoreGroupChild, "core_group"),
    "family_meetings": (models.FamilyMeeting, models.FamilyMeetingChild, "meeting"),
}


def readers() -> dict[str, Reader]:
    """Every name of the scope that the pathway opens."""
    of_child = {name: _of_children(model) for name, model in OF_CHILD.items()}
    return of_child | {name: _of_families(*each) for name, each in OF_FAMILY.items()}


def _of_children(model: type[Any]) -> Reader:
    def read(actor: Actor) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(child__in=visibility.children(actor))
        return found

    return read


def _of_families(model: type[Any], row: type[Any], link: str) -> Reader:
    def read(actor: Actor) -> QuerySet[Any]:
        seen = row.objects.filter(**{link: OuterRef("pk")}, child__in=visibility.children(actor))
        found: QuerySet[Any] = model.objects.filter(Exists(seen))
        return found

    return read
