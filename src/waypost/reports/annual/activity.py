"""Sections 4.1 to 4.5: from referral to plan, how many plans there are, and how that compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from waypost.domain.periods import FinancialYear, periods
from waypost.indicators.results import OPENING, Population
from waypost.reports.annual.shared import (
    CONTROL,
    INTERVAL,
    INTERVAL_NOTE,
    Limits,
    care,
    chart,
    limits_note,
    limits_row,
    month_limits,
    trend,
    year_limits,
)
from waypost.reports.model import Block, Cell, Chart, Number, Point, Row, Section, Series, Table
from waypost.reports.numbers import Numbers, Place, months
from waypost.reports.prose import Prose
from waypost.reports.tables import cell, children_in, counted, interval, table, with_base
from waypost.reports.words import STATUS_WORDS, count_words, day_words, month_words, value_words

RATES = ("referral_rate", "rereferral_rate", "sa_rate", "s47_rate", "icpc_rate", "cpp_start_rate", "cpp_rate")
NO_STRATEGY = "Strategy discussions are not in the census, so the enquiry is the first step that is counted."
TWO_SHARES = (
    "The share of enquiries follows each enquiry to its own conference. Conferences over enquiries sets those of the "
    "year against each other, as published figures do, and can be above 100%."
)
NO_LONGER = "Initial and core assessments are no longer measured: single assessments took their place."
NOT_COUNTS = "Rates let authorities of different size be compared; counts do not."


def referrals(numbers: Numbers) -> Section:
    """4.1"""
    prose = Prose("referrals", numbers)
    return Section("referrals", "Referrals and assessments", (*prose.paragraphs(), _referrals_table(numbers)))


def _referrals_table(numbers: Numbers) -> Table:
    wanted = (
        ("referrals", "Referrals"),
        ("rereferral_12m", "Referrals within 12 months of an earlier one"),
        ("sa_count", "Assessments completed"),
        ("sa_45wd", "Assessments completed within 45 working days"),
    )
    years = (numbers.year.before(), numbers.year)
    others = [place for place in numbers.places if place.kind != "own"]

    def row(indicator: str, head: str) -> Row:
        own = [numbers.own(indicator, year) for year in years]
        beside = [numbers.beside(indicator, place) for place in others]
        return Row(head, tuple(with_base(number) for number in own + beside))

    return table(
        "referrals-table",
        "Referrals and assessments",
        unit="Number or, where it says per cent, share; under a share the count and what it is out of, where known",
        period=f"Years to 31 March; {numbers.year} unless the column says otherwise",
        base="All referrals received, and all assessments authorised, in the year",
        head="Measure",
        columns=[*[f"{numbers.name} {year}" for year in years], *[place.name for place in others]],
        rows=[row(*each) for each in wanted],
        notes=[NOT_COUNTS, *care(numbers, [indicator for indicator, _ in wanted])],
    )


def funnel(numbers: Numbers) -> Section:
    """4.2"""
    beside = [
        (place.name, numbers.beside("icpc_15wd", place), numbers.beside("icpc_to_cpp", place))
        for place in numbers.places
        if place.kind == "named" and numbers.is_counted(place)
    ]
    prose = Prose("funnel", numbers, {"beside_us": beside})
    held = _funnel_table(numbers)
    return Section("funnel", "From concern to plan", (*prose.paragraphs(), held, *_funnel_chart(numbers, prose, held)))


def _funnel_table(numbers: Numbers) -> Table:
    """Each step with its count, and under it the share that it is of the step before."""

    def row(head: str, indicator: str, show: Callable[[Number], Cell] = cell, **group: str) -> Row:
        return Row(head, tuple(_step(numbers, place, indicator, show, group) for place in numbers.places))

    rows = [
        row("Strategy discussions", "strategy_discussions"),
        row("Share of strategy discussions that began an enquiry", "strategy_to_s47"),
        row("Section 47 enquiries begun", "s47_count"),
        row("Enquiries that led to an initial conference", "s47_to_icpc", counted, version="cohort"),
        row("Share of enquiries that led to an initial conference", "s47_to_icpc", version="cohort"),
        row("Initial conferences, each child counted", "icpc_count"),
        row("Initial conferences that followed an enquiry", "s47_to_icpc", counted, version="period"),
        row("Conferences after an enquiry, over enquiries begun", "s47_to_icpc", version="period"),
        row("Conferences held within 15 working days", "icpc_15wd", counted),
        row("Share of conferences after an enquiry held in 15 working days", "icpc_15wd"),
        row("Initial conferences that led to a plan", "icpc_to_cpp", counted),
        row("Share of initial conferences that led to a plan", "icpc_to_cpp"),
    ]
    return table(
        "funnel-table",
        "From enquiry to conference to plan",
        unit="Number of children, and share where it says per cent",
        period=f"Year to {day_words(numbers.year.end)}",
        base="Enquiries begun and conferences held in the year; each child of a family is counted",
        head="Step",
        columns=[place.name for place in numbers.places],
        rows=rows,
        notes=[NO_STRATEGY, TWO_SHARES, *care(numbers, ["s47_to_icpc", "icpc_15wd"])],
    )


def _step(
    numbers: Numbers, place: Place, indicator: str, show: Callable[[Number], Cell], group: Mapping[str, str]
) -> Cell:
    if numbers.is_counted(place) or place.kind == "own":
        return show(numbers.beside(indicator, place, **group))
    is_published = show is cell and group.get("version") != "cohort"
    published = numbers.beside(indicator, place) if is_published else None
    return cell(published) if published and published.origin else Cell("not published")


def _funnel_chart(numbers: Numbers, prose: Prose, held: Table) -> Iterable[Chart]:
    steps = (
        ("Section 47 enquiries begun", numbers.own("s47_count"), False),
        ("Initial conferences", numbers.own("icpc_count"), False),
        ("Held within 15 working days", numbers.own("icpc_15wd"), True),
        ("Led to a plan", numbers.own("icpc_to_cpp"), True),
    )
    if not all(number.is_known for _, number, _ in steps):
        return
    points = tuple(Point(name, number.numerator if part else number.value) for name, number, part in steps)
    shown = [number for _, number, _ in steps]
    series = (Series(numbers.name, points),)
    yield chart("funnel-chart", "bars", prose, held, series, shown, unit="count", axis="Number of children")


def rate(numbers: Numbers) -> Section:
    """4.3"""
    beside = [numbers.beside("cpp_rate", place) for place in _boroughs(numbers) if place.kind != "own"]
    prose = Prose("rate", numbers, {"beside_us": beside})
    held = rate_table(numbers, "cpp_rate", "rate-table", "Children on plans for each 10,000 children aged 0 to 17")
    ours, each = trend(numbers, "cpp_rate", "rate-chart", prose, held), _boroughs_chart(numbers, held)
    return Section("rate", "Rate of children on plans", (*prose.paragraphs(), *ours, held, *each))


def _boroughs(numbers: Numbers) -> list[Place]:
    """The authority, and those beside it that are counted from their own files."""
    return [place for place in numbers.places if place.kind == "own" or place.key in numbers.filed]


def _boroughs_chart(numbers: Numbers, held: Table) -> Iterable[Chart]:
    """Each borough's five years to one scale, where there is more than one."""
    years, places = numbers.years(), _boroughs(numbers)
    lines = {place.name: [numbers.beside_then("cpp_rate", place, year) for year in years] for place in places}
    shown = [number for line in lines.values() for number in line]
    if len(lines) < 2 or not any(number.is_known for number in shown):
        return
    prose = Prose("boroughs", numbers, {"last": [line[-1] for line in lines.values()]})
    series = tuple(
        Series(name, tuple(Point(f"{n.period.year.ends}", n.value if n.is_known else None) for n in line), "plain")
        for name, line in lines.items()
    )
    unit = shown[0].unit
    yield chart("boroughs-chart", "panels", prose, held, series, shown, unit=unit, axis=held.unit)


def rate_table(numbers: Numbers, indicator: str, key: str, title: str) -> Table:
    """An indicator over five years: the authority, those beside it, and the range of its neighbours."""
    years = numbers.years()
    rows = [
        Row(place.name, tuple(cell(numbers.beside_then(indicator, place, year)) for year in years))
        for place in numbers.places
    ]
    own = [numbers.own(indicator, year) for year in years]
    limits = year_limits(own)
    rows[1:1] = [Row(INTERVAL, tuple(map(interval, own)), hint=numbers.name), *limits_row(limits, numbers.name)]
    rows += _ends(numbers, indicator, years)
    rows += [row for place in _boroughs(numbers) for row in _made_from(numbers, indicator, place, years)]
    return table(
        key,
        title,
        unit="Rate for each 10,000 children aged 0 to 17",
        period=f"At 31 March, {years[0].ends} to {years[-1].ends}",
        base=_population_words(numbers.own(indicator)),
        head="Area",
        columns=[f"31 March {year.ends}" for year in years],
        rows=rows,
        notes=[
            INTERVAL_NOTE,
            *limits_note(limits),
            "Neighbours is the plain mean of the neighbours that have a figure.",
            *care(numbers, [indicator]),
        ],
    )


def _made_from(numbers: Numbers, indicator: str, place: Place, years: Iterable[FinancialYear]) -> Iterable[Row]:
    """The counts and the populations that a place's rates were made from."""
    rates = [numbers.beside_then(indicator, place, year) for year in years]
    yield Row("Children on plans", tuple(_count_of(number) for number in rates), hint=place.name)
    yield Row("Children aged 0 to 17", tuple(map(children_in, _populations(numbers, rates))), hint=place.name)


def _populations(numbers: Numbers, rates: Iterable[Number]) -> Iterable[Population | None]:
    for number in rates:
        is_own = number.place == numbers.name
        yield numbers.population(number.period.year) if is_own else number.population


def _ends(numbers: Numbers, indicator: str, years: Iterable[FinancialYear]) -> list[Row]:
    ends = [numbers.neighbour_ends(indicator, year) for year in years]
    if not any(ends):
        return []
    names = ("Lowest neighbour", "Highest neighbour")
    return [
        Row(name, tuple(cell(pair[side]) if pair else Cell("not available") for pair in ends))
        for side, name in enumerate(names)
    ]


def _count_of(number: Number) -> Cell:
    return Cell(count_words(number.numerator), number)


def _population_words(number: Number) -> str:
    if number.population is None:
        return "Children aged 0 to 17; no estimate of their number is held"
    source = {"ons": "Office for National Statistics", "given": "as given for this report"}.get(
        number.population.source, "invented, for demonstration"
    )
    named = f"{number.population.estimate} estimate" if number.population.estimate else "number"
    count = count_words(number.population.value)
    return f"{count} children aged 0 to 17 ({named}, {source}) for {number.place} {number.period.year}"


def change(numbers: Numbers) -> Section:
    """4.4"""
    opening, closing = opening_count(numbers), numbers.own("cpp_at_date")
    prose = Prose("change", numbers, {"opening": opening, "closing": closing})
    blocks: tuple[Block, ...] = (*prose.paragraphs(), _change_table(numbers, opening))
    if numbers.year not in numbers.files:
        return Section("change", "Change in the year", blocks)
    line = [opening, *(numbers.at("cpp_at_date", month) for month in months(numbers.year))]
    limits = month_limits(line, [month_words(number.period.end) for number in line])
    held = _months_table(numbers, line, limits)
    picture = _months_chart(line, prose, held, limits)
    return Section("change", "Change in the year", (*blocks, picture, held))


def opening_count(numbers: Numbers) -> Number:
    """Plans that the year's own file has open at the close of the day before the year."""
    opening = numbers.own("cpp_at_date", numbers.year, **OPENING)
    return replace(opening, period=periods(numbers.year.before(), "year")[0])


def _change_table(numbers: Numbers, opening: Number) -> Table:
    lines = (
        (f"Plans open at the close of {day_words(opening.period.end)}", opening),
        ("Plans started in the year", numbers.own("cpp_starts")),
        ("Plans ended in the year", numbers.own("cpp_ends")),
        ("Net change: started less ended", numbers.own("cpp_net")),
    )
    closing = Row(f"Plans open at {day_words(numbers.year.end)}", (cell(numbers.own("cpp_at_date")),), is_total=True)
    return table(
        "change-table",
        "Plans open, started and ended",
        unit="Number of plans",
        period=f"Year to {day_words(numbers.year.end)}",
        base="All the authority's own plans in the census file of the year",
        head="Count",
        columns=[str(numbers.year)],
        rows=[*(Row(head, (cell(number),)) for head, number in lines), closing],
        notes=[_opening_note(opening, numbers.own("cpp_at_date", numbers.year.before()))],
    )


def _opening_note(opening: Number, before: Number) -> str:
    checked = "Opening, with those started, less those ended, was checked to make the closing count in every month."
    if opening.value is None or before.value is None:
        return f"{checked} The opening count is that of the year's own file."
    if before.value == opening.value:
        return f"{checked} The opening count is the same as the closing count in the file of the year before."
    return (
        f"{checked} The opening count is that of the year's own file. The file of the year before gave "
        f"{value_words(before.value, 'count')} for the same day; records have been put right since."
    )


def _months_table(numbers: Numbers, line: Sequence[Number], limits: Limits | None) -> Table:
    """A row a month; `line` holds the plans open at the start of the year and at the end of each month."""
    names = ("cpp_starts", "cpp_ends")
    rows = [
        Row(
            f"{closing.period.end:%B %Y}",
            (cell(before), *(cell(numbers.at(name, closing.period)) for name in names), cell(closing)),
        )
        for before, closing in pairwise(line)
    ]
    if limits:
        rows.append(Row(CONTROL, (*[Cell(STATUS_WORDS["not_applicable"])] * 3, Cell(limits.words[-1]))))
    return table(
        "months-table",
        "Plans by month",
        unit="Number of plans",
        period=f"April {numbers.year.start.year} to March {numbers.year.ends}",
        base="All the authority's own plans in the census file of the year",
        head="Month",
        columns=["Open at the start", "Started", "Ended", "Open at the end"],
        rows=rows,
        notes=["Each month opens with the number that the month before closed with.", *limits_note(limits, "counts")],
    )


def _months_chart(line: Sequence[Number], prose: Prose, held: Table, limits: Limits | None) -> Chart:
    points = tuple(Point(month_words(number.period.end), number.value) for number in line)
    series = (Series("Plans open", points),)
    axis = "Plans open at the start of the year and at each month end"
    return chart("months-chart", "trend", prose, held, series, line, unit="count", axis=axis, limits=limits)


def rates(numbers: Numbers) -> Section:
    """4.5"""
    prose = Prose("rates", numbers)
    return Section("rates", "Comparative rates", (*prose.paragraphs(), _rates_table(numbers)))


def _rates_table(numbers: Numbers) -> Table:
    def row(indicator: str) -> Row:
        beside = [numbers.beside(indicator, place) for place in numbers.places]
        own, *others = (with_base(number) for number in beside)
        return Row(beside[0].name, (own, interval(beside[0]), *others))

    own, *others = (_children_of(numbers, place) for place in numbers.places)
    children = Row("Children aged 0 to 17", (own, Cell(STATUS_WORDS["not_applicable"]), *others))
    return table(
        "rates-table",
        "Rates from referral to plan",
        unit="Rate for each 10,000 children aged 0 to 17, and under it the count it was made from, where known",
        period=f"Year to, or at, {day_words(numbers.year.end)}",
        base=_population_words(numbers.own("cpp_rate")),
        head="Rate of",
        columns=[numbers.name, f"{numbers.name}, {INTERVAL}", *[place.name for place in numbers.places[1:]]],
        rows=[*map(row, RATES), children],
        notes=[INTERVAL_NOTE, NO_LONGER, *care(numbers, RATES)],
    )


def _children_of(numbers: Numbers, place: Place) -> Cell:
    if numbers.is_counted(place) or place.kind == "own":
        return children_in(next(iter(_populations(numbers, [numbers.beside("cpp_rate", place)]))))
    return Cell("as published")
