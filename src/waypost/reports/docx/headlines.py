"""The figures of the summary page as one table: each large, with what it is out of, its change and who is beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waypost.reports.docx.markup import line_break, paragraph, run, unbroken, whole_words
from waypost.reports.docx.tables import cell_runs, grid, head_row, marks_of, noted, table_cell, table_row
from waypost.reports.docx.text import spans
from waypost.reports.model import Headline, Headlines, Number, Report
from waypost.reports.words import OTHER_YEAR

NAME = "Headline figures"
PARTS = (28, 21, 29, 22)
"""How the width is shared out, in hundredths: the measure, its figure, how it moved, who stands beside it."""


def draw(block: Headlines, report: Report, labels: Mapping[str, str], across: int) -> Iterator[Any]:
    columns = [across * part // sum(PARTS) for part in PARTS]
    heads = ("Measure", f"{report.authority} {report.year}", "Change", "To compare with")
    texts = [paragraph("TableHead", run(whole_words(words)), keeps_next=True) for words in heads]
    rows = [_row(item, labels, columns) for item in block.items]
    words = f"{len(block.items)} measures, a row each, with the latest figure, its change and what to compare it with."
    yield grid(NAME, words, columns, [head_row(texts, columns), *rows], "HeadlineTable")
    yield from noted(block.notes) if block.notes else [paragraph("LastSource")]


def _row(item: Headline, labels: Mapping[str, str], columns: Sequence[int]) -> Any:
    name = paragraph("TableRowHead", run(item.name, "Strong"), line_break(), run(item.good, "Aside"))
    number = paragraph("HeadlineNumber", run(unbroken(item.words)), *_marks(item.number))
    base = paragraph("TableWords", run(item.base or "no base", "Aside"))
    moved = paragraph("TableWords", *spans(item.movement, labels))
    target = [paragraph("TableWords", *cell_runs(item.target))] if item.target else []
    parts = ([name], [number, base], [moved, *target], list(_beside(item)))
    return table_row(*(table_cell(width, *part) for width, part in zip(columns, parts, strict=True)))


def _beside(item: Headline) -> Iterator[Any]:
    """ "England 2023-24: 22.6%"; the year is named where it is another than the figure's own."""
    for name, number, words in item.beside:
        is_of_another_year = number.is_known and number.period.year != item.number.period.year
        named = f"{name} {number.period.year}" if is_of_another_year else name
        yield paragraph("TableWords", run(f"{named}: {unbroken(words)}"), *_marks(number))


def _marks(number: Number) -> list[Any]:
    """The marks of a number, but for the one that says it is for another year, which is printed here."""
    return marks_of(mark for mark in number.marks if mark != OTHER_YEAR) if number.is_known else []
