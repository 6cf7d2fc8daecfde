"""Child protection plans: open, begun, ended, the difference, and at any point."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .answers import Figures, answer, cases, month, spec
from .children import Census, census, child, plan, referral

COUNTS = ("cpp_at_date", "cpp_starts", "cpp_start_children", "cpp_ends", "cpp_net", "cpp_anypoint")


def borough() -> Census:
    return census(
        2025,
        child("Maya", plan("2024-06-20")),
        child("Omar", plan("2023-09-01", "2024-09-02")),
        child("Iris", plan("2024-04-01", "2024-10-01"), plan("2025-01-10", previous=1)),
        child("Noah", plan("2023-09-01", "2025-03-31")),  # ended on 31 March, so not open then
        child("Zara", plan("2023-09-01", "2025-04-01")),
        child("Leo", plan("2023-09-01", "2024-03-31")),  # not open at the close of the day before the year
        child("Tess", referral("2024-05-01", plan("2024-05-20"), conference="2024-05-20")),  # moved in on a plan
    )


@spec(*COUNTS, "dereg_pct_local")
def test_plans_of_a_year_and_how_they_reconcile(figures: Figures) -> None:
    results = figures(borough())
    assert answer(results, "cpp_starts") == (4, None, 4)  # Maya, Iris twice, Tess
    assert answer(results, "cpp_start_children") == (3, None, 3)
    assert answer(results, "cpp_ends") == (3, None, 3)  # Omar, Iris, Noah
    assert answer(results, "cpp_net") == (1, None, 1)
    assert answer(results, "dereg_pct_local") == (1, 4, 25.0)
    assert answer(results, "cpp_at_date") == (4, None, 4)  # Maya, Iris, Zara, Tess
    assert answer(results, "cpp_anypoint", measure="plans") == (7, None, 7)  # open at the end, and ended
    assert answer(results, "cpp_anypoint", measure="children") == (6, None, 6)


@spec("cpp_at_date", "cpp_starts", "cpp_ends", "cpp_net")
def test_each_month_opens_with_what_the_month_before_closed_with(figures: Figures) -> None:
    results = figures(borough(), by="month")
    days = [(2024, number) for number in range(4, 13)] + [(2025, number) for number in (1, 2, 3)]
    found = [
        tuple(results.get(name, month(*day)).value for name in ("cpp_starts", "cpp_ends", "cpp_net", "cpp_at_date"))
        for day in days
    ]
    assert found == [  # three plans were open at the close of 31 March 2024: Omar's, Noah's and Zara's
        (1, 0, 1, 4),  # April: Iris
        (1, 0, 1, 5),  # May: Tess
        (1, 0, 1, 6),  # June: Maya
        (0, 0, 0, 6),
        (0, 0, 0, 6),
        (0, 1, -1, 5),  # September: Omar
        (0, 1, -1, 4),  # October: Iris
        (0, 0, 0, 4),
        (0, 0, 0, 4),
        (1, 0, 1, 5),  # January: Iris again
        (0, 0, 0, 5),
        (0, 1, -1, 4),  # March: Noah
    ]


@spec(*COUNTS)
@cases(
    "record",
    {
        "one that starts and ends on a day": plan("2024-06-20", "2024-06-20"),
        "one that ends before it starts": plan("2024-06-20", "2024-06-19"),
        "one with no start": plan(None, "2024-06-20"),
        "one with a start that is no real day": plan("2024-06-31", "2024-08-20"),
    },
)
def test_a_plan_without_a_length_is_out_of_every_count(figures: Figures, record: Element) -> None:
    results = figures(census(2025, child("Maya", record)))
    for indicator in COUNTS[:-1]:
        assert answer(results, indicator) == (0, None, 0), indicator
    assert answer(results, "cpp_anypoint", measure="plans") == (0, None, 0)
    assert answer(results, "cpp_anypoint", measure="children") == (0, None, 0)


@spec("cpp_at_date", "cpp_ends")
@cases(
    "started, ended, is_open, has_ended",
    {
        "begun on 31 March": ("2025-03-31", None, 1, 0),
        "begun on 1 April": ("2025-04-01", None, 0, 0),
        "ended on 31 March": ("2024-06-20", "2025-03-31", 0, 1),
        "ended on 1 April": ("2024-06-20", "2025-04-01", 1, 0),
        "ended on the year's first day": ("2023-06-20", "2024-04-01", 0, 1),
        "ended the day before the year": ("2023-06-20", "2024-03-31", 0, 0),
        "an end that is no real day is no end": ("2024-06-20", "2025-02-29", 1, 0),
        "an end as far off as can be written": ("2024-06-20", "9999-12-31", 1, 0),
    },
)
def test_a_plan_that_ends_on_31_march_is_not_open_then(
    figures: Figures, started: str, ended: str | None, is_open: int, has_ended: int
) -> None:
    results = figures(census(2025, child("Maya", plan(started, ended))))
    assert answer(results, "cpp_at_date") == (is_open, None, is_open)
    assert answer(results, "cpp_ends") == (has_ended, None, has_ended)


@spec("cpp_at_date", "cpp_anypoint")
def test_plans_are_counted_and_not_children(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-06-20"), plan("2024-07-01"))))
    assert answer(results, "cpp_at_date") == (2, None, 2)
    assert answer(results, "cpp_anypoint", measure="plans") == (2, None, 2)
    assert answer(results, "cpp_anypoint", measure="children") == (1, None, 1)


@spec("cpp_starts", "cpp_at_date")
def test_a_plan_counts_by_its_own_dates_whatever_the_episode_says(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-05-01", plan("2024-06-20"), nfa=True)),
            child("Omar", referral("2024-05-01", plan("2024-06-20"), closed="2024-05-20")),
            child("Iris", referral(None, plan("2024-06-20"))),
        )
    )
    assert answer(results, "cpp_starts") == (3, None, 3)
    assert answer(results, "cpp_at_date") == (3, None, 3)


@spec("cpp_starts", "cpp_anypoint")
def test_a_sibling_who_joins_at_a_review_has_a_plan_of_their_own(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-06-01", plan("2024-06-20", reviews=["2024-09-18"]), conference="2024-06-20")),
            child("Omar", plan("2024-09-18")),
        )
    )
    assert answer(results, "cpp_starts") == (2, None, 2)
    assert answer(results, "cpp_anypoint", measure="children") == (2, None, 2)


@spec("cpp_net", "dereg_pct_local")
def test_net_change_can_be_below_nought_and_the_local_rate_has_no_sign(figures: Figures) -> None:
    ended = [child(name, plan("2023-09-01", "2024-09-02")) for name in ("Maya", "Omar", "Iris")]
    results = figures(census(2025, *ended, child("Noah", plan("2024-06-20"))))
    assert answer(results, "cpp_net") == (-2, None, -2)
    assert answer(results, "dereg_pct_local") == (2, 1, 200.0)


@spec("cpp_net", "dereg_pct_local")
def test_with_no_plan_begun_the_local_rate_has_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2023-09-01", "2024-09-02"))))
    assert answer(results, "cpp_net") == (-1, None, -1)
    assert answer(results, "dereg_pct_local") == "not_applicable"
