from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree

from waypost.reports import charts
from waypost.reports.model import Band, Chart, Point, Report, Series

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ("2021", "2022", "2023", "2024", "2025")


def trend(*values: float | None, role: str = "own", name: str = "Ashdown") -> Chart:
    points = tuple(Point(year, value) for year, value in zip(YEARS, values, strict=True))
    line = Series(name, points, role)  # type: ignore[arg-type]
    return Chart("c", "trend", "It fell", "A line.", "Rate", "rate_per_10000", "All", "Files.", "Years", (line,), "t")


def text_of(drawn: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(drawn.encode()).iter(f"{SVG}text", f"{SVG}tspan")]


def test_every_chart_of_the_report_is_good_grammar_at_both_sizes(report: Report) -> None:
    for chart in report.charts:
        for size in ("wide", "narrow"):
            assert charts.drawing(chart, size, is_checked=True)  # type: ignore[arg-type]


def test_every_chart_is_also_a_table(report: Report) -> None:
    tables = {table.key: table for table in report.tables}
    for chart in report.charts:
        numbers = [cell.number for row in tables[chart.table].rows for cell in row.cells if cell.number]
        shown = {value for number in numbers for value in (number.value, number.numerator, number.denominator)}
        drawn = {point.value for series in chart.series for point in series.points}
        assert drawn <= shown | {None}, chart.key


def test_a_picture_is_named_and_described_for_those_who_cannot_see_it() -> None:
    root = etree.fromstring(charts.svg(trend(41, 38, 40, 36, 29)).encode())
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert named[root.get("aria-labelledby")] == "It fell"
    assert named[root.get("aria-describedby")] == "A line."


def test_a_picture_holds_nothing_that_a_strict_policy_forbids(report: Report) -> None:
    for chart in report.charts:
        drawn = charts.svg(chart)
        assert not re.search(r"<script|<style|\sstyle=|href=|url\(|\son\w+=", drawn), chart.key


def test_words_in_a_picture_are_escaped() -> None:
    drawn = charts.svg(replace(trend(1, 2, 3, 4, 5, name="<b>A & B</b>"), finding='"<script>" & more'))
    assert "<script>" not in drawn
    assert "<b>A & B</b> 5.0" in text_of(drawn)


def test_the_line_is_named_at_its_end_with_its_last_value() -> None:
    assert "Ashdown 29.2" in text_of(charts.svg(trend(41, 38, 40, 36, 29.2)))


def test_a_year_without_a_value_breaks_the_line() -> None:
    root = etree.fromstring(charts.svg(trend(41, 38, None, 36, 29)).encode())
    lines = [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("stroke") == charts.DARK_BLUE]
    assert [line.count("M") for line in lines if line.count("L") == 2] == [2]


def test_bars_and_lines_start_at_nought_unless_the_page_says_otherwise(report: Report) -> None:
    for chart in report.charts:
        assert chart.scale_from == 0 or (chart.kind == "trend" and chart.unit == "percent"), chart.key
    assert '"domain": [0,' in repr(charts.drawing(trend(90, 91, 92, 93, 94), "wide")).replace("'", '"')


def test_more_than_four_lines_are_refused() -> None:
    one = trend(1, 2, 3, 4, 5)
    with pytest.raises(ValueError, match="panels"):
        charts.svg(replace(one, series=one.series * 5))


@pytest.mark.parametrize("values", [[42.4, 42.4, 40.6, 37.4], [1, 1, 1, 1], [99, 100, 98], [5]])
def test_labels_at_the_ends_of_lines_never_lie_on_each_other(values: list[float]) -> None:
    placed = sorted(charts._apart(values, gap=5, top=100))
    assert all(above - below >= 5 - 1e-6 for below, above in pairwise(placed))
    assert placed[-1] <= 100


def limited(drawn: Chart, *, low: float, high: float) -> Chart:
    ends = (tuple(Point(year, end) for year in YEARS) for end in (low, high))
    return replace(drawn, limits=Band("Control limits", *ends))


def test_control_limits_are_two_thin_dotted_edges_with_their_name() -> None:
    drawn = charts.svg(limited(trend(41, 38, 40, 36, 29), low=20, high=60))
    assert "Control limits" in text_of(drawn)
    paths = etree.fromstring(drawn.encode()).iter(f"{SVG}path")
    edges = [path for path in paths if path.get("stroke-dasharray") == "1,3" and path.get("fill") in (None, "none")]
    assert len(edges) == 2


def test_the_scale_takes_in_the_control_limits() -> None:
    assert '"domain": [0, 80]' in repr(charts.drawing(limited(trend(4, 3, 4, 3, 2), low=0, high=70), "wide")).replace(
        "'", '"'
    )


def test_a_line_that_ends_early_says_its_year_at_its_name() -> None:
    own, england = trend(41, 38, 40, 36, 29), trend(50, 51, 52, 53, None, role="england", name="England")
    both = replace(own, series=(*own.series, *england.series))
    assert {"Ashdown 29.0", "England 53.0 (2024)"} <= set(text_of(charts.svg(both)))


def test_names_lie_neither_on_each_other_nor_under_the_picture() -> None:
    placed = charts._above(charts._apart([1, 1, 1], gap=5, top=100), 0, gap=5)
    assert min(placed) >= 0
    assert all(above - below >= 5 - 1e-6 for below, above in pairwise(sorted(placed)))


def test_a_break_in_the_series_is_drawn_and_named() -> None:
    broken = replace(trend(41, 38, 40, 36, 29), breaks=(("2024", "own files"),))
    assert "own files" in text_of(charts.svg(broken))
