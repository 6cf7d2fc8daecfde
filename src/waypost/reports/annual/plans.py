"""Sections 4.6 and 4.8: how long plans have lasted, how old the children are, and why they have a plan."""

from __future__ import annotations

from collections.abc import Sequence

from waypost.domain.arithmetic import percent, total
from waypost.domain.bands import LBHF_AGES, LBHF_LENGTHS, UNKNOWN
from waypost.domain.codes import CATEGORIES
from waypost.domain.periods import FinancialYear, Period
from waypost.indicators.results import Status
from waypost.reports.annual.shared import as_count, chart, leaders
from waypost.reports.model import Chart, Number, Point, Row, Section, Series, Table
from waypost.reports.numbers import Numbers, months
from waypost.reports.prose import Prose
from waypost.reports.tables import cell, count_and_share, table
from waypost.reports.words import day_words, month_words

LENGTHS = tuple(band.label for band in LBHF_LENGTHS)
LENGTH_WORDS = {
    "0-3 months": "0 to 3 months",
    "4-6": "4 to 6 months",
    "7-12": "7 to 12 months",
    "13-18": "13 to 18 months",
    "19-24": "19 to 24 months",
    "2-4 years": "2 to 4 years",
    "4+ years": "4 years or more",
}
LENGTHS_NOTE = (
    "Calendar months from the start of the plan, the upper edge included; two years is reached as in the national "
    "indicator for plans of two years or more, so the two agree."
)
CATEGORY_WORDS = {
    "emotional": "Emotional abuse",
    "neglect": "Neglect",
    "physical": "Physical abuse",
    "sexual": "Sexual abuse",
    "multiple": "Multiple categories",
    UNKNOWN: "Not known",
}
APRIL, OCTOBER, FEBRUARY, MARCH = 0, 6, 10, 11


def two_month_ends(year: FinancialYear) -> tuple[Period, ...]:
    """February of the year before, then every second month end from April, and March."""
    own = months(year)
    return (months(year.before())[FEBRUARY], *own[APRIL:MARCH:2], own[MARCH])


def five_dates(year: FinancialYear) -> tuple[Period | FinancialYear, ...]:
    """31 March two years back, then the ends of October and April up to this 31 March.

    The first is a year, because only its end is needed.
    """
    own = months(year)
    return (year.before(2), months(year.before())[OCTOBER], own[APRIL], own[OCTOBER], own[MARCH])


def open_at(numbers: Numbers, indicator: str, when: Period | FinancialYear, **group: str) -> Number:
    if isinstance(when, FinancialYear):
        return numbers.own(indicator, when, **group)
    return numbers.at(indicator, when, **group)


def end_of(when: Period | FinancialYear) -> str:
    return day_words(when.end)


def time_and_age(numbers: Numbers) -> Section:
    """4.6"""
    when = five_dates(numbers.year)
    ages = [*LBHF_AGES.labels, *_unknown(numbers, "cpp_by_age", "age_band_lbhf", when)]
    young = tuple(_young(numbers, date) for date in (when[0], when[-1]))
    over_a_year = _over_a_year(numbers)
    words = {"young_before": young[0], "young": young[1], "first_day": end_of(when[0]), "over_a_year": over_a_year}
    lengths, by_age = Prose("lengths", numbers, words), Prose("ages", numbers, words)
    length_table, age_table = _length_table(numbers), _age_table(numbers, when, ages)
    return Section(
        "time-and-age",
        "Time on plan, and age",
        (
            *lengths.paragraphs(),
            *_length_chart(numbers, lengths, length_table),
            length_table,
            *by_age.paragraphs(),
            *_age_chart(numbers, by_age, age_table, when, ages),
            age_table,
        ),
    )


def _length_table(numbers: Numbers) -> Table:
    def row(month: Period) -> Row:
        bands = [numbers.at("cpp_bands_open_lbhf", month, duration_band=label) for label in LENGTHS]
        return Row(month_words(month.end), (*map(cell, bands), cell(numbers.at("cpp_at_date", month))))

    ends = two_month_ends(numbers.year)
    return table(
        "lengths-table",
        "Time on plan at two-month ends",
        unit="Number of children on plans",
        period=f"{day_words(ends[0].end)} to {day_words(ends[-1].end)}",
        base="Plans open at each date, from their start to that date",
        head="Month end",
        columns=[*(LENGTH_WORDS[label] for label in LENGTHS), "All"],
        rows=[row(month) for month in ends],
        notes=[LENGTHS_NOTE],
    )


def _length_chart(numbers: Numbers, prose: Prose, held: Table) -> tuple[Chart, ...]:
    ends = two_month_ends(numbers.year)
    lines = {
        LENGTH_WORDS[label]: [numbers.at("cpp_bands_open_lbhf", month, duration_band=label) for month in ends]
        for label in LENGTHS
    }
    return _panels("lengths-chart", prose, held, lines, [month_words(month.end) for month in ends])


def _panels(
    key: str, prose: Prose, held: Table, lines: dict[str, list[Number]], at: Sequence[str]
) -> tuple[Chart, ...]:
    shown = [number for line in lines.values() for number in line]
    if not any(number.is_known for number in shown):
        return ()
    series = tuple(
        Series(name, tuple(Point(when, number.numerator) for when, number in zip(at, line, strict=True)), "plain")
        for name, line in lines.items()
    )
    return (chart(key, "panels", prose, held, series, shown, unit="count", axis="Number of children on plans"),)


def _age_table(numbers: Numbers, when: Sequence[Period | FinancialYear], ages: Sequence[str]) -> Table:
    return _pairs(
        numbers,
        "cpp_by_age",
        "age_band_lbhf",
        {age: _age_words(age) for age in ages},
        when,
        key="ages-table",
        title="Age of children on plans at five dates",
        note="Age in completed years at each date; children not yet born are with those aged 0 to 1.",
    )


def _age_words(label: str) -> str:
    if label == UNKNOWN:
        return "Not known"
    return f"{label.replace('-', ' to ')}" if "-" in label else label.replace("+", " or over")


def _pairs(
    numbers: Numbers,
    indicator: str,
    split: str,
    names: dict[str, str],
    when: Sequence[Period | FinancialYear],
    *,
    key: str,
    title: str,
    note: str,
) -> Table:
    """A split of open plans at several dates: for each value the count and its share of all."""

    def row(date: Period | FinancialYear) -> Row:
        held = [count_and_share(open_at(numbers, indicator, date, **{split: value})) for value in names]
        return Row(end_of(date), (*held, cell(open_at(numbers, "cpp_at_date", date))))

    return table(
        key,
        title,
        unit="Number of children on plans, and under it their share of all of them",
        period=f"{end_of(when[0])} to {end_of(when[-1])}",
        base="Plans open at each date, whose number is in the last column",
        head="Date",
        columns=[*names.values(), "All plans"],
        rows=[row(date) for date in when],
        notes=[note, "Shares may not add up to 100% because each is rounded."],
    )


def _age_chart(
    numbers: Numbers, prose: Prose, held: Table, when: Sequence[Period | FinancialYear], ages: Sequence[str]
) -> tuple[Chart, ...]:
    lines = {
        f"Aged {_age_words(age)}": [open_at(numbers, "cpp_by_age", date, age_band_lbhf=age) for date in when]
        for age in ages
        if age != UNKNOWN
    }
    return _panels("ages-chart", prose, held, lines, [month_words(date.end) for date in when])


def categories(numbers: Numbers) -> Section:
    """4.8"""
    when = five_dates(numbers.year)
    known = [name for name in CATEGORY_WORDS if name != UNKNOWN and name in CATEGORIES.values()]
    names = {name: CATEGORY_WORDS[name] for name in [*known, *_unknown(numbers, "cpp_by_category", "category", when)]}
    moves = [
        (
            CATEGORY_WORDS[name],
            open_at(numbers, "cpp_by_category", when[0], category=name),
            open_at(numbers, "cpp_by_category", when[-1], category=name),
        )
        for name in known
    ]
    largest = leaders((name, last) for name, _, last in moves)
    words = {"moves": _counts_of(moves), "first_day": end_of(when[0]), "largest": largest}
    prose = Prose("categories", numbers, words)
    held = _pairs(
        numbers,
        "cpp_by_category",
        "category",
        names,
        when,
        key="categories-table",
        title="Category of abuse at five dates",
        note="The latest category of each plan. A file holds that of 31 March, which serves every date in its year.",
    )
    lines = {
        words_: [open_at(numbers, "cpp_by_category", date, category=name) for date in when]
        for name, words_ in names.items()
    }
    picture = _panels("categories-chart", prose, held, lines, [month_words(date.end) for date in when])
    return Section("categories", "Category of abuse", (*prose.paragraphs(), *picture, held))


# ---------------------------------------------------------------- sums of bands


def _counts_of(moves: Sequence[tuple[str, Number, Number]]) -> list[tuple[str, Number, Number]]:
    return [(name, as_count(first), as_count(last)) for name, first, last in moves]


def _young(numbers: Numbers, when: Period | FinancialYear) -> Number:
    """Children aged 3 or under: the first two age bands together."""
    parts = [open_at(numbers, "cpp_by_age", when, age_band_lbhf=age) for age in LBHF_AGES.labels[:2]]
    return _together(parts, "share of children on plans who are aged 3 or under")


def _over_a_year(numbers: Numbers) -> Number:
    """Plans longer than 12 months: the bands from 13 months on."""
    everyone = numbers.own("cpp_at_date")
    parts = [numbers.own("cpp_bands_open_lbhf", duration_band=label) for label in LENGTHS[3:]]
    return _together(parts, "share of plans open longer than a year", everyone.value)


def _together(parts: Sequence[Number], name: str, base: float | int | None = None) -> Number:
    """Several bands of one split as one share of all, worked out from their counts."""
    first = parts[0]
    base = first.denominator if base is None else base
    is_known = all(part.is_known for part in parts) and bool(base)
    count = total([part.numerator or 0 for part in parts]) if is_known else None
    return Number(
        indicator=first.indicator,
        name=name,
        place=first.place,
        period=first.period,
        value=percent(count or 0, base or 0) if is_known else None,
        unit="percent",
        status=_status(parts) if is_known or not all(part.is_known for part in parts) else "not_available",
        origin=first.origin,
        numerator=count,
        denominator=base,
        version=first.version,
        marks=first.marks,
    )


def _status(parts: Sequence[Number]) -> Status:
    """That of the first part that has no number, if there is one."""
    return next((part.status for part in parts if not part.is_known), parts[0].status)


def _unknown(numbers: Numbers, indicator: str, split: str, when: Sequence[Period | FinancialYear]) -> list[str]:
    """The "not known" value, where any date has a child in it."""
    held = [open_at(numbers, indicator, date, **{split: UNKNOWN}) for date in when]
    return [UNKNOWN] if any(number.numerator or number.status == "suppressed" for number in held) else []
