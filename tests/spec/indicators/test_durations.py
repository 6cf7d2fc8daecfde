"""How long plans and episodes last, those that ended and those still open."""

from __future__ import annotations

from .answers import Figures, answer, cases, month, quarter, spec, tally, values
from .children import census, child, plan, referral

DFE = ["<=3 months", ">3 to <=6 months", ">6 months to <1 year", ">=1 to <2 years", ">=2 years"]
LBHF = ["0-3 months", "4-6", "7-12", "13-18", "19-24", "2-4 years", "4+ years"]


@spec("cpp_bands_ended", "cin_duration_ended", "ni64")
@cases(
    "started, ended, band",
    {
        "three months": ("2024-03-10", "2024-06-10", 0),
        "a day over three months": ("2024-03-10", "2024-06-11", 1),
        "three months from 31 January end on 30 April": ("2024-01-31", "2024-04-30", 0),
        "1 May is over three months from 31 January": ("2024-01-31", "2024-05-01", 1),
        "six months": ("2023-12-10", "2024-06-10", 1),
        "a day over six months": ("2023-12-10", "2024-06-11", 2),
        "six months from 31 October end on 30 April": ("2023-10-31", "2024-04-30", 1),
        "a day under a year": ("2023-06-10", "2024-06-09", 2),
        "a year": ("2023-06-10", "2024-06-10", 3),
        "a year from 29 February ends on 28 February": ("2024-02-29", "2025-02-28", 3),
        "27 February is under a year from 29 February": ("2024-02-29", "2025-02-27", 2),
        "729 days with the last": ("2023-04-01", "2025-03-29", 3),
        "730 days with the last": ("2023-04-01", "2025-03-30", 4),
        "years": ("2018-04-01", "2025-03-30", 4),
    },
)
def test_the_length_of_what_ended(figures: Figures, started: str, ended: str, band: int) -> None:
    results = figures(census(2025, child("Maya", plan(started, ended), referral(started, closed=ended))))
    assert values(results, "cpp_bands_ended", "duration_band") == DFE
    assert tally(results, "cpp_bands_ended", "duration_band") == {DFE[band]: 1}
    assert values(results, "cin_duration_ended", "duration_band") == DFE
    assert tally(results, "cin_duration_ended", "duration_band") == {DFE[band]: 1}
    assert answer(results, "cin_duration_ended", duration_band=DFE[band]) == (1, 1, 100.0)
    two_years = int(band == 4)  # ni64 and the last band agree
    assert answer(results, "ni64") == (two_years, 1, 100.0 * two_years)


@spec("cpp_bands_open", "cpp_bands_open_lbhf", "cin_duration_open", "cpp_2y_open")
@cases(
    "started, dfe, lbhf",
    {
        "begun on the day": ("2025-03-31", 0, 0),
        "three months": ("2024-12-31", 0, 0),
        "a day over three months": ("2024-12-30", 1, 1),
        "under six months": ("2024-10-01", 1, 1),
        "six months from 30 September ended on 30 March": ("2024-09-30", 2, 2),
        "a day under a year": ("2024-04-01", 2, 2),
        "a year, which LBHF has in 7-12 and DfE in its fourth": ("2024-03-31", 3, 2),
        "a day over a year": ("2024-03-30", 3, 3),
        "under eighteen months": ("2023-10-01", 3, 3),
        "eighteen months from 30 September ended on 30 March": ("2023-09-30", 3, 4),
        "729 days with the last": ("2023-04-03", 3, 4),
        "730 days with the last": ("2023-04-02", 4, 5),
        "a day under four years": ("2021-04-01", 4, 5),
        "four years": ("2021-03-31", 4, 6),
    },
)
def test_the_length_of_what_is_open_at_31_march(figures: Figures, started: str, dfe: int, lbhf: int) -> None:
    # The other episode of need, of long ago, holds the plan; it is over two years.
    results = figures(census(2025, child("Maya", plan(started)), child("Omar", referral(started))))
    assert values(results, "cpp_bands_open", "duration_band") == DFE
    assert tally(results, "cpp_bands_open", "duration_band") == {DFE[dfe]: 1}
    assert values(results, "cpp_bands_open_lbhf", "duration_band") == LBHF
    assert tally(results, "cpp_bands_open_lbhf", "duration_band") == {LBHF[lbhf]: 1}
    assert values(results, "cin_duration_open", "duration_band") == DFE
    assert tally(results, "cin_duration_open", "duration_band") == (
        {DFE[4]: 2} if dfe == 4 else {DFE[dfe]: 1, DFE[4]: 1}
    )
    two_years = int(dfe == 4)
    assert answer(results, "cpp_2y_open") == (two_years, 1, 100.0 * two_years)


@spec("cpp_bands_open", "cpp_bands_open_lbhf", "cpp_bands_ended", "cin_duration_open", "ni64", "cpp_2y_open")
def test_shares_by_length_are_of_all_open_or_all_ended(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2025-02-03", plan("2025-02-03"))),
            child("Omar", referral("2025-02-03", plan("2025-02-03"))),
            child("Iris", referral("2022-02-03", plan("2022-02-03"))),
            child("Noah", referral("2022-02-03", plan("2022-02-03", "2024-06-10"), closed="2024-07-10")),
            child("Zara", referral("2024-02-05", plan("2024-02-05", "2024-06-10"), closed="2024-07-10")),
        )
    )
    assert answer(results, "cpp_bands_open", duration_band="<=3 months") == (2, 3, 66.7)
    assert answer(results, "cpp_bands_open", duration_band=">=2 years") == (1, 3, 33.3)
    assert answer(results, "cpp_bands_open", duration_band=">=1 to <2 years") == (0, 3, 0.0)
    assert answer(results, "cpp_bands_open_lbhf", duration_band="0-3 months") == (2, 3, 2)
    assert answer(results, "cpp_bands_open_lbhf", duration_band="4-6") == (0, 3, 0)
    assert answer(results, "cpp_bands_ended", duration_band=">3 to <=6 months") == (1, 2, 50.0)
    assert answer(results, "cin_duration_open", duration_band="<=3 months") == (2, 3, 66.7)
    assert answer(results, "ni64") == (1, 2, 50.0)
    assert answer(results, "cpp_2y_open") == (1, 3, 33.3)


@spec("ni64", "cpp_2y_open", "cpp_over_12m", "cpp_over_18m", "cpp_bands_open", "cpp_bands_ended", "cin_duration_ended")
def test_nothing_open_and_nothing_ended_is_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2025))
    assert answer(results, "ni64") == "not_applicable"
    assert answer(results, "cpp_2y_open") == "not_applicable"
    assert answer(results, "cpp_over_12m") == "not_applicable"
    assert answer(results, "cpp_over_18m") == (0, 0, 0)  # a count is nought
    assert answer(results, "cpp_bands_open", duration_band="<=3 months") == "not_applicable"
    assert answer(results, "cpp_bands_ended", duration_band="<=3 months") == "not_applicable"
    assert answer(results, "cin_duration_ended", duration_band="<=3 months") == "not_applicable"


@spec("cin_duration_ended")
def test_an_episode_that_began_and_ended_on_a_day_is_under_three_months(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", referral("2024-05-01", closed="2024-05-01"))))
    assert tally(results, "cin_duration_ended", "duration_band") == {"<=3 months": 1}


@spec("cpp_over_12m", "cpp_over_18m")
def test_twelve_and_eighteen_months_exactly_are_not_over(figures: Figures) -> None:
    starts = ["2024-03-31", "2024-03-30", "2023-10-01", "2023-09-30"]
    results = figures(census(2025, *(child(start[:4] + start[5:7] + start[8:], plan(start)) for start in starts)))
    assert answer(results, "cpp_over_12m") == (3, 4, 75.0)  # all but the first
    assert answer(results, "cpp_over_18m") == (1, 4, 1)  # 30 September and 18 months is 30 March


@spec("cpp_over_12m")
def test_twelve_months_from_29_february_are_up_on_28_february(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-02-29"))), by="month")
    assert answer(results, "cpp_over_12m", month(2025, 2)) == (0, 1, 0.0)
    assert answer(results, "cpp_over_12m", month(2025, 3)) == (1, 1, 100.0)


@spec("cpp_over_18m")
@cases(
    "started, over",
    {
        "the same day number": ("2023-03-30", 0),
        "from the 31st to the 30th": ("2023-03-31", 0),
        "a day over": ("2023-03-29", 1),
    },
)
def test_eighteen_months_to_30_september(figures: Figures, started: str, over: int) -> None:
    results = figures(census(2025, child("Maya", plan(started))), by="quarter")
    assert answer(results, "cpp_over_18m", quarter(2)) == (over, 1, over)


@spec("ni64")
def test_long_plans_are_dated_by_their_end(figures: Figures) -> None:
    results = figures(
        census(2025, child("Maya", plan("2021-04-12", "2024-05-10")), child("Omar", plan("2021-04-12"))), by="quarter"
    )
    assert answer(results, "ni64", quarter(1)) == (1, 1, 100.0)
    assert answer(results, "ni64", quarter(2)) == "not_applicable"
