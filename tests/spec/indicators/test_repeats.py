"""Second and later plans: ever, within twelve months, and within two years."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .answers import Answer, Figures, answer, cases, quarter, spec, tally, values
from .children import Census, census, child, plan


@spec("ni65", "first_time_plans", "previous_plans")
def test_a_repeat_is_what_number_of_previous_plans_says(figures: Figures) -> None:
    said: list[str | int | None] = [0, 0, 1, " 2 ", 3, 7, "", None, "two", "1.5"]
    results = figures(
        census(
            2025,
            *(child(f"Child{place}", plan("2024-06-20", previous=number)) for place, number in enumerate(said)),
            child("Maya", plan("2023-06-20", previous=1)),  # begun the year before
            child("Omar", plan("2024-06-20", "2024-06-20", previous=1)),  # one day's plan is none
        )
    )
    assert answer(results, "ni65") == (4, 10, 40.0)  # not known stays in the denominator
    assert answer(results, "first_time_plans") == (2, None, 2)  # and is not a first plan either
    assert values(results, "previous_plans", "previous_plans") == ["0", "1", "2", "3+", "unknown"]
    assert answer(results, "previous_plans", previous_plans="0") == (2, 10, 2)
    assert answer(results, "previous_plans", previous_plans="3+") == (2, 10, 2)
    assert tally(results, "previous_plans", "previous_plans") == {"0": 2, "1": 1, "2": 1, "3+": 2, "unknown": 4}


@spec("ni65", "first_time_plans", "previous_plans")
def test_a_whole_number_is_read_however_long_it_is(figures: Figures) -> None:
    said = ["0000000000000", "0000000000001", "2147483648", "12345678901", "9" * 5000]
    children = (child(f"Child{place}", plan("2024-06-20", previous=number)) for place, number in enumerate(said))
    results = figures(census(2025, *children))
    assert answer(results, "ni65") == (4, 5, 80.0)
    assert tally(results, "previous_plans", "previous_plans") == {"0": 1, "1": 1, "3+": 3}


@spec("ni65", "first_time_plans", "previous_plans")
def test_the_number_filed_stands_even_where_the_files_show_otherwise(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-04-10", "2024-07-10"), plan("2024-09-10", previous=0))))
    assert answer(results, "ni65") == (0, 2, 0.0)
    assert answer(results, "first_time_plans") == (2, None, 2)
    assert tally(results, "previous_plans", "previous_plans") == {"0": 2}


@spec("ni65", "first_time_plans", "previous_plans")
def test_repeats_are_of_the_periods_own_plans_and_not_year_to_date(figures: Figures) -> None:
    results = figures(
        census(2025, child("Maya", plan("2024-05-10", previous=1)), child("Omar", plan("2024-08-10"))), by="quarter"
    )
    assert answer(results, "ni65", quarter(1)) == (1, 1, 100.0)
    assert answer(results, "ni65", quarter(2)) == (0, 1, 0.0)
    assert answer(results, "ni65", quarter(3)) == "not_applicable"
    assert answer(results, "first_time_plans", quarter(1)) == (0, None, 0)
    assert answer(results, "previous_plans", quarter(3), previous_plans="0") == (0, 0, 0)


def before_and_now(ended: str, started: str, previous: int = 1) -> list[Census]:
    """Three files: a plan in whichever it ended in, and another of the same child in the last."""
    first, last = plan("2022-01-10", ended), plan(started, previous=previous)
    files: dict[int, list[Element]] = {2023: [], 2024: [], 2025: [last]}
    year = 2023 if ended < "2023-04-01" else 2024 if ended < "2024-04-01" else 2025
    files[year].insert(0, first)
    return [census(ends, child("Maya", *plans)) for ends, plans in files.items()]


@spec("repeat_12m_of_new", "repeat_12m_of_repeats", "repeat_2y")
@cases(
    "ended, started, within_12_months, within_2_years",
    {
        "on the day the last one ended": ("2024-06-10", "2024-06-10", 1, 1),
        "twelve months on": ("2023-06-10", "2024-06-10", 1, 1),
        "a day over twelve months": ("2023-06-10", "2024-06-11", 0, 1),
        "twelve months from 29 February": ("2024-02-29", "2025-02-28", 1, 1),
        "a day over from 29 February": ("2024-02-29", "2025-03-01", 0, 1),
        "two years on": ("2022-06-10", "2024-06-10", 0, 1),
        "a day over two years": ("2022-06-10", "2024-06-11", 0, 0),
        "an end after the start is none before it": ("2024-06-11", "2024-06-10", 0, 0),
    },
)
def test_a_plan_soon_after_the_last_one_ended(
    figures: Figures, ended: str, started: str, within_12_months: int, within_2_years: int
) -> None:
    results = figures(*before_and_now(ended, started))
    assert answer(results, "repeat_12m_of_new") == (within_12_months, 1, 100.0 * within_12_months)
    assert answer(results, "repeat_12m_of_repeats") == (within_12_months, 1, 100.0 * within_12_months)
    assert answer(results, "repeat_2y") == (within_2_years, 1, 100.0 * within_2_years)


@spec("repeat_12m_of_new", "repeat_12m_of_repeats", "repeat_2y")
def test_a_plan_soon_after_another_is_a_share_of_new_plans_or_of_repeats(figures: Figures) -> None:
    results = figures(
        census(2023),
        census(2024, child("Maya", plan("2023-01-10", "2023-12-01")), child("Omar", plan("2023-01-10", "2023-12-01"))),
        census(
            2025,
            child("Maya", plan("2024-06-10", previous=1)),
            child("Omar", plan("2024-06-10", previous=0)),  # filed as a first plan: soon after, but not a repeat
            child("Iris", plan("2024-06-10", previous=2)),  # a repeat, of plans no file shows
            child("Noah", plan("2024-06-10", previous=None), plan("2024-04-02", "2024-06-01")),  # not known
            child("Zara", plan("2024-06-10"), plan("2024-05-01", "2024-05-01")),  # one day's plan is none before it
            child("Leo", plan("2024-06-10"), plan("2024-05-01", "9999-12-31")),  # still on the other
        ),
    )
    assert answer(results, "repeat_12m_of_new") == (3, 8, 37.5)  # Maya, Omar, Noah of 8 begun
    assert answer(results, "repeat_12m_of_repeats") == (1, 2, 50.0)  # Maya of Maya and Iris
    assert answer(results, "repeat_2y") == (3, 8, 37.5)


@spec("repeat_12m_of_new", "repeat_12m_of_repeats")
def test_the_latest_file_gives_the_end_of_the_plan_before(figures: Figures) -> None:
    open_then = census(2024, child("Maya", plan("2023-01-10")))
    ended_now = census(2025, child("Maya", plan("2023-01-10", "2024-04-10"), plan("2025-02-10", previous=1)))
    results = figures(open_then, ended_now)
    assert answer(results, "repeat_12m_of_new") == (1, 1, 100.0)
    amended = census(2024, child("Maya", plan("2022-01-10", "2023-10-02")))
    corrected = census(2025, child("Maya", plan("2022-01-10"), plan("2024-06-10", previous=1)))
    results = figures(amended, corrected)  # the plan is open after all
    assert answer(results, "repeat_12m_of_new") == (0, 1, 0.0)
    assert answer(results, "repeat_12m_of_repeats") == (0, 1, 0.0)


@spec("repeat_12m_of_new", "repeat_12m_of_repeats", "repeat_2y")
@cases(
    "plans, of_new, of_repeats",
    {
        "no plans": ([], "not_applicable", "not_applicable"),
        "no repeats": ([plan("2024-06-10")], (0, 1, 0.0), "not_applicable"),
    },
)
def test_without_plans_or_repeats_there_is_nothing_to_divide_by(
    figures: Figures, plans: list[Element], of_new: Answer, of_repeats: Answer
) -> None:
    results = figures(census(2023), census(2024), census(2025, child("Maya", *plans)))
    assert answer(results, "repeat_12m_of_new") == of_new
    assert answer(results, "repeat_12m_of_repeats") == of_repeats
    assert answer(results, "repeat_2y") == of_new
