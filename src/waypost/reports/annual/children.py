"""Who the children on plans are, and what assessments found."""

from __future__ import annotations

from dataclasses import replace

from waypost.domain.bands import UNKNOWN
from waypost.domain.codes import ASSESSMENT_FACTORS
from waypost.reports.annual.shared import chart, leaders
from waypost.reports.model import Cell, Chart, Column, Number, Point, Row, Section, Series, Table
from waypost.reports.numbers import Numbers
from waypost.reports.prose import Prose
from waypost.reports.tables import cell, counted, out_of, table
from waypost.reports.words import day_words, listed, number_words

SEX_WORDS = {"male": "Boys", "female": "Girls", UNKNOWN: "Not known, or not yet born"}
ETHNICITY_WORDS = {
    "white": "White",
    "mixed": "Mixed",
    "asian": "Asian or Asian British",
    "black": "Black or Black British",
    "other": "Any other ethnic group",
    UNKNOWN: "Not known or not given",
}
FACTORS_DRAWN, FACTORS_NAMED = 10, 3
FACTORS_ELSEWHERE = (
    "Published figures give these as a share of the episodes with any factor, so none stands beside them here."
)


def sex(numbers: Numbers) -> Section:
    prose = Prose("sex", numbers)
    rows = _split_rows(numbers, "cpp_by_sex", "sex", SEX_WORDS)
    held = _split_table(numbers, "sex-table", "Sex of children on plans", "Children on plans at the date", rows)
    return Section("sex", "Girls and boys", (*prose.paragraphs(), held))


def ethnicity(numbers: Numbers) -> Section:
    groups = _ethnic_groups(numbers)
    prose = Prose("ethnicity", numbers, {"largest": leaders(groups)})
    *known, unknown = _split_rows(numbers, "cpp_by_ethnicity", "ethnicity", ETHNICITY_WORDS)
    base = "Children on plans whose ethnic group is known; for those not known, all children on plans"
    rows = [*known, _known_row(numbers), unknown]
    held = _split_table(numbers, "ethnicity-table", "Ethnic group of children on plans", base, rows)
    return Section("ethnicity", "Ethnic group", (*prose.paragraphs(), *_ethnicity_chart(groups, prose, held), held))


def _known_row(numbers: Numbers) -> Row:
    """Those whose ethnic group is known, out of whom each group is a share."""
    shares = [numbers.own("cpp_by_ethnicity", year, ethnicity="white") for year in numbers.years(2)]
    return Row("Ethnic group known", tuple(each for share in shares for each in (out_of(share), _whole(share))))


def disability(numbers: Numbers) -> Section:
    prose = Prose("disability", numbers)
    years = (numbers.year.before(), numbers.year)
    own = [numbers.own("cpp_disabled", year) for year in years]
    held = table(
        "disability-table",
        "Children on plans with a recorded disability",
        unit="Number of children, and share in per cent",
        period=f"At {listed([day_words(year.end) for year in years])}",
        base="All children on plans at the date",
        head="Count",
        columns=[day_words(year.end) for year in years],
        rows=[
            Row("With a recorded disability", tuple(map(counted, own))),
            Row("All children on plans", tuple(map(out_of, own))),
            Row("Share with a recorded disability", tuple(map(cell, own)), is_total=True),
        ],
        notes=["A child with no disability recorded is counted as not disabled, so the true share may be higher."],
    )
    return Section("disability", "Disabled children", (*prose.paragraphs(), held))


def _split_rows(numbers: Numbers, indicator: str, split: str, names: dict[str, str]) -> list[Row]:
    """Each value of a split, at the 31 March before and at this one: the count, and its share."""

    def row(value: str, name: str) -> Row:
        held = [numbers.own(indicator, year, **{split: value}) for year in numbers.years(2)]
        return Row(name, tuple(each for number in held for each in (counted(number), cell(number))))

    return [row(value, name) for value, name in names.items()]


def _split_table(numbers: Numbers, key: str, title: str, base: str, rows: list[Row]) -> Table:
    """Those rows, with all children on plans under them."""
    days = [day_words(year.end) for year in numbers.years(2)]
    totals = [numbers.own("cpp_at_date", year) for year in numbers.years(2)]
    whole = tuple(each for number in totals for each in (cell(number), _whole(number)))
    return table(
        key,
        title,
        unit="Number of children, and share in per cent",
        period=f"At {listed(days)}",
        base=base,
        head="Group",
        columns=[Column(part, group=day) for day in days for part in ("Number", "Share")],
        rows=[*rows, Row("All children on plans", whole, is_total=True)],
        notes=["Shares may not add up to 100% because each is rounded."],
    )


def _whole(number: Number) -> Cell:
    return Cell("100%" if number.is_known else number_words(number))


def _ethnic_groups(numbers: Numbers) -> list[tuple[str, Number]]:
    """Each group that is known, the largest first."""
    known = ((name, value) for value, name in ETHNICITY_WORDS.items() if value != UNKNOWN)
    groups = [(name, numbers.own("cpp_by_ethnicity", ethnicity=value)) for name, value in known]
    return sorted(groups, key=lambda group: -(group[1].value or 0))


def _ethnicity_chart(groups: list[tuple[str, Number]], prose: Prose, held: Table) -> tuple[Chart, ...]:
    if not all(number.is_known for _, number in groups):
        return ()
    series = Series(groups[0][1].place, tuple(Point(name, number.value) for name, number in groups))
    shown = [number for _, number in groups]
    drawn = chart("ethnicity-chart", "bars", prose, held, (series,), shown, unit="percent")
    return (replace(drawn, period=f"At {day_words(shown[0].period.end)}"),)


def factors(numbers: Numbers) -> Section:
    found = _found(numbers)
    words = {
        "commonest": leaders(((name, now) for name, _, now in found), most=FACTORS_NAMED),
        "most": leaders((name, now) for name, _, now in found),
    }
    prose = Prose("factors", numbers, words)
    held = _factor_table(numbers, found)
    return Section("factors", "What assessments found", (*prose.paragraphs(), *_factor_chart(prose, held, found), held))


Found = tuple[str, Number, Number]


def _found(numbers: Numbers) -> list[Found]:
    """Each factor by name, last year and this, the most frequent this year first."""
    before, now = numbers.years(2)
    found = [
        (
            _factor_words(code, name),
            numbers.own("assess_factors", before, factor=code),
            numbers.own("assess_factors", now, factor=code),
        )
        for code, name in ASSESSMENT_FACTORS.items()
    ]
    return sorted(found, key=lambda each: -(each[2].numerator or 0))


def _factor_words(code: str, name: str) -> str:
    return f"{name[0].upper()}{name[1:]} ({code})"


def _factor_table(numbers: Numbers, found: list[Found]) -> Table:
    seen = [each for each in found if _is_found(each[1]) or _is_found(each[2])] or found
    never = [name for name, before, now in found if now.is_known and not (_is_found(before) or _is_found(now))]
    left_out = [f"Not found in either year: {listed(never)}."] if never and len(seen) < len(found) else []
    return table(
        "factors-table",
        "Factors found at assessment",
        unit="Number of episodes, and rate for each 10,000 children aged 0 to 17",
        period=f"Years to 31 March, {numbers.year.ends - 1} and {numbers.year.ends}",
        base="Episodes with an assessment completed in the year; an assessment can find several factors",
        head="Factor (census code)",
        columns=[Column(part, group=str(year)) for year in numbers.years(2) for part in ("Number", "Rate")],
        rows=[Row(name, (counted(before), cell(before), counted(now), cell(now))) for name, before, now in seen],
        notes=[FACTORS_ELSEWHERE, *left_out],
    )


def _is_found(number: Number) -> bool:
    """Whether it was found at all: nought is never withheld."""
    return bool(number.numerator) or number.status == "suppressed"


def _factor_chart(prose: Prose, held: Table, found: list[Found]) -> tuple[Chart, ...]:
    most = [(name, now) for name, _, now in found[:FACTORS_DRAWN] if now.is_known and now.numerator]
    if not most:
        return ()
    series = Series(most[0][1].place, tuple(Point(name, number.numerator) for name, number in most))
    shown = [number for _, number in most]
    drawn = chart("factors-chart", "bars", prose, held, (series,), shown, unit="count", axis="Number of episodes")
    return (replace(drawn, period=f"Year to {day_words(shown[0].period.end)}"),)
