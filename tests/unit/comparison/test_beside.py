"""What a report sets beside one figure, and beside a run of years."""

import pytest

from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.indicators.comparison import Point, beside, series


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


def shown(point: Point | None) -> tuple[float | None, str]:
    assert point is not None
    return point.value, str(point.year)


def test_the_year_asked_for_is_used_where_it_is_published() -> None:
    found = beside("cpp_rate", year("2024-25"), "991", named=("205", "992"))
    assert found.own is None
    assert shown(found.neighbours) == (36.8, "2024-25")
    assert shown(found.region) == (37.2, "2024-25")
    assert shown(found.england) == (40.6, "2024-25")
    assert shown(found.named["205"]) == (33.8, "2024-25")
    assert found.named["992"] is None


def test_a_later_year_takes_the_latest_before_it_and_can_be_marked() -> None:
    found = beside("cpp_rate", year("2025-26"), "205")
    assert shown(found.england) == (40.6, "2024-25")
    assert found.england is not None
    assert found.is_of_another_year(found.england)


def test_each_comparator_has_its_own_latest_year() -> None:
    # NI 64 of Hammersmith and Fulham is blank for 2024-25. Nine of its ten neighbours have a value:
    # 5.5 + 3.6 + 9.7 + 4.7 + 5.3 + 6.7 + 8.6 + 1.5 + 15.6 = 61.2, over 9.
    found = beside("ni64", year("2024-25"), "205")
    assert shown(found.own) == (9.7, "2023-24")
    assert shown(found.neighbours) == (6.8, "2024-25")
    assert found.neighbours is not None
    assert found.neighbours.of == 9


def test_a_year_that_was_lost_takes_the_one_before_it() -> None:
    assert shown(beside("cpp_rate", year("2021-22"), "204").own) == (41.6, "2019-20")
    lost = beside("cpp_rate", year("2021-22"), "204", latest=False).own
    assert lost is not None
    assert (lost.value, lost.status) == (None, "not_available")


def test_a_suppressed_value_stays_suppressed() -> None:
    suppressed = beside("cpp_rate", year("2024-25"), "201").own
    assert suppressed is not None
    assert (suppressed.value, suppressed.status, str(suppressed.year)) == (None, "suppressed", "2024-25")


def test_an_old_comparator_carries_its_year() -> None:
    found = beside("cpp_by_category", year("2024-25"), "205", group="neglect")
    assert shown(found.england) == (50.5, "2019-20")
    assert (found.own, found.neighbours, found.region) == (None, None, None)


def test_an_indicator_of_which_nothing_is_published_has_nothing_beside_it() -> None:
    found = beside("repeat_2y", year("2024-25"), "205", named=("204",))
    assert (found.own, found.neighbours, found.region, found.england) == (None, None, None, None)
    assert found.named == {"204": None}
    assert found.notes == ("No published figure is held for repeat_2y, so there is nothing to compare it with.",)


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(WrongUse, match="not a known indicator"):
        beside("cpp_rat", year("2024-25"), "205")


def test_a_trend_never_borrows_a_year() -> None:
    # Hackney's neighbours are published for 2020-21 and 2021-22; Hackney is not.
    trend = series("cpp_rate", "204", [year(text) for text in ("2019-20", "2020-21", "2021-22", "2022-23")])
    assert [shown(point.own)[0] for point in trend] == [41.6, None, None, 32.8]
    assert [shown(point.england) for point in trend] == [
        (43.7, "2019-20"),
        (42.4, "2020-21"),
        (43.3, "2021-22"),
        (42.7, "2022-23"),
    ]
    assert trend[1].neighbours is not None
    assert (trend[1].neighbours.lowest, trend[1].neighbours.highest) == (15.7, 87.1)


def test_a_trend_has_nothing_for_a_year_that_is_not_published() -> None:
    (one,) = series("cpp_rate", "205", [year("2025-26")])
    assert (one.own, one.neighbours, one.region, one.england) == (None, None, None, None)
