"""Section 47 enquiries and initial child protection conferences."""

from __future__ import annotations

from .answers import Figures, answer, cases, quarter, spec, tally, values
from .children import assessment, census, child, enquiry, plan, referral

BANDS = ["0-10", "11-15", "16-20", "21+", "unknown", "no section 47"]


@spec("s47_count", "s47_children")
def test_enquiries_are_those_begun_in_the_year_and_children_count_once(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", enquiry("2024-04-01"), enquiry("2025-03-31")),
            child("Omar", enquiry("2024-06-03"), enquiry("2024-06-03")),  # as filed
            child("Iris", enquiry("2024-03-31"), enquiry("2025-04-01")),
            child("Noah", enquiry(None, conference="2024-06-20")),  # no date to be counted by
            child("Zara", referral("2024-05-01", enquiry("2024-05-02"), nfa=True)),  # by its own date
        )
    )
    assert answer(results, "s47_count") == (5, None, 5)
    assert answer(results, "s47_children") == (3, None, 3)


@spec("s47_to_icpc")
def test_enquiries_leading_to_conference_by_cohort_and_by_period(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", enquiry("2024-06-03", conference="2024-06-20")),  # both versions
            child("Omar", enquiry("2025-03-20", conference="2025-04-03")),  # cohort: held after the year
            child("Iris", enquiry("2024-03-20", conference="2024-04-04")),  # period: begun before the year
            child("Noah", enquiry("2024-06-03")),  # none held
            child("Zara", enquiry("2024-06-10", conference="2024-06-07")),  # period: held before it was begun
            child("Leo", referral("2024-06-03", enquiry("2024-06-03"), conference="2024-06-20")),  # in neither
            child("Ada", enquiry(None, conference="2024-07-01")),  # period: not known when begun
            child("Sam", enquiry("2024-06-10", conference="2024-06-10")),  # both: held on the day
        )
    )
    assert values(results, "s47_to_icpc", "version") == ["cohort", "period"]
    assert answer(results, "s47_to_icpc", version="cohort") == (3, 6, 50.0)  # Maya, Omar, Sam
    assert answer(results, "s47_to_icpc", version="period") == (5, 6, 83.3)  # Maya, Iris, Zara, Ada, Sam


@spec("s47_to_icpc")
def test_the_period_version_can_pass_a_hundred_and_needs_an_enquiry_begun(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", enquiry("2024-06-20", conference="2024-07-05")),
            child("Omar", enquiry("2024-06-20", conference="2024-07-05"), enquiry("2024-07-01")),
        ),
        by="quarter",
    )
    assert answer(results, "s47_to_icpc", quarter(1), version="cohort") == (2, 2, 100.0)
    assert answer(results, "s47_to_icpc", quarter(1), version="period") == (0, 2, 0.0)
    assert answer(results, "s47_to_icpc", quarter(2), version="cohort") == (0, 1, 0.0)
    assert answer(results, "s47_to_icpc", quarter(2), version="period") == (2, 1, 200.0)
    assert answer(results, "s47_to_icpc", quarter(3), version="cohort") == "not_applicable"
    assert answer(results, "s47_to_icpc", quarter(3), version="period") == "not_applicable"


@spec("icpc_count", "transfer_in_count")
def test_conferences_are_counted_child_by_child_with_and_without_an_enquiry(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", enquiry("2024-03-20", conference="2024-04-01")),
            child("Omar", enquiry("2025-03-20", conference="2025-03-31")),
            child("Iris", enquiry("2024-06-03", conference="2024-06-20")),  # Iris and Noah are brother and sister,
            child("Noah", enquiry("2024-06-03", conference="2024-06-20")),  # with one meeting about both
            child("Zara", referral("2024-06-03", conference="2024-06-20")),  # moved in on a plan
            child(
                "Leo", referral("2024-06-03", enquiry("2024-06-03", conference="2024-06-20"), conference="2024-06-20")
            ),
            child(
                "Ada", enquiry("2024-03-20", conference="2024-03-31"), enquiry("2025-03-20", conference="2025-04-01")
            ),
            child(
                "Sam", referral("2024-03-01", conference="2024-03-31"), referral("2025-03-01", conference="2025-04-01")
            ),
        )
    )
    assert answer(results, "icpc_count") == (7, None, 7)  # Leo's two are not matched with each other
    assert answer(results, "transfer_in_count") == (2, None, 2)


@spec("icpc_15wd", "icpc_wd_bands", "icpc_median_wd")
@cases(
    "started, held, days, on_time, band",
    {
        "on the day": ("2024-06-03", "2024-06-03", 0, 1, "0-10"),
        "10 working days": ("2024-06-03", "2024-06-17", 10, 1, "0-10"),
        "11 working days": ("2024-06-03", "2024-06-18", 11, 1, "11-15"),
        "15 working days exactly": ("2024-06-03", "2024-06-24", 15, 1, "11-15"),
        "16 working days": ("2024-06-03", "2024-06-25", 16, 0, "16-20"),
        "20 working days": ("2024-06-03", "2024-07-01", 20, 0, "16-20"),
        "21 working days": ("2024-06-03", "2024-07-02", 21, 0, "21+"),
        "held on a Saturday, the 15th having been the Friday": ("2024-05-31", "2024-06-22", 15, 1, "11-15"),
        "begun on a Saturday, so Monday is the first": ("2024-06-01", "2024-06-21", 15, 1, "11-15"),
        "begun on a Saturday, held on the 16th": ("2024-06-01", "2024-06-24", 16, 0, "16-20"),
        "574 weeks of five days, less 91 bank holidays": ("2013-06-03", "2024-06-03", 2779, 0, "21+"),
        "Saturday to Monday": ("2024-06-01", "2024-06-03", 1, 1, "0-10"),
        "15 over Christmas and New Year": ("2024-12-16", "2025-01-09", 15, 1, "11-15"),
        "16 over Christmas and New Year": ("2024-12-16", "2025-01-10", 16, 0, "16-20"),
        "15 over Easter": ("2024-03-25", "2024-04-17", 15, 1, "11-15"),
    },
)
def test_a_conference_by_the_fifteenth_working_day_is_on_time(
    figures: Figures, started: str, held: str, days: int, on_time: int, band: str
) -> None:
    results = figures(census(2025, child("Maya", enquiry(started, conference=held))))
    assert answer(results, "icpc_15wd") == (on_time, 1, 100.0 * on_time)
    assert values(results, "icpc_wd_bands", "duration_band") == BANDS
    assert tally(results, "icpc_wd_bands", "duration_band") == {band: 1}
    assert answer(results, "icpc_median_wd", statistic="median") == (None, 1, days)


@spec("icpc_15wd", "icpc_wd_bands", "icpc_median_wd")
def test_a_conference_with_no_length_is_late_and_one_without_an_enquiry_stands_apart(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", enquiry("2024-06-03", conference="2024-06-24", target="2024-06-10")),  # target is not used
            child("Omar", enquiry(None, conference="2024-06-24")),
            child("Iris", enquiry("2024-06-25", conference="2024-06-24")),  # begun after
            child("Noah", referral("2024-06-03", conference="2024-06-24")),  # no enquiry
        )
    )
    assert answer(results, "icpc_15wd") == (1, 3, 33.3)
    assert answer(results, "icpc_wd_bands", duration_band="11-15") == (1, 4, 1)
    assert answer(results, "icpc_wd_bands", duration_band="unknown") == (2, 4, 2)
    assert answer(results, "icpc_wd_bands", duration_band="no section 47") == (1, 4, 1)
    assert answer(results, "icpc_wd_bands", duration_band="0-10") == (0, 4, 0)
    assert answer(results, "icpc_median_wd", statistic="median") == (None, 1, 15)


@spec("icpc_15wd", "icpc_wd_bands", "icpc_median_wd")
def test_without_conferences_after_an_enquiry_there_is_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2025, child("Noah", enquiry("2024-06-03"))))
    assert answer(results, "icpc_15wd") == "not_applicable"
    assert answer(results, "icpc_wd_bands", duration_band="0-10") == (0, 0, 0)
    assert answer(results, "icpc_median_wd", statistic="p25") == "not_applicable"


# The first days of June 2024 in working days from Monday 3 June.
WORKING_DAYS = {
    1: "2024-06-04",
    2: "2024-06-05",
    3: "2024-06-06",
    4: "2024-06-07",
    5: "2024-06-10",
    6: "2024-06-11",
    7: "2024-06-12",
    8: "2024-06-13",
    9: "2024-06-14",
}


@spec("icpc_median_wd")
@cases(
    "days, p25, median, p75",
    {
        "one conference": ([7], 7, 7, 7),
        "two: half do not exceed the lower": ([2, 8], 2, 2, 8),
        "three": ([1, 4, 9], 1, 4, 9),
        "four: a quarter is the first": ([1, 3, 6, 9], 1, 3, 6),
        "five": ([1, 2, 4, 7, 9], 2, 4, 7),
        "six": ([1, 2, 4, 6, 7, 9], 2, 4, 7),
        "eight": ([1, 2, 3, 4, 6, 7, 8, 9], 2, 4, 7),
        "ties": ([3, 3, 3, 8], 3, 3, 3),
    },
)
def test_quartiles_are_by_nearest_rank_without_averaging(
    figures: Figures, days: list[int], p25: int, median: int, p75: int
) -> None:
    held = [enquiry("2024-06-03", conference=WORKING_DAYS[number]) for number in reversed(days)]
    results = figures(census(2025, child("Maya", *held)))
    assert values(results, "icpc_median_wd", "statistic") == ["p25", "median", "p75"]
    assert answer(results, "icpc_median_wd", statistic="p25") == (None, len(days), p25)
    assert answer(results, "icpc_median_wd", statistic="median") == (None, len(days), median)
    assert answer(results, "icpc_median_wd", statistic="p75") == (None, len(days), p75)


@spec("icpc_to_cpp")
def test_a_conference_led_to_a_plan_where_one_starts_on_its_day(figures: Figures) -> None:
    held = enquiry("2024-06-03", conference="2024-06-20")
    results = figures(
        census(
            2025,
            child("Maya", held, plan("2024-06-20")),
            child("Omar", referral("2024-06-01", held), referral("2024-06-02", plan("2024-06-20"))),  # any episode
            child("Iris", referral("2024-06-03", plan("2024-06-20"), conference="2024-06-20")),  # moved in
            child("Noah", held, plan("2024-06-21")),  # a day after
            child("Zara", held, plan("2024-06-20", "2024-06-20")),  # one day's plan is none
            child("Leo", held),
            child("Ada", plan("2024-12-10")),  # joined her brother's plan at a review, without a conference
            child("Sam", enquiry("2024-03-01", conference="2024-03-20"), plan("2024-03-20")),  # the year before
        )
    )
    assert answer(results, "icpc_to_cpp") == (3, 6, 50.0)


@spec("icpc_to_cpp")
def test_two_conferences_on_the_day_of_one_plan_both_led_to_it(figures: Figures) -> None:
    both = referral(
        "2024-06-01", enquiry("2024-06-03", conference="2024-06-20"), plan("2024-06-20"), conference="2024-06-20"
    )
    assert answer(figures(census(2025, child("Maya", both))), "icpc_to_cpp") == (2, 2, 100.0)


@spec("icpc_to_cpp")
def test_no_conferences_is_nothing_to_divide_by(figures: Figures) -> None:
    assert answer(figures(census(2025, child("Maya", plan("2024-06-20")))), "icpc_to_cpp") == "not_applicable"


@spec("prebirth_conferences")
def test_a_conference_is_before_birth_where_the_child_was_unborn_on_the_day(figures: Figures) -> None:
    held = enquiry("2024-06-03", conference="2024-06-20")
    results = figures(
        census(
            2025,
            child("Maya", held, born="2024-06-21"),
            child("Omar", held, born="2024-06-20"),  # born on the day
            child("Iris", held, born=None, expected="2024-06-10", sex="U"),  # not born, though expected before
            child("Noah", held, born=None),  # nothing known
            child("Zara", referral("2024-06-03", conference="2024-06-20"), born="2024-08-01"),
            child("Leo", assessment("2024-06-03"), born="2024-08-01"),  # no conference
        )
    )
    assert answer(results, "prebirth_conferences") == (3, 5, 3)


@spec("prebirth_conferences")
def test_no_conferences_is_nought_before_birth(figures: Figures) -> None:
    assert answer(figures(census(2025)), "prebirth_conferences") == (0, 0, 0)
