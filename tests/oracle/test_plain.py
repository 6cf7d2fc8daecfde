"""Hand-worked cases for the plain reading, so that a fault in it is not mistaken for one in Waypost."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from . import plain

Triple = tuple[float | None, int | None, int | None]
NONE: Triple = (None, None, None)

# ---------------------------------------------------------------------------------------------------------------------
# Writing a small census


def element(name: str, value: str) -> str:
    return f"<{name}>{value}</{name}>" if value else ""


def child(
    *details: str,
    id: str = "1",
    born: str = "2015-06-30",
    expected: str = "",
    sex: str = "F",
    ethnicity: str = "WBRI",
    disabilities: tuple[str, ...] = (),
) -> str:
    codes = "".join(element("Disability", code) for code in disabilities)
    return (
        f"<Child><ChildIdentifiers><LAchildID>{id}</LAchildID>{element('PersonBirthDate', born)}"
        f"{element('ExpectedPersonBirthDate', expected)}{element('Sex', sex)}</ChildIdentifiers>"
        f"<ChildCharacteristics>{element('Ethnicity', ethnicity)}{element('Disabilities', codes)}"
        f"</ChildCharacteristics>{''.join(details)}</Child>"
    )


def details(
    referred: str,
    *groups: str,
    closed: str = "",
    reason: str = "",
    nfa: str = "0",
    source: str = "",
    need: str = "",
    conference: str = "",
) -> str:
    return (
        f"<CINdetails>{element('CINreferralDate', referred)}{element('ReferralSource', source)}"
        f"{element('PrimaryNeedCode', need)}{element('CINclosureDate', closed)}{element('ReasonForClosure', reason)}"
        f"{element('DateOfInitialCPC', conference)}{element('ReferralNFA', nfa)}{''.join(groups)}</CINdetails>"
    )


def assessment(start: str, done: str = "", *factors: str) -> str:
    codes = "".join(element("AssessmentFactors", factor) for factor in factors)
    return (
        f"<Assessments>{element('AssessmentActualStartDate', start)}{element('AssessmentAuthorisationDate', done)}"
        f"{element('FactorsIdentifiedAtAssessment', codes)}</Assessments>"
    )


def enquiry(start: str, conference: str = "") -> str:
    return f"<Section47>{element('S47ActualStartDate', start)}{element('DateOfInitialCPC', conference)}</Section47>"


def plan(
    start: str, end: str = "", *reviews: str, initial: str = "NEG", latest: str = "NEG", previous: str = "0"
) -> str:
    dates = "".join(element("CPPreviewDate", review) for review in reviews)
    return (
        f"<ChildProtectionPlans>{element('CPPstartDate', start)}{element('CPPendDate', end)}"
        f"{element('InitialCategoryOfAbuse', initial)}{element('LatestCategoryOfAbuse', latest)}"
        f"{element('NumberOfPreviousCPP', previous)}{element('Reviews', dates)}</ChildProtectionPlans>"
    )


def pre_proceedings(**fields: str) -> str:
    inside = "".join(element(name, value) for name, value in fields.items())
    return f"<PreProceedingsandFGDM>{inside}</PreProceedingsandFGDM>"


class Folder:
    """Writes census files, and asks for figures from all it has written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: list[Path] = []

    def census(
        self,
        year_ends: int,
        *children: str,
        reference: str | None = None,
        made_at: str = "",
        authority: str = "991",
        message: str = "<Message>",
    ) -> Folder:
        reference = f"{year_ends}-03-31" if reference is None else reference
        path = self.path / f"{len(self.files)}.xml"
        path.write_text(
            f"{message}<Header><CollectionDetails><Year>{year_ends}</Year>{element('ReferenceDate', reference)}"
            f"</CollectionDetails><Source>{element('LEA', authority)}{element('DateTime', made_at)}</Source></Header>"
            f"<Children>{''.join(children)}</Children></Message>"
        )
        self.files.append(path)
        return self

    def status(self, indicator: str, **options: object) -> set[str]:
        return {found["status"] for found in plain.figures(self.files, only=[indicator], **options)}  # type: ignore[arg-type]

    def triple(
        self, indicator: str, year: str | None = None, period: int = 0, by: str = "year", **group: str
    ) -> Triple:
        """The value, numerator and denominator of one figure; the period counts from 0."""
        fields = [name for name in group if name in plain.FIELDS]
        found = plain.figures(self.files, year=year, by=by, only=[indicator], group_by=fields, population=1000)
        start = sorted({figure["period_start"] for figure in found})[period]
        [one] = [figure for figure in found if figure["period_start"] == start and figure["group"] == group]
        return one["value"], one["numerator"], one["denominator"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# ---------------------------------------------------------------------------------------------------------------------
# Dates and sums


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2024-06-01", "2024-06-03", 1),  # Saturday to Monday
        ("2024-06-03", "2024-06-08", 4),  # Monday to Saturday
        ("2024-06-03", "2024-06-03", 0),
        ("2024-05-03", "2024-05-07", 1),  # Friday to Tuesday, past the May Day holiday
        ("2025-03-03", "2025-03-24", 15),
        ("2025-04-10", "2025-05-06", 15),  # past Good Friday, Easter Monday and May Day
        ("2024-12-20", "2025-01-02", 6),  # 23, 24, 27, 30 and 31 December, 2 January
        ("2022-09-16", "2022-09-20", 1),  # past the state funeral of 19 September
    ],
)
def test_working_days_are_after_the_start_and_up_to_the_end(start: str, end: str, days: int) -> None:
    assert plain.working_days(date.fromisoformat(start), date.fromisoformat(end)) == days


def test_no_working_days_are_known_backward_or_from_a_blank() -> None:
    assert plain.working_days(date(2024, 6, 4), date(2024, 6, 3)) is None
    assert plain.working_days(None, date(2024, 6, 3)) is None


def test_months_stop_at_the_end_of_a_shorter_month() -> None:
    assert plain.add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert plain.add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert plain.add_months(date(2024, 2, 28), 12) == date(2025, 2, 28)
    assert plain.add_months(date(2024, 10, 31), 6) == date(2025, 4, 30)


@pytest.mark.parametrize("text", ["2024-02-30", "31/02/2012", "2024-2-3", "20240203", "2024-05-01T00:00:00", "", "x"])
def test_what_is_not_a_real_date_is_blank(text: str) -> None:
    assert plain.real_date(text) is None


def test_a_date_is_trimmed() -> None:
    assert plain.real_date("\n 2024-02-29 ") == date(2024, 2, 29)


def test_halves_go_up() -> None:
    assert plain.half_up(Fraction(100, 16)) == 6.3  # 6.25
    assert plain.half_up(Fraction(2700, 154)) == 17.5  # 17.532
    assert plain.half_up(Fraction(1, 20)) == 0.1


def test_nearest_rank_takes_a_value_that_is_there() -> None:
    # Of four values a quarter is one, a half two, three quarters three.
    assert [plain.nearest_rank([12, 3, 9, 5], Fraction(n, 4)) for n in (1, 2, 3)] == [3, 5, 9]
    # Of five, at least 1.25, 2.5 and 3.75: the second, third and fourth.
    assert [plain.nearest_rank([1, 2, 3, 4, 5], Fraction(n, 4)) for n in (1, 2, 3)] == [2, 3, 4]


def test_the_periods_of_a_year() -> None:
    quarters = plain.periods_of(2024, "quarter")
    assert [(period.start, period.end) for period in quarters[2:]] == [
        (date(2023, 10, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
    ]
    assert plain.periods_of(2024, "month")[10].end == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("start", "dfe", "lbhf"),
    [
        ("2025-03-31", "<=3 months", "0-3 months"),
        ("2024-12-31", "<=3 months", "0-3 months"),  # three months to the day
        ("2024-12-30", ">3 to <=6 months", "4-6"),
        ("2024-09-30", ">6 months to <1 year", "7-12"),  # six months ended on 30 March
        ("2024-04-01", ">6 months to <1 year", "7-12"),
        ("2024-03-31", ">=1 to <2 years", "7-12"),  # twelve months to the day: the two readings part
        ("2024-03-30", ">=1 to <2 years", "13-18"),
        ("2023-09-30", ">=1 to <2 years", "19-24"),  # eighteen months ended on 30 March
        ("2023-04-03", ">=1 to <2 years", "19-24"),  # 728 days, and the day itself: 729
        ("2023-04-02", ">=2 years", "2-4 years"),  # 730
        ("2021-04-01", ">=2 years", "2-4 years"),
        ("2021-03-31", ">=2 years", "4+ years"),  # 48 months to the day
    ],
)
def test_length_bands_at_31_march_2025(start: str, dfe: str, lbhf: str) -> None:
    begun_on, day = date.fromisoformat(start), date(2025, 3, 31)
    assert (plain.dfe_length(begun_on, day), plain.lbhf_length(begun_on, day)) == (dfe, lbhf)


def test_bands_of_working_days_hold_both_their_ends() -> None:
    bands = [plain.wait_band(days, plain.CONFERENCE_WAITS) for days in (0, 10, 11, 15, 16, 20, 21, 400, None)]
    assert bands == ["0-10", "0-10", "11-15", "11-15", "16-20", "16-20", "21+", "21+", "unknown"]


# ---------------------------------------------------------------------------------------------------------------------
# Files and records


def test_the_reference_date_gives_the_year_and_header_year_stands_in_for_it(folder: Folder) -> None:
    folder.census(1999, child(details("2024-05-01")), reference="2025-03-31")
    folder.census(2024, child(details("2023-05-01")), reference="")
    assert folder.triple("referrals", "2024-25") == (1, 1, None)
    assert folder.triple("referrals", "2023-24") == (1, 1, None)


def test_only_the_own_file_counts_and_later_files_are_left_out(folder: Folder) -> None:
    folder.census(2024, child(details("2023-05-01", plan("2023-06-01"))))
    folder.census(2025)
    folder.census(2026, child(details("2024-05-01")))
    assert folder.triple("cpp_at_date", "2024-25") == (0, 0, None)
    assert folder.triple("referrals", "2024-25") == (0, 0, None)


def test_without_the_own_file_nothing_is_available(folder: Folder) -> None:
    folder.census(2024, child(details("2023-05-01")))
    found = plain.figures(folder.files, year="2024-25", by="quarter", population=1000)
    assert {figure["status"] for figure in found} == {"not_available"}
    assert len(found) == 168 * 4


@pytest.mark.parametrize(
    ("first_made", "second_made", "expected"),
    [
        ("2025-05-01T10:00:00", "2025-05-01T09:00:00", 1),
        ("2025-05-01T10:00:00", "2025-05-02T09:00:00", 2),
        ("2025-05-01T10:00:00", "2025-05-01T10:00:00", 2),
        ("", "", 2),
        ("2025-05-01T10:00:00", "", 1),
    ],
)
def test_of_two_files_for_a_year_one_is_read(folder: Folder, first_made: str, second_made: str, expected: int) -> None:
    folder.census(2025, child(details("2024-05-01")), made_at=first_made)
    folder.census(2025, child(details("2024-05-01"), details("2024-06-01")), made_at=second_made)
    assert folder.triple("referrals") == (expected, expected, None)


def test_files_of_two_authorities_are_refused(folder: Folder) -> None:
    folder.census(2025).census(2024, authority="992")
    with pytest.raises(ValueError, match="one authority"):
        plain.figures(folder.files)


def test_a_namespace_changes_nothing(folder: Folder) -> None:
    folder.census(2025, child(details("2024-05-01")), message='<Message xmlns="urn:cin">')
    assert folder.triple("referrals") == (1, 1, None)


def test_two_groups_of_one_id_are_one_child_with_the_first_ones_characteristics(folder: Folder) -> None:
    folder.census(2025, child(details("2024-05-01"), id=" 7 ", sex="M"), child(details("2024-06-01"), id="7", sex="F"))
    assert folder.triple("referral_children") == (1, 1, None)
    assert folder.triple("referrals", sex="male") == (2, 2, None)
    assert folder.triple("referrals", sex="female") == (0, 0, None)


def test_blank_ids_are_children_of_their_own_without_history(folder: Folder) -> None:
    folder.census(2024, child(details("2024-03-01"), id=" "))
    folder.census(2025, child(details("2024-05-01"), id=" "), child(details("2024-06-01"), id=" "))
    assert folder.triple("referral_children") == (2, 2, None)
    assert folder.triple("rereferral_12m") == (0.0, 0, 2)


@pytest.mark.parametrize(
    ("text", "claim"),
    [("1", 1), ("true", 1), ("TRUE", 1), (" tRue ", 1), ("0", 0), ("yes", 0), ("Y", 0), ("", 0), ("01", 0)],
)
def test_yes_is_one_or_true(folder: Folder, text: str, claim: int) -> None:
    folder.census(2025, child(details("2024-05-01", nfa=text)))
    assert folder.triple("referral_nfa") == (claim * 100.0, claim, 1)


# ---------------------------------------------------------------------------------------------------------------------
# Referrals and assessments


def test_a_referral_counts_on_both_end_days_of_its_period(folder: Folder) -> None:
    folder.census(2025, child(*(details(day) for day in ("2024-03-31", "2024-04-01", "2025-03-31", "2025-04-01", ""))))
    assert folder.triple("referrals") == (2, 2, None)
    assert folder.triple("referral_rate") == (20.0, 2, 1000)


def test_a_rereferral_is_within_twelve_months_of_an_earlier_date(folder: Folder) -> None:
    folder.census(
        2024,
        child(details("2023-05-10"), id="1"),
        child(details("2023-05-10"), id="2"),
        child(details("2023-09-01", nfa="1"), id="4"),
    )
    folder.census(
        2025,
        child(details("2024-05-10"), id="1"),  # twelve months to the day
        child(details("2024-05-11"), id="2"),  # a day more
        child(details("2024-05-10"), details("2024-05-10"), id="3"),  # same day
        child(details("2024-06-01"), details("2024-07-01"), id="4"),  # both, the first after no further action
    )
    # Six referrals, three of them again: of child 1, and two of child 4. Two of the four children.
    assert folder.triple("rereferral_12m") == (50.0, 3, 6)
    assert folder.triple("rereferral_child") == (50.0, 2, 4)
    assert folder.triple("rereferral_rate") == (30.0, 3, 1000)


def test_rereferrals_need_the_year_before(folder: Folder) -> None:
    folder.census(2023).census(2025, child(details("2024-05-01")))
    for indicator in ("rereferral_12m", "rereferral_child", "rereferral_rate", "repeat_12m_of_new", "repeat_2y"):
        assert folder.status(indicator, population=1000) == {"not_available"}
    folder.census(2024)
    assert folder.status("rereferral_12m") == {"final"}
    assert folder.status("repeat_2y") == {"not_applicable"}


def test_two_referrals_in_the_year_so_far(folder: Folder) -> None:
    folder.census(2025, child(details("2024-05-01"), details("2024-09-01")), child(details("2025-01-05"), id="2"))
    by_quarter = [folder.triple("multi_referral_fy", by="quarter", period=n) for n in range(4)]
    assert by_quarter == [(0.0, 0, 1), (100.0, 1, 1), (100.0, 1, 1), (50.0, 1, 2)]


def test_not_in_need(folder: Folder) -> None:
    done = assessment("2024-05-01", "2024-05-20")
    rc8 = {"closed": "2024-05-21", "reason": "RC8"}
    folder.census(
        2025,
        child(
            details("2024-05-01", done, **rc8),  # not in need
            details("2024-05-01", closed="2024-05-21", reason="RC8"),  # never assessed
            details("2024-05-01", done, enquiry("2024-05-02"), **rc8),
            details("2024-05-01", done, plan("", ""), **rc8),
            details("2024-05-01", done, conference="2024-05-05", **rc8),
            details("2024-05-01", done, closed="2024-05-21", reason="RC7"),
            details("2024-05-01", done, nfa="1", **rc8),
            details("2024-05-01", done, reason="RC9"),  # not in need, though never closed
        ),
    )
    # Closed in or after the period: the last has no closure, so one of eight.
    assert folder.triple("referral_not_in_need") == (12.5, 1, 8)
    # Not episodes of need: the first, the seventh and the last.
    assert folder.triple("cin_flow", measure="started") == (5, 5, None)
    assert folder.triple("cin_flow", measure="started_children") == (1, 1, None)


def test_not_in_need_is_closed_in_or_after_the_period(folder: Folder) -> None:
    done = assessment("2024-07-01", "2024-07-20")
    closures = ["2024-06-30", "2024-07-01", "2024-12-01"]
    folder.census(2025, child(*(details("2024-07-01", done, closed=day, reason="RC9") for day in closures)))
    assert folder.triple("referral_not_in_need", by="quarter", period=1) == (66.7, 2, 3)
    assert folder.triple("referral_not_in_need") == (100.0, 3, 3)


def test_referral_sources(folder: Folder) -> None:
    folder.census(
        2025, child(*(details("2024-05-01", source=code) for code in ("2A", "3F", "6", "10", "", "2B", "3a")))
    )
    found = {source: folder.triple("referral_source", source=source)[1] for source in ("school", "health", "police")}
    assert found == {"school": 1, "health": 1, "police": 1}
    assert folder.triple("referral_source", source="other") == (57.1, 4, 7)


def test_an_assessment_of_45_working_days_is_on_time(folder: Folder) -> None:
    # After Friday 24 January 2025: 5 days in January, 20 in February, 20 to Friday 28 March.
    folder.census(
        2025,
        child(
            details(
                "2025-01-24",
                assessment("2025-01-24", "2025-03-28"),
                assessment("2025-01-24", "2025-03-31"),
                assessment("", "2025-03-31"),
                assessment("2025-01-25", "2025-01-24"),
                assessment("2025-01-24", "31/03/2025"),
            )
        ),
    )
    assert folder.triple("sa_45wd") == (25.0, 1, 4)
    bands = {band: folder.triple("sa_bands", duration_band=band)[1] for band in ("41-45", "46-60", "unknown", "61+")}
    assert bands == {"41-45": 1, "46-60": 1, "unknown": 2, "61+": 0}


def test_an_open_assessment_is_overdue_after_45_working_days(folder: Folder) -> None:
    starts = ["2025-01-24", "2025-01-27", "2025-04-01", ""]
    folder.census(2025, child(details("2025-01-24", *(assessment(start) for start in starts))))
    assert folder.triple("assess_overdue_open") == (1, 1, 2)


def test_a_factor_counts_once_in_an_episode(folder: Folder) -> None:
    folder.census(
        2025,
        child(
            details(
                "2024-05-01",
                assessment("2024-05-01", "2024-05-20", "4B", "3B", "4B"),
                assessment("2024-06-01", "2024-06-20", "4B", "18A"),
                assessment("2024-07-01", "", "16A"),
            )
        ),
    )
    found = [folder.triple("assess_factors", factor=factor) for factor in ("4B", "3B", "18A", "16A")]
    assert found == [(10.0, 1, 1000)] * 3 + [(0.0, 0, 1000)]


# ---------------------------------------------------------------------------------------------------------------------
# Children in need


def test_an_episode_runs_from_referral_to_closure(folder: Folder) -> None:
    folder.census(
        2025,
        child(
            details("2023-05-01"),
            details("2024-05-01", closed="2025-03-31"),  # not open at the close of its last day
            details("2024-05-01", closed="2024-05-01"),  # begun and ended, never open
            details("2024-05-01", closed="2024-04-30"),  # closed before it began: none
            details("2023-05-01", closed="2024-04-01"),
            details("2023-05-01", closed="2024-03-31"),
            details("2024-05-01", nfa="true"),
            details("", closed="2024-05-09"),
        ),
    )
    assert folder.triple("cin_at_date") == (1, 1, None)
    measures = {name: folder.triple("cin_flow", measure=name)[0] for name in ("started", "ended", "any_point")}
    assert measures == {"started": 2, "ended": 3, "any_point": 4}


def test_primary_need(folder: Folder) -> None:
    folder.census(2025, child(*(details("2024-05-01", need=need) for need in ("N1", "N1", "N9", "N10", ""))))
    found = {need: folder.triple("cin_primary_need", primary_need=need) for need in ("N1", "N9", "unknown")}
    assert found == {"N1": (40.0, 2, 5), "N9": (20.0, 1, 5), "unknown": (40.0, 2, 5)}


# ---------------------------------------------------------------------------------------------------------------------
# Enquiries and conferences


def test_conferences_after_an_enquiry(folder: Folder) -> None:
    # After Thursday 18 April 2024: 19, 22-26, 29-30 April, 1-3 and 7-10 May are fifteen; 13 May is the sixteenth.
    folder.census(
        2025,
        child(
            details(
                "2024-04-18",
                enquiry("2024-04-18", "2024-05-10"),
                enquiry("2024-04-18", "2024-05-13"),
                enquiry("", "2024-05-13"),
                enquiry("2024-05-14", "2024-05-13"),
                enquiry("2024-04-18"),
                conference="2024-05-10",
            )
        ),
    )
    assert folder.triple("icpc_count") == (5, 5, None)
    assert folder.triple("icpc_15wd") == (25.0, 1, 4)
    bands = {band: folder.triple("icpc_wd_bands", duration_band=band) for band in ("11-15", "unknown", "no section 47")}
    assert bands == {"11-15": (1, 1, 5), "unknown": (2, 2, 5), "no section 47": (1, 1, 5)}
    statistics = [folder.triple("icpc_median_wd", statistic=name) for name in ("p25", "median", "p75")]
    assert statistics == [(15, None, 2), (15, None, 2), (16, None, 2)]
    assert folder.triple("transfer_in_count") == (1, 1, None)


def test_enquiries_to_conferences(folder: Folder) -> None:
    folder.census(
        2025,
        child(
            details(
                "2024-04-18",
                enquiry("2024-04-18", "2024-05-10"),
                enquiry("2025-03-20", "2025-04-03"),  # in the cohort, not in the period
                enquiry("2024-03-28", "2024-04-09"),  # in the period, not in the cohort
                enquiry("2024-06-04", "2024-06-03"),  # before its enquiry: in the period only
                enquiry("2024-06-04"),
                conference="2024-05-10",
            )
        ),
    )
    assert folder.triple("s47_count") == (4, 4, None)
    assert folder.triple("s47_children") == (1, 1, None)
    assert folder.triple("s47_to_icpc", version="cohort") == (50.0, 2, 4)
    assert folder.triple("s47_to_icpc", version="period") == (75.0, 3, 4)


def test_a_conference_leads_to_a_plan_that_starts_that_day(folder: Folder) -> None:
    folder.census(
        2025,
        child(
            details("2024-04-18", enquiry("2024-04-18", "2024-05-10"), conference="2024-07-01"),
            details("2024-06-01", plan("2024-05-10"), conference="2024-06-08"),
            details("2024-06-01", plan("2024-06-08", "2024-06-08")),  # ends the day it starts: no plan
        ),
    )
    assert folder.triple("icpc_to_cpp") == (33.3, 1, 3)


def test_unborn_on_the_day_of_the_conference(folder: Folder) -> None:
    held = enquiry("2024-05-01", "2024-05-10")
    folder.census(
        2025,
        child(details("2024-05-01", held), id="1", born="2024-05-11"),
        child(details("2024-05-01", held), id="2", born="2024-05-10"),
        child(details("2024-05-01", held), id="3", born="", expected="2024-02-01"),
        child(details("2024-05-01", held), id="4", born=""),
    )
    assert folder.triple("prebirth_conferences") == (2, 2, 4)
    ages = [folder.triple("icpc_count", age_band=band)[0] for band in ("unborn", "under 1", "1-4", "unknown")]
    assert ages == [2, 1, 0, 1]
    # Different children are aged at the period's end, when the first child is born.
    assert folder.triple("s47_children", age_band="unborn") == (1, 1, None)


# ---------------------------------------------------------------------------------------------------------------------
# Plans


def test_plans_open_started_and_ended(folder: Folder) -> None:
    folder.census(
        2025,
        child(
            details(
                "2023-01-01",
                plan("2023-05-01", latest="PHY"),
                plan("2025-03-31"),
                plan("2024-05-01", "2025-03-31"),
                plan("2023-05-01", "2024-04-01"),
                plan("2023-05-01", "2024-03-31"),
                plan("2024-05-01", "2024-05-01"),  # ends the day it starts
                plan("2024-05-01", "2024-04-30"),
                plan("", "2024-05-01"),
                plan("2024-05-01", "31/05/2024"),  # no real end, so open
            )
        ),
    )
    counts = {name: folder.triple(name)[0] for name in ("cpp_at_date", "cpp_starts", "cpp_ends", "cpp_net")}
    assert counts == {"cpp_at_date": 3, "cpp_starts": 3, "cpp_ends": 2, "cpp_net": 1}
    assert folder.triple("dereg_pct_local") == (33.3, 1, 3)
    assert folder.triple("cpp_anypoint", measure="plans") == (5, 5, None)
    assert folder.triple("cpp_anypoint", measure="children") == (1, 1, None)
    # A child with plans of two categories counts in both.
    assert folder.triple("cpp_rate") == (30.0, 3, 1000)


def test_ni64_counts_the_first_day_and_the_last(folder: Folder) -> None:
    # 31 March 2023 to 31 March 2025 is 731 days, so to 28 March 728 days, 729 counting both ends: not more than 729.
    folder.census(
        2025, child(details("2023-01-01", plan("2023-03-31", "2025-03-28"), plan("2023-03-31", "2025-03-29")))
    )
    assert folder.triple("ni64") == (50.0, 1, 2)
    assert folder.triple("cpp_bands_ended", duration_band=">=2 years") == (50.0, 1, 2)


def test_over_twelve_months_is_not_exactly_twelve(folder: Folder) -> None:
    starts = ["2024-03-31", "2024-03-30", "2023-09-30", "2023-10-01"]
    folder.census(2025, child(details("2023-01-01", *(plan(start) for start in starts))))
    assert folder.triple("cpp_over_12m") == (75.0, 3, 4)
    assert folder.triple("cpp_over_18m") == (1, 1, 4)


def test_repeat_plans_are_as_filed(folder: Folder) -> None:
    plans = [plan("2024-05-01", previous=number) for number in ("0", "1", " 4 ", "", "-1", "2.0", "x", "00")]
    folder.census(2025, child(details("2024-05-01", *plans)))
    assert folder.triple("ni65") == (25.0, 2, 8)
    assert folder.triple("first_time_plans") == (2, 2, None)
    found = {name: folder.triple("previous_plans", previous_plans=name)[0] for name in ("0", "1", "2", "3+", "unknown")}
    assert found == {"0": 2, "1": 1, "2": 0, "3+": 1, "unknown": 4}


def test_repeats_within_twelve_months_of_the_last_end(folder: Folder) -> None:
    folder.census(2023, child(details("2022-01-01", plan("2022-06-01", "2022-07-01")), id="3"))
    folder.census(
        2024,
        child(details("2022-01-01", plan("2022-06-01", "2023-05-20")), id="1"),
        child(details("2022-01-01", plan("2022-06-01", "2023-05-19")), id="2"),
        child(details("2022-01-01", plan("2022-06-01", "2023-06-01")), id="3"),  # another end than the year before
    )
    folder.census(
        2025,
        child(details("2024-01-01", plan("2024-05-20", previous="1")), id="1"),  # twelve months to the day
        child(details("2024-01-01", plan("2024-05-20")), id="2"),  # a day more
        child(details("2024-01-01", plan("2024-05-20")), id="3"),
        child(details("2024-01-01", plan("2024-05-20", "2024-08-01"), plan("2024-08-01", previous="")), id="4"),
    )
    # Five starts. Soon after another end: child 1, child 3 by its later end, and child 4's second plan.
    assert folder.triple("repeat_12m_of_new") == (60.0, 3, 5)
    assert folder.triple("repeat_12m_of_repeats") == (100.0, 1, 1)
    assert folder.triple("repeat_2y") == (80.0, 4, 5)


def test_an_end_before_the_start_in_the_latest_file_takes_a_plan_out_of_history(folder: Folder) -> None:
    folder.census(2023, child(details("2022-01-01", plan("2022-06-01", "2023-02-01"))))
    folder.census(2024, child(details("2022-01-01", plan("2022-06-01", "2022-05-01"))))
    folder.census(2025, child(details("2024-01-01", plan("2024-05-20"))))
    assert folder.triple("repeat_2y") == (0.0, 0, 1)


def test_a_plan_of_the_own_file_ends_as_the_own_file_says(folder: Folder) -> None:
    folder.census(2024, child(details("2022-01-01", plan("2022-06-01", "2024-01-10"))))
    folder.census(2025, child(details("2022-01-01", plan("2022-06-01"), plan("2024-05-20"))))
    assert folder.triple("repeat_12m_of_new") == (0.0, 0, 1)


@pytest.mark.parametrize(
    ("element_of_sex", "sex"),
    [
        ("<Sex>M</Sex>", "male"),
        ("<Sex>F</Sex>", "female"),
        ("<Sex>1</Sex>", "unknown"),
        ("<Sex>m</Sex>", "unknown"),
        ("<GenderCurrent>1</GenderCurrent>", "male"),
        ("<GenderCurrent>2</GenderCurrent>", "female"),
        ("<GenderCurrent>M</GenderCurrent>", "unknown"),
        ("<GenderCurrent>9</GenderCurrent>", "unknown"),
        ("", "unknown"),
    ],
)
def test_sex(folder: Folder, element_of_sex: str, sex: str) -> None:
    folder.census(
        2025,
        child(details("2024-05-01"), sex="").replace("</ChildIdentifiers>", f"{element_of_sex}</ChildIdentifiers>"),
    )
    assert folder.triple("referrals", sex=sex) == (1, 1, None)


def test_who_has_the_plans(folder: Folder) -> None:
    here = details("2024-05-01", plan("2024-06-01", initial="EMO", latest="MUL"))
    folder.census(
        2025,
        child(here, id="1", ethnicity="CHNE", sex="M", disabilities=("NONE",)),
        child(here, id="2", ethnicity="REFU", sex="U", disabilities=("NONE", "LD")),
        child(here, id="3", ethnicity="OOTH", disabilities=("XX",), born="2020-02-29"),
        child(here, id="4", ethnicity="wbri", disabilities=("XX", "NONE"), born="", expected="2025-06-01"),
    )
    ethnicity = {group: folder.triple("cpp_by_ethnicity", ethnicity=group) for group in ("asian", "white", "unknown")}
    assert ethnicity == {"asian": (50.0, 1, 2), "white": (0.0, 0, 2), "unknown": (50.0, 2, 4)}
    assert [folder.triple("cpp_by_sex", sex=sex)[1] for sex in ("male", "female", "unknown")] == [1, 2, 1]
    assert folder.triple("cpp_disabled") == (25.0, 1, 4)
    assert [folder.triple("cpp_at_date", disability=name)[0] for name in ("yes", "no", "unknown")] == [1, 2, 1]
    assert folder.triple("cpp_by_category", category="multiple") == (100.0, 4, 4)
    assert folder.triple("cpp_start_category", category="emotional") == (100.0, 4, 4)
    assert folder.triple("cpp_by_age", age_band_lbhf="0-1") == (25.0, 1, 4)
    assert folder.triple("cpp_by_age", age_band_dfe="unborn") == (25.0, 1, 4)
    assert folder.triple("cpp_by_age", age_band_dfe="5-9") == (75.0, 3, 4)


def test_a_birthday_on_29_february_falls_on_1_march(folder: Folder) -> None:
    ends = details("2024-05-01", plan("2024-06-01", "2025-02-28"), plan("2024-06-01", "2025-03-01"))
    folder.census(2025, child(ends, born="2020-02-29"))
    assert folder.triple("cpp_ends", age_band="1-4") == (1, 1, None)
    assert folder.triple("cpp_ends", age_band="5-9") == (1, 1, None)
    assert folder.triple("cpp_ends", age_band_local="4-8") == (2, 2, None)


# ---------------------------------------------------------------------------------------------------------------------
# Reviews


@pytest.mark.parametrize(
    ("start", "reviews", "expected"),
    [
        ("2024-10-15", ["2025-01-15"], (100.0, 1, 1)),  # three months to the day
        ("2024-10-15", ["2025-01-16"], (0.0, 0, 1)),  # a day late
        ("2024-10-15", [], (0.0, 0, 1)),
        ("2024-12-31", [], (100.0, 1, 1)),  # due on the day of the count itself
        ("2025-01-01", [], NONE),  # not yet three months
        ("2024-04-10", ["2024-07-10", "2025-01-10"], (100.0, 1, 1)),
        ("2024-04-10", ["2024-07-10", "2025-01-11"], (0.0, 0, 1)),
        ("2024-04-10", ["2025-01-10", "2024-07-10", "2024-07-10"], (100.0, 1, 1)),  # out of order, repeated
        ("2024-06-30", ["2024-09-30"], (0.0, 0, 1)),  # the next was due on 30 March
        ("2024-06-30", ["2024-06-30", "2024-09-30", "2025-03-30"], (100.0, 1, 1)),  # one on the start is none
        ("2024-10-15", ["2025-01-15", "2025-04-20"], (100.0, 1, 1)),  # after the count
    ],
)
def test_ni67(folder: Folder, start: str, reviews: list[str], expected: Triple) -> None:
    folder.census(2025, child(details("2024-01-01", plan(start, "", *reviews))))
    assert folder.triple("ni67") == expected
    assert folder.triple("cpp_3m_count")[0] == (expected[2] or 0)


def test_reviews_of_the_same_plan_come_from_earlier_files_too(folder: Folder) -> None:
    own = child(details("2023-11-01", plan("2023-12-01", "", "2024-08-20", "2025-02-20")))
    folder.census(2025, own)
    assert folder.triple("ni67") == (0.0, 0, 1)
    folder.census(2024, child(details("2023-11-01", plan("2023-12-01", "", "2024-02-20"))))
    assert folder.triple("ni67", "2024-25") == (100.0, 1, 1)
    assert folder.triple("reviews_on_time_events", "2024-25") == (100.0, 2, 2)


def test_a_group_with_a_wrong_end_still_lends_its_reviews_to_the_plan(folder: Folder) -> None:
    folder.census(2024, child(details("2023-11-01", plan("2023-12-01", "2023-11-30", "2024-02-20"))))
    folder.census(2025, child(details("2023-11-01", plan("2023-12-01", "", "2024-08-20", "2025-02-20"))))
    assert folder.triple("ni67") == (100.0, 1, 1)


def test_reviews_on_time_are_counted_by_their_due_dates(folder: Folder) -> None:
    folder.census(
        2025,
        child(
            details(
                "2024-01-01",
                plan("2024-05-10", "", "2024-08-12", "2025-02-12"),  # due 10 August, late; 12 February, on time
                plan("2024-05-11", "2024-08-11"),  # due on the day it ended: out
                plan("2024-05-12", "2024-08-13"),  # due 12 August, still open: late
                plan("2024-05-13", "2024-08-12", "2024-08-12"),  # held on its last day, before it was due on the 13th
            )
        ),
    )
    by_quarter = [folder.triple("reviews_on_time_events", by="quarter", period=n) for n in range(4)]
    assert by_quarter == [NONE, (33.3, 1, 3), NONE, (100.0, 1, 1)]
    assert folder.triple("reviews_on_time_events") == (50.0, 2, 4)


# ---------------------------------------------------------------------------------------------------------------------
# Pre-proceedings


def test_pre_proceedings_are_not_available_before_their_collection_unless_filed(folder: Folder) -> None:
    folder.census(2026, child(details("2025-05-01")))
    assert folder.status("preproc_open") == {"not_available"}
    folder.census(2027, child(details("2026-05-01")))
    assert folder.status("preproc_open") == {"final"}
    folder.census(2026, child(details("2025-05-01", pre_proceedings(PPStartDate="2025-06-01"))))
    assert folder.triple("preproc_open", "2025-26") == (1, 1, None)


def test_pre_proceedings(folder: Folder) -> None:
    folder.census(
        2027,
        child(
            details(
                "2026-05-01",
                pre_proceedings(PPStartDate="2026-05-01", StepDecisionDate="2026-06-20", PPOutcome="A"),  # 50 days
                pre_proceedings(PPStartDate="2026-05-01", StepDecisionDate="2026-05-11", PPOutcome="Z"),  # 10 days
                pre_proceedings(PPStartDate="2026-05-02", StepDecisionDate="2026-05-01", PPOutcome="A"),
                pre_proceedings(PPStartDate="2026-06-01", LBPSentDate="2026-06-02", FGDMMeetingOffer="1"),
                pre_proceedings(LBPSentDate="2026-06-02", FGDMMeetingOffer="true", FGDMMeetingFac="1"),
                pre_proceedings(LBPSentDate="2026-06-02", FGDMMeetingFac="1"),
            )
        ),
    )
    assert folder.triple("preproc_open") == (1, 1, None)
    assert folder.triple("preproc_weeks") == (1.4, None, 2)  # the first of two is the median: 10 days over 7
    assert folder.triple("preproc_outcome", outcome="A") == (66.7, 2, 3)
    assert folder.triple("preproc_outcome", outcome="unknown") == (33.3, 1, 3)
    assert folder.triple("fgdm_offered") == (66.7, 2, 3)
    assert folder.triple("fgdm_held") == (50.0, 1, 2)


# ---------------------------------------------------------------------------------------------------------------------
# Figures and groups


def test_a_group_gives_the_total_and_every_value(folder: Folder) -> None:
    folder.census(2025, child(details("2024-05-01", plan("2024-06-01"))))
    found = plain.figures(folder.files, only=["cpp_at_date"], group_by=["sex", "category"])
    assert [(figure["group"], figure["value"]) for figure in found] == [
        ({}, 1),
        ({"sex": "male"}, 0),
        ({"sex": "female"}, 1),
        ({"sex": "unknown"}, 0),
        ({"category": "neglect"}, 1),
        *(({"category": name}, 0) for name in ("physical", "sexual", "emotional", "multiple", "unknown")),
    ]


@pytest.mark.parametrize(
    ("indicator", "field"),
    [
        ("referrals", "category"),
        ("cpp_rate", "sex"),
        ("assess_factors", "sex"),
        ("cpp_by_category", "category"),
        ("cpp_start_category", "category"),
        ("cpp_by_age", "age_band"),
        ("cpp_by_age", "age_band_local"),
        ("cpp_by_sex", "sex"),
        ("cpp_by_ethnicity", "ethnicity"),
    ],
)
def test_where_a_field_does_not_go_only_the_total_is_given(folder: Folder, indicator: str, field: str) -> None:
    folder.census(2025, child(details("2024-05-01", plan("2024-06-01"))))
    plain_figures = plain.figures(folder.files, only=[indicator], population=1000)
    assert plain.figures(folder.files, only=[indicator], population=1000, group_by=[field]) == plain_figures


def test_nothing_to_divide_by(folder: Folder) -> None:
    folder.census(2025, child(details("2024-05-01", plan("2024-06-01"))))
    assert folder.status("ni64") == {"not_applicable"}
    assert folder.triple("ni64") == NONE
    assert folder.triple("ni65", sex="male") == NONE
    assert folder.triple("icpc_median_wd", statistic="p25") == NONE
    assert folder.triple("cpp_over_18m", sex="male") == (0, 0, 0)


def test_rates_need_a_population(folder: Folder) -> None:
    folder.census(2025, child(details("2024-05-01")))
    [one] = plain.figures(folder.files, only=["assess_factors"])
    assert (one["status"], one["group"], one["value"], one["denominator"]) == ("not_available", {}, None, None)


def test_an_indicator_that_no_census_serves_has_one_figure_for_each_period(folder: Folder) -> None:
    folder.census(2025)
    found = plain.figures(folder.files, only=["contacts"], by="month", group_by=["sex"])
    assert len(found) == 12
    assert {(figure["status"], figure["unit"]) for figure in found} == {("not_available", "count")}


@pytest.mark.parametrize("options", [{"group_by": ["team"]}, {"only": ["ni99"]}])
def test_an_unknown_field_or_indicator_is_refused(folder: Folder, options: dict[str, list[str]]) -> None:
    folder.census(2025)
    with pytest.raises(ValueError, match="Not known"):
        plain.figures(folder.files, **options)  # type: ignore[arg-type]
