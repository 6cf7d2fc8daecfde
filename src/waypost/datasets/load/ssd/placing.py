"""Every row of a folder's tables with what it belongs to, its values read; and a line for each that has no place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waypost.datasets.dataset import Unread
from waypost.datasets.load.cin_census.values import Reading
from waypost.datasets.load.ssd.folder import Columns, Folder, Text
from waypost.datasets.load.ssd.values import reading
from waypost.datasets.ssd import EPISODES, PEOPLE, Part
from waypost.datasets.tables import CONTRACT

LEFT_OUT = "so the row is left out"
NO_KEY = f"it has no key, {LEFT_OUT}"
KEY_TWICE = f"a row before it has the same key, {LEFT_OUT}"
NOBODY = f"ssd_person has nobody of this key, {LEFT_OUT}"
NO_EPISODE = f"ssd_cin_episodes has no such referral of this child, {LEFT_OUT}"
NEVER_REFERRED = f"it names no referral, and the child has none, {LEFT_OUT}"
MISSHAPEN = f"it has more or fewer values than the first line names, {LEFT_OUT}"


@dataclass
class Row:
    """One row that has a place: its number in the file, its key, its child, and what it holds.

    `referral` and `link` are the keys of what it says it belongs to. `number` counts the rows of its table that have a
    place, from 1, and `episode` is the number of its episode.
    """

    line: int
    key: str
    child: str
    held: dict[str, Any]
    referral: Text = None
    link: Text = None
    number: int = 0
    episode: int = 0


@dataclass
class Placing:
    """The rows of one folder, placed as they are asked for."""

    folder: Folder
    unread: list[Unread] = field(default_factory=list)
    rejected: list[Unread] = field(default_factory=list)

    def __post_init__(self) -> None:
        for table in self.folder.tables.values():
            for line in table.misshapen:
                self.rejected.append(Unread(table.file, None, _name(table), line or None, "", "", MISSHAPEN))
        self.people = {row.key: row for row in self.rows(PEOPLE)}
        self.episodes = {row.key: row for row in self.rows(EPISODES)}
        self._of_child: dict[str, list[Row]] = defaultdict(list)
        for number, row in enumerate(self.episodes.values(), 1):
            row.number = row.episode = number
            self._of_child[row.child].append(row)

    def table(self, name: str) -> Columns:
        """The table as text, without a row where the folder does not have it."""
        return self.folder.tables.get(name) or Columns(f"{name}.csv", ())

    # ---------------------------------------------------------------- rows with a key and a child

    def rows(self, part: Part) -> Iterator[Row]:
        """The rows of a part that have a key of their own and a child that is known."""
        table, held = self.table(part.table), self._read(part)
        columns = (part.key, part.person, part.referral, part.link)
        texts = zip(*(table.column(name or "") for name in columns), strict=True)
        seen: set[Text] = {None}
        for place, (line, (key, child, referral, link)) in enumerate(zip(table.row, texts, strict=True)):
            if part is not PEOPLE and child not in self.people:
                self.reject(part, line, child, part.person, child, NOBODY)
            elif key in seen:
                self.reject(part, line, child, part.key, key, KEY_TWICE if key else NO_KEY)
            else:
                seen.add(key)
                values = {name: column[place] for name, column in held.items()}
                yield Row(line, key or "", child or "", values, referral, link)

    def _read(self, part: Part) -> dict[str, list[Any]]:
        """The values of a part's columns, and a line for each that cannot be read."""
        table = self.table(part.table)
        children = table.column(part.person)
        found = {}
        for name, column in part.columns.items():
            judge, texts = _reading(part, name), table.column(column)
            found[name] = judge.all(texts)
            for place, text in enumerate(texts if judge.refused else ()):
                if text in judge.refused:
                    where = (table.file, children[place], part.table, table.row[place], column)
                    self.unread.append(Unread(*where, text or "", judge.reason))
        return found

    def reject(self, part: Part, line: int, child: Text, column: str, value: Text, reason: str) -> None:
        file = self.table(part.table).file
        self.rejected.append(Unread(file, child, part.table, line, column, value or "", reason))

    # ---------------------------------------------------------------- rows of an episode

    def within(self, part: Part, otherwise: Callable[[Row], Text] = lambda row: None) -> list[Row]:
        """The rows of a part that belong to an episode, numbered, with what is kept beside them.

        `otherwise` gives the key of the episode of a row that does not say it.
        """
        beside = self._beside(part)
        placed: list[Row] = []
        for row in self.rows(part):
            kept = dict(beside.get(row.key, {}))
            named = row.referral or kept.pop("referral", None) or otherwise(row)
            episode = self._episode(part, row, named)
            if episode:
                row.held |= kept
                row.number, row.episode = len(placed) + 1, episode.number
                placed.append(row)
        return placed

    def _episode(self, part: Part, row: Row, named: Text) -> Row | None:
        """The one that is named, or else the child's own that was open when the row's work began."""
        if named is None:
            episode = self._open_when(row.child, row.held.get("started_on") or row.held.get("held_on"))
        else:
            episode = self.episodes.get(named)
        if episode is None or episode.child != row.child:
            reason = NEVER_REFERRED if named is None else NO_EPISODE
            self.reject(part, row.line, row.child, part.referral or part.key, named, reason)
            return None
        return episode

    def _open_when(self, child: str, day: date | None) -> Row | None:
        """The child's episode open on a day, or else the last that began by then, or else the first of all."""
        episodes = self._of_child[child]
        begun = [row for row in episodes if day and row.held["referred_on"] and row.held["referred_on"] <= day]
        latest = sorted(begun, key=lambda row: row.held["referred_on"], reverse=True)
        still = [row for row in latest if day and (not row.held["closed_on"] or row.held["closed_on"] >= day)]
        return next(iter([*still, *latest, *episodes]), None)

    def _beside(self, part: Part) -> Mapping[Text, dict[str, Any]]:
        """What is kept beside a part's rows, by their key."""
        table = self.folder.beside.get(part.table)
        if table is None:
            return {}
        columns = {
            name: table.column(name) if name == "referral" else _reading(part, name).all(table.column(name))
            for name in part.beside
        }
        return {
            key: {name: column[place] for name, column in columns.items()}
            for place, key in enumerate(table.column(part.key))
        }


def _reading(part: Part, name: str) -> Reading[Any]:
    types = CONTRACT[part.contract].schema()
    return reading(name, str(types[name]) if name in types else "date")


def _name(table: Columns) -> str:
    return table.file.removesuffix(".csv")
