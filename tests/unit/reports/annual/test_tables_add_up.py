"""The tables 4.1 to 4.8 of the three invented authorities add up, as a member with a pencil would find them to.

Only what is printed is read: the words of the cells. What must make what is written here by hand, from the layout of
the report that the tables follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest

from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.domain.periods import FinancialYear
from waypost.reports.annual import build
from waypost.reports.model import Report

BOROUGHS = {"991": "Ashdown", "992": "Brookvale", "993": "Calder"}
YEAR = FinancialYear(2026)
NOT_KNOWN = "not available"


@dataclass(frozen=True)
class Printed:
    """A table as it is printed: its columns, and by the name of each row (with its hint) the words of its cells."""

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    beneath: Mapping[str, tuple[str, ...]]

    def count(self, row: str, column: str) -> int:
        return whole(self.words(row, column))

    def share(self, row: str, column: str) -> Decimal:
        return Decimal(self.words(row, column).removesuffix("%").replace(",", ""))

    def words(self, row: str, column: str) -> str:
        return self.rows[row][self.columns.index(column)]

    def under(self, row: str, column: str) -> str:
        return self.beneath[row][self.columns.index(column)]


def whole(words: str) -> int:
    return int(words.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def rounded(top: int, bottom: int, per: int = 100) -> Decimal:
    """The share or rate to one decimal, halves up, worked out without any of the program's own sums."""
    return (Decimal(top) * per / Decimal(bottom)).quantize(Decimal("0.1"), ROUND_HALF_UP)


Tables = Callable[[str], Printed]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The demonstration's report of each authority, with the other two beside it from their own files."""
    folder = tmp_path_factory.mktemp("census")
    held = {code: read(census.write(folder / code, authority=code, seed=1)) for code in BOROUGHS}
    others = {code: tuple(held[other] for other in BOROUGHS if other != code) for code in BOROUGHS}
    return {code: build(held[code], YEAR, beside=others[code]) for code in BOROUGHS}


def of(report: Report) -> Tables:
    def printed(key: str) -> Printed:
        table = next(table for table in report.tables if table.key == key)
        names = [f"{row.head}, {row.hint}" if row.hint else row.head for row in table.rows]
        assert len(set(names)) == len(names)
        return Printed(
            tuple(column.words for column in table.columns),
            {name: tuple(cell.words for cell in row.cells) for name, row in zip(names, table.rows, strict=True)},
            {name: tuple(cell.beneath for cell in row.cells) for name, row in zip(names, table.rows, strict=True)},
        )

    return printed


@pytest.fixture(params=BOROUGHS, ids=BOROUGHS.values())
def whose(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def name(whose: str) -> str:
    return BOROUGHS[whose]


@pytest.fixture
def tables(reports: dict[str, Report], whose: str) -> Tables:
    return of(reports[whose])


# ---------------------------------------------------------------- side by side


@pytest.mark.parametrize("key", ["funnel-table", "rates-table"])
def test_the_boroughs_stand_first_then_neighbours_london_and_england(tables: Tables, name: str, key: str) -> None:
    others = [other for other in BOROUGHS.values() if other != name]
    places = [column for column in tables(key).columns if not column.endswith("interval")]
    assert places == [name, *others, "Neighbours", "London", "England"]


@pytest.mark.parametrize("key", ["funnel-table", "rates-table"])
def test_a_borough_has_the_same_column_in_every_report(reports: dict[str, Report], name: str, key: str) -> None:
    columns = set()
    for report in reports.values():
        held = of(report)(key)
        columns.add(tuple((row, held.words(row, name), held.under(row, name)) for row in held.rows))
    assert len(columns) == 1


def test_a_borough_has_the_same_five_years_of_rates_in_every_report(reports: dict[str, Report], name: str) -> None:
    assert len({of(report)("rate-table").rows[name] for report in reports.values()}) == 1


# ---------------------------------------------------------------- 4.1 and 4.2: from referral to plan


@pytest.mark.parametrize(
    ("share", "base"),
    [
        ("Referrals within 12 months of an earlier one", "Referrals"),
        ("Assessments completed within 45 working days", "Assessments completed"),
    ],
)
def test_shares_of_referrals_and_assessments_are_of_the_counts_above(
    tables: Tables, name: str, share: str, base: str
) -> None:
    held = tables("referrals-table")
    others = [other for other in BOROUGHS.values() if other != name]
    for column in (f"{name} 2024-25", f"{name} 2025-26", *others):
        top, bottom = map(whole, held.under(share, column).split(" of "))
        assert held.share(share, column) == rounded(top, bottom)
        assert bottom == held.count(base, column)


FUNNEL = {
    "Share of enquiries that led to an initial conference": (
        "Enquiries that led to an initial conference",
        "Section 47 enquiries begun",
    ),
    "Conferences after an enquiry, over enquiries begun": (
        "Initial conferences that followed an enquiry",
        "Section 47 enquiries begun",
    ),
    "Share of conferences after an enquiry held in 15 working days": (
        "Conferences held within 15 working days",
        "Initial conferences that followed an enquiry",
    ),
    "Share of initial conferences that led to a plan": (
        "Initial conferences that led to a plan",
        "Initial conferences, each child counted",
    ),
}


@pytest.mark.parametrize("borough", BOROUGHS.values())
@pytest.mark.parametrize("share", FUNNEL)
def test_each_share_of_the_funnel_is_made_from_two_counts_of_it(tables: Tables, borough: str, share: str) -> None:
    held, (top, bottom) = tables("funnel-table"), FUNNEL[share]
    assert held.share(share, borough) == rounded(held.count(top, borough), held.count(bottom, borough))


@pytest.mark.parametrize("borough", BOROUGHS.values())
def test_the_funnel_never_widens(tables: Tables, borough: str) -> None:
    held = tables("funnel-table")
    for top, bottom in FUNNEL.values():
        assert held.count(top, borough) <= held.count(bottom, borough)
    all_conferences = held.count("Initial conferences, each child counted", borough)
    assert held.count("Initial conferences that followed an enquiry", borough) <= all_conferences


@pytest.mark.parametrize("borough", BOROUGHS.values())
def test_what_a_census_does_not_hold_is_said_to_be_not_available(tables: Tables, borough: str) -> None:
    held = tables("funnel-table")
    for row in ("Strategy discussions", "Share of strategy discussions that began an enquiry"):
        assert held.words(row, borough) == NOT_KNOWN


# ---------------------------------------------------------------- 4.3 and 4.5: rates


@pytest.mark.parametrize("borough", BOROUGHS.values())
def test_five_years_of_rates_are_made_from_the_plans_and_children_below(tables: Tables, borough: str) -> None:
    held = tables("rate-table")
    assert len(held.columns) == 5
    for date in held.columns:
        plans = held.count(f"Children on plans, {borough}", date)
        children = held.count(f"Children aged 0 to 17, {borough}", date)
        assert held.share(borough, date) == rounded(plans, children, per=10_000)


@pytest.mark.parametrize("borough", BOROUGHS.values())
def test_comparative_rates_are_made_from_the_counts_under_them(tables: Tables, borough: str) -> None:
    held = tables("rates-table")
    children = held.count("Children aged 0 to 17", borough)
    rates = [row for row in held.rows if row.startswith("Rate of")]
    assert len(rates) == 7
    for row in rates:
        assert held.share(row, borough) == rounded(whole(held.under(row, borough)), children, per=10_000)


@pytest.mark.parametrize("borough", BOROUGHS.values())
def test_the_counts_under_the_rates_are_those_of_the_funnel_and_of_the_stock(tables: Tables, borough: str) -> None:
    rates, funnel, stock = tables("rates-table"), tables("funnel-table"), tables("rate-table")
    enquiries = funnel.count("Section 47 enquiries begun", borough)
    conferences = funnel.count("Initial conferences, each child counted", borough)
    plans = stock.count(f"Children on plans, {borough}", "31 March 2026")
    assert whole(rates.under("Rate of section 47 enquiries", borough)) == enquiries
    assert whole(rates.under("Rate of initial conferences", borough)) == conferences
    assert whole(rates.under("Rate of children on plans", borough)) == plans


def test_the_counts_under_the_rates_are_those_of_the_referrals_and_of_the_year(tables: Tables, name: str) -> None:
    rates, referrals, change = tables("rates-table"), tables("referrals-table"), tables("change-table")
    column = f"{name} 2025-26"
    assert whole(rates.under("Rate of referrals", name)) == referrals.count("Referrals", column)
    assert whole(rates.under("Rate of single assessments", name)) == referrals.count("Assessments completed", column)
    again = referrals.under("Referrals within 12 months of an earlier one", column).split(" of ")[0]
    assert rates.under("Rate of re-referrals", name) == again
    started = change.count("Plans started in the year", "2025-26")
    assert whole(rates.under("Rate of children added to plans", name)) == started


# ---------------------------------------------------------------- 4.4: opening, started, ended, closing


def test_the_year_goes_from_what_was_open_to_what_was_left_open(tables: Tables, name: str) -> None:
    opening, started, ended, net, closing = (whole(cells[0]) for cells in tables("change-table").rows.values())
    assert opening + started - ended == closing
    assert net == started - ended
    stock = tables("rate-table").rows[f"Children on plans, {name}"]
    assert closing == whole(stock[-1])


def test_each_month_opens_where_the_one_before_closed_and_the_months_make_the_year(tables: Tables) -> None:
    held = tables("months-table").rows
    months = [tuple(map(whole, cells)) for name, cells in held.items() if name.endswith((" 2025", " 2026"))]
    opening, started, ended, _, closing = (whole(cells[0]) for cells in tables("change-table").rows.values())
    assert len(months) == 12
    at = opening
    for first, begun, over, last in months:
        assert (first, last) == (at, at + begun - over)
        at = last
    assert at == closing
    assert (sum(month[1] for month in months), sum(month[2] for month in months)) == (started, ended)


# ---------------------------------------------------------------- 4.6 and 4.8: who the plans are for


def test_the_bands_of_time_on_plan_add_up_to_all_plans_at_each_date(tables: Tables) -> None:
    held = tables("lengths-table")
    assert list(held.rows) == [
        "Feb 2025", "Apr 2025", "Jun 2025", "Aug 2025", "Oct 2025", "Dec 2025", "Feb 2026", "Mar 2026",
    ]  # fmt: skip
    assert (len(held.columns), held.columns[-1]) == (8, "All")
    for *bands, everyone in held.rows.values():
        assert sum(map(whole, bands)) == whole(everyone)


def test_all_plans_of_a_month_are_those_left_open_in_it(tables: Tables) -> None:
    left = {month: cells[-1] for month, cells in tables("months-table").rows.items()}
    lengths = tables("lengths-table").rows
    full = {"Apr": "April", "Jun": "June", "Aug": "August", "Oct": "October", "Dec": "December", "Mar": "March"}
    shown = {f"{full[month[:3]]} {month[4:]}": cells[-1] for month, cells in lengths.items() if month[:3] in full}
    assert len(shown) == 6
    assert shown == {month: left[month] for month in shown}


@pytest.mark.parametrize(("key", "groups"), [("ages-table", 5), ("categories-table", 5)])
def test_each_split_adds_up_and_its_shares_are_of_all_plans(tables: Tables, key: str, groups: int) -> None:
    held = tables(key)
    assert list(held.rows) == ["31 March 2024", "31 October 2024", "30 April 2025", "31 October 2025", "31 March 2026"]
    assert len(held.columns) in (groups + 1, groups + 2)
    for date, (*counts, everyone) in held.rows.items():
        assert sum(map(whole, counts)) == whole(everyone)
        for count, under in zip(counts, held.beneath[date][:-1], strict=True):
            assert under == f"{rounded(whole(count), whole(everyone))}%"


def test_every_table_counts_the_same_plans_at_the_end(tables: Tables) -> None:
    closing = list(tables("change-table").rows.values())[-1][0]
    ends = [list(tables(key).rows.values())[-1][-1] for key in ("lengths-table", "ages-table", "categories-table")]
    assert ends == [closing] * 3
