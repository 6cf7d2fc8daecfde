"""Census XML to columns of text, in one pass, a child at a time.

Nothing is judged here but whether the file is a census at all: every value is kept as filed, less the space around it.
The file is never held as a tree: each Child is dropped when it has been read, so memory grows with what is kept and not
with the file. `./waypost bench` measures the whole against a bare parse of the same file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from lxml import etree

from waypost.domain.codes import TABLES
from waypost.domain.errors import CannotRead

Text = str | None
Progress = Callable[[int, int], None]
"""Told the bytes read so far and the bytes in all."""

CHILDREN, EPISODES, HEADER, IDENTIFIERS = "Child", "CINdetails", "Header", "ChildIdentifiers"
MOST_BYTES = 500_000_000
"""Some twenty times the largest authority's census. A file beyond it is something else, and would fill the memory."""


def _elements(*tables: str) -> tuple[str, ...]:
    return tuple(field.element for table in tables for field in TABLES[table].fields)


CHILD_FIELDS = _elements("ChildIdentifiers", "ChildCharacteristics")
EPISODE_FIELDS = _elements(EPISODES)
EPISODE_GROUPS = {
    name: _elements(name)
    for name in ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
}
# Lists inside a group: the wrapper, and the element that repeats in it.
FACTORS, REVIEWS, DISABILITIES = "FactorsIdentifiedAtAssessment", "Reviews", "Disabilities"
LISTS = {name: _elements(name)[0] for name in (FACTORS, REVIEWS, DISABILITIES)}
# Which groups and lists stand in which.
WITHIN = {EPISODES: frozenset(EPISODE_GROUPS), "Assessments": {FACTORS}, "ChildProtectionPlans": {REVIEWS}}


@dataclass
class Columns:
    """Rows of one kind of group, as columns of text.

    `child` is the place of the Child group in the file and `row` the group's place among its kind within that
    child, both from 1. `parent` is the place in its own columns of the group that it stands in: an episode's child,
    an assessment's episode, a factor's assessment.
    """

    fields: tuple[str, ...]
    child: list[int] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    values: list[tuple[Text, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> list[Text]:
        place = self.fields.index(name)
        return [row[place] for row in self.values]


@dataclass
class Filing:
    """One census file as filed: its header, and its groups as columns of text.

    `without_identifiers` are the Child groups, by their place in the file from 0, that have no ChildIdentifiers at all.
    """

    name: str
    sha256: str
    header: dict[str, str]
    tables: dict[str, Columns]
    without_identifiers: tuple[int, ...] = ()


def read_file(path: Path, progress: Progress | None = None) -> Filing:
    """Reads a census file.

    Raises:
        CannotRead: the file is missing, empty, too large, not XML, not a census, cut short, or has a document type.
    """
    name = path.name or str(path)
    try:
        _check_size(path.stat().st_size, name)
        with path.open("rb") as file:
            _check_opening(file, name)
            file.seek(0)
            header, rows = _read_message(file, path, progress)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = error.strerror or error
        raise CannotRead(f"{name} could not be opened ({why}). Check its name and folder.") from error
    except etree.XMLSyntaxError as error:
        raise CannotRead(_not_well_formed(name, error.lineno, error.msg)) from error
    return Filing(name, sha256, header, rows.tables, tuple(rows.without_identifiers))


# ---------------------------------------------------------------- is it a census at all?


class _Opened(Exception):
    """The first element was met, so there is no document type to come."""


def _check_size(size: int, name: str) -> None:
    if size > MOST_BYTES:
        raise CannotRead(
            f"{name} is {size / 1e9:.1f} GB, and the largest census that Waypost reads is {MOST_BYTES / 1e9:.1f} GB. "
            "Check that it is the file of one authority and one year."
        )


def _check_opening(file: BinaryIO, name: str) -> None:
    """Refuses, before the real parser sees the file, whatever is not a plain XML census.

    A document type is refused outright: no census has one, and it is how a small file is made to unpack into a
    large one.
    """
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse_document_type(*_: object) -> None:
        raise CannotRead(f"{name} declares a document type (DOCTYPE), which no census has. Ask for it without one.")

    def check_root(tag: str, _: object) -> None:
        root = tag.rpartition(" ")[2]
        if root != "Message":
            raise CannotRead(
                f"{name} is not a children in need census: its outer element is {root[:40]}, not Message. "
                "Give the file that was made for the return."
            )
        raise _Opened

    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.StartElementHandler = check_root
    try:
        opening = file.read(1 << 16)
        if not opening.strip():
            raise CannotRead(f"{name} is empty. Export the census again and give the new file.")
        while opening:
            parser.Parse(opening, False)
            opening = file.read(1 << 16)
        parser.Parse(b"", True)
    except _Opened:
        return
    except expat.ExpatError as error:
        raise CannotRead(_not_well_formed(name, error.lineno, expat.ErrorString(error.code))) from error
    except (LookupError, ValueError) as error:
        raise CannotRead(f"{name} is in an encoding that cannot be read; save it as UTF-8.") from error


def _not_well_formed(name: str, line: int | None, why: str | None) -> str:
    place = f" at line {line}" if line else ""
    reason = (why or "no reason given").partition("\n")[0].partition(", line ")[0]
    return f"{name} is not well-formed XML{place} ({reason}). It may be cut short; ask for it again."


# ---------------------------------------------------------------- the message


def _read_message(file: BinaryIO, path: Path, progress: Progress | None) -> tuple[dict[str, str], _Rows]:
    size = path.stat().st_size
    header: dict[str, str] = {}
    rows = _Rows()
    events = etree.iterparse(
        file,
        events=("end",),
        tag=("{*}Header", "{*}Child"),
        resolve_entities="internal",  # there are none; left unresolved, a made-up one would not be refused as it should
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for place, (_, element) in enumerate(events):
        if _local[element.tag] == HEADER:
            header = header or _header(element)
        else:
            rows.add_child(element)
        _forget(element)
        if progress and place % 500 == 0:
            progress(file.tell(), size)
    if progress:
        progress(size, size)
    return header, rows


def _forget(element: etree._Element) -> None:
    """Drops an element and all before it, so that the tree never grows."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _header(element: etree._Element) -> dict[str, str]:
    """The first value of each element of the header, by its name."""
    found: dict[str, str] = {}
    for leaf in element.iter():
        text = _text(leaf)
        if text is not None:
            found.setdefault(_local[leaf.tag], text)
    return found


class _Names(dict[str, str]):
    """The name of each element without its namespace, by its tag: few, and asked millions of times."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition("}")[2]
        return name


_local = _Names()


def _text(element: etree._Element) -> Text:
    text = element.text
    return (text.strip() or None) if text else None


# ---------------------------------------------------------------- a child's groups


class _Rows:
    """Takes Child elements and keeps their groups as rows."""

    def __init__(self) -> None:
        self.tables = {
            CHILDREN: Columns(CHILD_FIELDS),
            EPISODES: Columns(EPISODE_FIELDS),
            **{name: Columns(fields) for name, fields in EPISODE_GROUPS.items()},
            **{name: Columns((item,)) for name, item in LISTS.items()},
        }
        self.without_identifiers: list[int] = []
        self._child = 0
        self._places: dict[str, int] = {}

    def add_child(self, element: etree._Element) -> None:
        has_identifiers = False
        self._child += 1
        self._places = {}
        values: dict[str, Text] = {}
        disabilities: list[etree._Element] = []
        episodes: list[etree._Element] = []
        for part in element:
            name = _local[part.tag]
            if name == EPISODES:
                episodes.append(part)
                continue
            has_identifiers = has_identifiers or name == IDENTIFIERS
            for leaf in part:
                element_name = _local[leaf.tag]
                if element_name == DISABILITIES:
                    disabilities.append(leaf)
                elif element_name not in values:
                    values[element_name] = _text(leaf)
        parent = self._add(CHILDREN, values, self._child)
        if not has_identifiers:
            self.without_identifiers.append(parent)
        for wrapper in disabilities:
            self._add_list(DISABILITIES, wrapper, parent)
        for episode in episodes:
            self._add_group(EPISODES, episode, parent)

    def _add_group(self, name: str, element: etree._Element, parent: int) -> None:
        values: dict[str, Text] = {}
        within: list[tuple[str, etree._Element]] = []
        held = WITHIN.get(name, ())
        for part in element:
            part_name = _local[part.tag]
            if part_name in held:
                within.append((part_name, part))
            elif part_name not in values:
                values[part_name] = _text(part)
        place = self._add(name, values, parent)
        for part_name, part in within:
            if part_name in LISTS:
                self._add_list(part_name, part, place)
            else:
                self._add_group(part_name, part, place)

    def _add_list(self, name: str, wrapper: etree._Element, parent: int) -> None:
        """A row for each item. A review with no date in it is still a review."""
        item = LISTS[name]
        texts = [_text(leaf) for leaf in wrapper if _local[leaf.tag] == item]
        for text in texts or ([None] if name == REVIEWS else []):
            self._add(name, {item: text}, parent)

    def _add(self, name: str, values: dict[str, Text], parent: int) -> int:
        """Keeps a row, and gives its place in its own columns."""
        table = self.tables[name]
        place = self._places[name] = self._places.get(name, 0) + 1
        table.child.append(self._child)
        table.row.append(place)
        table.parent.append(parent)
        table.values.append(tuple(map(values.get, table.fields)))
        return len(table.values) - 1
