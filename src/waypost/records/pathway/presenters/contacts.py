"""Contacts, as words: the queue, what came in, what is known of those it names, and what the referrer is told."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from waypost.access.models import User
from waypost.domain.calendars import ENGLAND_AND_WALES, OutsideCalendar
from waypost.domain.local import Local
from waypost.domain.pathway import step
from waypost.domain.timescales import REFERRAL_DECISION, due_on
from waypost.records.casework.models import Allocation, Child
from waypost.records.casework.presenters.child import age_words, called
from waypost.records.pathway.case import Case
from waypost.records.pathway.clocks.shown import due_words
from waypost.records.pathway.events import Event, events
from waypost.records.pathway.models import Contact, ContactChild
from waypost.web import words

ANONYMOUS = ("9",)
"""Sources whom nobody can tell what was decided."""

NOT_SHOWN = ("core_group", "visit", "family_meeting")
"""Events that say nothing of an earlier decision."""

MOST_KNOWN = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A child whom a contact names. `held_by` is who holds their open case."""

    child: uuid.UUID
    name: str
    age: str
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A contact that waits for a decision."""

    key: uuid.UUID
    children: tuple[Named, ...]
    reason: str
    source: str
    came: str
    due: str
    is_out_of_hours: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class CameIn:
    """What came in, as it came."""

    came: str
    how: str
    is_out_of_hours: bool
    source: str
    agency: str
    referrer: str
    reached: str
    reason: str
    account: str
    tried_before: str
    due: str


@dataclass(frozen=True, slots=True)
class KnownLine:
    """Something that is known of a child: when, of whom, what, and what was decided then."""

    on: date
    when: str
    who: str
    child: uuid.UUID
    what: str
    says: str


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """What was decided for one child, and what it opened."""

    name: str
    child: uuid.UUID
    says: str
    level: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class UntoldLine:
    """A contact whose referrer was never told what was decided."""

    contact: uuid.UUID
    names: str
    decided: str
    referrer: str


def name_of(child: Child, today: date) -> str:
    return called(child.person.names.all(), today)


def age_of(child: Child, today: date) -> str:
    person = child.person
    return age_words(person.age_on(today), person.expected_on if person.is_unborn else None)


def holders(allocations: Iterable[Allocation]) -> dict[uuid.UUID, str]:
    """Who holds the case of each child, by the child's key."""
    return {each.child_id: f"{each.worker or 'No worker yet'}, {each.team.name} team" for each in allocations}


# ---------------------------------------------------------------- the queue


def queue(
    contacts: Sequence[Contact],
    rows: Iterable[ContactChild],
    held: Mapping[uuid.UUID, str],
    *,
    today: date,
    local: Local,
) -> list[QueueLine]:
    """The contacts in their order, each with the children of it whom the reader may see."""
    of: dict[uuid.UUID, list[Named]] = {}
    for row in rows:
        child = row.child
        named = Named(child.pk, name_of(child, today), age_of(child, today), held.get(child.pk, ""))
        of.setdefault(row.contact_id, []).append(named)
    return [_line(each, of.get(each.pk, []), today, local) for each in contacts]


def _line(contact: Contact, children: list[Named], today: date, local: Local) -> QueueLine:
    due = decide_by(contact, local)
    return QueueLine(
        key=contact.pk,
        children=tuple(children),
        reason=contact.get_reason_display(),
        source=_capital(contact.get_source_display()),
        came=words.moment(contact.received_at),
        due=due_words(due, today=today),
        is_out_of_hours=contact.is_out_of_hours,
        is_overdue=due is not None and due < today,
    )


def decide_by(contact: Contact, local: Local) -> date | None:
    """The last day to decide about a contact in time."""
    came = timezone.localdate(contact.received_at)
    try:
        found = due_on(REFERRAL_DECISION, after=came, calendar=ENGLAND_AND_WALES, **local.clocks)
    except OutsideCalendar:
        return None
    return found if isinstance(found, date) else None


# ---------------------------------------------------------------- one contact


def came_in(contact: Contact, *, today: date, local: Local) -> CameIn:
    return CameIn(
        came=words.moment(contact.received_at),
        how=contact.get_how_display(),
        is_out_of_hours=contact.is_out_of_hours,
        source=_capital(contact.get_source_display()),
        agency=contact.agency.name if contact.agency else "",
        referrer=contact.referrer,
        reached=contact.referrer_reached,
        reason=contact.get_reason_display(),
        account=contact.account,
        tried_before=contact.tried_before,
        due=due_words(decide_by(contact, local), today=today),
    )


def known_lines(cases: Iterable[Case], names: Mapping[uuid.UUID, str], *, but: set[uuid.UUID]) -> list[KnownLine]:
    """What is known of some children, the newest first. `but` are the rows of the contact that is looked at."""
    found = [
        _known(case, each, names)
        for case in cases
        for each in events(case)
        if each.kind not in NOT_SHOWN and each.row not in but
    ]
    return sorted(found, key=lambda line: (line.on, line.who), reverse=True)[:MOST_KNOWN]


def _known(case: Case, event: Event, names: Mapping[uuid.UUID, str]) -> KnownLine:
    until = f" to {words.day(event.ended_on)}" if event.ended_on else ", and goes on" if event.lasts else ""
    return KnownLine(
        event.on, f"{words.day(event.on)}{until}", names[case.child.pk], case.child.pk, event.title, event.says
    )


def decided_lines(rows: Iterable[ContactChild], today: date) -> list[DecidedLine]:
    return [
        DecidedLine(
            name=name_of(row.child, today),
            child=row.child_id,
            says=decision_words(row.decision),
            level=row.get_level_display() or "",
            why=row.why,
            by=f"{row.decided_by}, {words.moment(row.decided_at)}" if row.decided_at else "",
        )
        for row in rows
        if row.is_decided
    ]


def told_words(row: ContactChild) -> str:
    """That the referrer was told: how, and when."""
    if row.told_at is None:
        return ""
    return f"Told on {words.moment(row.told_at)}. How: {row.get_told_how_display().lower()}."


def decision_words(decision: str) -> str:
    return step("contact").decisions[decision].says if decision else "Not decided yet"


# ---------------------------------------------------------------- the referrer


TOLD = {
    "no_further_action": "we looked at what you told us, and children's social care takes no further action.",
    "advice": "we gave advice, and children's social care does no more now.",
    "passed_on": "we passed what you told us to a service that can help.",
    "open_case": "we passed what you told us to the social worker of the family.",
    "early_help": "we are offering the family early help.",
    "referral": "we accepted this as a referral to children's social care. A social worker's manager decides next.",
}
"""What a decision is in a letter: what was decided, and nothing of what is known."""


GO_ON = (
    "If you think that a decision is not right, tell us why and we will look at it again. If a child is in danger now, "
    "call 999."
)


def letter(contact: Contact, rows: Sequence[ContactChild], *, today: date, by: User) -> str:
    """The letter or email to whoever made the contact, ready to be sent. It says nothing that they did not know."""
    said = [f"For {name_of(row.child, today)}: {TOLD[row.decision]}" for row in rows if row.is_decided]
    came = words.day(timezone.localdate(contact.received_at))
    parts = [
        f"Dear {contact.referrer or 'colleague'},",
        f"Thank you for telling us of your worry on {came}.",
        "\n".join(said),
        GO_ON,
        f"{by}\n{contact.authority} children's services, {words.day(today)}",
    ]
    return "\n\n".join(parts)


def untold(rows: Iterable[ContactChild], today: date) -> list[UntoldLine]:
    """One line for each contact, in the order of the rows."""
    of: dict[uuid.UUID, list[ContactChild]] = {}
    for row in rows:
        of.setdefault(row.contact_id, []).append(row)
    return [_untold(held, today) for held in of.values()]


def _untold(rows: list[ContactChild], today: date) -> UntoldLine:
    contact, decided_at = rows[0].contact, rows[0].decided_at
    said = words.listed([name_of(row.child, today) for row in rows])
    who = contact.referrer or (contact.agency.name if contact.agency else _capital(contact.get_source_display()))
    return UntoldLine(contact.pk, said, words.moment(decided_at) if decided_at else "", who)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
