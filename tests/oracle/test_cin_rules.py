"""Hand-worked cases for the plain reading of the rules, so that a fault in it is not mistaken for one in Waypost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from . import cin_rules
from .cin_rules import Found
from .cin_rules.dates import months_on, working_days_before, years_on


def group(name: str, *parts: str, **values: str) -> str:
    held = "".join(f"<{element}>{text}</{element}>" for element, text in values.items())
    return f"<{name}>{held}{''.join(parts)}</{name}>"


def child(*episodes: str, disabilities: Sequence[str] = ("NONE",), **values: str) -> str:
    known = {"LAchildID": "A1", "UPNunknown": "UN4", "PersonBirthDate": "2015-06-30", "Sex": "F"} | values
    listed = group("Disabilities", *(group("Disability", code) for code in disabilities))
    given = {name: text for name, text in known.items() if text}
    characteristics = group("ChildCharacteristics", listed, Ethnicity="WBRI")
    return group("Child", group("ChildIdentifiers", **given), characteristics, *episodes)


def episode(*parts: str, referred: str = "2025-05-06", nfa: str = "0", **values: str) -> str:
    known = {"CINreferralDate": referred, "ReferralSource": "6", "PrimaryNeedCode": "N1", "ReferralNFA": nfa}
    return group("CINdetails", *parts, **known, **values)


def plan(start: str, *reviews: str, **values: str) -> str:
    known = {"InitialCategoryOfAbuse": "NEG", "LatestCategoryOfAbuse": "NEG", "NumberOfPreviousCPP": "0"}
    return group("ChildProtectionPlans", *reviews, CPPstartDate=start, **known, **values)


def found(folder: Path, *children: str, collection: str = "2025-26", rule: str) -> list[tuple[str | None, int | None]]:
    """The table and row of each issue of one rule."""
    ends = int(collection[:4]) + 1
    header = group("Header", group("CollectionDetails", Year=str(ends), ReferenceDate=f"{ends}-03-31"))
    path = folder / "cin.xml"
    path.write_text(group("Message", header, group("Children", *children)), encoding="utf-8")
    return [(issue.table, issue.row) for issue in cin_rules.issues(path, collection) if issue.rule == rule]


def test_a_file_in_order_breaks_only_what_a_small_file_must(tmp_path: Path) -> None:
    path = tmp_path / "cin.xml"
    header = group("Header", group("CollectionDetails", Year="2026", ReferenceDate="2026-03-31"))
    path.write_text(group("Message", header, group("Children", child(episode()))), encoding="utf-8")
    assert cin_rules.issues(path, "2025-26") == [Found("2887Q", None, None, None)]


def test_how_many_rules_a_collection_has() -> None:
    assert [len(set(cin_rules.codes(name))) for name in cin_rules.COLLECTIONS] == [105, 105, 109, 109, 121]
    assert all(len(cin_rules.codes(name)) == len(set(cin_rules.codes(name))) for name in cin_rules.COLLECTIONS)


def test_days() -> None:
    assert working_days_before(date(2025, 4, 22), 1) == date(2025, 4, 17)  # Easter Monday and Good Friday between
    assert working_days_before(date(2026, 3, 31), 44) == date(2026, 1, 28)
    assert years_on(date(2024, 2, 29), -1) == date(2023, 2, 28)
    assert months_on(date(2026, 3, 31), 9) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("upn", "is_wrong"), [("Q205000000001", False), ("P205000000001", True), ("P20500000000A", False)]
)
def test_check_letter(tmp_path: Path, upn: str, is_wrong: bool) -> None:
    """2*2 + 0*3 + 5*4 + 1*13 = 37, which leaves 14 over 23: Q."""
    assert bool(found(tmp_path, child(episode(), UPN=upn), rule="1510")) is is_wrong


@pytest.mark.parametrize(("start", "is_wrong"), [("2026-01-27", True), ("2026-01-28", False)])
def test_an_assessment_open_for_long(tmp_path: Path, start: str, is_wrong: bool) -> None:
    open_one = group("Assessments", AssessmentActualStartDate=start)
    assert bool(found(tmp_path, child(episode(open_one)), rule="8670Q")) is is_wrong


@pytest.mark.parametrize(
    ("collection", "born", "is_wrong"),
    [
        ("2023-24", "2018-03-31", False),
        ("2023-24", "2018-03-30", True),
        ("2025-26", "2020-08-31", True),
        ("2025-26", "2020-09-01", False),
    ],
)
def test_no_upn_at_school_age(tmp_path: Path, collection: str, born: str, is_wrong: bool) -> None:
    without = child(episode(), PersonBirthDate=born, UPNunknown="UN1")
    assert bool(found(tmp_path, without, collection=collection, rule="8770Q")) is is_wrong


def test_a_plan_is_set_against_the_conferences_that_were_needed(tmp_path: Path) -> None:
    not_needed = group(
        "Section47", S47ActualStartDate="2025-06-02", DateOfInitialCPC="2025-06-20", ICPCnotRequired="TRUE"
    )
    begun = plan("2025-06-20")
    assert found(tmp_path, child(episode(not_needed, begun)), rule="2885") == [("ChildProtectionPlans", 1)]
    own = {"DateOfInitialCPC": "2025-06-20"}
    assert found(tmp_path, child(episode(not_needed, begun, **own)), rule="2885") == []
    not_said = not_needed.replace("TRUE", "")
    assert found(tmp_path, child(episode(not_said, begun)), rule="2885") == []


def test_rows_are_counted_within_the_child(tmp_path: Path) -> None:
    """Reviews: a wrapper without a date, then two of one wrapper, then one of a second episode."""
    blank, pair = group("Reviews"), group("Reviews", group("CPPreviewDate", "2025-09-01"), group("CPPreviewDate", "?"))
    first = episode(plan("2025-06-20", blank, pair))
    second = episode(plan("2025-10-01", group("Reviews", group("CPPreviewDate", "2025-10-01"))))
    assert found(tmp_path, child(first, second), rule="8842Q") == [("Reviews", 1), ("Reviews", 3)]
    assert found(tmp_path, child(first, second), rule="8841") == [("Reviews", 4)]


def test_a_review_during_a_child_in_need_plan(tmp_path: Path) -> None:
    in_need = group("CINPlanDates", CINPlanStartDate="2025-09-01", CINPlanEndDate="2025-12-01")

    def reviewed(day: str, **values: str) -> bool:
        protection = plan("2025-06-20", group("Reviews", group("CPPreviewDate", day)), **values)
        return bool(found(tmp_path, child(episode(in_need, protection)), rule="4003"))

    assert reviewed("2025-09-01")
    assert not reviewed("2025-09-01", CPPendDate="2025-09-01")
    assert reviewed("2025-09-01", CPPendDate="2025-09-02")
    assert not reviewed("2025-12-01")


def test_open_episodes_on_one_day(tmp_path: Path) -> None:
    tied = [episode(), episode(nfa="1")]
    assert found(tmp_path, child(*tied), rule="8816") == [("CINdetails", 1)]
    before = [episode(referred="2025-05-05", nfa="1"), episode()]
    assert found(tmp_path, child(*before), rule="8816") == []


@pytest.mark.parametrize(("referred", "is_wrong"), [("2025-03-31", False), ("2025-03-28", True)])
def test_an_old_referral(tmp_path: Path, referred: str, is_wrong: bool) -> None:
    assert bool(found(tmp_path, child(episode(referred=referred, nfa="TRUE")), rule="8569Q")) is is_wrong


def test_twins_in_time_overlap(tmp_path: Path) -> None:
    same = group("Assessments", AssessmentActualStartDate="2025-06-02", AssessmentAuthorisationDate="2025-06-02")
    assert found(tmp_path, child(episode(same, same)), rule="8863Q") == [("Assessments", 1), ("Assessments", 2)]


def test_sexes_unknown_are_counted_against_all_children(tmp_path: Path) -> None:
    known = [child(episode(), LAchildID=f"B{number}") for number in range(98)]
    unknown = child(episode(), Sex="U")
    assert found(tmp_path, *known, unknown, unknown, rule="2886Q") == []
    assert found(tmp_path, *known[:97], unknown, unknown, rule="2886Q") == [(None, None)]
