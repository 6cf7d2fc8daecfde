"""Published figures are read one measure at a time, and carry where they came from."""

from datetime import date

import pytest

from waypost.datasets.published import ENGLAND, counterparts, marker_meanings, measures, published, published_share
from waypost.datasets.published.figures import year_of
from waypost.domain.periods import FinancialYear


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


def test_a_figure_carries_its_counts_and_source() -> None:
    figure = published("cpp_31mar_rate").get("205", year("2024-25"))
    assert figure is not None
    assert (figure.value, figure.numerator, figure.denominator) == (33.8, 108, 31955)
    assert (figure.period, figure.derivation, figure.source) == (
        "31 March 2025",
        "published",
        "LAIT bds_long_0.parquet",
    )


def test_a_figure_that_was_worked_out_says_so() -> None:
    figure = published("cpp_31mar_rate").get("205", year("2012-13"))
    assert figure is not None
    assert figure.value == 43.2
    assert figure.source.startswith("worked out from d5_cpps_at31march_by_duration_2013_to_2025.csv")


def test_a_count_is_a_whole_number() -> None:
    figure = published("cpp_31mar_num").get("205", year("2024-25"))
    assert figure is not None
    assert repr(figure.value) == "108"


@pytest.mark.parametrize(
    ("measure", "place", "in_year", "marker"),
    [
        ("cpp_31mar_rate", "204", "2020-21", "x"),
        ("cpp_31mar_rate", "201", "2024-25", "c"),
        ("cpp_ended_dur_24m_plus_pct", "205", "2024-25", "-"),
        ("cpp_reviewed_timescale_pct", "420", "2014-15", "z"),
        ("cla_substance_misuse_pct", "330", "2024-25", "k"),
    ],
)
def test_a_mark_is_never_nought(measure: str, place: str, in_year: str, marker: str) -> None:
    figure = published(measure).get(place, year(in_year))
    assert figure is not None
    assert (figure.value, figure.marker) == (None, marker)
    assert marker in marker_meanings()


@pytest.mark.parametrize(
    ("period_end", "expected"),
    [
        (date(2025, 3, 31), "2024-25"),  # at 31 March, and years that end then
        (date(2024, 9, 30), "2024-25"),  # the workforce census, in the middle of the year
        (date(2024, 8, 31), "2023-24"),  # the school year 2023/24
        (date(2024, 6, 30), "2024-25"),  # the population that 2024-25 rates are made with
    ],
)
def test_the_financial_year_of_a_published_period(period_end: date, expected: str) -> None:
    assert str(year_of(period_end)) == expected


@pytest.mark.parametrize("measure", ["cpp_31mar_rate", "sw_caseload_avg", "ks2_rwm_cino_pct", "population_0_17"])
def test_one_place_has_one_figure_a_year(measure: str) -> None:
    # As many as the file holds: none is lost where two periods would fall in one year.
    held = {"cpp_31mar_rate": 2132, "sw_caseload_avg": 1655, "ks2_rwm_cino_pct": 1640, "population_0_17": 2132}
    assert len(published(measure).figures) == held[measure]


def test_a_service_that_two_authorities_share_is_found_by_either() -> None:
    workers = published("sw_fte_num")
    shared = workers.shared_by("318", year("2024-25"))
    assert workers.get("318", year("2024-25")) is None
    assert shared is not None
    assert (shared.place, shared.value) == ("314+318", 148.8)


def test_shares_are_worked_out_from_published_counts() -> None:
    # England 2024-25: 9,920 + 6,880 + 27,110 + 15,680 + 2,710 plans ended is 62,300. 9,920 of them is 15.92.
    bands = tuple(f"cpp_ended_dur_{band}_num" for band in ("0_3m", "3_6m", "6_12m", "12_24m", "24m_plus"))
    shortest = published_share(bands[0], bands)
    figure = shortest.get(ENGLAND, year("2024-25"))
    assert figure is not None
    assert (figure.value, figure.numerator, figure.denominator) == (15.9, 9920, 62300)
    assert shortest.measure.unit == "percent"


def test_a_share_is_left_out_where_a_count_is_missing() -> None:
    bands = tuple(f"cpp_ended_dur_{band}_num" for band in ("0_3m", "3_6m", "6_12m", "12_24m", "24m_plus"))
    longest = published_share(bands[-1], bands)
    assert published(bands[-1]).get("330", year("2024-25")) is not None
    assert longest.get("330", year("2024-25")) is None
    assert longest.years == (year("2019-20"), year("2024-25"))


def test_every_counterpart_is_a_published_measure() -> None:
    named = {counterpart.measure for found in counterparts().values() for counterpart in found}
    assert len(counterparts()) == 64
    assert named <= set(measures())


def test_a_published_measure_that_is_unknown_is_refused() -> None:
    with pytest.raises(KeyError):
        published("cpp_rate")
