"""What a child's figures can be given by from the live record alone: the team, the ward, and the brothers and sisters.

Each is as it was on the last day of the year or, of the year under way, on the day that the record is read for.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from waypost.access.models import Authority, Team
from waypost.access.recorded import Recorded
from waypost.datasets.tables import CHILD_GROUPS, arrow_table
from waypost.domain.periods import FinancialYear
from waypost.domain.relationships import RELATIONSHIPS
from waypost.extract.known import as_known
from waypost.extract.reading import Record
from waypost.extract.rows import REFERRALS
from waypost.records.casework.models import Address, AddressHeld, Allocation, Relationship
from waypost.records.pathway.models import Referral

Key = uuid.UUID
Spell = tuple[date | None, date | None, Any]
"""From when, until when, and what."""

LARGEST = 5
SIZES = (*map(str, range(1, LARGEST)), f"{LARGEST} or more")
OF_FAMILY = {each.id: each.tie for each in RELATIONSHIPS.values() if each.tie in ("parent", "sibling")}


def child_groups(
    authority: Authority, record: Record, over: Sequence[FinancialYear], last: date, before: datetime | None
) -> dict[str, pa.Table]:
    """The table of groups, by its name: a row for each child of the record and year, known in the year or not."""
    teams, wards = _teams(record, before), _wards(record, before)
    families = _Families(record, before)
    known = _known_in(record, over)
    found: dict[str, list[Any]] = {column: [] for column in CHILD_GROUPS.columns}
    for year in over:
        day = min(year.end, last)
        sizes = families.sizes(known[year])
        for child in sorted(known[year]):
            row = (authority.code, year.ends, child, _on(teams[child], day), _on(wards[child], day), sizes[child])
            for column, value in zip(found.values(), row, strict=True):
                column.append(value)
    return {CHILD_GROUPS.get_name(): arrow_table(CHILD_GROUPS, found)}


def _known_in(record: Record, over: Iterable[FinancialYear]) -> Mapping[FinancialYear, set[str]]:
    """The children who had an episode open at some time in each year, or more."""
    rows = record.tables[REFERRALS.get_name()].select(["child", "referred_on", "closed_on"]).to_pydict()
    spells = list(zip(*rows.values(), strict=True))
    return {
        year: {child for child, start, end in spells if start <= year.end and (end is None or end >= year.start)}
        for year in over
    }


def _on(spells: list[Spell], day: date) -> Any:
    """What held on a day: of several, the last begun; where none did, the last that began before it."""
    begun = [each for each in spells if each[0] is None or each[0] <= day]
    holding = [each for each in begun if each[1] is None or each[1] >= day]
    return max(holding or begun, key=lambda each: each[0] or date.min)[2] if begun else None


def _teams(record: Record, before: datetime | None) -> Mapping[str, list[Spell]]:
    """The team that each child was allocated to and, before anybody was, the team that the referral went to."""
    names = dict(Team.objects.values_list("pk", "name"))
    found: dict[str, list[Spell]] = defaultdict(list)
    for model, start, end in ((Allocation, "started_on", "ended_on"), (Referral, "received_on", "closed_on")):
        for child, team, since, until in _rows(model, before, "child_id", "team_id", start, end):
            if child in record.who.ids and team:
                found[record.who.ids[child]].append((since, until, names[team]))
    return found


def _wards(record: Record, before: datetime | None) -> Mapping[str, list[Spell]]:
    people = {each.person: id for id, each in record.who.people.items()}
    wards = dict(_rows(Address, before, "id", "ward"))
    homes = as_known(AddressHeld, before).exclude(kind="letters")
    found: dict[str, list[Spell]] = defaultdict(list)
    for person, address, since, until in homes.values_list("person_id", "address_id", "started_on", "ended_on"):
        if person in people and (ward := wards.get(address)):
            found[people[person]].append((since, until, ward))
    return found


def _rows(model: type[Recorded], before: datetime | None, *columns: str) -> Any:
    return as_known(model, before).values_list(*columns)


class _Families:
    """Brothers and sisters by recorded ties: whole, half or step, or with a parent in common."""

    def __init__(self, record: Record, before: datetime | None) -> None:
        self._people = {id: each.person for id, each in record.who.people.items()}
        self._root: dict[Key, Key] = {}
        first: dict[Key, Key] = {}
        for person, other, kind in _rows(Relationship, before, "person_id", "other_id", "kind"):
            tie = OF_FAMILY.get(kind)
            if tie == "parent":
                self._join(other, first.setdefault(person, other))
            elif tie == "sibling":
                self._join(person, other)

    def _join(self, one: Key, other: Key) -> None:
        self._root[self._find(one)] = self._find(other)

    def _find(self, person: Key) -> Key:
        root = person
        while (above := self._root.get(root, root)) != root:
            root = above
        while person != root:
            person, self._root[person] = self._root.get(person, root), root
        return root

    def sizes(self, children: Iterable[str]) -> dict[str, str]:
        """How many brothers and sisters each of some children has among them, the child counted."""
        together: dict[Key, list[str]] = defaultdict(list)
        for child in children:
            together[self._find(self._people[child])].append(child)
        return {child: SIZES[min(len(group), LARGEST) - 1] for group in together.values() for child in group}
