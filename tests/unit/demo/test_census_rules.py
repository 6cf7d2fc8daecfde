"""The files keep the rules of the return (the numbers are those of the census validation rules)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise

from lxml import etree

from tests.unit.demo.reading import Filing, child_id, day
from waypost.demo.upn import check_letter
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.periods import FinancialYear

LONG_AFTER = date(9999, 1, 1)


def test_a_plan_starts_on_the_day_of_a_conference_of_its_episode(filings: list[Filing]) -> None:
    """2885."""
    for filing in filings:
        for child, episode in filing.groups("CINdetails"):
            enquiries = [found for found in episode.iter("Section47") if found.findtext("ICPCnotRequired") == "0"]
            held = {day(found, "DateOfInitialCPC") for found in enquiries} or {day(episode, "DateOfInitialCPC")}
            started = {day(plan, "CPPstartDate") for plan in episode.iter("ChildProtectionPlans")}
            assert {start for start in started if start and start >= filing.year.start} <= held, child_id(child)


def test_conferences_are_on_working_days(filings: list[Filing]) -> None:
    """8875, and no bank holiday either."""
    for filing in filings:
        held = [found for _, group in filing.groups("CINdetails") for found in _dates(group, "DateOfInitialCPC")]
        assert held
        assert all(ENGLAND_AND_WALES.is_working_day(found) for found in held)


def test_plans_do_not_overlap(filings: list[Filing]) -> None:
    """4014 and 8940 within each kind of plan; 4016 and 4017 between protection plans and plans in need."""
    for filing in filings:
        for child in filing.children:
            protection = _spells(child, "ChildProtectionPlans", "CPPstartDate", "CPPendDate")
            in_need = _spells(child, "CINPlanDates", "CINPlanStartDate", "CINPlanEndDate")
            for kind in (protection, in_need):
                assert not any(a[0] <= b[1] and b[0] <= a[1] for a, b in combinations(kind, 2)), child_id(child)
            assert not any(a[0] < b[1] and b[0] < a[1] for a in protection for b in in_need), child_id(child)


def test_plans_are_reviewed_after_they_start_and_last_a_day_or_more(filings: list[Filing]) -> None:
    """8840, 8841, 8925."""
    for filing in filings:
        for child, plan in filing.groups("ChildProtectionPlans"):
            start, end = day(plan, "CPPstartDate"), day(plan, "CPPendDate") or filing.year.end
            assert start is not None
            assert start < end or day(plan, "CPPendDate") is None, child_id(child)
            assert all(start < held <= end for held in _dates(plan, "CPPreviewDate")), child_id(child)


def test_referrals_with_no_further_action_carry_nothing(filings: list[Filing]) -> None:
    """8831, 8832, 4000, 8569Q."""
    for filing in filings:
        no_action = [group for _, group in filing.groups("CINdetails") if group.findtext("ReferralNFA") == "1"]
        assert no_action
        for episode in no_action:
            assert {str(element.tag) for element in episode} == {"CINreferralDate", "ReferralSource", "ReferralNFA"}
            assert filing.year.start <= _referred(episode)


def test_a_child_has_one_open_case_and_it_is_the_latest(filings: list[Filing]) -> None:
    """8815, 8816, 8820."""
    for filing in filings:
        for child in filing.children:
            episodes = sorted(child.findall("CINdetails"), key=_referred)
            for earlier, later in pairwise(episodes):
                no_action = earlier.findtext("ReferralNFA") == "1"
                closed_on = _referred(earlier) if no_action else day(earlier, "CINclosureDate")
                assert closed_on is not None, child_id(child)
                assert closed_on <= _referred(later), child_id(child)


def test_nothing_happens_before_the_referral_or_after_the_closure(filings: list[Filing]) -> None:
    """1103, 1104, 1105, 2889, 4015, 8565, 8630, 8867, 8868."""
    happens = ("AssessmentActualStartDate", "AssessmentAuthorisationDate", "CINPlanStartDate", "CINPlanEndDate")
    happens += ("S47ActualStartDate", "DateOfInitialCPC", "CPPstartDate", "CPPendDate")
    for filing in filings:
        for child, episode in filing.groups("CINdetails"):
            closed_on = day(episode, "CINclosureDate")
            found = [when for name in happens for when in _dates(episode, name)]
            assert all(_referred(episode) <= when <= (closed_on or filing.year.end) for when in found), child_id(child)
            if closed_on:
                assert all(done.find("AssessmentAuthorisationDate") is not None for done in episode.iter("Assessments"))


def test_closures_have_reasons_that_fit(filings: list[Filing]) -> None:
    """8805, 8810, 2990, 8825Q, 8873Q."""
    for filing in filings:
        for child, episode in filing.groups("CINdetails"):
            reason = episode.findtext("ReasonForClosure")
            assert (reason is None) == (episode.find("CINclosureDate") is None), child_id(child)
            factors = {found.text for found in episode.iter("AssessmentFactors")}
            if reason in ("RC8", "RC9"):
                assert episode.find("Assessments") is not None
                assert all(episode.find(name) is None for name in ("Section47", "ChildProtectionPlans", "CINPlanDates"))
            else:
                assert "21" not in factors, child_id(child)


def test_finished_assessments_have_factors_and_open_ones_have_none(filings: list[Filing]) -> None:
    """8614, 8736, 8869, 8896, 8897Q, 8898."""
    for filing in filings:
        for child, done in filing.groups("Assessments"):
            factors = [found.text for found in done.iter("AssessmentFactors")]
            is_open = done.find("AssessmentAuthorisationDate") is None
            assert is_open == (not factors), child_id(child)
            assert len(set(factors)) == len(factors)
            assert "21" not in factors or factors == ["21"]
            assert not is_open or (day(done, "AssessmentActualStartDate") or LONG_AFTER) >= filing.year.start


def test_enquiries_follow_each_other_beside_an_assessment(filings: list[Filing]) -> None:
    """2991Q, 8740, 8890."""
    for filing in filings:
        for child, episode in filing.groups("CINdetails"):
            enquiries = episode.findall("Section47")
            assert not enquiries or episode.find("Assessments") is not None, child_id(child)
            for earlier, later in pairwise(enquiries):
                concluded = day(earlier, "DateOfInitialCPC") or day(earlier, "S47ActualStartDate")
                assert concluded is not None
                assert concluded < (day(later, "S47ActualStartDate") or LONG_AFTER), child_id(child)


def test_unborn_children_have_an_expected_date_and_no_sex(filings: list[Filing]) -> None:
    """8525Q, 8530Q, 8606, 8750."""
    for filing in filings:
        for child in filing.children:
            known = child.find("ChildIdentifiers")
            assert known is not None
            expected_on, born_on = day(known, "ExpectedPersonBirthDate"), day(known, "PersonBirthDate")
            assert (expected_on is None) != (born_on is None), child_id(child)
            if expected_on:
                assert (known.findtext("Sex") or known.findtext("GenderCurrent")) in ("U", "0")
                assert filing.year.end - timedelta(days=30) <= expected_on <= date(filing.year.ends, 12, 31)
            birth = born_on or expected_on
            assert birth is not None
            assert all(birth - timedelta(days=280) <= _referred(episode) for episode in child.iter("CINdetails"))


def test_pupil_numbers_are_well_formed_and_single(filings: list[Filing]) -> None:
    """1510, 1520, 8770Q, 8772."""
    for filing in filings:
        numbers = [found.text or "" for _, found in filing.groups("UPN")]
        assert max(Counter(numbers).values()) == 1
        assert all(number[0] == check_letter(number[1:]) and len(number) == 13 for number in numbers)
        for child in filing.children:
            why = child.findtext("ChildIdentifiers/UPNunknown")
            no_action = all(group.findtext("ReferralNFA") == "1" for group in child.iter("CINdetails"))
            assert (child.find("ChildIdentifiers/UPN") is None) == (why is not None), child_id(child)
            assert why != "UN7" or no_action, child_id(child)
            assert why != "UN1" or no_action or not _at_school(child, filing.year), child_id(child)


def test_disability_is_answered_for_children_in_need(filings: list[Filing]) -> None:
    """8540, 8790, 8794, and enough codes in use for 2887Q."""
    for filing in filings:
        used: set[str | None] = set()
        for child in filing.children:
            codes = [found.text for found in child.iter("Disability")]
            in_need = any(group.findtext("ReferralNFA") == "0" for group in child.iter("CINdetails"))
            born = child.find("ChildIdentifiers/PersonBirthDate") is not None
            assert bool(codes) == (in_need and born), child_id(child)
            assert len(set(codes)) == len(codes)
            assert "NONE" not in codes or codes == ["NONE"]
            used.update(codes)
        assert len(used - {"NONE"}) >= 8


def _referred(episode: etree._Element) -> date:
    return day(episode, "CINreferralDate") or LONG_AFTER


def _dates(group: etree._Element, name: str) -> list[date]:
    return [date.fromisoformat(found.text) for found in group.iter(name) if found.text]


def _spells(child: etree._Element, name: str, start: str, end: str) -> list[tuple[date, date]]:
    return [(day(group, start) or LONG_AFTER, day(group, end) or LONG_AFTER) for group in child.iter(name)]


def _at_school(child: etree._Element, year: FinancialYear) -> bool:
    born_on = day(child, "ChildIdentifiers/PersonBirthDate")
    return born_on is not None and born_on <= date(year.ends - 6, 8, 31)
