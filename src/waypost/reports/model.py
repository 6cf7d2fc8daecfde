"""The one model of a report, which the writers walk: sections, tables, charts, paragraphs, prompts.

Nothing here knows HTML, and nothing here is typed by hand: numbers arrive as `Number`, which says what each one is and
where it came from. Sections, tables and charts get their numbers from `numbering.numbered`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import isfinite
from typing import Literal

from waypost.datasets.dataset import Source, Unread
from waypost.domain import intervals
from waypost.domain.errors import PlainError
from waypost.domain.intervals import Estimate
from waypost.domain.periods import FinancialYear, Period
from waypost.domain.rounding import half_up
from waypost.domain.targets import Standing, Target
from waypost.indicators.results import Population, Status

Edition = Literal["internal", "public"]
KNOWN: frozenset[Status] = frozenset({"final", "provisional", "not_validated"})
TARGET_SET = "Target set by the authority"
TWO_SERIES = {"version": "period"}.items()
"""The group of a share whose count is not part of its base, as of conferences over enquiries; it has no interval."""


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

    @property
    def estimate(self) -> Estimate | None:
        """A share or rate with its 95% interval, unrounded; None where its count or base is not known or withheld.

        It is worked out from what the number shows, so that it can never give away what the number holds back.
        """
        if not self.is_known or self.numerator is None or not self.denominator or self.group.items() >= TWO_SERIES:
            return None
        if self.unit == "percent" and self.numerator <= self.denominator:
            return intervals.share(self.numerator, self.denominator)
        return intervals.rate(self.numerator, self.denominator) if self.unit == "rate_per_10000" else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ends of the 95% interval, rounded as the number is."""
        found = self.estimate
        return (half_up(found.interval.low, 1), half_up(found.interval.high, 1)) if found else None


# ---------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class Text:
    words: str


@dataclass(frozen=True, slots=True)
class Given:
    """Words that may hold digits and are no figure: a name, a code, a title, a count of lines, as the data give it."""

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
class Chance:
    """A sentence that calls a change no more than chance, with the two numbers it speaks about.

    The rule is `intervals.is_within_chance`: no change at all is among the changes that the two allow.

    Raises:
        ReportRefused: the change is more than that, or a number has no interval.
    """

    words: str
    first: Number
    last: Number

    def __post_init__(self) -> None:
        if not is_within_chance(self.first, self.last):
            raise ReportRefused(
                f"The text says {self.words!r} of {self.last.name}, but chance would not bring it from "
                f"{self.first.value} to {self.last.value}; change the text."
            )


@dataclass(frozen=True, slots=True)
class Ranked:
    """A superlative or a word of order in a sentence, with the numbers it names and all those it sets them among.

    Raises:
        ReportRefused: a number that is not named is ahead of one that is, or level with it; or one of them is not
            known, so that nobody can say.
    """

    words: str
    says: Literal["most", "least"]
    named: tuple[Number, ...]
    among: tuple[Number, ...]

    def __post_init__(self) -> None:
        if not are_foremost(self.says, self.named, self.among):
            raise ReportRefused(
                f"The text says {self.words!r} of {_values(self.named)}, but the figures it is set among are "
                f"{_values(self.among)}; change the text."
            )


@dataclass(frozen=True, slots=True)
class Leaders:
    """Groups ahead of all others: their names and numbers, the count of each, and the counts they were taken from."""

    names: list[str]
    numbers: list[Number]
    named: tuple[Number, ...]
    among: tuple[Number, ...]

    @property
    def counted(self) -> list[tuple[str, Number]]:
        return list(zip(self.names, self.named, strict=True))


@dataclass(frozen=True, slots=True)
class Whole:
    """A word that speaks of everyone or of no one, such as "all" or "none", with the share that it stands for.

    Raises:
        ReportRefused: the share is not the whole of its base, or not nothing of it.
    """

    words: str
    says: Literal["all", "none"]
    number: Number

    def __post_init__(self) -> None:
        if whole(self.number) != self.says:
            raise ReportRefused(
                f"The text says {self.words!r} of {self.number.name}, but it is {self.number.numerator} of "
                f"{self.number.denominator}; change the text."
            )


@dataclass(frozen=True, slots=True)
class Link:
    """A pointer to a section, table or chart, which shows the number that the program gave it."""

    key: str


Span = Text | Given | Placed | Moved | Chance | Ranked | Whole | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences. `by` is the person who wrote them, and empty where Waypost did."""

    spans: tuple[Span, ...]
    by: str = ""


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
    """`beneath` is set small under the words, as a share is under its count.

    `standing` is how a figure stands against its target, which the words say too, so that nothing hangs on a colour.
    """

    words: str
    number: Number | None = None
    marks: tuple[str, ...] = ()
    beneath: str = ""
    standing: Standing | None = None


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
    `band` lies behind the lines filled, `limits` as two thin edges; each is named where it ends. `told` holds the
    sentences of the finding and the shape with their numbers, for the checks of the text.
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
    limits: Band | None = None
    breaks: tuple[tuple[str, str], ...] = ()
    scale_from: float = 0
    number: str = ""
    told: tuple[Paragraph, ...] = ()


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
    target: Cell | None = None


@dataclass(frozen=True, slots=True)
class Headlines:
    """The figures of the summary page, with a note for each mark that a number among them carries."""

    items: tuple[Headline, ...]
    notes: tuple[Note, ...] = ()


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
    """A dataset that figures of the report were made from, and whose it is."""

    id: str
    as_at: datetime
    sources: tuple[Source, ...]
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """`freeze` is the authority's own records; `beside` those of the authorities counted beside it."""

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
    beside: tuple[Freeze, ...] = ()

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


def as_number(target: Target, measured: Number) -> Number:
    """A target as a number of its own, at the end of it that is finite, or at the lower of two."""
    value = target.meets.low if isfinite(target.meets.low) else target.meets.high
    name = f"target for {measured.name[0].lower()}{measured.name[1:]}"
    return replace(
        measured, name=name, value=value, status="final", origin=TARGET_SET, numerator=None, denominator=None,
        version=None, note=None, population=None, marks=(),
    )  # fmt: skip


def is_within_chance(first: Number, last: Number) -> bool:
    """Whether chance alone could bring about the change from one share or rate to another."""
    before, now = first.estimate, last.estimate
    return before is not None and now is not None and intervals.is_within_chance(before, now)


def whole(share: Number) -> Literal["all", "none"] | None:
    """Whether a share is of all its base or of none of it, by the counts and not by the rounded share."""
    if not share.is_known or share.numerator is None or not share.denominator:
        return None
    return "all" if share.numerator == share.denominator else None if share.numerator else "none"


def are_foremost(says: Literal["most", "least"], named: tuple[Number, ...], among: tuple[Number, ...]) -> bool:
    """Whether the numbers named are ahead of every other one that they are set among, and all of them are known."""
    if not named or any(number.value is None or not number.is_known for number in (*named, *among)):
        return False
    sign = 1 if says == "most" else -1
    rest = [sign * (number.value or 0) for number in among if number not in named]
    return all(number in among for number in named) and min(sign * (number.value or 0) for number in named) > max(
        rest, default=float("-inf")
    )


def _values(numbers: tuple[Number, ...]) -> str:
    return ", ".join("not known" if number.value is None else str(number.value) for number in numbers) or "nothing"
