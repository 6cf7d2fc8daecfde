"""From a dataset to figures: what is asked, what comes back, and that the parts add up to the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.oracle.random_census import write_files
from tests.spec.indicators.children import census, child, plan, referral
from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read
from waypost.domain.errors import PlainError, WrongUse
from waypost.domain.periods import GRIDS, FinancialYear, Grid, Period, periods
from waypost.indicators.calculate import calculate
from waypost.indicators.catalogue import CATALOGUE
from waypost.indicators.declare import Difference, Quartile, terms
from waypost.indicators.groups import FIELDS, LIVE_FIELDS
from waypost.indicators.registry import BY_ID
from waypost.indicators.results import Figure, Results

YEAR = FinancialYear(2025)
WHOLE = periods(YEAR, "year")[0]
RATES = {id for id in BY_ID if CATALOGUE[id].is_rate}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_files(tmp_path_factory.mktemp("random"), 1989, [2023, 2024, 2025, 2026], children=90)


@pytest.fixture(scope="module")
def dataset(files: list[Path]) -> Dataset:
    return read(files)


@pytest.fixture(scope="module")
def grouped(dataset: Dataset) -> Results:
    return calculate(dataset, YEAR, by="quarter", group_by=tuple(FIELDS))


def small(folder: Path, ends: int = 2025, authority: str = "991") -> Dataset:
    """Three children referred, each with a plan open at the year's end."""
    on = f"{ends - 1}-05-01"
    children = [child(f"A{number}", referral(on, plan(f"{ends - 1}-06-03"))) for number in range(3)]
    return read([census(ends, *children, authority=authority).write(folder)])


def answers(results: Results) -> dict[tuple[object, ...], Figure]:
    return {(figure.indicator, figure.period, *sorted(figure.group.items())): figure for figure in results}


# ---------------------------------------------------------------- what is asked


def test_an_unknown_indicator_is_refused_with_the_known_ones(dataset: Dataset) -> None:
    with pytest.raises(WrongUse) as refused:
        calculate(dataset, YEAR, only=["referrals", "ni66b"])
    assert "'ni66b'" in str(refused.value)
    assert all(id in str(refused.value) for id in CATALOGUE)


def test_an_unknown_field_is_refused_with_the_known_ones(dataset: Dataset) -> None:
    with pytest.raises(WrongUse) as refused:
        calculate(dataset, YEAR, group_by=["sex", "shoe_size"])
    assert "'shoe_size'" in str(refused.value)
    assert all(field in str(refused.value) for field in FIELDS)


@pytest.mark.parametrize("field", LIVE_FIELDS)
def test_a_field_of_the_live_record_is_refused_as_one(dataset: Dataset, field: str) -> None:
    with pytest.raises(WrongUse, match=f"{field} .*live record"):
        calculate(dataset, YEAR, group_by=[field])


@pytest.mark.parametrize("text", ["0000-01", "9999-00"])
def test_a_year_that_no_calendar_holds_is_refused_in_plain_words(dataset: Dataset, text: str) -> None:
    with pytest.raises(PlainError):
        calculate(dataset, FinancialYear.parse(text))


def test_figures_come_in_the_order_of_the_catalogue_whatever_is_asked_first(dataset: Dataset) -> None:
    asked = ["ni65", "cpp_starts", "ni62", "referrals", "cpp_starts"]
    results = calculate(dataset, YEAR, only=asked)
    assert [figure.indicator for figure in results] == [id for id in CATALOGUE if id in asked]
    every = dict.fromkeys(figure.indicator for figure in calculate(dataset, YEAR))
    assert list(every) == list(CATALOGUE)


def test_nothing_asked_for_is_nothing_given(dataset: Dataset) -> None:
    assert len(calculate(dataset, YEAR, only=[])) == 0


def test_periods_follow_each_other_within_an_indicator(dataset: Dataset) -> None:
    results = calculate(dataset, YEAR, by="month", only=["referrals", "icpc_median_wd", "cpp_rate", "ni62"])
    given: dict[str, list[Period]] = defaultdict(list)
    for figure in results:
        given[figure.indicator].append(figure.period)
    assert all(periods_ == sorted(periods_) for periods_ in given.values())
    assert {tuple(dict.fromkeys(periods_)) for periods_ in given.values()} == {periods(YEAR, "month")}


def test_a_field_named_twice_is_given_once(dataset: Dataset) -> None:
    once = calculate(dataset, YEAR, only=["referrals"], group_by=["sex"])
    assert calculate(dataset, YEAR, only=["referrals"], group_by=["sex", "sex"]) == once


# ---------------------------------------------------------------- the same each time


def test_a_second_calculation_is_equal(files: list[Path], grouped: Results) -> None:
    again = calculate(read(files), YEAR, by="quarter", group_by=tuple(FIELDS))
    assert again == grouped
    assert again.figures == grouped.figures


def test_the_order_of_the_files_does_not_matter_where_each_has_its_own_time(tmp_path: Path) -> None:
    paths = write_files(tmp_path, 5, [2023, 2024, 2025], children=40, nasty=False)
    assert calculate(read(paths), YEAR).figures == calculate(read(paths[::-1]), YEAR).figures


def test_what_else_is_asked_for_does_not_matter(dataset: Dataset, grouped: Results) -> None:
    every = answers(grouped)
    for only in (["cpp_at_date"], ["ni65", "repeat_2y"], ["cpp_starts", "cpp_ends", "cpp_at_date", "cpp_net"]):
        some = answers(calculate(dataset, YEAR, by="quarter", group_by=["category", "sex"], only=only))
        assert some == {key: every[key] for key in some}
        assert {key[0] for key in some} == set(only)


def test_files_of_later_years_do_not_matter(dataset: Dataset, files: list[Path]) -> None:
    to_the_year = read([path for path in files if "2026" not in path.name])
    assert calculate(to_the_year, YEAR).figures == calculate(dataset, YEAR).figures


# ---------------------------------------------------------------- statuses


@pytest.mark.parametrize("by", GRIDS)
def test_only_figures_with_a_status_for_it_carry_numbers(dataset: Dataset, by: Grid) -> None:
    for figure in calculate(dataset, YEAR, by=by, group_by=["category", "ethnicity"]):
        if figure.status in ("final", "provisional"):
            assert figure.value is not None
            assert figure.numerator is not None or figure.unit in ("working_days", "weeks")
            assert figure.denominator is not None or figure.unit == "count"
        else:
            assert (figure.value, figure.numerator, figure.denominator) == (None, None, None)
            assert figure.note


def test_a_year_without_its_file_has_no_figures(dataset: Dataset) -> None:
    results = calculate(dataset, FinancialYear(2022), by="quarter", group_by=["sex"])
    assert {figure.status for figure in results} == {"not_available"}
    assert len(results) == len(CATALOGUE) * 4
    assert all(figure.group == {} for figure in results)
    assert all("2021-22" in str(figure.note) for figure in results if figure.indicator in BY_ID)


def test_what_the_census_does_not_hold_is_not_available_and_says_so(grouped: Results) -> None:
    elsewhere = [figure for figure in grouped if figure.indicator not in BY_ID]
    assert elsewhere
    assert {figure.status for figure in elsewhere} == {"not_available"}
    assert {figure.note for figure in elsewhere} == {"The census does not hold what this asks."}


def test_an_empty_census_gives_nil_and_not_nothing(tmp_path: Path) -> None:
    results = calculate(read([census(2025).write(tmp_path)]), YEAR, group_by=["sex"])
    found = {(figure.indicator, figure.status) for figure in results if not figure.group and figure.indicator in BY_ID}
    assert ("referrals", "final") in found
    assert ("ni65", "not_applicable") in found
    assert ("cpp_rate", "final") in found
    for figure in results:
        if figure.unit == "count" and figure.status == "final":
            assert figure.value == 0


# ---------------------------------------------------------------- rates


def test_a_rate_is_made_with_the_estimate_of_the_june_before(tmp_path: Path) -> None:
    figure = calculate(small(tmp_path), YEAR, only=["cpp_rate"]).get("cpp_rate", WHOLE)
    assert (figure.numerator, figure.denominator, figure.value) == (3, 31_900, 0.9)
    assert (figure.status, figure.note) == ("final", None)
    assert figure.population is not None
    assert (figure.population.value, figure.population.estimate) == (31_900, "mid-2024")


def test_a_rate_whose_estimate_is_not_out_yet_is_provisional_and_says_which_it_uses(tmp_path: Path) -> None:
    results = calculate(small(tmp_path, 2026), FinancialYear(2026), by="quarter", only=["referral_rate", "referrals"])
    for figure in results:
        if figure.indicator == "referrals":
            assert (figure.status, figure.note) == ("final", None)
            continue
        assert figure.status == "provisional"
        assert figure.denominator == 31_900
        assert figure.population is not None
        assert figure.population.estimate == "mid-2024"
        assert "mid-2024" in str(figure.note)
        assert "mid-2025" in str(figure.note)
    assert [figure.value for figure in results if figure.indicator == "referral_rate"] == [0.9, 0, 0, 0]


@pytest.mark.parametrize("ends", [2025, 2026])
def test_a_population_that_is_given_is_used_and_final(tmp_path: Path, ends: int) -> None:
    year = FinancialYear(ends)
    figure = calculate(small(tmp_path, ends), year, only=["cpp_rate"], population=800).figures[0]
    assert (figure.numerator, figure.denominator, figure.value) == (3, 800, 37.5)
    assert (figure.status, figure.note) == ("final", None)
    assert figure.population is not None
    assert (figure.population.source, figure.population.estimate) == ("given", None)


def test_an_authority_without_an_estimate_has_counts_and_no_rates(tmp_path: Path) -> None:
    dataset = small(tmp_path, authority="999")
    results = calculate(dataset, YEAR, by="quarter", group_by=["sex"])
    rates = [figure for figure in results if figure.indicator in RATES]
    without = {id for id in RATES if BY_ID[id].needs_years_before == 0}
    assert {figure.status for figure in rates} == {"not_available"}
    assert all("999" in str(figure.note) for figure in rates if figure.indicator in without)
    assert results.get("referrals", periods(YEAR, "quarter")[0]).value == 3
    assert calculate(dataset, YEAR, only=["cpp_rate"], population=800).figures[0].value == 37.5


def test_a_year_before_the_first_estimate_has_no_rates(tmp_path: Path) -> None:
    results = calculate(small(tmp_path, 2010, authority="205"), FinancialYear(2010), only=["cpp_rate", "cpp_at_date"])
    assert {figure.indicator: figure.status for figure in results} == {
        "cpp_at_date": "final",
        "cpp_rate": "not_available",
    }


# ---------------------------------------------------------------- groups

PLAN_COUNTERS = {id for id in BY_ID if id.startswith(("cpp_", "repeat_"))} | {
    "ni64", "ni65", "ni67", "first_time_plans", "previous_plans", "dereg_pct_local", "reviews_on_time_events",
}  # fmt: skip
SPLIT_ALREADY = {
    "category": {"cpp_by_category", "cpp_start_category"},
    "age_band": {"cpp_by_age"},
    "age_band_local": {"cpp_by_age"},
    "sex": {"cpp_by_sex"},
    "ethnicity": {"cpp_by_ethnicity"},
}
NOT_YET_ASKED = {"preproc_open", "preproc_weeks", "preproc_outcome", "fgdm_offered", "fgdm_held"}


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_goes_with_all_but_rates_and_those_split_by_it(grouped: Results, field: str) -> None:
    given = {figure.indicator for figure in grouped if field in figure.group} - SPLIT_ALREADY.get(field, set())
    wanted = (PLAN_COUNTERS if field == "category" else set(BY_ID)) - RATES - SPLIT_ALREADY.get(field, set())
    assert given - NOT_YET_ASKED == wanted - NOT_YET_ASKED


@pytest.mark.parametrize("field", FIELDS)
def test_every_value_of_a_field_is_given_in_order_nought_included(grouped: Results, field: str) -> None:
    for period in periods(YEAR, "quarter"):
        assert tuple(grouped.split("cpp_starts", period, field)) == FIELDS[field].values


def totals_and_parts(results: Results, field: str) -> Iterator[tuple[Figure, list[Figure]]]:
    """Each figure that a field was asked of, with its figures by that field."""
    parts = defaultdict(list)
    for figure in results:
        if field in figure.group and figure.indicator not in SPLIT_ALREADY.get(field, ()):
            rest = {key: value for key, value in figure.group.items() if key != field}
            parts[figure.indicator, figure.period, *sorted(rest.items())].append(figure)
    whole = answers(results)
    return ((whole[key], found) for key, found in parts.items())


def adds_up(indicator: str, group: dict[str, str], field: str) -> bool:
    """Quartiles and differences without their sign do not add up, nor by category do children with two plans.

    A group that has conferences and no enquiries has no share of them, and so no numbers.
    """
    lines = [line for line in BY_ID[indicator].lines if line.group == group]
    counts = [term for line in lines for term in terms(line)]
    if any(isinstance(line.num, Quartile) for line in lines):
        return False
    if any(isinstance(line.num, Difference) and line.num.absolute for line in lines):
        return False
    if (indicator, group) == ("s47_to_icpc", {"version": "period"}):
        return False
    return field != "category" or all(count.of == "rows" for count in counts)


@pytest.mark.parametrize("field", FIELDS)
def test_groups_add_up_to_the_total(grouped: Results, field: str) -> None:
    checked = 0
    for total, parts in totals_and_parts(grouped, field):
        group = {key: value for key, value in total.group.items() if key != field}
        if not adds_up(total.indicator, group, field):
            continue
        checked += 1
        assert sum(part.numerator or 0 for part in parts) == (total.numerator or 0), total
        if total.denominator is not None:
            assert sum(part.denominator or 0 for part in parts) == total.denominator, total
    assert checked > 100


def test_a_child_with_plans_of_two_categories_is_in_both_and_in_the_total_once(tmp_path: Path) -> None:
    twice = child("A1", referral("2024-05-01", plan("2024-05-20", "2024-09-20"), plan("2024-11-20", category="EMO")))
    results = calculate(
        read([census(2025, twice).write(tmp_path)]), YEAR, only=["cpp_start_children"], group_by=["category", "sex"]
    )
    assert results.get("cpp_start_children", WHOLE).value == 1
    assert results.get("cpp_start_children", WHOLE, category="neglect").value == 1
    assert results.get("cpp_start_children", WHOLE, category="emotional").value == 1
    assert results.get("cpp_start_children", WHOLE, sex="female").value == 1


SPLITS = [
    ("referral_source", "source", "referrals", {}),
    ("sa_bands", "duration_band", "sa_count", {}),
    ("cin_duration_open", "duration_band", "cin_at_date", {}),
    ("cin_duration_ended", "duration_band", "cin_flow", {"measure": "ended"}),
    ("cin_primary_need", "primary_need", "cin_at_date", {}),
    ("icpc_wd_bands", "duration_band", "icpc_count", {}),
    ("previous_plans", "previous_plans", "cpp_starts", {}),
    ("cpp_bands_open", "duration_band", "cpp_at_date", {}),
    ("cpp_bands_open_lbhf", "duration_band", "cpp_at_date", {}),
    ("cpp_bands_ended", "duration_band", "cpp_ends", {}),
    ("cpp_by_category", "category", "cpp_at_date", {}),
    ("cpp_start_category", "category", "cpp_starts", {}),
    ("cpp_by_age", "age_band_lbhf", "cpp_at_date", {}),
    ("cpp_by_age", "age_band_dfe", "cpp_at_date", {}),
    ("cpp_by_sex", "sex", "cpp_at_date", {}),
    ("cpp_by_ethnicity", "ethnicity", "cpp_at_date", {}),
]


@pytest.mark.parametrize(("split", "key", "whole", "group"), SPLITS, ids=lambda value: str(value))
def test_splits_add_up_to_what_they_split(
    grouped: Results, split: str, key: str, whole: str, group: dict[str, str]
) -> None:
    for period in periods(YEAR, "quarter"):
        parts = grouped.split(split, period, key).values()
        assert sum(part.numerator or 0 for part in parts) == grouped.get(whole, period, **group).numerator


# ---------------------------------------------------------------- periods

EVENTS = ["referrals", "sa_count", "s47_count", "icpc_count", "transfer_in_count", "cpp_starts", "cpp_ends", "cpp_net"]
SNAPSHOTS = ["cpp_at_date", "cin_at_date", "cpp_over_18m", "cpp_3m_count", "cpp_by_category", "ni67", "cpp_rate"]


@pytest.mark.parametrize("by", ["quarter", "month"])
def test_events_of_the_parts_of_a_year_are_those_of_the_year(dataset: Dataset, by: Grid) -> None:
    whole, parts = calculate(dataset, YEAR, only=EVENTS), calculate(dataset, YEAR, by=by, only=EVENTS)
    for indicator in EVENTS:
        assert sum(parts.get(indicator, period).value or 0 for period in periods(YEAR, by)) == (
            whole.get(indicator, WHOLE).value
        )


@pytest.mark.parametrize("by", ["quarter", "month"])
def test_a_snapshot_of_the_last_part_of_a_year_is_that_of_the_year(dataset: Dataset, by: Grid) -> None:
    whole, parts = calculate(dataset, YEAR, only=SNAPSHOTS), calculate(dataset, YEAR, by=by, only=SNAPSHOTS)
    last = periods(YEAR, by)[-1]
    for figure in whole:
        same = parts.get(figure.indicator, last, **figure.group)
        assert (same.value, same.numerator, same.denominator) == (figure.value, figure.numerator, figure.denominator)


def test_a_period_that_had_not_ended_when_the_file_was_made_is_not_due(tmp_path: Path) -> None:
    filed = census(2026, child("Maya", referral("2025-05-01", plan("2025-05-20"))), made_at="2025-11-21T10:00:00")
    dataset = read([filed.write(tmp_path)])
    assert str(dataset.known_until) == "2025-11-21"
    found = calculate(dataset, FinancialYear(2026), by="quarter", only=["cpp_at_date", "cpp_rate", "contacts"])
    given = {name: [(each.value, each.status) for each in found if each.indicator == name] for name in ("cpp_at_date",)}
    assert given["cpp_at_date"] == [(1, "final"), (1, "final"), (None, "not_due"), (None, "not_due")]
    assert {each.status for each in found if each.indicator == "contacts"} == {"not_available"}
    (rate, _) = (each for each in found if each.indicator == "cpp_rate" and each.status == "not_due")
    assert (rate.population, rate.numerator, rate.denominator) == (None, None, None)
    assert rate.note == "The period ends on 2025-12-31, and these records were made on 2025-11-21."
