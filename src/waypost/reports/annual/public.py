"""What a public edition of the annual report is: its figures protected, no child in it, and the reader told.

The sections are drawn twice. The first time, from the true figures, only notes which figures they place; those are then
protected, and the sections are drawn again from what may be shown. So a figure that no table places costs nothing, and
one that any part of the report places cannot be missed (docs/adr/0014-public-editions.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear, Period
from waypost.indicators import disclosure
from waypost.indicators.results import Figure, Results
from waypost.reports.model import Block, Chart, Given, Note, Number, Paragraph, Section, Table, Text
from waypost.reports.numbers import CENSUS, Filed, Numbers

UNREAD = "unread-table"
"""The table of values that could not be read, which names children."""

WITHHELD_NOTE = (
    "Withheld: a small number, or one that would let a small number be worked out. It is held back so that nobody is "
    "recognised."
)
ALSO = (
    "A number is also withheld where a withheld one could be worked out with it: from a total and its parts, a share "
    "or rate and its base, the months and the year, plans that started and ended, or an earlier edition."
)
NOT_WHICH = "Which of the two it was is not said, since that would tell something of the number too."
SENTENCES = "A sentence, mark or line that needs a withheld number is left out, and its place says so."
GAPS = "A gap is a number that is withheld or not available"
NOT_EXACT = "Rounded counts may not add up to their totals; the counts behind them do, which was checked beforehand."


@dataclass(frozen=True)
class Noted(Results):
    """Figures that note which of them are asked for."""

    asked: dict[int, None] = field(default_factory=dict, compare=False)

    def get(self, indicator: str, period: Period, **group: str) -> Figure:
        found = super().get(indicator, period, **group)
        self.asked[id(found)] = None
        return found

    @property
    def placed(self) -> Results:
        return Results(self.authority, tuple(figure for figure in self.figures if id(figure) in self.asked))


def noted(numbers: Numbers) -> Numbers:
    """The numbers of a report, each set of figures noting what is asked of it."""
    filed = {code: replace(held, results=_noted(held.results)) for code, held in numbers.filed.items()}
    return fresh(numbers, _noted(numbers.results), filed)


def _noted(results: Results) -> Noted:
    return Noted(results.authority, results.figures)


def fresh(numbers: Numbers, results: Results, filed: Mapping[str, Filed]) -> Numbers:
    """The same numbers over other figures, with nothing placed yet."""
    return Numbers(numbers.code, numbers.year, results, numbers.files, numbers.named, filed, numbers.targets)


Shown = Mapping[str, disclosure.Edition]
"""What an edition shows of each authority in it, by its code."""

Editions = Mapping[str, Sequence[disclosure.Edition]]
"""The editions that are out already, by authority."""


def protected(placed: Numbers, dataset: Dataset, earlier: Editions) -> Shown:
    """What may be shown of the figures that were asked for: of the authority, and of those counted beside it."""
    held = [(dataset, placed.results), *((filed.dataset, filed.results) for filed in placed.filed.values())]
    return {
        one.authority: disclosure.protect(
            results.placed, disclosure.rule_of(one.authority), earlier.get(one.authority, ()), _records(one)
        )
        for one, results in held
        if isinstance(results, Noted)
    }


def _records(dataset: Dataset) -> dict[FinancialYear, str]:
    """A fingerprint of each year's own records."""
    return {year: replace(dataset, tables=_of_year(dataset, year)).id for year in dataset.years}


def _of_year(dataset: Dataset, year: FinancialYear) -> dict[str, pa.Table]:
    return {name: held.filter(pc.equal(held["collection"], year.ends)) for name, held in dataset.tables.items()}


def shown(numbers: Numbers, editions: Shown) -> Numbers:
    """The numbers of a report over what may be shown."""
    filed = {code: replace(held, results=editions[code].results) for code, held in numbers.filed.items()}
    return fresh(numbers, editions[numbers.code].results, filed)


# ---------------------------------------------------------------- what the reader is told


def told(sections: Iterable[Section], rule: disclosure.Rule) -> tuple[Section, ...]:
    """The sections without children, with what is withheld said in the introduction and under each table it is in."""
    return tuple(_told(section, rule) for section in sections)


def _told(section: Section, rule: disclosure.Rule) -> Section:
    kept = (block for block in section.blocks if not (isinstance(block, Table) and block.key == UNREAD))
    blocks = tuple(_with_gaps(_noted_under(block, rule)) for block in kept)
    within = tuple(_told(each, rule) for each in section.sections)
    more = (_explained(rule),) if section.key == "introduction" else ()
    return replace(section, blocks=blocks, sections=(*within, *more))


def _explained(rule: disclosure.Rule) -> Section:
    lines = [ALSO, NOT_WHICH, SENTENCES, *([NOT_EXACT] if rule.rounded_to > 1 else [])]
    text = tuple(Text(f" {line}") for line in lines)
    return Section("withheld", "Numbers that are withheld", (Paragraph((Given(rule.words), *text)),))


def _noted_under(block: Block, rule: disclosure.Rule) -> Block:
    if not isinstance(block, Table):
        return block
    held = [cell.number for row in block.rows for cell in row.cells if cell.number is not None]
    notes = [WITHHELD_NOTE] if any(number.status == "suppressed" for number in held) else []
    if rule.rounded_to > 1 and any(_is_counted(number) for number in held):
        notes.append(f"Counts are rounded to the nearest {rule.rounded_to}; shares and rates are made from those.")
    return replace(block, notes=(*block.notes, *map(Note, notes)))


def _with_gaps(block: Block) -> Block:
    if not isinstance(block, Chart):
        return block
    has_gaps = any(point.value is None for series in block.series for point in series.points)
    return replace(block, base=f"{block.base}. {GAPS}") if has_gaps else block


def _is_counted(number: Number) -> bool:
    return number.is_known and number.origin.startswith(CENSUS)
