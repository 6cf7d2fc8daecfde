"""What an authority settles for itself: worked by the same rules as what is packaged, and refused by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from waypost.domain.bands import WorkingDayBand
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.errors import PlainError
from waypost.domain.limits import Limit
from waypost.domain.local import Local, Row, settle
from waypost.domain.local.rows import Kind
from waypost.domain.periods import FinancialYear
from waypost.domain.timescales import (
    INITIAL_ASSESSMENT,
    INITIAL_CONFERENCE,
    SINGLE_ASSESSMENT,
    CountingChoices,
    NoLimit,
    due_on,
    limit_in_force,
    working,
)

MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)
TEN_DAYS = {"n": 10, "unit": "working_day"}


def row(kind: Kind, about: str, value: dict[str, Any] | None = None, *, since: date = APRIL) -> Row:
    return Row(kind, about, since, value or {})


def held(*rows: Row, on: date = MAY) -> Local:
    return settle("991", rows, on=on)


# ---------------------------------------------------------------- limits


def test_an_own_limit_holds_for_clocks_that_start_from_its_day() -> None:
    local = held(row("limit", "icpc", TEN_DAYS))
    before, after = (
        due_on(INITIAL_CONFERENCE, after=start, calendar=ENGLAND_AND_WALES, **local.clocks)
        for start in (date(2026, 3, 31), date(2026, 4, 1))
    )
    # Good Friday is 3 April 2026 and Easter Monday 6 April.
    assert (before, after) == (date(2026, 4, 23), date(2026, 4, 17))


def test_it_holds_until_the_next_and_goes_back() -> None:
    local = held(row("limit", "icpc", TEN_DAYS), row("limit", "icpc", since=MAY))
    limits = [limit_in_force(INITIAL_CONFERENCE, day, **local.rules) for day in (MARCH, APRIL, date(2026, 4, 30), MAY)]
    assert [limit.n for limit in limits if isinstance(limit, Limit)] == [15, 10, 10, 15]
    assert local.limits[0].limit.to_on == date(2026, 4, 30)


def test_it_is_of_that_authority_alone_and_says_whose_it_is() -> None:
    local = held(row("limit", "icpc", TEN_DAYS))
    other = limit_in_force(INITIAL_CONFERENCE, MAY, authority="992", own=local.limits)
    assert isinstance(other, Limit)
    assert other.n == 15
    clock = working(
        INITIAL_CONFERENCE, started_on=MAY, done_on=None, today=MAY, calendar=ENGLAND_AND_WALES, **local.clocks
    )
    assert "Rule: Set by this authority, in force from 1 April 2026." in clock.in_words()
    assert "Source" not in clock.in_words()


def test_an_own_limit_for_one_kind_of_case_leaves_the_others() -> None:
    local = held(row("limit", "cla_health_review|under 5", {"n": 3, "unit": "month"}))
    under, over = (
        limit_in_force("cla_health_review", MAY, when=when, **local.rules) for when in ("under 5", "aged 5 or over")
    )
    assert (str(under), str(over)) == ("3 months", "12 months")


def test_one_for_every_case_takes_the_place_of_all_kinds() -> None:
    (under,) = held(row("limit", "cla_health_review|under 5", {"n": 3, "unit": "month"})).limits
    every = replace(under, limit=replace(under.limit, when=""))
    assert str(limit_in_force("cla_health_review", MAY, authority="991", own=[every])) == "3 months"


def test_a_limit_counted_back_from_an_event_stays_so() -> None:
    local = held(row("limit", "sw_report_to_chair_rcpc", {"n": 7, "unit": "working_day"}))
    limit = limit_in_force("sw_report_to_chair_rcpc", MAY, **local.rules)
    assert str(limit) == "7 working days before"


def test_a_limit_where_no_national_number_is_set() -> None:
    local = held(row("limit", "cp_visit", TEN_DAYS))
    assert isinstance(limit_in_force("cp_visit", MARCH, **local.rules), NoLimit)
    assert str(limit_in_force("cp_visit", MAY, **local.rules)) == "10 working days"


def test_a_change_of_regime_on_its_own_day() -> None:
    local = held(row("switch", "single_assessment", {"own": True}, since=date(2014, 1, 6)))
    rules = local.rules
    assert str(limit_in_force(INITIAL_ASSESSMENT, date(2013, 12, 2), **rules)) == "10 working days"
    assert isinstance(limit_in_force(SINGLE_ASSESSMENT, date(2013, 12, 2), **rules), NoLimit)
    assert isinstance(limit_in_force(INITIAL_ASSESSMENT, date(2014, 1, 6), **rules), NoLimit)
    assert str(limit_in_force(SINGLE_ASSESSMENT, date(2014, 1, 6), **rules)) == "45 working days"


def test_how_days_are_counted() -> None:
    choices = {"unspecified_days": "working_day", "months": "days_91_183", "hours": "elapsed"}
    assert held(row("counting", "", choices)).choices == CountingChoices("working_day", "days_91_183", "elapsed")
    assert held(row("counting", "", choices), on=MARCH).choices == CountingChoices()


# ---------------------------------------------------------------- the rest


def test_a_target_changed_during_the_year_holds_from_its_day() -> None:
    first = row("target", "icpc_15wd|2025-26", {"good": "high", "target": 84, "amber": 77}, since=MARCH)
    then = row("target", "icpc_15wd|2025-26", {"good": "high", "target": 90}, since=APRIL)
    year = FinancialYear(2026)
    stands = [held(first, then, on=day).targets.of("991", "icpc_15wd", year) for day in (MARCH, APRIL)]
    assert [each and each.standing(85) for each in stands] == ["met", "not_met"]


def test_names_populations_and_the_publication_rule() -> None:
    local = held(
        row("name", "board", {"name": "Ashdown Partnership"}),
        row("population", "2025-26", {"value": 32_000, "source": "A projection of March 2026"}),
        row("publication", "", {"least_shown": 6, "rounded_to": 5}),
    )
    assert (local.name("board"), local.name("front_door")) == ("Ashdown Partnership", "Front door")
    assert local.populations[FinancialYear(2026)].value == 32_000
    assert local.publication
    assert (local.publication.rounded(12), local.publication.is_small(5)) == (10, True)
    assert held(row("name", "board", {"name": "Ashdown Partnership"}), on=MARCH).names == {}


def test_bands_of_waits_and_ages_and_scores() -> None:
    local = held(
        row("bands", "conference_waits", {"lines": "0 to 5\n6 - 15\n16 or more"}),
        row("bands", "ages", {"lines": "0 to 4\n5 to 17\n18+"}),
        row("bands", "score|NI65", {"good": "plateau", "lines": "3: 0 to 10\n5: 10 to 15\n4: 15 to 20\n1: 20 to 100"}),
    )
    assert local.bands["conference_waits"] == (
        WorkingDayBand("0-5", 0, 5),
        WorkingDayBand("6-15", 6, 15),
        WorkingDayBand("16+", 16, None),
    )
    assert local.bands["ages"].of(MAY, born_on=date(2020, 5, 2)) == "5-17"  # type: ignore[union-attr]
    assert local.bands["score|NI65"].score(15) == 4  # type: ignore[union-attr]


NINETY = {"good": "high", "target": 90}


def scores(lines: str) -> Row:
    return row("bands", "score|NI65", {"good": "low", "lines": lines})


REFUSED: list[tuple[str, list[Row]]] = [
    ("no band holds 6 to 9", [row("bands", "conference_waits", {"lines": "0 to 5\n10 or more"})]),
    ("no band holds 6; add one", [row("bands", "conference_waits", {"lines": "0 to 5\n7 or more"})]),
    ("two bands hold 5", [row("bands", "conference_waits", {"lines": "0 to 5\n5 or more"})]),
    ("no band holds 11 and over", [row("bands", "conference_waits", {"lines": "0 to 10"})]),
    ("two bands hold 12", [row("bands", "conference_waits", {"lines": "0 or more\n12 to 14"})]),
    ("cannot be read as a band", [row("bands", "ages", {"lines": "about four"})]),
    ("ends before it begins", [row("bands", "ages", {"lines": "4 to 0\n5+"})]),
    ("say nothing of values from 10 to 15", [scores("5: 0 to 10\n1: 15 to 100")]),
    ("overlap between 10 and 12", [scores("5: 0 to 12\n1: 10 to 100")]),
    ("cannot be read as a score", [scores("good: 0 to 100")]),
    ("There is no timescale", [row("limit", "tea_break", TEN_DAYS)]),
    ("write a number from 1 to 400", [row("limit", "icpc", {"n": 0, "unit": "working_day"})]),
    ("cannot be counted in", [row("limit", "icpc", {"n": 3, "unit": "fortnight"})]),
    ("say which", [row("limit", "cla_health_review", {"n": 3, "unit": "month"})]),
    ("has no limit for teenagers", [row("limit", "icpc|teenagers", TEN_DAYS)]),
    ("Two days are given", [row("switch", "single_assessment", {"own": True}, since=day) for day in (MARCH, APRIL)]),
    ("did not take the place", [row("switch", "icpc", {"own": True})]),
    ("wrong side of the target", [row("target", "ni67|2025-26", {"good": "high", "target": 90, "amber": 95})]),
    ("leave out 2025-26", [row("target", f"ni67|{year}", NINETY) for year in ("2024-25", "2026-27")]),
    ("are always withheld", [row("publication", "", {"least_shown": 4, "rounded_to": 1})]),
    ("cannot be rounded to 3", [row("publication", "", {"least_shown": 6, "rounded_to": 3})]),
    ("above nought", [row("population", "2025-26", {"value": 0, "source": "A guess"})]),
    ("Say where the number comes from", [row("population", "2025-26", {"value": 5, "source": " "})]),
    ("not a financial year", [row("population", "2025", {"value": 5, "source": "A guess"})]),
    ("no board or service", [row("name", "club", {"name": "The club"})]),
    ("Choose how months are counted", [row("counting", "", {"unspecified_days": "working_day"})]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "rows"), REFUSED, ids=[said for said, _ in REFUSED])
def test_what_cannot_be_meant_is_refused_in_a_sentence(said: str, rows: list[Row]) -> None:
    with pytest.raises(PlainError, match=said):
        held(*rows)
