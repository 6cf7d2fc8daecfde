"""Sections 4.1 to 4.5: from referral to plan, how many plans there are, and how that compares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from waypost.domain.periods import FinancialYear, periods
from waypost.reports.annual.reconciliation import Flow
from waypost.reports.annual.shared import care, chart, hint, trend
from waypost.reports.model import Block, Cell, Chart, Number, Point, Row, Section, Series, Table
from waypost.reports.numbers import Numbers, Place, months
from waypost.reports.prose import Prose
from waypost.reports.tables import cell, children_in, table
from waypost.reports.words import count_words, day_words, month_words, value_words

RATES = ("referral_rate", "rereferral_rate", "sa_rate", "s47_rate", "icpc_rate", "cpp_start_rate", "cpp_rate")
TWO_SHARES = (
    "The first share follows each enquiry to its own conference; the second sets the conferences of the year against "
    "the enquiries of the year, as published figures do, and can be above 100%."
)
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
        return Row(head, tuple(cell(number) for number in own + beside), hint=hint(numbers, own[-1]))

    return table(
        "referrals-table",
        "Referrals and assessments",
        unit="Number, and share where it says per cent",
        period=f"Years to 31 March; {numbers.year} unless the column says otherwise",
        base="All referrals received, and all assessments authorised, in the year",
        head="Measure",
        columns=[*[f"{numbers.name} {year}" for year in years], *[place.name for place in others]],
        rows=[row(*each) for each in wanted],
        notes=[NOT_COUNTS, *care(numbers, [indicator for indicator, _ in wanted])],
    )


def funnel(numbers: Numbers) -> Section:
    """4.2"""
    prose = Prose("funnel", numbers)
    held = _funnel_table(numbers)
    return Section("funnel", "From concern to plan", (*prose.paragraphs(), held, *_funnel_chart(numbers, prose, held)))


def _funnel_table(numbers: Numbers) -> Table:
    def row(head: str, indicator: str, **group: str) -> Row:
        own = numbers.own(indicator, **group)
        is_compared = group.get("version") != "cohort"
        cells = [
            cell(own) if place.kind == "own" else _compared(numbers, indicator, place, is_compared)
            for place in numbers.places
        ]
        return Row(head, tuple(cells), hint=hint(numbers, own))

    rows = [
        row("Section 47 enquiries begun", "s47_count"),
        row("Enquiries that led to an initial conference", "s47_to_icpc", version="cohort"),
        row("Conferences after an enquiry, over enquiries begun", "s47_to_icpc", version="period"),
        row("Initial conferences, each child counted", "icpc_count"),
        row("Conferences held within 15 working days", "icpc_15wd"),
        row("Conferences that led to a plan", "icpc_to_cpp"),
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
        notes=[
            "Strategy discussions are not in the census, so the enquiry is the first step shown.",
            TWO_SHARES,
            *care(numbers, ["s47_to_icpc", "icpc_15wd"]),
        ],
    )


def _compared(numbers: Numbers, indicator: str, place: Place, is_compared: bool) -> Cell:
    if not is_compared:
        return Cell("not published")
    return cell(numbers.beside(indicator, place))


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
    prose = Prose("rate", numbers)
    held = rate_table(numbers, "cpp_rate", "rate-table", "Children on plans for each 10,000 children aged 0 to 17")
    picture = trend(numbers, "cpp_rate", "rate-chart", prose, held)
    return Section("rate", "Rate of children on plans", (*prose.paragraphs(), *picture, held))


def rate_table(numbers: Numbers, indicator: str, key: str, title: str) -> Table:
    """An indicator over five years: the authority, the range of its neighbours, and those beside it."""
    years = numbers.years()
    own = [numbers.own(indicator, year) for year in years]
    rows = [Row(numbers.name, tuple(cell(number) for number in own))]
    rows += [
        Row(place.name, tuple(cell(numbers.beside_then(indicator, place, year)) for year in years))
        for place in numbers.places
        if place.kind != "own"
    ]
    rows += _ends(numbers, indicator, years)
    rows += [
        Row("Children on plans", tuple(_count_of(number) for number in own), hint=numbers.name),
        Row("Children aged 0 to 17", tuple(_population_in(numbers, year) for year in years), hint=numbers.name),
    ]
    return table(
        key,
        title,
        unit="Rate for each 10,000 children aged 0 to 17",
        period=f"At 31 March, {years[0].ends} to {years[-1].ends}",
        base=_population_words(own[-1]),
        head="Area",
        columns=[f"31 March {year.ends}" for year in years],
        rows=rows,
        notes=["Neighbours is the plain mean of the neighbours that have a figure.", *care(numbers, [indicator])],
    )


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


def _population_in(numbers: Numbers, year: FinancialYear) -> Cell:
    return children_in(numbers.population(year))


def _population_words(number: Number) -> str:
    if number.population is None:
        return "Children aged 0 to 17; no estimate of their number is held"
    source = {"ons": "Office for National Statistics", "given": "as given for this report"}.get(
        number.population.source, "invented, for demonstration"
    )
    named = f"{number.population.estimate} estimate" if number.population.estimate else "number"
    count = count_words(number.population.value)
    return f"{count} children aged 0 to 17 ({named}, {source}) for {number.place} {number.period.year}"


def change(numbers: Numbers, flow: Flow | None, parts: tuple[Flow, ...]) -> Section:
    """4.4"""
    opening, closing = opening_count(numbers, flow), numbers.own("cpp_at_date")
    prose = Prose("change", numbers, {"opening": opening, "closing": closing})
    blocks: tuple[Block, ...] = (*prose.paragraphs(), _change_table(numbers, flow, opening))
    if flow is None:
        return Section("change", "Change in the year", blocks)
    held = _months_table(numbers, parts)
    return Section("change", "Change in the year", (*blocks, _months_chart(numbers, opening, prose, held), held))


def opening_count(numbers: Numbers, flow: Flow | None) -> Number:
    """Plans that the year's own file has open at the close of the day before the year."""
    closing = numbers.own("cpp_at_date")
    count = flow.opening if flow else None
    before = periods(numbers.year.before(), "year")[0]
    status = closing.status if flow else "not_available"
    return replace(closing, period=before, value=count, numerator=count, status=status)


def _change_table(numbers: Numbers, flow: Flow | None, opening: Number) -> Table:
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
        notes=[_opening_note(flow, numbers.own("cpp_at_date", numbers.year.before()))],
    )


def _opening_note(flow: Flow | None, before: Number) -> str:
    checked = "Opening, with those started, less those ended, was checked to make the closing count in every month."
    if flow is None or before.value is None:
        return f"{checked} The opening count is that of the year's own file."
    if before.value == flow.opening:
        return f"{checked} The opening count is the same as the closing count in the file of the year before."
    return (
        f"{checked} The opening count is that of the year's own file. The file of the year before gave "
        f"{value_words(before.value, 'count')} for the same day; records have been put right since."
    )


def _months_table(numbers: Numbers, parts: tuple[Flow, ...]) -> Table:
    names = ("cpp_starts", "cpp_ends", "cpp_at_date")
    rows = [
        Row(
            f"{part.period.end:%B %Y}",
            (Cell(count_words(part.opening)), *(cell(numbers.at(name, part.period)) for name in names)),
        )
        for part in parts
    ]
    return table(
        "months-table",
        "Plans by month",
        unit="Number of plans",
        period=f"April {numbers.year.start.year} to March {numbers.year.ends}",
        base="All the authority's own plans in the census file of the year",
        head="Month",
        columns=["Open at the start", "Started", "Ended", "Open at the end"],
        rows=rows,
        notes=["Each month opens with the number that the month before closed with."],
    )


def _months_chart(numbers: Numbers, opening: Number, prose: Prose, held: Table) -> Chart:
    line = [opening, *(numbers.at("cpp_at_date", month) for month in months(numbers.year))]
    points = tuple(Point(month_words(number.period.end), number.value) for number in line)
    series = (Series("Plans open", points),)
    axis = "Plans open at the start of the year and at each month end"
    return chart("months-chart", "trend", prose, held, series, line, unit="count", axis=axis)


def rates(numbers: Numbers) -> Section:
    """4.5"""
    prose = Prose("rates", numbers)
    return Section("rates", "Comparative rates", (*prose.paragraphs(), _rates_table(numbers)))


def _rates_table(numbers: Numbers) -> Table:
    def row(indicator: str) -> Row:
        own = numbers.own(indicator)
        beside = [numbers.beside(indicator, place) for place in numbers.places]
        hint = f"{numbers.name}: {count_words(own.numerator)}" if own.is_known else ""
        return Row(own.name, tuple(cell(number) for number in beside), hint=hint)

    return table(
        "rates-table",
        "Rates from referral to plan",
        unit="Rate for each 10,000 children aged 0 to 17",
        period=f"Year to, or at, {day_words(numbers.year.end)}",
        base=_population_words(numbers.own("cpp_rate")),
        head="Rate of",
        columns=[place.name for place in numbers.places],
        rows=[row(indicator) for indicator in RATES],
        notes=[f"The count under each name is that of {numbers.name}.", *care(numbers, RATES)],
    )
