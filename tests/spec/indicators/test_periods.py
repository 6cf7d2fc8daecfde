"""Years, quarters and months: events in them and snapshots at their close."""

from __future__ import annotations

from datetime import date

from waypost.domain.periods import Grid, Period

from .answers import YEAR, Figures, answer, cases, month, quarter, spec, values
from .children import census, child, plan, referral


@spec("referrals", "cpp_at_date")
@cases(
    "by, starts",
    {
        "the year": ("year", [(2024, 4)]),
        "quarters from April": ("quarter", [(2024, 4), (2024, 7), (2024, 10), (2025, 1)]),
        "calendar months": ("month", [(2024, number) for number in range(4, 13)] + [(2025, 1), (2025, 2), (2025, 3)]),
    },
)
def test_one_grid_at_a_time(figures: Figures, by: Grid, starts: list[tuple[int, int]]) -> None:
    results = figures(census(2025), by=by)
    for indicator in ("referrals", "cpp_at_date"):
        begun = [figure.period.start for figure in results if figure.indicator == indicator]
        assert begun == [date(*start, 1) for start in starts]
    assert max(figure.period.end for figure in results) == date(2025, 3, 31)


@spec("cpp_at_date")
def test_february_ends_on_the_29th_in_a_leap_year(figures: Figures) -> None:
    results = figures(census(2024, child("Maya", plan("2024-02-29"))), by="month")
    assert answer(results, "cpp_at_date", Period(date(2024, 2, 1), date(2024, 2, 29))) == (1, None, 1)


@spec("referrals")
def test_the_first_and_last_day_of_a_period_are_in_it(figures: Figures) -> None:
    days = ["2024-06-30", "2024-07-01", "2024-09-30", "2024-10-01"]
    results = figures(census(2025, child("Maya", *(referral(day) for day in days))), by="quarter")
    assert [answer(results, "referrals", quarter(number)) for number in (1, 2, 3, 4)] == [
        (1, None, 1),
        (2, None, 2),
        (1, None, 1),
        (0, None, 0),
    ]


@spec("cpp_at_date", "cpp_anypoint", "cpp_starts", "cpp_ends")
@cases(
    "started, ended, open_at_close, at_any_point",
    {
        "begun on the last day": ("2024-09-30", None, [0, 1], [0, 1]),
        "ended on the first day": ("2024-01-10", "2024-07-01", [1, 0], [1, 1]),
        "ended on the last day of the one before": ("2024-01-10", "2024-06-30", [0, 0], [1, 0]),
        "ended on the last day": ("2024-01-10", "2024-09-30", [1, 0], [1, 1]),
        "begun and ended within": ("2024-08-01", "2024-08-20", [0, 0], [0, 1]),
    },
)
def test_open_at_the_close_and_at_any_point_of_two_quarters(
    figures: Figures, started: str, ended: str | None, open_at_close: list[int], at_any_point: list[int]
) -> None:
    results = figures(census(2025, child("Maya", plan(started, ended))), by="quarter")
    quarters = (quarter(1), quarter(2))
    assert [answer(results, "cpp_at_date", each) for each in quarters] == [(n, None, n) for n in open_at_close]
    for measure in ("plans", "children"):
        found = [answer(results, "cpp_anypoint", each, measure=measure) for each in quarters]
        assert found == [(n, None, n) for n in at_any_point]


@spec("cin_flow", "cin_at_date")
def test_episodes_at_any_point_of_a_month_are_those_open_at_its_end_and_those_that_ended(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-05-31", closed="2024-06-30"), referral("2024-06-30")),
            child("Omar", referral("2024-01-10", closed="2024-05-31")),
            child("Iris", referral("2024-06-10", closed="2024-06-10")),
        ),
        by="month",
    )
    june = {name: answer(results, "cin_flow", month(2024, 6), measure=name) for name in ("any_point", "ended")}
    assert june == {"any_point": (3, None, 3), "ended": (2, None, 2)}  # Maya twice and Iris; Maya and Iris
    assert answer(results, "cin_at_date", month(2024, 6)) == (1, None, 1)
    assert answer(results, "cin_flow", month(2024, 6), measure="any_point_children") == (2, None, 2)


@spec("repeat_2y", "rereferral_12m")
def test_what_is_not_available_says_so_once_for_each_period(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-06-20"))), by="quarter", group_by=["sex", "category"])
    for indicator in ("repeat_2y", "rereferral_12m"):
        found = [figure for figure in results if figure.indicator == indicator]
        assert [figure.period for figure in found] == [quarter(number) for number in (1, 2, 3, 4)]
        assert {figure.status for figure in found} == {"not_available"}
        assert all(figure.note and not figure.group for figure in found)


@spec("referral_children", "multi_referral_fy")
def test_a_child_referred_in_two_quarters_counts_in_each_and_once_in_the_year(figures: Figures) -> None:
    file = census(2025, child("Maya", referral("2024-05-01"), referral("2024-11-01")))
    by_quarter = figures(file, by="quarter")
    counted = [by_quarter.get("referral_children", quarter(number)).value for number in (1, 2, 3, 4)]
    assert counted == [1, 0, 1, 0]
    assert answer(figures(file), "referral_children", YEAR) == (1, None, 1)
    assert values(by_quarter, "referral_children", "sex", quarter(1)) == []
