"""Tables made from numbers, so that source, marks and notes follow from what stands in the cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from waypost.datasets.published.publications import publication
from waypost.domain.targets import Target
from waypost.indicators.results import Population
from waypost.reports.model import Cell, Column, Note, Number, Row, Table
from waypost.reports.numbers import CENSUS, by_place
from waypost.reports.words import (
    OTHER_YEAR,
    PART_MEAN,
    PUBLISHED,
    SMALL,
    STANDING_WORDS,
    count_words,
    listed,
    notes_on,
    number_words,
    range_words,
    target_words,
)

NO_TARGET = "none set"
NOTHING_TO_ADD = "Figures are as the sources give them, rounded half up where they are shares or rates."


def cell(number: Number) -> Cell:
    return Cell(number_words(number), number, number.marks if number.is_known else ())


def counted(number: Number) -> Cell:
    """The count that a share or rate was made from, which is not always published with it."""
    if not number.is_known or number.numerator is None:
        return Cell(count_words(None) if number.is_known else number_words(number), number)
    return Cell(count_words(number.numerator), number, tuple(mark for mark in number.marks if mark != SMALL))


def out_of(number: Number) -> Cell:
    """What a share or rate was made out of: the base, or the population."""
    return Cell(count_words(number.denominator) if number.is_known else number_words(number), number)


def count_and_share(number: Number) -> Cell:
    """The count, with the share that it makes under it."""
    if not number.is_known:
        return cell(number)
    return Cell(count_words(number.numerator), number, number.marks, beneath=number_words(number))


def with_base(number: Number) -> Cell:
    """The share with its count and base under it, or the rate with its count, where they are known."""
    beneath = base_words(number) if number.unit == "percent" else ""
    if number.unit == "rate_per_10000" and number.is_known and number.numerator is not None:
        beneath = count_words(number.numerator)
    return replace(cell(number), beneath=beneath)


def interval(number: Number) -> Cell:
    """The 95% interval of a share or rate; not available where only the share or rate itself is published."""
    if not number.is_known:
        return cell(number)
    ends = number.interval
    return Cell(range_words(*ends, number.unit) if ends else count_words(None), number)


def target(number: Number, held: Target | None) -> Cell:
    """The target of the number's year, or that none was set."""
    return Cell(target_words(held, number.unit) if held else NO_TARGET)


def standing(number: Number, held: Target | None) -> Cell:
    """How the number stands against its target, in a word and a letter."""
    if held is None or number.value is None or not number.is_known:
        return Cell(NO_TARGET if held is None else number_words(number))
    found = held.standing(number.value)
    return Cell(STANDING_WORDS[found], number, standing=found)


def children_in(held: Population | None, marks: tuple[str, ...] = ()) -> Cell:
    """How many children a rate was made with."""
    return Cell(count_words(held.value), marks=marks) if held else Cell(count_words(None))


def base_words(number: Number) -> str:
    """ "77 of 159", for a share; empty where there is none."""
    if not number.is_known or number.numerator is None:
        return ""
    return f"{count_words(number.numerator)} of {count_words(number.denominator)}"


def table(
    key: str,
    title: str,
    *,
    unit: str,
    period: str,
    base: str,
    head: str,
    columns: Sequence[Column | str],
    rows: Iterable[Row],
    notes: Sequence[str] = (),
    source: str = "",
) -> Table:
    """A table whose source line and notes on marks are those of its cells."""
    rows = tuple(rows)
    numbers = [entry.number for row in rows for entry in row.cells if entry.number is not None]
    marks = {mark for row in rows for entry in row.cells for mark in entry.marks}
    written = tuple(Note(words) for words in notes)
    found = (*_marked(marks, numbers), *written)
    return Table(
        key=key,
        title=title,
        unit=unit,
        period=period,
        base=base,
        source=source or source_words(numbers),
        head=head,
        columns=tuple(column if isinstance(column, Column) else Column(column) for column in columns),
        rows=rows,
        notes=found or (Note(NOTHING_TO_ADD),),
    )


def _marked(marks: set[str], numbers: Sequence[Number]) -> Iterable[Note]:
    for note in notes_on(marks):
        yield Note(f"{note.words}{_which(note.mark, numbers)}", note.mark)


def _which(mark: str, numbers: Sequence[Number]) -> str:
    """The particulars of a mark that differ from cell to cell."""
    marked = [number for number in numbers if mark in number.marks]
    if mark == OTHER_YEAR:
        return f" {_years_by_place(marked)}."
    if mark == PART_MEAN:
        counts = sorted({(number.period.year, number.of) for number in marked})
        return f" How many have one: {listed([f'{of} for {year}' for year, of in counts])}."
    if mark == PUBLISHED:
        return f" Source: {listed(sorted({publication(number.origin) for number in marked}))}."
    return ""


def _years_by_place(numbers: Sequence[Number]) -> str:
    """ "England: 2023-24; Neighbours: 2022-23 and 2023-24"."""
    alike: dict[str, list[str]] = {}
    for place, some in by_place(numbers).items():
        alike.setdefault(listed(sorted({str(number.period.year) for number in some})), []).append(place)
    return "; ".join(f"{listed(places)}: {years}" for years, places in alike.items())


def source_words(numbers: Sequence[Number]) -> str:
    """Where the numbers of a table or chart were read, and whose they are."""
    places: dict[str, dict[str, None]] = {}
    for number in numbers:
        if number.is_known and number.origin.startswith(CENSUS):
            # Files have no publication to tell them apart, so the freeze stands beside whose they are.
            places.setdefault(CENSUS, {})[f"{number.place}{number.origin.removeprefix(CENSUS)}"] = None
        elif number.is_known:
            places.setdefault(publication(number.origin), {})[number.place] = None
    if not places or (list(places) == [CENSUS] and len(places[CENSUS]) == 1):
        return f"{CENSUS}."
    origins: dict[str, list[str]] = {}
    for origin, whose in places.items():
        origins.setdefault(listed(list(whose)), []).append(origin)
    return ". ".join(f"{whose}: {'; '.join(held)}" for whose, held in origins.items()) + "."
