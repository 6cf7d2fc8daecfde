"""What the files say: each year's own file, history, repeats, and values that cannot be read."""

from __future__ import annotations

import pytest

from waypost.domain.errors import PlainError

from .answers import Figures, answer, cases, spec, tally, values, year
from .children import Census, assessment, census, child, enquiry, plan, referral

NEEDS_THE_YEAR_BEFORE = (
    "rereferral_12m",
    "rereferral_child",
    "rereferral_rate",
    "repeat_12m_of_new",
    "repeat_12m_of_repeats",
)
NEEDS_TWO_YEARS_BEFORE = ("repeat_2y",)


@spec("cpp_at_date", "cpp_ends", "cpp_anypoint", "cin_at_date")
def test_a_record_that_the_years_own_file_lacks_is_not_in_that_year(figures: Figures) -> None:
    then = census(
        2024,
        child("Maya", referral("2023-05-01", plan("2023-05-20"))),
        child("Omar", referral("2023-05-01", plan("2023-05-20", "2024-05-10"))),  # the file was made in June
    )
    now = census(2025, child("Iris", referral("2024-05-01", plan("2024-05-20"))))
    results = figures(then, now)
    assert answer(results, "cin_at_date") == (1, None, 1)
    assert answer(results, "cpp_at_date") == (1, None, 1)
    assert answer(results, "cpp_ends") == (0, None, 0)
    assert answer(results, "cpp_anypoint", measure="plans") == (1, None, 1)


@spec("cpp_at_date", "cpp_ends", "ni67", "cpp_by_category")
def test_files_of_later_years_are_left_out(figures: Figures) -> None:
    then = census(2024, child("Maya", plan("2023-09-20", category="NEG")))
    after = census(2025, child("Maya", plan("2023-09-20", "2024-03-10", category="EMO", reviews=["2023-12-20"])))
    results = figures(then, after, year="2023-24")
    asked = year("2023-24")
    assert answer(results, "cpp_at_date", asked) == (1, None, 1)
    assert answer(results, "cpp_ends", asked) == (0, None, 0)
    assert answer(results, "ni67", asked) == (0, 1, 0.0)
    assert tally(results, "cpp_by_category", "category", asked) == {"neglect": 1}


@spec("referrals")
@cases(
    "first, second",
    {
        "the one made later, named first": ((2, "2025-07-01T09:00:00"), (1, "2025-06-01T09:00:00")),
        "the one made later, named last": ((1, "2025-06-01T09:00:00"), (2, "2025-07-01T09:00:00")),
        "the one named later of two made at one time": ((1, "2025-06-01T09:00:00"), (2, "2025-06-01T09:00:00")),
    },
)
def test_of_two_files_for_one_year_one_is_read_whole(
    figures: Figures, first: tuple[int, str], second: tuple[int, str]
) -> None:
    def file(name: str, referrals: int, made_at: str) -> Census:
        episodes = [referral("2024-05-01")] * referrals
        return census(2025, child(f"Of{name}", *episodes), made_at=made_at, name=f"{name}.xml")

    results = figures(file("a", *first), file("b", *second))
    assert answer(results, "referrals") == (2, None, 2)


@spec("referrals", "cpp_rate")
def test_the_header_year_serves_where_the_reference_date_is_blank(figures: Figures) -> None:
    for blank in ("", None):
        results = figures(census(2025, child("Maya", referral("2024-05-01")), reference=blank), population=10_000)
        assert answer(results, "referrals") == (1, None, 1)


@spec("referrals")
def test_the_reference_date_outranks_the_header_year(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", referral("2024-05-01")), year=2026))
    assert answer(results, "referrals", year("2024-25")) == (1, None, 1)


def test_files_of_two_authorities_are_refused_together(figures: Figures) -> None:
    with pytest.raises(PlainError):
        figures(census(2024, authority="991"), census(2025, authority="992"), only=["referrals"])


@spec("referrals", "cpp_at_date", "ni67", "icpc_median_wd", "cpp_by_category", "cpp_rate", "repeat_2y")
def test_without_the_years_own_file_every_figure_is_not_available(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2023-06-20"))), year="2023-24", group_by=["sex"])
    assert len(results) == 7  # one for each, with no group
    for figure in results:
        assert figure.status == "not_available", figure.indicator
        assert (figure.value, figure.numerator, figure.denominator, dict(figure.group)) == (None, None, None, {})
        assert figure.note


@spec(*NEEDS_THE_YEAR_BEFORE, *NEEDS_TWO_YEARS_BEFORE)
@cases(
    "years, one_before, two_before",
    {
        "the year's own file alone": ([2025], False, False),
        "with the year before": ([2024, 2025], True, False),
        "with the two years before": ([2023, 2024, 2025], True, True),
        "with a gap": ([2023, 2025], False, False),
        "with the year after": ([2025, 2026], False, False),
    },
)
def test_some_measures_need_the_files_of_the_years_before(
    figures: Figures, years: list[int], one_before: bool, two_before: bool
) -> None:
    maya = child("Maya", referral("2024-05-01", plan("2024-06-20", previous=1)))
    results = figures(*(census(ends, maya) for ends in years), year="2024-25", population=10_000)
    for indicator in NEEDS_THE_YEAR_BEFORE:
        figure = results.get(indicator, year("2024-25"))
        assert (figure.status == "final") is one_before, indicator
        assert bool(figure.note) or one_before, indicator
    for indicator in NEEDS_TWO_YEARS_BEFORE:
        assert (results.get(indicator, year("2024-25")).status == "final") is two_before, indicator


@spec("referrals", "referral_children", "multi_referral_fy")
def test_two_groups_with_one_id_are_one_child_and_ids_are_trimmed_and_exact(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-05-01"), sex="F"),
            child(" Maya ", referral("2024-09-01"), sex="M"),
            child("maya", referral("2024-05-01")),
            child("Omar", referral("2024-05-01"), upn="A123456789012"),
            child("Iris", referral("2024-05-01"), upn="A123456789012"),  # one UPN does not make one child
        ),
        group_by=["sex"],
    )
    assert answer(results, "referrals") == (5, None, 5)
    assert answer(results, "referral_children") == (4, None, 4)
    assert answer(results, "multi_referral_fy") == (1, 4, 25.0)
    assert tally(results, "referrals", "sex") == {"female": 5}  # the characteristics of the first


@spec("referrals", "referral_children", "multi_referral_fy", "rereferral_12m")
def test_a_blank_id_makes_a_child_of_its_own_without_history(figures: Figures) -> None:
    blank = [child(id, referral("2024-05-01")) for id in ("", " ")]
    results = figures(
        census(2024, child("", referral("2023-12-01"))),
        census(2025, *blank, child("Maya", referral("2024-05-01"))),
    )
    assert answer(results, "referrals") == (3, None, 3)
    assert answer(results, "referral_children") == (3, None, 3)
    assert answer(results, "multi_referral_fy") == (0, 3, 0.0)
    assert answer(results, "rereferral_12m") == (0, 3, 0.0)


@spec("rereferral_12m", "repeat_12m_of_new")
def test_a_child_is_known_from_file_to_file_by_the_id(figures: Figures) -> None:
    then = census(
        2024,
        child("Maya", referral("2023-12-01", plan("2023-12-20", "2024-03-20"))),
        child("Omar", referral("2023-12-01", plan("2023-12-20", "2024-03-20"))),
    )
    now = census(
        2025,
        child(" Maya", referral("2024-06-01", plan("2024-06-20"))),
        child("OMAR", referral("2024-06-01", plan("2024-06-20"))),  # another id, so another child
    )
    results = figures(then, now)
    assert answer(results, "rereferral_12m") == (1, 2, 50.0)
    assert answer(results, "repeat_12m_of_new") == (1, 2, 50.0)


@spec("cpp_at_date", "cpp_by_ethnicity", "cpp_by_age", "cpp_disabled")
def test_characteristics_are_those_of_the_years_own_file(figures: Figures) -> None:
    then = census(
        2024,
        child("Maya", plan("2023-06-20"), sex="M", born="2010-01-01", ethnicity="NOBT", disabilities=["LD"]),
    )
    now = census(2025, child("Maya", plan("2023-06-20"), sex="F", born="2021-01-01", ethnicity="BAFR"))
    results = figures(then, now, group_by=["sex"])
    assert tally(results, "cpp_at_date", "sex") == {"female": 1}
    assert tally(results, "cpp_by_ethnicity", "ethnicity") == {"black": 1}
    assert tally(results, "cpp_by_age", "age_band_lbhf") == {"4-8": 1}
    assert answer(results, "cpp_disabled") == (0, 1, 0.0)


@spec("referrals", "sa_count", "s47_count", "icpc_count", "cpp_starts")
@cases(
    "said, is_read",
    {
        "a real day": ("2024-05-01", True),
        "with space around it": (" 2024-05-01\n", True),
        "29 February in a leap year": ("2024-02-29", False),  # read, but before the year
        "no such day": ("2024-06-31", False),
        "29 February in a common year": ("2025-02-29", False),
        "day first": ("01/05/2024", False),
        "without leading noughts": ("2024-5-1", False),
        "without dashes": ("20240501", False),
        "words": ("last May", False),
        "empty": ("", False),
    },
)
def test_a_date_is_a_real_day_written_year_month_day(figures: Figures, said: str, is_read: bool) -> None:
    episode = referral(said, assessment("2024-04-02", said), enquiry(said), plan(said), conference=said)
    results = figures(census(2025, child("Maya", episode)))
    for indicator in ("referrals", "sa_count", "s47_count", "icpc_count", "cpp_starts"):
        assert answer(results, indicator) == (int(is_read), None, int(is_read)), indicator


@spec("ni65", "referrals", "cpp_rate", "icpc_median_wd")
def test_every_figure_says_whose_it_is_and_what_it_is_counted_in(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", referral("2024-05-01", plan("2024-06-20")))), population=10_000)
    assert {figure.authority for figure in results} == {"991"}
    assert {figure.version for figure in results} == {1}
    assert {figure.indicator: figure.unit for figure in results} == {
        "ni65": "percent",
        "referrals": "count",
        "cpp_rate": "rate_per_10000",
        "icpc_median_wd": "working_days",
    }
    assert values(results, "icpc_median_wd", "statistic") == ["p25", "median", "p75"]
