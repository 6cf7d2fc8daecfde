"""A child's chronology: what the record holds of the way, with the entries that workers wrote, in one order.

Nothing is typed again: an event is there of itself, and a worker adds what it meant, or leaves it out. `since` is the
day from which it is shown, such as that of the last conference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.records.pathway.case import Case
from waypost.records.pathway.events import Event, events
from waypost.records.pathway.models import ChronologyEntry


@dataclass(frozen=True, slots=True)
class ChronologyLine:
    """`event` is where it comes from and `entry` what a worker wrote; at least one of the two is there."""

    on: date
    says: str
    means: str
    source: str
    event: Event | None
    entry: ChronologyEntry | None


def chronology(case: Case, *, since: date | None = None) -> list[ChronologyLine]:
    """The chronology, the earliest first."""
    written = [each for each in case.entries if not each.is_left_out]
    told = {(each.kind, each.row): each for each in written if each.row}
    out = {(each.kind, each.row) for each in case.entries if each.is_left_out and each.row}
    every = events(case)
    known = {(each.kind, each.row) for each in every}
    lines = [
        _of_event(each, told.get((each.kind, each.row)))
        for each in every
        if (each.kind, each.row) not in out and (each.is_main or (each.kind, each.row) in told)
    ]
    lines += [_of_entry(each) for each in written if (each.kind, each.row) not in known]
    return sorted((line for line in lines if since is None or line.on >= since), key=lambda line: (line.on, line.says))


def left_out(case: Case) -> list[ChronologyEntry]:
    """What workers left out, with their reason in `says`."""
    return [each for each in case.entries if each.is_left_out and each.row]


def to_choose(case: Case) -> list[Event]:
    """The events that a chronology does not hold of itself and nobody has chosen: visits, core groups."""
    told = {(each.kind, each.row) for each in case.entries if each.row}
    return [each for each in events(case) if not each.is_main and (each.kind, each.row) not in told]


def last_conference_on(case: Case) -> date | None:
    return max((each.conference.held_on for each in case.conferences if each.conference.held_on), default=None)


def _of_event(event: Event, entry: ChronologyEntry | None) -> ChronologyLine:
    if entry is not None:
        return ChronologyLine(entry.on, entry.says, entry.means, entry.source or event.title, event, entry)
    says = f"{event.title}. {event.says}".strip()
    return ChronologyLine(event.on, says, "", "", event, None)


def _of_entry(entry: ChronologyEntry) -> ChronologyLine:
    return ChronologyLine(entry.on, entry.says, entry.means, entry.source, None, entry)
