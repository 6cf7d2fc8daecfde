"""The years agree with each other, and none knows what had not happened yet."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from tests.unit.demo.reading import AFTER_THE_YEAR, Filing, all_dates, child_id, day, plans


def test_every_plan_open_at_a_years_end_is_in_the_next_years_file(filings: list[Filing]) -> None:
    for earlier, later in pairwise(filings):
        still_open = {plan for plan, ended_on in plans(earlier).items() if ended_on is None}
        assert still_open
        assert still_open <= plans(later).keys()


def test_opening_and_started_less_ended_is_closing(filings: list[Filing]) -> None:
    for earlier, later in pairwise(filings):
        opening = sum(ended_on is None for ended_on in plans(earlier).values())
        started = sum(later.year.start <= start <= later.year.end for _, start in plans(later))
        ended = sum(ended_on is not None for ended_on in plans(later).values())
        closing = sum(ended_on is None for ended_on in plans(later).values())
        assert opening + started - ended == closing


def test_every_case_open_at_a_years_end_is_in_the_next_years_file(filings: list[Filing]) -> None:
    for earlier, later in pairwise(filings):
        open_cases = {
            (child_id(child), day(episode, "CINreferralDate"))
            for child, episode in earlier.groups("CINdetails")
            if day(episode, "CINclosureDate") is None and episode.findtext("ReferralNFA") == "0"
        }
        held = {(child_id(child), day(episode, "CINreferralDate")) for child, episode in later.groups("CINdetails")}
        assert open_cases <= held


def test_a_child_is_the_same_child_in_every_year(filings: list[Filing]) -> None:
    for earlier, later in pairwise(filings):
        both = earlier.by_id.keys() & later.by_id.keys()
        assert both
        for known in both:
            before, after = earlier.by_id[known], later.by_id[known]
            born_on = day(before, "ChildIdentifiers/PersonBirthDate")
            assert born_on is None or born_on == day(after, "ChildIdentifiers/PersonBirthDate")
            ethnicity = "ChildCharacteristics/Ethnicity"
            assert before.findtext(ethnicity) == after.findtext(ethnicity)


def test_unborn_children_are_born_later(filings: list[Filing]) -> None:
    born = 0
    for earlier, later in pairwise(filings):
        unborn = [
            known for known, child in earlier.by_id.items() if day(child, "ChildIdentifiers/PersonBirthDate") is None
        ]
        for known in unborn:
            after = later.by_id.get(known)
            born += after is not None and day(after, "ChildIdentifiers/PersonBirthDate") is not None
    assert born > 0


def test_nothing_is_known_after_the_reference_date(filings: list[Filing]) -> None:
    for filing in filings:
        for name, found in all_dates(filing.root):
            assert found <= filing.year.end or name in AFTER_THE_YEAR, name


def test_what_ended_ended_in_the_year(filings: list[Filing]) -> None:
    endings = {"CINclosureDate", "CPPendDate", "CINPlanEndDate", "AssessmentAuthorisationDate", "DateOfInitialCPC"}
    for filing in filings:
        for name, found in all_dates(filing.root):
            assert name not in endings or filing.year.start <= found, name


def test_reviews_so_far_come_with_an_open_plan(filings: list[Filing]) -> None:
    """A plan that has gone on from the year before still holds the reviews that the earlier file gave."""
    compared = 0
    for earlier, later in pairwise(filings):
        before, after = _reviews(earlier), _reviews(later)
        for plan in before.keys() & after.keys():
            assert after[plan][: len(before[plan])] == before[plan]
            compared += bool(before[plan])
    assert compared > 0


def _reviews(filing: Filing) -> dict[tuple[str, date | None], list[str | None]]:
    return {
        (child_id(child), day(plan, "CPPstartDate")): [held.text for held in plan.iter("CPPreviewDate")]
        for child, plan in filing.groups("ChildProtectionPlans")
    }
