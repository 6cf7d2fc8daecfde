"""Bands of length, wait and score

Every set of bands covers every value once. The edges are not all alike: the Department's bands take in exactly 3 and
6 months at the top but exactly 1 year at the bottom, and two years is everywhere the test of NI 64.

The rules are `waypost.domain.bands` and, for the old national indicator scores, `waypost.domain.ni_bands`.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.spec.worked import example, spec
from waypost.domain.bands import (
    ASSESSMENT_LENGTHS,
    CONFERENCE_WAITS,
    DFE_LENGTHS,
    LBHF_LENGTHS,
    length_band,
    two_years,
    working_day_band,
)
from waypost.domain.ni_bands import AS_PRINTED, TABLES, BandsRefused, BandTable, Good, ScoreBand


@spec("Two years are reached when first and last day together count more than 729 days")
@example("1 April 2023", "29 March 2025", reached=False, because="729 days")
@example("1 April 2023", "30 March 2025", reached=True, because="730 days; there was a 29 February between")
@example("1 April 2022", "30 March 2024", reached=True, because="730 days")
@example("1 April 2025", "31 March 2027", reached=True, because="730 days")
@example("1 April 2025", "30 March 2027", reached=False, because="729 days")
def test_two_years(start: date, day: date, reached: bool) -> None:
    assert two_years(start, day) is reached


@spec("The Department's bands of length")
@example("31 January 2025", "31 January 2025", band="<=3 months")
@example("31 January 2025", "30 April 2025", band="<=3 months", because="3 months from 31 January is 30 April")
@example("31 January 2025", "1 May 2025", band=">3 to <=6 months")
@example("31 January 2025", "31 July 2025", band=">3 to <=6 months", because="Exactly 6 months is taken in")
@example("31 January 2025", "1 August 2025", band=">6 months to <1 year")
@example("1 April 2024", "31 March 2025", band=">6 months to <1 year")
@example("1 April 2024", "1 April 2025", band=">=1 to <2 years", because="Exactly a year is not under a year")
@example("1 April 2023", "29 March 2025", band=">=1 to <2 years")
@example("1 April 2023", "30 March 2025", band=">=2 years", because="The test of NI 64")
@example(None, "30 March 2025", band="unknown")
@example("31 March 2025", "30 March 2025", band="unknown", because="It runs backwards")
def test_dfe_lengths(start: date | None, day: date, band: str) -> None:
    assert length_band(start, day, DFE_LENGTHS) == band


@spec("The bands of length of the LBHF reports")
@example("31 January 2025", "30 April 2025", band="0-3 months")
@example("31 January 2025", "1 May 2025", band="4-6")
@example("31 January 2025", "1 August 2025", band="7-12")
@example("1 April 2024", "1 April 2025", band="7-12", because="Exactly 12 months is taken in here")
@example("1 April 2024", "2 April 2025", band="13-18")
@example("30 September 2023", "30 March 2025", band="13-18", because="Exactly 18 months")
@example("30 September 2023", "31 March 2025", band="19-24")
@example("1 April 2023", "30 March 2025", band="2-4 years", because="Two years by the test of NI 64")
@example("1 April 2021", "31 March 2025", band="2-4 years")
@example("1 April 2021", "1 April 2025", band="4+ years")
def test_lbhf_lengths(start: date, day: date, band: str) -> None:
    assert length_band(start, day, LBHF_LENGTHS) == band


@spec("The wait from enquiry to conference is banded in working days")
@example(0, band="0-10")
@example(10, band="0-10")
@example(11, band="11-15")
@example(15, band="11-15", because="Exactly 15 is in time")
@example(16, band="16-20")
@example(21, band="21+")
@example(None, band="unknown")
@example(-1, band="unknown", because="The conference came before the enquiry")
def test_conference_waits(working_days: int | None, band: str) -> None:
    assert working_day_band(working_days, CONFERENCE_WAITS) == band


@spec("The length of an assessment is banded in working days")
@example(0, band="0-10")
@example(40, band="31-40")
@example(41, band="41-45")
@example(45, band="41-45", because="Exactly 45 is in time")
@example(46, band="46-60")
@example(61, band="61+")
def test_assessment_lengths(working_days: int, band: str) -> None:
    assert working_day_band(working_days, ASSESSMENT_LENGTHS) == band


@spec("The old national indicators are scored 1 to 5 by their bands, low edge taken in and high edge not")
@example("NI65", 2.9, score=1)
@example("NI65", 3.0, score=2)
@example("NI65", 10.0, score=5, because="10 to under 15 is best: too few repeats is as telling as too many")
@example("NI65", 15.0, score=4)
@example("NI65", 17.2, score=4)
@example("NI65", 17.21, score=3)
@example("NI65", 100, score=1)
@example("NI67", 99.9, score=4)
@example("NI67", 100, score=5, because="Only exactly 100")
@example("NI64", 4.9, score=4, because="By the usable half of its row, where lower is better")
@example("NI64", 12.6, score=3)
def test_scores(indicator: str, value: float, score: int) -> None:
    assert TABLES[indicator].score(value) == score


@spec("A set of score bands that overlaps, or leaves a gap, is refused")
@example("NI64 as printed", refused="overlap between 0 and 3", because="Its first half repeats NI 65")
@example("NI65 as printed", refused="")
@example("NI67 as printed", refused="")
@example("0 to 10, 20 to 100", refused="say nothing of values from 10 to 20")
@example("0 to 10, 10 to 90", refused="say nothing of values from 90 to 100")
@example("5 to 100", refused="say nothing of values from 0 to 5")
@example("no bands", refused="say nothing of values from 0 to 100")
def test_refused(bands: str, refused: str) -> None:
    tried = {
        "0 to 10, 20 to 100": (ScoreBand(1, 0, 10, "low"), ScoreBand(2, 20, 100, "low")),
        "0 to 10, 10 to 90": (ScoreBand(1, 0, 10, "low"), ScoreBand(2, 10, 90, "low")),
        "5 to 100": (ScoreBand(1, 5, 100, "low"),),
        "no bands": (),
    } | {f"{name} as printed": row for name, row in AS_PRINTED.items()}
    good: Good = "plateau" if bands.startswith("NI65") else "high"
    if not refused:
        assert BandTable("a trial", tried[bands], good).bands == tried[bands]
        return
    with pytest.raises(BandsRefused, match=refused):
        BandTable("a trial", tried[bands], good)


@spec("A set of score bands that scores against the way that is good is refused")
@example("1, 2, 3", "high", refused=False)
@example("3, 2, 1", "low", refused=False)
@example("1, 3, 2", "plateau", refused=False)
@example("3, 2, 1", "high", refused=True, because="The high values score 1")
@example("1, 2, 3", "low", refused=True)
@example("1, 3, 2", "high", refused=True)
@example("2, 1, 3", "plateau", refused=True, because="The middle scores less than both ends")
def test_direction(scores_from_low_to_high: str, good: Good, refused: bool) -> None:
    scores = [int(score) for score in scores_from_low_to_high.split(", ")]
    edges = (0, 30, 60, 100)
    bands = tuple(ScoreBand(score, edges[at], edges[at + 1], "low") for at, score in enumerate(scores))
    if not refused:
        assert BandTable("a trial", bands, good).good == good
        return
    with pytest.raises(BandsRefused, match="is good but score"):
        BandTable("a trial", bands, good)


def test_ni64_says_which_half_of_its_row_it_is_scored_by() -> None:
    assert "last four cells" in TABLES["NI64"].note


@pytest.mark.parametrize("value", [-0.1, 100.1])
def test_what_is_no_percentage_has_no_score(value: float) -> None:
    with pytest.raises(ValueError, match="not a percentage"):
        TABLES["NI65"].score(value)
