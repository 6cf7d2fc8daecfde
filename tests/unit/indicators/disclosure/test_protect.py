"""Small tables whose right answer can be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.indicators.disclosure.sheets import (
    EXACT,
    MONTHS,
    ROUNDED,
    WHOLE,
    YEAR,
    by_sex,
    figure,
    opening,
    results,
    split,
    withheld,
)
from waypost.indicators.disclosure import CannotKeep, Edition, protect, rule_of
from waypost.indicators.results import Figure

RECORDS = {YEAR: "as they were"}


def test_a_small_count_is_withheld_and_nought_and_six_are_shown() -> None:
    figures = [figure("assess_factors", count, factor=code) for count, code in ((5, "1A"), (0, "2A"), (6, "3A"))]
    assert withheld(protect(results(*figures), EXACT)) == {"assess_factors 1A"}


def test_a_withheld_figure_has_no_number_and_says_why() -> None:
    (kept,) = protect(results(figure("referral_rate", 3)), EXACT).figures
    assert (kept.value, kept.numerator, kept.denominator, kept.status) == (None, None, None, "suppressed")
    assert kept.note == "Withheld so that no child can be recognised."


def test_one_small_part_takes_another_with_it_and_the_total_stays() -> None:
    found = withheld(protect(results(*by_sex(30, 20, 4)), EXACT))
    assert found == {"cpp_by_sex unknown", "cpp_by_sex female"}


def test_two_small_parts_keep_each_other() -> None:
    ages = {"0-1": 3, "2-3": 3, "4-8": 20, "9-14": 20, "15+": 0, "unknown": 0}
    figures = [figure("cpp_at_date", 46), *split("cpp_by_age", "age_band_lbhf", **ages)]
    assert withheld(protect(results(*figures), EXACT)) == {"cpp_by_age 0-1", "cpp_by_age 2-3"}


def test_two_small_parts_that_are_known_by_their_total_take_a_third() -> None:
    """5 and 5 are the only small counts that make 10."""
    ages = {"0-1": 5, "2-3": 5, "4-8": 20, "9-14": 30, "15+": 0, "unknown": 0}
    figures = [figure("cpp_at_date", 60), *split("cpp_by_age", "age_band_lbhf", **ages)]
    assert withheld(protect(results(*figures), EXACT)) >= {"cpp_by_age 0-1", "cpp_by_age 2-3", "cpp_by_age 4-8"}


def test_a_table_of_two_ways_is_kept_both_ways() -> None:
    """Sex and category share a total; what one lets go of the other must not give back."""
    categories = {"neglect": 25, "emotional": 20, "physical": 5, "sexual": 0, "multiple": 0, "unknown": 0}
    figures = [*by_sex(30, 16, 4), *split("cpp_by_category", "category", **categories)]
    found = withheld(protect(results(*figures), EXACT))
    assert found >= {"cpp_by_sex unknown", "cpp_by_category physical"}
    assert len(found) == 4


def test_a_share_a_rate_and_a_count_of_the_same_go_together() -> None:
    figures = [figure("cpp_at_date", 4), figure("cpp_rate", 4), figure("cpp_disabled", 0, 4)]
    assert withheld(protect(results(*figures), EXACT)) == {"cpp_at_date", "cpp_rate", "cpp_disabled"}


def test_a_share_stays_where_its_count_and_base_do() -> None:
    assert withheld(protect(results(figure("ni64", 8, 60), figure("cpp_ends", 60)), EXACT)) == set()


def test_those_whose_group_is_known_are_not_given_away_by_their_base() -> None:
    known = {"white": 20, "mixed": 10, "asian": 8, "black": 9, "other": 7}
    figures = [figure("cpp_at_date", 57), *split("cpp_by_ethnicity", "ethnicity", **known)]
    figures.append(figure("cpp_by_ethnicity", 3, 57, ethnicity="unknown"))
    found = withheld(protect(results(*figures), EXACT))
    assert found == {f"cpp_by_ethnicity {name}" for name in (*known, "unknown")}


def months(flows: list[tuple[int, int]], first: int) -> list[Figure]:
    made, at = [opening(first)], first
    for month, (started, ended) in zip(MONTHS, flows, strict=True):
        at += started - ended
        made += [figure("cpp_starts", started, when=month), figure("cpp_ends", ended, when=month)]
        made.append(figure("cpp_at_date", at, when=month))
    totals = (sum(started for started, _ in flows), sum(ended for _, ended in flows))
    return [*made, *(figure(name, total) for name, total in zip(("cpp_starts", "cpp_ends"), totals, strict=True))]


def test_a_month_is_not_given_away_by_its_year_or_by_what_was_open() -> None:
    flows = [(10, 9)] * 11 + [(3, 12)]
    kept = protect(results(*months(flows, 100)), EXACT)
    shown = {(each.indicator, each.period) for each in kept.figures if each.status != "suppressed" and not each.group}
    of_march = {name for name, period in shown if period == MONTHS[11]}
    assert "cpp_starts" not in of_march
    assert not of_march >= {"cpp_ends", "cpp_at_date"} or ("cpp_at_date", MONTHS[10]) not in shown
    assert ("cpp_starts", WHOLE) in shown
    assert len([1 for name, period in shown if name == "cpp_starts" and period != WHOLE]) <= 10


def test_a_review_due_does_not_give_away_a_plan_of_less_than_three_months() -> None:
    bands = {"0-3 months": 5, "4-6": 25, "7-12": 20, "13-18": 10, "19-24": 0, "2-4 years": 0, "4+ years": 0}
    figures = [figure("cpp_at_date", 60), *split("cpp_bands_open_lbhf", "duration_band", **bands)]
    found = withheld(protect(results(*figures, figure("ni67", 50, 55)), EXACT))
    assert {"cpp_bands_open_lbhf 0-3 months", "ni67"} <= found


# ---------------------------------------------------------------- between editions


def test_a_total_that_an_earlier_edition_showed_is_known() -> None:
    by_month = [figure("cpp_starts", 3 if month == MONTHS[0] else 10, when=month) for month in MONTHS]
    assert count_withheld(by_month) == 1
    before = protect(results(figure("cpp_starts", 113)), EXACT, records=RECORDS)
    assert count_withheld(by_month, before) == 2
    other = replace(before, records={YEAR: "put right since"})
    assert count_withheld(by_month, other) == 1


def count_withheld(figures: list[Figure], *earlier: Edition) -> int:
    kept = protect(results(*figures), EXACT, earlier, RECORDS).figures
    return sum(each.status == "suppressed" for each in kept)


def test_what_was_withheld_stays_withheld() -> None:
    before = protect(results(*by_sex(30, 20, 4)), EXACT, records=RECORDS)
    assert withheld(protect(results(*by_sex(30, 20, 4)[1:]), EXACT, (before,), RECORDS)) == withheld(before)
    revised = protect(results(*by_sex(30, 20, 7)), EXACT, (before,), {YEAR: "put right since"})
    assert withheld(revised) == withheld(before)


def test_an_edition_made_again_is_the_same() -> None:
    one = protect(results(*by_sex(30, 20, 4)), EXACT, records=RECORDS)
    assert protect(results(*by_sex(30, 20, 4)), EXACT, (one,), RECORDS) == one


def test_what_is_out_already_cannot_be_kept_and_the_edition_is_refused() -> None:
    shown = protect(results(*by_sex(30, 20, 7)[:3]), EXACT, records=RECORDS)
    with pytest.raises(CannotKeep, match="2024-25"):
        protect(results(*by_sex(34, 20, 3)[3:], figure("cpp_at_date", 57)), EXACT, (shown,), RECORDS)


# ---------------------------------------------------------------- rounded


def test_counts_are_rounded_after_small_ones_are_withheld() -> None:
    figures = [figure("assess_factors", count, factor=code) for count, code in ((5, "1A"), (6, "2A"), (8, "3A"))]
    kept = protect(results(*figures), ROUNDED).figures
    assert [each.numerator for each in kept] == [None, 5, 10]
    assert kept[2].value == 3.1


def test_a_share_is_made_of_rounded_counts() -> None:
    (share, base) = protect(results(figure("ni64", 8, 63), figure("cpp_ends", 63)), ROUNDED).figures
    assert (share.value, share.numerator, share.denominator) == (15.4, 10, 65)
    assert base.value == 65
    assert share.note == "Counts are rounded to the nearest 5."


def test_rounding_alone_can_be_enough() -> None:
    assert withheld(protect(results(*by_sex(31, 21, 4)), ROUNDED)) == {"cpp_by_sex unknown"}


def test_a_net_change_is_made_of_rounded_counts() -> None:
    figures = (figure("cpp_starts", 63), figure("cpp_ends", 52), figure("cpp_net", 11))
    assert [each.value for each in protect(results(*figures), ROUNDED).figures] == [65, 50, 15]


def test_each_authority_has_its_rule() -> None:
    assert (rule_of("991").rounded_to, rule_of("993").rounded_to, rule_of("205").least_shown) == (1, 5, 6)
