"""A census file into the live record: children found or registered, and their work added, each child by one action.

    loaded = load(Path("cin.xml"), by=actor, authority="991")

Good rows are taken and bad rows are on the list of rejects, each with its reason. All of a file goes in, or, where
anything breaks on the way, none of it. A trial does all of it and keeps nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.access.rules import Decision
from waypost.datasets.load.cin_census.files import header_of, one_authority, year_of
from waypost.datasets.load.cin_census.reader import Filing
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.extract.loading.children import Register, fill, new_child, new_numbers
from waypost.extract.loading.filed import Filed, Row
from waypost.extract.loading.rejects import Reject
from waypost.extract.loading.work import known_work, take

Progress = Callable[[int, int], None]

__all__ = ["Loaded", "Reject", "load"]


@dataclass(frozen=True)
class Loaded:
    """What came of a load: rows added and rows completed, by their kind, and what was left out."""

    authority: str
    year: FinancialYear
    children: int
    added: Counter[str]
    completed: Counter[str]
    rejects: tuple[Reject, ...]


def may_load(by: Actor, authority: Authority) -> Decision:
    return by.may("register_person", authority) and by.may("work_case", authority)


@action("load from a census", may=may_load)
def keep(authority: Authority, *, rows: Iterable[Recorded], because: str, by: Actor) -> None:
    """Saves what a file adds to one child's record."""
    for row in rows:
        row.save()


def load(
    filing: Filing,
    *,
    actor: Callable[[Authority], Actor],
    authority: str | None = None,
    year: FinancialYear | None = None,
    is_trial: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Loads a census file as the person whom `actor` gives for its authority.

    Raises:
        WrongUse: the record does not hold the file's authority.
        CannotRead: the file does not say its year, and none was given.
        NotAllowed: the person may not do it.
    """
    header = header_of(filing)
    code = one_authority([filing], [header], authority)
    which, _ = year_of(filing, header, year)
    whose = Authority.objects.filter(code=code).first()
    if whose is None:
        raise WrongUse(f"The live record holds no authority {code}; {filing.name} is of it.")
    with transaction.atomic():
        by = actor(whose)
        may_load(by, whose).or_refuse()
        loaded = _load(Filed(filing), Register(whose), which, by, f"{filing.name}, {which}", progress)
        if is_trial:
            transaction.set_rollback(True)
    return loaded


def _load(
    filed: Filed, register: Register, year: FinancialYear, by: Actor, because: str, progress: Progress | None
) -> Loaded:
    added: Counter[str] = Counter()
    completed: Counter[str] = Counter()
    children = 0
    for place, row in enumerate(filed):
        rows = _child(filed, register, year, row)
        children += rows is not None
        for each in rows or ():
            (added if each._state.adding else completed)[str(each._meta.verbose_name_plural)] += 1
        if rows:
            keep(register.authority, rows=rows, because=because, by=by)
        if progress and place % 50 == 0:
            progress(place, len(filed))
    return Loaded(register.authority.code, year, children, added, completed, tuple(filed.rejects))


def _child(filed: Filed, register: Register, year: FinancialYear, row: Row) -> list[Recorded] | None:
    """The rows that a child of the file adds to the record or completes; None where the child cannot be known.

    Rows that are completed come first, so that a plan has ended before the next begins.
    """
    child = register.find(row)
    rows: list[Recorded] = []
    id = row["LAchildID"] or ""
    is_new = child is None
    if child is None:
        if not id:
            filed.refuse(id, row, "It has no LAchildID, so the child could not be known again.")
            return None
        child, rows = new_child(register.authority, row)
        register.add(child, row)
    else:
        person = child.person
        rows = [person] if fill(person, row) else []
        rows += new_numbers(person, row, person.identifiers.all())
    work = known_work(child, year, lambda each, why: filed.refuse(id, each, why), is_new=is_new)
    take(work, row)
    return sorted([*rows, *work.changed.values()], key=lambda each: each._state.adding)
