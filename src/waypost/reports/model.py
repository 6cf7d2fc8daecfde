"""The one model of a report, which the writers walk: sections, tables, charts, paragraphs, prompts.

Nothing here knows HTML, and nothing here is typed by hand: numbers arrive as `Number`, which says what each one is and
where it came from. Sections, tables and charts get their numbers from `numbering.numbered`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from waypost.datasets.dataset import Source, Unread
from waypost.domain.errors import PlainError
from waypost.domain.periods import FinancialYear, Period
from waypost.indicators.results import Population, Status

Edition = Literal["internal", "public"]
KNOWN: frozenset[Status] = frozenset({"final", "provisional", "not_validated"})


class ReportRefused(PlainError):
    """The figures contradict each other or the text, so no report is made of them."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number as a report places it, or the reason why there is none.

    `place` is whose number it is ("Ashdown", "England"). `origin` says where it was read: the census files, or the
    publication. `of` is how many authorities a mean was made from.
    """

    indicator: str
    name: str
    place: str
    period: Period
    value: float | int | None
    unit: str
    status: Status
    origin: str
    group: Mapping[str, str] = field(default_factory=dict)
    numerator: float | int | None = None
    denominator: float | int | None = None
    version: int | None = None
    note: str | None = None
    population: Population | None = None
    of: int | None = None
    marks: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.status in KNOWN and self.value is not None


# ---------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class Text:
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A number in a sentence, with the words that stand for it."""

    words: str
    number: Number


@dataclass(frozen=True, slots=True)
class Moved:
    """A word of direction in a sentence, with the two numbers that it speaks about.

    Raises:
        ReportRefused: the word says something else than the numbers do.
    """

    words: str
    says: Literal["up", "down", "same"]
    first: Number
    last: Number

    def __post_init__(self) -> None:
        if self.says != direction(self.first, self.last):
            raise ReportRefused(
                f"The text says {self.words!r} of {self.last.name}, but the figures are "
                f"{self.first.value} and then {self.last.value}; change the text."
            )


@dataclass(frozen=True, slots=True)
class Link:
    """A pointer to a section, table or chart, which shows the number that the program gave it."""

    key: str


Span = Text | Placed | Moved | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that a person has still to answer. It is never printed as if it were text."""

    owner: str
    question: str


@dataclass(frozen=True, slots=True)
class Callout:
    """Something the reader must know before reading on."""

    paragraph: Paragraph


# ---------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class Note:
    """A note under a table; with a mark where cells carry it."""

    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`beneath` is set small under the words, as a share is under its count."""

    words: str
    number: Number | None = None
    marks: tuple[str, ...] = ()
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` says how the cells below are set: numbers to the right, words to the left.

    Neighbouring columns with one `group` stand under one heading of that name.
    """

    words: str
    kind: Literal["number", "words", "code"] = "number"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    head: str
    cells: tuple[Cell, ...]
    is_total: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that says what it holds, for when, out of whom, from where, and what its marks mean.

    `head` names the first column, whose cells are the row heads.

    Raises:
        ValueError: a cell is blank, a row is short, or a mark has no note. Those are faults of the program.
    """

    key: str
    title: str
    unit: str
    period: str
    base: str
    source: str
    head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    number: str = ""

    def __post_init__(self) -> None:
        noted = {note.mark for note in self.notes}
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{self.key}: row {row.head!r} is not as long as the head of the table")
            for cell in row.cells:
                if not cell.words.strip():
                    raise ValueError(f"{self.key}: row {row.head!r} has a blank cell")
                if not noted.issuperset(cell.marks):
                    raise ValueError(f"{self.key}: a mark of {cell.words!r} has no note")
        if not all((self.title, self.unit, self.period, self.base, self.source, self.notes)):
            raise ValueError(f"{self.key}: title, unit, period, base, source and notes must all be given")


# ---------------------------------------------------------------- charts


@dataclass(frozen=True, slots=True)
class Point:
    """`value` is None where there is a break: nothing is drawn, and nothing is drawn across it."""

    at: str
    value: float | int | None


Role = Literal["own", "neighbours", "region", "england", "plain"]


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    points: tuple[Point, ...]
    role: Role = "own"


@dataclass(frozen=True, slots=True)
class Band:
    """A range that lies behind the lines, such as from the lowest to the highest neighbour."""

    name: str
    low: tuple[Point, ...]
    high: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table. `finding` is its title, `shape` says to those who cannot see it what it looks like.

    A scale starts at nought unless `scale_from` says otherwise, which the page must tell the reader. Bars never do.
    """

    key: str
    kind: Literal["trend", "bars", "panels"]
    finding: str
    shape: str
    axis: str
    unit: str
    base: str
    source: str
    period: str
    series: tuple[Series, ...]
    table: str
    band: Band | None = None
    breaks: tuple[tuple[str, str], ...] = ()
    scale_from: float = 0
    number: str = ""


# ---------------------------------------------------------------- the report


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure of the summary page: the number large, what it is out of, how it moved, and who stands beside it."""

    name: str
    number: Number
    words: str
    base: str
    movement: Paragraph
    beside: tuple[tuple[str, Number, str], ...]
    good: str


@dataclass(frozen=True, slots=True)
class Headlines:
    items: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What one indicator means: its name, its id, and what is asked and counted, line by line."""

    key: str
    name: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    items: tuple[Term, ...]


Block = Paragraph | Prompt | Callout | Table | Chart | Headlines | Terms


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    is_appendix: bool = False
    number: str = ""

    def walk(self) -> Iterator[Section]:
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A line of the front page: words, or a prompt where a person has still to say."""

    name: str
    answer: str | Prompt


@dataclass(frozen=True, slots=True)
class Freeze:
    """The dataset that every figure of the report was made from."""

    id: str
    as_at: datetime
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Report:
    kind: str
    title: str
    authority: str
    code: str
    year: FinancialYear
    edition: Edition
    freeze: Freeze
    software: str
    front: tuple[FrontLine, ...]
    sections: tuple[Section, ...]
    unread: tuple[Unread, ...] = ()

    def walk(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.walk()

    @property
    def blocks(self) -> Iterator[Block]:
        for section in self.walk():
            yield from section.blocks

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def charts(self) -> tuple[Chart, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        asked = tuple(line.answer for line in self.front if isinstance(line.answer, Prompt))
        return asked + tuple(block for block in self.blocks if isinstance(block, Prompt))


def direction(first: Number, last: Number) -> Literal["up", "down", "same"]:
    """Which way two numbers of one series went, as they are printed.

    Raises:
        ValueError: one of them has no value, so nothing can be said.
    """
    if first.value is None or last.value is None:
        raise ValueError(f"{last.name}: a direction needs two numbers")
    if last.value == first.value:
        return "same"
    return "up" if last.value > first.value else "down"
