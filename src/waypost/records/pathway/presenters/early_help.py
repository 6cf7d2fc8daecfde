"""Early help, as words: the list by locality, one case, and those who may be offered it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waypost.domain.pathway.early_help import criteria
from waypost.records.casework.models import Child
from waypost.records.pathway.models import EarlyHelp
from waypost.records.pathway.presenters.contacts import age_of, name_of
from waypost.records.pathway.presenters.referrals import Fact, early_help_words
from waypost.web import words

NO_LOCALITY = "Locality not recorded"


@dataclass(frozen=True, slots=True)
class CaseLine:
    key: uuid.UUID
    child: uuid.UUID
    name: str
    since: str
    lead: str


@dataclass(frozen=True, slots=True)
class Candidate:
    child: uuid.UUID
    name: str
    age: str


def by_locality(cases: Iterable[EarlyHelp], today: date) -> list[tuple[str, list[CaseLine]]]:
    """Each locality with its open cases, in order."""
    found: dict[str, list[CaseLine]] = {}
    for each in cases:
        lead = str(each.lead_worker) if each.lead_worker else "No lead worker yet"
        line = CaseLine(each.pk, each.child_id, name_of(each.child, today), words.day(each.opened_on), lead)
        found.setdefault(each.locality or NO_LOCALITY, []).append(line)
    return sorted(found.items(), key=lambda group: (group[0] == NO_LOCALITY, group[0]))


def candidates(children: Iterable[Child], today: date) -> list[Candidate]:
    return [Candidate(each.pk, name_of(each, today), age_of(each, today)) for each in children]


def facts(case: EarlyHelp) -> list[Fact]:
    known = criteria()
    met = "; ".join(known.get(code, code) for code in case.criteria)
    found = [
        Fact("Opened", words.day(case.opened_on)),
        Fact("Came from", _came_from(case)),
        Fact("Locality", case.locality or "Not recorded"),
        Fact("Team", case.team.name if case.team else "Not recorded"),
        Fact("Lead worker", str(case.lead_worker) if case.lead_worker else "No lead worker yet"),
        Fact("Criteria met", met or "Not recorded"),
        Fact("How it stands", early_help_words(case)),
    ]
    return [*found, Fact("Why it ended", case.why)] if case.why else found


def _came_from(case: EarlyHelp) -> str:
    if case.referral:
        return f"Stepped down from the referral of {words.day(case.referral.received_on)}"
    return "A contact at the front door" if case.contact_id else "Offered without a contact"
