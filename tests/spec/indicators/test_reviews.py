"""Child protection reviews: children whose every review was on time, and reviews on time."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .answers import Answer, Figures, answer, cases, quarter, spec
from .children import census, child, plan


@spec("ni67", "cpp_3m_count")
@cases(
    "record, expected",
    {
        "first and later review on the due day": (
            plan("2024-06-20", reviews=["2024-09-20", "2025-03-20"]),
            (1, 1, 100.0),
        ),
        "first review a day late": (plan("2024-06-20", reviews=["2024-09-21", "2025-03-20"]), (0, 1, 0.0)),
        "later review a day late": (plan("2024-06-20", reviews=["2024-09-20", "2025-03-21"]), (0, 1, 0.0)),
        "next review overdue": (plan("2024-06-20", reviews=["2024-09-20"]), (0, 1, 0.0)),
        "never reviewed": (plan("2024-06-20"), (0, 1, 0.0)),
        "first review due on 31 March, not held": (plan("2024-12-31"), (1, 1, 100.0)),
        "first review due on 30 March, not held": (plan("2024-12-30"), (0, 1, 0.0)),
        "not three months on the plan": (plan("2025-01-01"), "not_applicable"),
        "reviewed early, but not three months": (plan("2025-01-01", reviews=["2025-03-01"]), "not_applicable"),
        "one late review long ago": (
            plan("2023-05-10", reviews=["2023-08-15", "2024-02-10", "2024-08-01", "2025-01-20"]),
            (0, 1, 0.0),
        ),
        "every review on time for years": (
            plan("2023-05-10", reviews=["2023-08-10", "2024-02-10", "2024-08-01", "2025-01-20"]),
            (1, 1, 100.0),
        ),
        "a review on the first day is none": (plan("2024-12-02", reviews=["2024-12-02"]), (0, 1, 0.0)),
        "a review before the first day is none": (
            plan("2024-06-20", reviews=["2024-06-01", "2024-12-01"]),  # so the first was due on 20 September
            (0, 1, 0.0),
        ),
        "one date twice is one review": (
            plan("2024-06-20", reviews=["2024-09-20", "2024-09-20", "2025-03-20"]),
            (1, 1, 100.0),
        ),
        "dates out of order": (plan("2024-06-20", reviews=["2025-03-20", "2024-09-20"]), (1, 1, 100.0)),
        "every review in a wrapper of its own": (
            plan("2024-06-20", reviews=["2024-09-20", "2025-03-20"], wrapper_each=True),
            (1, 1, 100.0),
        ),
        "a date that is no real day is no review": (
            plan("2024-06-20", reviews=["2024-09-20", "2025-02-30"]),
            (0, 1, 0.0),
        ),
        "three months from 30 November are up on 28 February": (
            plan("2024-11-30", reviews=["2025-02-28"]),
            (1, 1, 100.0),
        ),
        "1 March is late from 30 November": (plan("2024-11-30", reviews=["2025-03-01"]), (0, 1, 0.0)),
        "six months from 31 August are up on 28 February": (
            plan("2024-05-31", reviews=["2024-08-31", "2025-02-28"]),
            (1, 1, 100.0),
        ),
        "1 March is late from 31 August": (plan("2024-05-31", reviews=["2024-08-31", "2025-03-01"]), (0, 1, 0.0)),
        "ended on 31 March": (plan("2024-06-20", "2025-03-31", reviews=["2024-09-20", "2025-03-20"]), "not_applicable"),
    },
)
def test_a_child_whose_every_review_was_on_time(figures: Figures, record: Element, expected: Answer) -> None:
    results = figures(census(2025, child("Maya", record)))
    assert answer(results, "ni67") == expected
    long_enough = 0 if expected == "not_applicable" else 1
    assert answer(results, "cpp_3m_count") == (long_enough, None, long_enough)


@spec("ni67", "cpp_3m_count")
@cases(
    "record, on_time",
    {
        "next review due on the day": (plan("2023-10-02", reviews=["2023-12-31"]), 1),
        "next review due the day before": (plan("2023-10-02", reviews=["2023-12-29"]), 0),
        "first review due on the day, held after": (plan("2024-03-31", reviews=["2024-07-05"]), 1),
        "held after the day is not yet held": (plan("2024-03-20", reviews=["2024-07-05"]), 0),
        "a later late review does not reach back": (plan("2024-03-20", reviews=["2024-06-20", "2025-01-06"]), 1),
    },
)
def test_reviews_up_to_the_snapshot_count_at_30_june(figures: Figures, record: Element, on_time: int) -> None:
    results = figures(census(2025, child("Maya", record)), by="quarter")
    assert answer(results, "ni67", quarter(1)) == (on_time, 1, 100.0 * on_time)
    assert answer(results, "cpp_3m_count", quarter(1)) == (1, None, 1)


@spec("ni67", "cpp_3m_count")
def test_a_sibling_who_joined_at_a_review_is_timed_from_their_own_start(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", plan("2024-03-20", reviews=["2024-06-20", "2024-12-20"])),
            child("Omar", plan("2024-06-20", reviews=["2024-12-20"])),  # due 20 September
            child("Iris", plan("2024-12-20", reviews=["2025-03-20"])),
        )
    )
    assert answer(results, "ni67") == (2, 3, 66.7)
    assert answer(results, "cpp_3m_count") == (3, None, 3)


@spec("ni67")
def test_earlier_files_give_the_reviews_held_before_the_year(figures: Figures) -> None:
    then = census(2024, child("Maya", plan("2023-05-10", reviews=["2023-08-10", "2024-02-09"])))
    now = census(2025, child("Maya", plan("2023-05-10", reviews=["2024-08-09", "2025-02-07"])))
    assert answer(figures(then, now), "ni67") == (1, 1, 100.0)
    assert answer(figures(now), "ni67") == (0, 1, 0.0)  # the first review it knows of came after fifteen months


@spec("reviews_on_time_events")
@cases(
    "record, expected",
    {
        "both held on the due day": (plan("2024-06-20", reviews=["2024-09-20", "2025-03-20"]), (2, 2, 100.0)),
        "the first late moves the next due date": (plan("2024-06-20", reviews=["2024-09-21"]), (0, 2, 0.0)),
        "ended on the day the next was due": (
            plan("2024-06-20", "2025-03-20", reviews=["2024-09-20"]),
            (1, 1, 100.0),
        ),
        "ended the day after the next was due": (
            plan("2024-06-20", "2025-03-21", reviews=["2024-09-20"]),
            (1, 2, 50.0),
        ),
        "due on 31 March and not held": (plan("2024-12-31"), (0, 1, 0.0)),
        "due on 1 April": (plan("2025-01-01"), "not_applicable"),
        "due before the year, held in it": (plan("2023-12-20", reviews=["2024-04-05", "2024-10-01"]), (1, 1, 100.0)),
        "due in the year, held before it": (plan("2024-01-10", "2024-09-20", reviews=["2024-03-20"]), (1, 1, 100.0)),
        "an early review brings the next due date forward": (
            plan("2024-01-10", reviews=["2024-03-20", "2024-09-25"]),  # due 10 April, 20 September, 25 March
            (1, 3, 33.3),
        ),
        "held on the last day of the plan, before it was due": (
            plan("2024-06-20", "2024-09-18", reviews=["2024-09-18"]),
            (1, 1, 100.0),
        ),
        "held after the plan ended": (plan("2024-06-20", "2024-09-18", reviews=["2024-09-19"]), "not_applicable"),
        "ended before one was due": (plan("2024-06-20", "2024-08-01"), "not_applicable"),
    },
)
def test_reviews_falling_due_in_the_year(figures: Figures, record: Element, expected: Answer) -> None:
    assert answer(figures(census(2025, child("Maya", record))), "reviews_on_time_events") == expected


@spec("reviews_on_time_events")
def test_a_review_counts_in_the_quarter_it_was_due(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-03-25", reviews=["2024-07-10"]))), by="quarter")
    assert answer(results, "reviews_on_time_events", quarter(1)) == (0, 1, 0.0)  # due 25 June, held 10 July
    assert answer(results, "reviews_on_time_events", quarter(2)) == "not_applicable"
    assert answer(results, "reviews_on_time_events", quarter(4)) == (0, 1, 0.0)  # due 10 January


@spec("reviews_on_time_events")
def test_due_dates_are_of_plans_in_the_years_file_with_the_reviews_of_every_file(figures: Figures) -> None:
    then = census(
        2024,
        child("Maya", plan("2023-05-10", reviews=["2023-08-10", "2024-02-09"])),
        child("Omar", plan("2024-02-05")),  # not in the year's file, so none is due
    )
    now = census(2025, child("Maya", plan("2023-05-10", reviews=["2024-08-09", "2025-02-07"])))
    assert answer(figures(then, now), "reviews_on_time_events") == (2, 2, 100.0)  # due 9 August and 9 February
