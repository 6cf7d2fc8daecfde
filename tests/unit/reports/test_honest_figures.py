"""Intervals, control limits, targets and breaks in the annual report made from a small invented authority."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from tests.unit.reports.conftest import THIS_YEAR
from tests.unit.reports.made import MONTHS, YEAR, number
from waypost.datasets.dataset import Dataset
from waypost.demo.showing import TARGETS
from waypost.domain.errors import CannotRead, PlainError, WrongUse
from waypost.domain.intervals import share
from waypost.domain.periods import FinancialYear
from waypost.domain.rounding import half_up
from waypost.indicators.calculate import calculate
from waypost.indicators.results import Status
from waypost.reports import html
from waypost.reports import json as as_json
from waypost.reports.annual import build
from waypost.reports.annual.shared import breaks, leaders, month_limits, year_limits
from waypost.reports.model import Chance, Headlines, Number, Paragraph, Report, Table
from waypost.reports.tables import interval, standing, target
from waypost.reports.targets import load
from waypost.reports.words import MARK_WORDS, STATUS_MARKS, STATUS_MEANINGS, STATUS_NAMES, number_words


def of(count: int | None, base: int | None, *, back: int = 0, unit: str = "percent", **more: object) -> Number:
    value = None if count is None or base is None else round(100 * count / base, 1)
    told = {"numerator": count, "denominator": base, "indicator": "ni65"} | more
    return number(value, unit=unit, year=YEAR.before(back), **told)


def five(*counts: int, base: int = 100, **more: object) -> list[Number]:
    return [of(count, base, back=back, **more) for back, count in zip(range(len(counts))[::-1], counts, strict=True)]


def table(report: Report, key: str) -> Table:
    return next(held for held in report.tables if held.key == key)


def row(held: Table, head: str) -> list[str]:
    return next([cell.words for cell in row.cells] for row in held.rows if row.head == head)


@pytest.fixture(scope="module")
def aimed(dataset: Dataset) -> Report:
    return build(dataset, THIS_YEAR, targets=load(TARGETS))


# ---------------------------------------------------------------- intervals


def test_a_share_has_the_interval_of_its_count_and_base() -> None:
    assert of(81, 263).interval == (25.5, 36.6)
    assert number(100.0, unit="rate_per_10000", numerator=100, denominator=10_000).interval == (81.4, 121.6)


@pytest.mark.parametrize(
    "without",
    [
        {"numerator": None},
        {"denominator": None},
        {"status": "suppressed"},
        {"unit": "count"},
        {"group": {"version": "period"}},
        {"numerator": 300},
    ],
)
def test_no_interval_is_made_of_what_is_withheld_or_no_share(without: dict[str, object]) -> None:
    assert of(81, 263).interval is not None
    assert replace(of(81, 263), **without).interval is None  # type: ignore[arg-type]


def test_the_cell_of_an_interval_says_both_ends_or_why_there_are_none() -> None:
    assert interval(of(81, 263)).words == "25.5% to 36.6%"
    assert interval(replace(of(81, 263), numerator=None)).words == "not available"
    assert interval(replace(of(81, 263), status="suppressed")).words == "withheld"


@pytest.mark.parametrize("key", ["ni64-table", "ni65-table", "ni67-table", "rate-table"])
def test_own_figures_stand_with_their_interval(report: Report, key: str) -> None:
    held = table(report, key)
    own = next(row for row in held.rows if row.head == "Ashdown").cells[-1].number
    assert own is not None
    assert own.interval is not None
    sign = "%" if own.unit == "percent" else ""
    low, high = own.interval
    assert row(held, "95% interval")[-1] == f"{low:.1f}{sign} to {high:.1f}{sign}"
    assert any("95% interval" in note.words for note in held.notes)


def test_the_rates_stand_with_their_intervals(report: Report) -> None:
    held = table(report, "rates-table")
    assert held.columns[1].words == "Ashdown, 95% interval"
    assert all(" to " in row.cells[1].words for row in held.rows[:-1])


def test_json_holds_the_interval_of_every_share_of_our_own(report: Report) -> None:
    def numbers(part: object) -> list[dict[str, object]]:
        if isinstance(part, list):
            return [found for each in part for found in numbers(each)]
        if not isinstance(part, dict):
            return []
        return [part] * (part.get("kind") == "Number") + [f for each in part.values() for f in numbers(each)]

    held = [found for found in numbers(json.loads(as_json.write(report))) if found["indicator"] == "ni65"]
    known = [found for found in held if found["numerator"] is not None and found["unit"] == "percent"]
    assert known
    for found in known:
        ends = share(found["numerator"], found["denominator"]).interval  # type: ignore[arg-type]
        assert found["interval"] == [half_up(ends.low, 1), half_up(ends.high, 1)]


def test_a_change_that_chance_could_bring_about_says_so(report: Report) -> None:
    said = [span for block in report.blocks if isinstance(block, Paragraph) for span in block.spans]
    chances = {span.last.indicator: (span.first, span.last) for span in said if isinstance(span, Chance)}
    assert chances
    for first, last in chances.values():
        assert first.interval is not None
        assert last.interval is not None
        assert first.value != last.value
        assert max(first.interval[0], last.interval[0]) <= min(first.interval[1], last.interval[1])


# ---------------------------------------------------------------- control limits


def test_limits_are_made_of_five_years_each_from_its_own_base() -> None:
    own = [*five(20, 20, 20, 20), of(5, 25)]
    limits = year_limits([*own[:-1], own[-1]])
    assert limits is not None
    assert limits.words[0] == "8.0% to 32.0%"  # the mean of all is 20%, and its standard error of 100 is 4
    assert limits.words[-1] == "0.0% to 44.0%"  # of 25 it is 8
    assert limits.band.low[0].at == f"{YEAR.ends - 3}"


@pytest.mark.parametrize(
    "own",
    [
        five(20, 20, 20, 20),
        [*five(20, 20, 20, 20), replace(of(20, 100), numerator=None)],
        [*five(20, 20, 20, 20), replace(of(20, 100), status="suppressed")],
    ],
    ids=["four years", "published without a base", "withheld"],
)
def test_too_few_points_have_no_limits(own: list[Number]) -> None:
    assert year_limits(own) is None


def test_limits_of_a_count_by_month_need_twelve_of_them() -> None:
    held = [replace(number(100), period=month) for month in MONTHS]
    limits = month_limits(held, [f"{month.end:%b}" for month in MONTHS])
    assert limits is not None
    assert set(limits.words) == {"70 to 130"}
    assert month_limits(held[1:], [""] * 11) is None
    assert month_limits([*held[1:], replace(held[0], status="suppressed")], [""] * 12) is None


def test_limits_are_drawn_told_and_in_the_table(report: Report) -> None:
    drawn = next(chart for chart in report.charts if chart.key == "months-chart")
    assert drawn.limits is not None
    assert drawn.limits.name == "Control limits"
    held = table(report, "months-table")
    words = row(held, "Control limits")[-1]
    assert f"the control limits, at the last point {words}" in drawn.shape
    assert any("mean of the 13 counts shown" in note.words for note in held.notes)


# ---------------------------------------------------------------- breaks in series


def test_a_break_is_named_where_the_source_or_the_definition_changes() -> None:
    published = of(20, 100, back=2, marks=("d",), version=None)
    first, second = of(20, 100, back=1, version=1), of(20, 100, version=2)
    assert breaks([published, first, second]) == (
        (f"{YEAR.ends - 1}", "from own files"),
        (f"{YEAR.ends}", "new definition"),
    )
    assert breaks([first, replace(second, version=1)]) == ()
    assert breaks([first, replace(published, period=second.period)]) == ((f"{YEAR.ends}", "from published figures"),)
    assert breaks([published, of(None, None, back=1), second]) == ((f"{YEAR.ends}", "from own files"),)


# ---------------------------------------------------------------- leaders


def test_those_level_with_the_last_of_the_leaders_lead_too() -> None:
    groups = [(name, of(count, 20)) for name, count in (("a", 5), ("b", 9), ("c", 5), ("d", 1))]
    first, more = leaders(groups), leaders(groups, most=2)
    assert first is not None
    assert more is not None
    assert first.names == ["b"]
    assert more.names == ["a", "b", "c"]


def test_nobody_leads_where_a_count_is_withheld_or_there_is_none() -> None:
    groups = [("a", of(5, 20)), ("b", replace(of(2, 20), status="suppressed"))]
    assert leaders(groups) is None
    assert leaders([("a", of(0, 20))]) is None


# ---------------------------------------------------------------- targets


def test_a_target_stands_with_its_figure_in_words_and_letters(aimed: Report) -> None:
    held = table(aimed, "ni67-table")
    assert row(held, "Target")[-1] == "97.0% or more"
    assert row(held, "Target")[0] == "none set"
    own = next(row for row in held.rows if row.head == "Ashdown").cells[-1].number
    assert own is not None
    assert own.value is not None
    expected = "Met (G)" if own.value >= 97 else "Near (A)" if own.value >= 93 else "Not met (R)"
    assert row(held, "Against the target")[-1] == expected
    assert expected.replace(" (", "\N{NO-BREAK SPACE}(") in html.write(aimed)


def test_the_summary_shows_which_targets_are_met(aimed: Report, report: Report) -> None:
    (held,) = (block for block in aimed.blocks if isinstance(block, Headlines))
    aims = {item.number.indicator: item.target for item in held.items}
    assert aims["cpp_at_date"] is None
    for indicator in ("rereferral_12m", "sa_45wd", "icpc_15wd", "ni65", "ni67"):
        assert (found := aims[indicator]) is not None
        assert found.words.endswith(
            {"met": "Met (G)", "near": "Near (A)", "not_met": "Not met (R)"}[found.standing or ""]
        )
    (without,) = (block for block in report.blocks if isinstance(block, Headlines))
    assert not any(item.target for item in without.items)


def test_a_figure_that_is_not_known_has_no_standing() -> None:
    held = load(TARGETS).of("991", "ni65", YEAR)
    assert standing(replace(of(5, 20), status="suppressed"), held).words == "withheld"
    assert standing(of(5, 20), None).words == target(of(5, 20), None).words == "none set"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("targets: [{authority: '991', indicator: nix, year: 2024-25, good: high, target: 9}]", "no such indicator"),
        ("targets: [{authority: '991', indicator: ni64, year: 2024-25, good: high, target: 9}]", "low is"),
        ("targets: [{authority: '991', indicator: ni67, year: 2024-25, good: high, target: 101}]", "100 or less"),
        ("targets: [{authority: '991', indicator: ni67}]", "does not say its"),
        ("targets: {", "at line"),
        ("targets: 5", "no list of targets"),
        ("", "no list of targets"),
    ],
)
def test_a_file_of_targets_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "targets.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlainError, match=sentence) as refused:
        load(path)
    assert str(refused.value).endswith(".")
    assert isinstance(refused.value, WrongUse | CannotRead | PlainError)


def test_a_file_of_targets_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"none\.yaml"):
        load(tmp_path / "none.yaml")


def test_the_demonstration_has_targets_of_each_authority_for_both_years() -> None:
    keys = load(TARGETS).held
    years = {FinancialYear(2025), FinancialYear(2026)}
    assert {(authority, year) for authority, _, year in keys} == {(c, y) for c in ("991", "992", "993") for y in years}


# ---------------------------------------------------------------- statuses


def test_every_status_has_words_meaning_and_a_letter_of_its_own() -> None:
    statuses = set(get_args(Status))
    assert statuses == set(STATUS_NAMES) == set(STATUS_MARKS) == set(STATUS_MEANINGS)
    for told in (STATUS_NAMES, STATUS_MARKS, STATUS_MEANINGS):
        assert len(set(told.values())) == len(statuses)
    shared = {STATUS_MARKS["provisional"], STATUS_MARKS["not_validated"]}
    assert set(STATUS_MARKS.values()) & set(MARK_WORDS) == shared


def test_nil_is_none_of_them() -> None:
    assert number_words(number(0)) not in STATUS_NAMES.values()
    assert number_words(number(0)) not in STATUS_MARKS.values()


# ---------------------------------------------------------------- year shares


def test_a_share_of_a_year_is_made_from_its_totals_and_not_from_its_months(dataset: Dataset) -> None:
    asked = ("sa_45wd", "icpc_15wd", "ni65")
    for whole in calculate(dataset, THIS_YEAR, only=asked):
        parts = [
            part
            for part in calculate(dataset, THIS_YEAR, by="month", only=asked)
            if part.indicator == whole.indicator and part.denominator
        ]
        counted, base = sum(part.numerator or 0 for part in parts), sum(part.denominator or 0 for part in parts)
        assert (whole.numerator, whole.denominator) == (counted, base)
        assert whole.value == half_up(100 * counted / base, 1)
    assert any(first.value != last.value for first, last in pairwise(parts))
