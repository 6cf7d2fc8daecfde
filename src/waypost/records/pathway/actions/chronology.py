"""Changes to a child's chronology: an entry is written, put right, or an event is chosen or left out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.records.casework.models import Child
from waypost.records.pathway.models import ChronologyEntry
from waypost.records.pathway.rules import may_work, of_row


@dataclass(frozen=True, slots=True)
class NewEntry:
    """`means` is what it meant for the child. `kind` and `row` name the event that it comes from, where it does."""

    on: date
    says: str
    means: str = ""
    source: str = ""
    kind: str = ""
    row: uuid.UUID | None = None


@action("add to chronology", may=may_work)
def add_entry(child: Child, *, new: NewEntry, by: Actor) -> ChronologyEntry:
    """An entry in a worker's words: something no event holds, or an event chosen and told."""
    entry = ChronologyEntry(
        child=child, on=new.on, says=new.says, means=new.means, source=new.source, kind=new.kind, row=new.row
    )
    entry.save()
    return entry


@action("put chronology right", may=of_row(may_work))
def put_entry_right(entry: ChronologyEntry, *, new: NewEntry, because: str, by: Actor) -> ChronologyEntry:
    """
    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    entry.on, entry.says, entry.means, entry.source = new.on, new.says, new.means, new.source
    entry.save()
    return entry


@action("leave out of chronology", may=may_work)
def leave_out(child: Child, *, on: date, kind: str, row: uuid.UUID, because: str, by: Actor) -> ChronologyEntry:
    """An event is not shown in the chronology. It stays where it was recorded."""
    entry = ChronologyEntry(child=child, on=on, says=because, kind=kind, row=row, is_left_out=True)
    entry.save()
    return entry


@action("bring back into chronology", may=of_row(may_work))
def bring_back(entry: ChronologyEntry, *, by: Actor) -> ChronologyEntry:
    """An event that was left out is shown again. The entry that left it out stays, without the event."""
    entry.row = None
    entry.save()
    return entry
