"""Assessments: done, done in time, overdue, and the factors found."""

from __future__ import annotations

from .answers import Figures, answer, cases, quarter, spec, tally, values
from .children import assessment, census, child, referral

BANDS = ["0-10", "11-20", "21-30", "31-40", "41-45", "46-60", "61+", "unknown"]


@spec("sa_count")
def test_an_assessment_counts_on_the_day_it_is_authorised(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", assessment("2024-02-01", "2024-04-01")),  # begun the year before
            child("Omar", assessment("2025-03-03", "2025-03-31"), assessment("2024-06-03", "2024-06-20")),
            child("Iris", assessment("2024-03-01", "2024-03-31")),  # done the year before
            child("Noah", assessment("2025-03-03", "2025-04-01")),  # done the year after
            child("Zara", assessment("2024-06-03")),  # not done
            child("Leo", referral("2024-05-01", assessment("2024-05-02", "2024-05-20"), nfa=True)),  # by its own dates
        )
    )
    assert answer(results, "sa_count") == (4, None, 4)


@spec("sa_45wd", "sa_bands")
@cases(
    "started, authorised, on_time, band",
    {
        "the same day": ("2024-06-03", "2024-06-03", 1, "0-10"),
        "10 working days": ("2024-06-03", "2024-06-17", 1, "0-10"),
        "11 working days": ("2024-06-03", "2024-06-18", 1, "11-20"),
        "20 working days": ("2024-06-03", "2024-07-01", 1, "11-20"),
        "21 working days": ("2024-06-03", "2024-07-02", 1, "21-30"),
        "30 working days": ("2024-06-03", "2024-07-15", 1, "21-30"),
        "31 working days": ("2024-06-03", "2024-07-16", 1, "31-40"),
        "40 working days": ("2024-06-03", "2024-07-29", 1, "31-40"),
        "41 working days": ("2024-06-03", "2024-07-30", 1, "41-45"),
        "45 working days exactly": ("2024-06-03", "2024-08-05", 1, "41-45"),
        "46 working days": ("2024-06-03", "2024-08-06", 0, "46-60"),
        "60 working days, Monday 26 August not being one": ("2024-06-03", "2024-08-27", 0, "46-60"),
        "61 working days": ("2024-06-03", "2024-08-28", 0, "61+"),
        "45 from a Saturday": ("2024-06-01", "2024-08-02", 1, "41-45"),
        "authorised on a Saturday, the 45th having been the Friday": ("2024-05-31", "2024-08-03", 1, "41-45"),
        "no start": (None, "2024-08-05", 0, "unknown"),
        "a start after the end": ("2024-08-06", "2024-08-05", 0, "unknown"),
        "a start that is no real day": ("2024-06-31", "2024-08-05", 0, "unknown"),
    },
)
def test_an_assessment_of_45_working_days_or_fewer_is_on_time(
    figures: Figures, started: str | None, authorised: str, on_time: int, band: str
) -> None:
    results = figures(census(2025, child("Maya", assessment(started, authorised))))
    assert answer(results, "sa_45wd") == (on_time, 1, 100.0 * on_time)
    assert values(results, "sa_bands", "duration_band") == BANDS
    assert tally(results, "sa_bands", "duration_band") == {band: 1}
    assert answer(results, "sa_bands", duration_band=band) == (1, 1, 100.0)


@spec("sa_45wd", "sa_bands")
def test_no_assessments_done_is_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", assessment("2024-06-03"))))
    assert answer(results, "sa_45wd") == "not_applicable"
    assert answer(results, "sa_bands", duration_band="0-10") == "not_applicable"


@spec("assess_overdue_open")
@cases(
    "started, authorised, expected",
    {
        "45 working days open is not over": ("2025-01-27", None, (0, 1, 0)),
        "46 working days open is over": ("2025-01-24", None, (1, 1, 1)),
        "begun on the day": ("2025-03-31", None, (0, 1, 0)),
        "done on the day is not open": ("2025-01-06", "2025-03-31", (0, 0, 0)),
        "done the day after is open": ("2025-01-06", "2025-04-01", (1, 1, 1)),
        "begun the day after": ("2025-04-01", None, (0, 0, 0)),
        "no start": (None, None, (0, 0, 0)),
    },
)
def test_an_open_assessment_is_overdue_past_45_working_days(
    figures: Figures, started: str | None, authorised: str | None, expected: tuple[int, int, int]
) -> None:
    # The 45th working day back from Monday 31 March 2025 is Tuesday 28 January: 21 in March, 20 in February and 4.
    results = figures(census(2025, child("Maya", assessment(started, authorised))))
    assert answer(results, "assess_overdue_open") == expected


@spec("assess_factors")
def test_a_factor_counts_once_for_an_episode_however_often_it_was_found(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child(
                "Maya",
                referral(
                    "2024-05-01",
                    assessment("2024-05-02", "2024-05-20", factors=["3B", "4B", "3B"]),
                    assessment("2024-09-02", "2024-09-20", factors=["3B"]),
                ),
                referral("2025-01-06", assessment("2025-01-07", "2025-01-20", factors=["3B"])),  # another episode
            ),
            child("Omar", assessment("2024-05-02", "2024-05-20", factors=["18A", " 19A ", "25Z"])),
            child("Iris", assessment("2024-05-02", factors=["4B"])),  # not done
            child("Noah", assessment("2024-01-02", "2024-03-29", factors=["4B"])),  # done the year before
        ),
        population=20_000,
    )
    listed = values(results, "assess_factors", "factor")
    assert len(listed) == 44  # 42 codes in force, 18A and 19A
    assert tally(results, "assess_factors", "factor") == {"3B": 2, "4B": 1, "18A": 1, "19A": 1}
    assert answer(results, "assess_factors", factor="3B") == (2, 20_000, 1.0)
    assert answer(results, "assess_factors", factor="4B") == (1, 20_000, 0.5)
    assert answer(results, "assess_factors", factor="21") == (0, 20_000, 0.0)


@spec("assess_factors")
def test_a_factor_counts_in_each_quarter_in_which_an_assessment_found_it(figures: Figures) -> None:
    first, second = assessment("2024-05-02", "2024-05-20", factors=["2B"]), assessment("2024-07-02", "2024-07-20")
    third = assessment("2024-10-02", "2024-10-20", factors=["2B"])
    results = figures(census(2025, child("Maya", first, second, third)), by="quarter", population=10_000)
    found = [answer(results, "assess_factors", quarter(number), factor="2B") for number in (1, 2, 3, 4)]
    assert found == [(1, 10_000, 1.0), (0, 10_000, 0.0), (1, 10_000, 1.0), (0, 10_000, 0.0)]
