"""The three national indicators of plans: what each means, which way is good, how it stands, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from waypost.domain.ni_bands import TABLES
from waypost.domain.periods import FinancialYear
from waypost.reports.annual.shared import (
    INTERVAL,
    INTERVAL_NOTE,
    care,
    limits_note,
    limits_row,
    trend,
    year_limits,
)
from waypost.reports.model import Cell, Number, Prompt, Row, Section, Table
from waypost.reports.numbers import Numbers
from waypost.reports.prose import Prose
from waypost.reports.tables import cell, counted, interval, out_of, standing, table, target, with_base

HEAD_OF_SAFEGUARDING = "Head of safeguarding"

COUNTED = {
    "ni64": ("Plans that had lasted two years or more", "Plans that ended"),
    "ni65": ("Plans for a child who had one before", "Plans that started"),
    "ni67": ("Children whose every review was on time", "Children on a plan for three months or more"),
}
BASES = {
    "ni64": "Plans that ended in the year",
    "ni65": "Plans that started in the year",
    "ni67": "Children who at 31 March had been on a plan for at least three months",
}
TITLES = {
    "ni64": "Plans that lasted two years or more",
    "ni65": "Children on a plan for a second or subsequent time",
    "ni67": "Reviews held on time",
}


def measure(numbers: Numbers, indicator: str) -> Section:
    """One national indicator with its five years."""
    words = {"indicator": indicator, "score": score(numbers.own(indicator))}
    prose = Prose(indicator, numbers, words)
    held = _years_table(numbers, indicator)
    asked = (
        Prompt(HEAD_OF_SAFEGUARDING, "Why did this figure move, or not move, in the year?"),
        Prompt(HEAD_OF_SAFEGUARDING, "What is being done about it, by whom and by when?"),
    )
    picture = trend(numbers, indicator, f"{indicator}-chart", prose, held)
    return Section(indicator, TITLES[indicator], (*prose.paragraphs(), *picture, held, *asked))


def score(share: Number) -> Number:
    """The score of a share, 1 to 5, by the bands of the old national indicators; 5 is best."""
    is_known = share.value is not None and share.is_known
    scored = TABLES[share.indicator.upper()].score(share.value or 0) if is_known else None
    return replace(share, name=f"score of {share.name}", value=scored, unit="score", numerator=None, denominator=None)


def _years_table(numbers: Numbers, indicator: str) -> Table:
    years = numbers.years()
    own = [numbers.own(indicator, year) for year in years]
    parts = COUNTED[indicator]
    limits = year_limits(own)
    rows = [
        Row(numbers.name, tuple(map(cell, own))),
        Row(INTERVAL, tuple(map(interval, own)), hint=numbers.name),
        Row(parts[0], tuple(map(counted, own)), hint=f"{numbers.name}, number"),
        Row(parts[1], tuple(map(out_of, own)), hint=f"{numbers.name}, number"),
    ]
    rows += limits_row(limits, numbers.name)
    rows += _target_rows(numbers, indicator, own)
    rows += [_beside_row(numbers, indicator, place.key, place.name, years) for place in numbers.places[1:]]
    rows += [_range_row(numbers, indicator, years)]
    rows += [Row("Score, 1 to 5 (5 is best)", tuple(cell(score(number)) for number in own), hint=numbers.name)]
    return table(
        f"{indicator}-table",
        f"{TITLES[indicator]}, five years",
        unit="Share in per cent; numbers where the row says so",
        period=f"Years to 31 March, {years[0].ends} to {years[-1].ends}",
        base=BASES[indicator],
        head="Area or count",
        columns=[str(year) for year in years],
        rows=rows,
        notes=[INTERVAL_NOTE, *limits_note(limits), *_score_notes(indicator), *care(numbers, [indicator])],
    )


def _target_rows(numbers: Numbers, indicator: str, own: Sequence[Number]) -> list[Row]:
    """The target of each year and how the figure stands against it, where the authority set itself any."""
    held = [numbers.target(indicator, number.period.year) for number in own]
    if not any(held):
        return []
    return [
        Row("Target", tuple(map(target, own, held)), hint=numbers.name),
        Row("Against the target", tuple(map(standing, own, held)), hint=numbers.name),
    ]


def _beside_row(numbers: Numbers, indicator: str, key: str, name: str, years: tuple[FinancialYear, ...]) -> Row:
    return Row(name, tuple(with_base(numbers.beside_then(indicator, key, year)) for year in years))


def _range_row(numbers: Numbers, indicator: str, years: tuple[FinancialYear, ...]) -> Row:
    ends = [numbers.neighbour_ends(indicator, year) for year in years]
    words = [f"{cell(pair[0]).words} to {cell(pair[1]).words}" if pair else "not available" for pair in ends]
    return Row("Lowest to highest neighbour", tuple(Cell(each) for each in words))


def _score_notes(indicator: str) -> list[str]:
    scored = "Scores are by the bands that the national indicators had until they ended; they are kept for local use."
    overlap = (
        "The bands of this one were printed with a half that belongs to another indicator; the half that fits is used."
    )
    return [scored, overlap] if TABLES[indicator.upper()].note else [scored]
