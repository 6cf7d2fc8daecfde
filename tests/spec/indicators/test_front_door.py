"""Referrals: counts, re-referrals, no further action, not in need, and where they came from."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .answers import Figures, answer, cases, quarter, spec, tally, values
from .children import assessment, census, child, cin_plan, enquiry, plan, referral


@spec("referrals", "referral_children")
def test_referrals_are_those_dated_in_the_year_and_a_child_referred_twice_counts_twice(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-04-01"), referral("2025-03-31")),  # the year's first and last day
            child("Omar", referral("2024-07-01", nfa=True)),  # no further action is a referral all the same
            child("Iris", referral("2024-03-31"), referral("2025-04-01")),  # the days before and after the year
            child("Noah", referral("2023-01-09"), referral("2024-05-01")),  # while another case is open
            child("Zara", referral("2024-05-01"), referral("2024-05-01")),  # counted as filed, alike or not
            child("Leo", referral(None), referral("")),  # no date to be counted by
        )
    )
    assert answer(results, "referrals") == (6, None, 6)
    assert answer(results, "referral_children") == (4, None, 4)


@spec("referrals", "referral_children")
def test_a_year_without_referrals_has_nought_of_them(figures: Figures) -> None:
    results = figures(census(2025))
    assert answer(results, "referrals") == (0, None, 0)
    assert answer(results, "referral_children") == (0, None, 0)


@spec("rereferral_12m", "rereferral_child")
@cases(
    "before, now, expected",
    {
        "twelve months on is within": ("2023-06-10", "2024-06-10", (1, 1, 100.0)),
        "a day over twelve months is not": ("2023-06-10", "2024-06-11", (0, 1, 0.0)),
        "twelve months from 29 February end on 28 February": ("2024-02-29", "2025-02-28", (1, 1, 100.0)),
        "1 March is a day over from 29 February": ("2024-02-29", "2025-03-01", (0, 1, 0.0)),
        "the earlier file may not know of a later referral": ("2024-06-11", "2024-06-10", (0, 1, 0.0)),
    },
)
def test_a_re_referral_is_within_twelve_months_of_an_earlier_referral(
    figures: Figures, before: str, now: str, expected: tuple[int, int, float]
) -> None:
    results = figures(census(2024, child("Maya", referral(before))), census(2025, child("Maya", referral(now))))
    assert answer(results, "rereferral_12m") == expected
    assert answer(results, "rereferral_child") == expected


@spec("rereferral_12m", "rereferral_child")
def test_re_referrals_are_counted_by_referral_and_by_child(figures: Figures) -> None:
    results = figures(
        census(2024, child("Maya", referral("2023-12-01"))),
        census(
            2025,
            child("Maya", referral("2024-05-01"), referral("2024-09-01")),  # both are re-referrals, of one child
            child("Omar", referral("2024-05-01"), referral("2024-05-01")),  # same day: not of each other
            child("Iris", referral("2024-05-01", nfa=True), referral("2024-05-02", nfa=True)),  # counts at both ends
            child("Noah", referral("2024-05-01")),  # new
        ),
    )
    assert answer(results, "rereferral_12m") == (3, 7, 42.9)
    assert answer(results, "rereferral_child") == (2, 4, 50.0)


@spec("rereferral_12m", "rereferral_child")
def test_without_referrals_there_is_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2024), census(2025))
    assert answer(results, "rereferral_12m") == "not_applicable"
    assert answer(results, "rereferral_child") == "not_applicable"


@spec("multi_referral_fy")
def test_more_than_one_referral_is_counted_from_the_first_of_april(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-05-01"), referral("2024-08-01")),
            child("Omar", referral("2024-03-31"), referral("2024-10-01")),  # one of the two was the year before
        ),
        by="quarter",
    )
    assert answer(results, "multi_referral_fy", quarter(1)) == (0, 1, 0.0)
    assert answer(results, "multi_referral_fy", quarter(2)) == (1, 1, 100.0)
    assert answer(results, "multi_referral_fy", quarter(3)) == (1, 2, 50.0)
    assert answer(results, "multi_referral_fy", quarter(4)) == (1, 2, 50.0)


@spec("referral_nfa")
def test_no_further_action_is_one_or_true_in_any_case(figures: Figures) -> None:
    yes = [referral("2024-05-01", nfa=said) for said in ("1", "true", "TRUE", "True", " true ")]
    no = [referral("2024-05-01", nfa=said) for said in ("0", "false", "FALSE", "yes", "", None)]
    assert answer(figures(census(2025, child("Maya", *yes, *no))), "referral_nfa") == (5, 11, 45.5)


REFERRED = "2024-05-01"
ASSESSED = assessment("2024-05-02", "2024-05-20")


@spec("referral_not_in_need")
@cases(
    "episode, found",
    {
        "closed after assessment": (referral(REFERRED, ASSESSED, closed="2024-05-20", reason="RC8"), 1),
        "closed after assessment to early help": (referral(REFERRED, ASSESSED, closed="2024-05-20", reason="RC9"), 1),
        "closed after the year's end": (referral(REFERRED, ASSESSED, closed="2025-04-10", reason="RC8"), 1),
        "an assessment not authorised is one": (
            referral(REFERRED, assessment("2024-05-02"), closed="2024-05-20", reason="RC8"),
            1,
        ),
        "closed for another reason": (referral(REFERRED, ASSESSED, closed="2024-05-20", reason="RC7"), 0),
        "closed with no assessment": (referral(REFERRED, closed="2024-05-20", reason="RC8"), 0),
        "no further action": (referral(REFERRED, ASSESSED, closed="2024-05-20", reason="RC8", nfa=True), 0),
        "an enquiry followed": (
            referral(REFERRED, ASSESSED, enquiry("2024-05-10"), closed="2024-05-20", reason="RC8"),
            0,
        ),
        "a plan in need followed": (
            referral(REFERRED, ASSESSED, cin_plan("2024-05-10"), closed="2024-05-20", reason="RC8"),
            0,
        ),
        "a protection plan followed": (
            referral(REFERRED, ASSESSED, plan("2024-05-10"), closed="2024-05-20", reason="RC8"),
            0,
        ),
        "a conference followed": (
            referral(REFERRED, ASSESSED, closed="2024-05-20", reason="RC8", conference="2024-05-15"),
            0,
        ),
        "closed before the period": (referral(REFERRED, ASSESSED, closed="2024-03-31", reason="RC8"), 0),
        "closed in the period, though before the referral": (
            referral(REFERRED, ASSESSED, closed="2024-04-15", reason="RC8"),
            1,
        ),
        "not dated as closed": (referral(REFERRED, ASSESSED, closed=None, reason="RC8"), 0),
    },
)
def test_a_referral_not_in_need_was_assessed_and_closed_with_nothing_after(
    figures: Figures, episode: Element, found: int
) -> None:
    results = figures(census(2025, child("Maya", episode), child("Omar", referral("2024-06-03"))))
    assert answer(results, "referral_not_in_need") == (found, 2, 50.0 * found)


@spec("referral_not_in_need")
def test_a_referral_not_in_need_counts_in_the_quarter_of_the_referral(figures: Figures) -> None:
    episode = referral("2024-06-20", assessment("2024-06-21", "2024-07-20"), closed="2024-07-20", reason="RC8")
    results = figures(census(2025, child("Maya", episode)), by="quarter")
    assert answer(results, "referral_not_in_need", quarter(1)) == (1, 1, 100.0)
    assert answer(results, "referral_not_in_need", quarter(2)) == "not_applicable"


@spec("referral_source")
def test_every_source_of_referral_is_school_health_police_or_other(figures: Figures) -> None:
    school, health, police = ["2A"], ["3A", "3B", "3C", "3D", "3E", "3F"], [" 6 "]
    other = "1A 1B 1C 1D 2B 4 5A 5B 5C 5D 7 8 9 10".split()
    not_a_code = ["", None, "2a"]
    sources: list[str | None] = [*school, *health, *police, *other, *not_a_code]
    results = figures(census(2025, child("Maya", *(referral("2024-05-01", source=code) for code in sources))))
    assert values(results, "referral_source", "source") == ["school", "health", "police", "other"]
    assert answer(results, "referral_source", source="school") == (1, 25, 4.0)
    assert answer(results, "referral_source", source="health") == (6, 25, 24.0)
    assert answer(results, "referral_source", source="police") == (1, 25, 4.0)
    assert answer(results, "referral_source", source="other") == (17, 25, 68.0)


@spec("referral_source")
def test_a_year_without_referrals_has_no_shares_by_source(figures: Figures) -> None:
    results = figures(census(2025))
    assert tally(results, "referral_source", "source") == {}
    assert answer(results, "referral_source", source="school") == "not_applicable"
