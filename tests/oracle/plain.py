"""A second, plain reading of CIN census files, kept apart from Waypost to check it.

It reads the files with the standard library, loops over the records one at a time and counts them. It takes nothing
from Waypost, is slow, and is meant to be read beside the definitions: each indicator is one short function whose
docstring says the rule it follows.

Where the definitions are silent:

* an age band of things open at any point of a period takes the age at the period's end, as counts of children do;
* a whole number is digits only, so "2.0" and "-1" are unknown;
* one child and one start are one plan even where a group's end is on or before the start: such a group lends its
  reviews to the plan, and where it is the latest file's the plan is out of history as it is out of every count;
* the codes of Sex are M and F, those of GenderCurrent 1 and 2, in a file of any year.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Any

import holidays

# ---------------------------------------------------------------------------------------------------------------------
# Dates and numbers


def real_date(text: str) -> date | None:
    """YYYY-MM-DD after trimming, and a real day; anything else is blank."""
    text = text.strip()
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day number some months on, or the month's last day where it is shorter; no later than the last date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def two_years(start: date, day: date) -> bool:
    """More than 729 days, counting both the first and the last."""
    return (day - start).days + 1 > 729


@cache
def bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def is_working_day(day: date) -> bool:
    """Monday to Friday, and not a bank holiday of England and Wales."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@cache
def working_days(start: date | None, end: date) -> int | None:
    """The working days after the start, up to and including the end; none known where the start is blank or later."""
    if start is None or start > end:
        return None
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def half_up(number: Fraction) -> float:
    """One decimal, halves up."""
    return floor(number * 10 + Fraction(1, 2)) / 10


def nearest_rank(values: Sequence[int], share: Fraction) -> int:
    """The smallest value that at least the given share of the values do not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]


# ---------------------------------------------------------------------------------------------------------------------
# Code lists

SEXES = {"M": "male", "F": "female"}
GENDERS = {"1": "male", "2": "female"}
ETHNIC_GROUPS = {
    "white": "WBRI WIRI WIRT WOTH WROM".split(),
    "mixed": "MWBC MWBA MWAS MOTH".split(),
    "asian": "AIND APKN ABAN AOTH CHNE".split(),
    "black": "BCRB BAFR BOTH".split(),
    "other": ["OOTH"],
}
DISABILITIES = "MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA".split()
CATEGORIES = {"NEG": "neglect", "PHY": "physical", "SAB": "sexual", "EMO": "emotional", "MUL": "multiple"}
NEEDS = [f"N{n}" for n in range(10)]
FACTORS = (
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A "
    "18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A"
).split()
SOURCES = {"2A": "school", "6": "police"} | dict.fromkeys("3A 3B 3C 3D 3E 3F".split(), "health")
OUTCOMES = ["A", "B", "C"]
UNKNOWN = "unknown"

DFE_LENGTHS = ["<=3 months", ">3 to <=6 months", ">6 months to <1 year", ">=1 to <2 years", ">=2 years"]
LBHF_LENGTHS = ["0-3 months", "4-6", "7-12", "13-18", "19-24", "2-4 years", "4+ years"]
ASSESSMENT_WAITS = ["0-10", "11-20", "21-30", "31-40", "41-45", "46-60", "61+"]
CONFERENCE_WAITS = ["0-10", "11-15", "16-20", "21+"]
DFE_AGES = {"under 1": (0, 0), "1-4": (1, 4), "5-9": (5, 9), "10-15": (10, 15), "16-17": (16, 17), "18+": (18, 9999)}
LBHF_AGES = {"0-1": (0, 1), "2-3": (2, 3), "4-8": (4, 8), "9-14": (9, 14), "15+": (15, 9999)}
NO_SECTION_47 = "no section 47"


def dfe_length(start: date, day: date) -> str:
    """Three and six months inclusive; a year starts at twelve months, two years at more than 729 days."""
    if day <= add_months(start, 3):
        return "<=3 months"
    if day <= add_months(start, 6):
        return ">3 to <=6 months"
    if day < add_months(start, 12):
        return ">6 months to <1 year"
    return ">=2 years" if two_years(start, day) else ">=1 to <2 years"


def lbhf_length(start: date, day: date) -> str:
    """Three, six, twelve and eighteen months inclusive; two years as everywhere; four years at 48 months."""
    for months, label in ((3, "0-3 months"), (6, "4-6"), (12, "7-12"), (18, "13-18")):
        if day <= add_months(start, months):
            return label
    if not two_years(start, day):
        return "19-24"
    return "2-4 years" if day < add_months(start, 48) else "4+ years"


def wait_band(days: int | None, labels: Sequence[str]) -> str:
    """The band of a number of working days: "0-10" holds both its ends, "61+" has no upper one."""
    if days is None:
        return UNKNOWN
    for label in labels:
        first, _, last = label.rstrip("+").partition("-")
        if int(first) <= days and (not last or days <= int(last)):
            return label
    raise ValueError(days)


# ---------------------------------------------------------------------------------------------------------------------
# The records of a file


@dataclass(eq=False)
class Assessment:
    child: Child
    started_on: date | None
    done_on: date | None
    factors: list[str]


@dataclass(eq=False)
class Enquiry:
    child: Child
    started_on: date | None
    conference_on: date | None


@dataclass(eq=False)
class CinPlan:
    child: Child
    started_on: date | None
    ended_on: date | None


@dataclass(eq=False)
class Plan:
    """A ChildProtectionPlans group with a start."""

    child: Child
    started_on: date
    ended_on: date | None
    initial: str
    latest: str
    previous: int | None
    review_dates: list[date]

    @property
    def counts(self) -> bool:
        """Its end is blank or later than its start; others are out of every count."""
        return self.ended_on is None or self.ended_on > self.started_on


@dataclass(eq=False)
class PreProceedings:
    child: Child
    started_on: date | None
    letter_on: date | None
    offered: bool
    held: bool
    stepped_on: date | None
    outcome: str


@dataclass(eq=False)
class Conference:
    child: Child
    held_on: date
    after_enquiry: bool
    enquiry_on: date | None


@dataclass(eq=False)
class Details:
    """A CINdetails group."""

    child: Child
    referred_on: date | None
    source: str
    need: str
    closed_on: date | None
    reason: str
    conference_on: date | None
    no_further_action: bool
    assessments: list[Assessment]
    cin_plans: list[CinPlan]
    enquiries: list[Enquiry]
    plans: list[Plan]
    has_plan_group: bool
    pre_proceedings: list[PreProceedings]

    @property
    def not_in_need(self) -> bool:
        """Assessed, closed RC8 or RC9, and nothing came of it: no enquiry, plan of either kind or conference."""
        return (
            not self.no_further_action
            and bool(self.assessments)
            and self.reason in ("RC8", "RC9")
            and not self.enquiries
            and not self.cin_plans
            and not self.has_plan_group
            and self.conference_on is None
        )

    @property
    def is_episode_of_need(self) -> bool:
        """Referred, not no further action, not closed as not in need, and not closed before it began."""
        return (
            self.referred_on is not None
            and not self.no_further_action
            and not self.not_in_need
            and (self.closed_on is None or self.closed_on >= self.referred_on)
        )


@dataclass(eq=False)
class Child:
    """One LAchildID of a file; a blank one is a child of its own."""

    id: str
    born_on: date | None
    expected_on: date | None
    sex: str
    ethnicity: str
    disabilities: list[str]
    details: list[Details] = field(default_factory=list)

    def plans(self) -> list[Plan]:
        """Those that count."""
        return [plan for plan in self.plans_with_a_start() if plan.counts]

    def plans_with_a_start(self) -> list[Plan]:
        return [plan for details in self.details for plan in details.plans]

    def is_unborn(self, day: date) -> bool:
        """Born later than the day, or expected and with no birth date."""
        if self.born_on is not None:
            return self.born_on > day
        return self.expected_on is not None

    def age(self, day: date) -> int:
        """Completed years; a birthday on 29 February falls on 1 March."""
        assert self.born_on is not None
        before_birthday = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before_birthday

    def age_band(self, day: date, bands: dict[str, tuple[int, int]], unborn: str) -> str:
        if self.is_unborn(day):
            return unborn
        if self.born_on is None:
            return UNKNOWN
        return next(label for label, (first, last) in bands.items() if first <= self.age(day) <= last)

    @property
    def ethnic_group(self) -> str:
        return next((group for group, codes in ETHNIC_GROUPS.items() if self.ethnicity in codes), UNKNOWN)

    @property
    def disability(self) -> str:
        """yes with any code of the list but NONE; no with NONE alone; unknown with no code of the list."""
        if any(code in DISABILITIES for code in self.disabilities):
            return "yes"
        return "no" if "NONE" in self.disabilities else UNKNOWN


@dataclass(eq=False)
class File:
    """A census file: the last day of its year, its authority, when it was made, and its children."""

    year_ends: int
    authority: str
    made_at: datetime | None
    children: list[Child]
    has_pre_proceedings: bool


# ---------------------------------------------------------------------------------------------------------------------
# Reading a file


def named(parent: ET.Element, name: str) -> list[ET.Element]:
    """The child elements of a name, whatever their namespace."""
    return [element for element in parent if str(element.tag).rpartition("}")[2] == name]


def text(parent: ET.Element, *path: str) -> str:
    """The trimmed text of the first element at the path; "" where there is none."""
    for name in path:
        found = named(parent, name)
        if not found:
            return ""
        parent = found[0]
    return (parent.text or "").strip()


def day_in(parent: ET.Element, name: str) -> date | None:
    return real_date(text(parent, name))


def is_yes(parent: ET.Element, name: str) -> bool:
    """1 or true in any case; all else, blank included, is not yes."""
    return text(parent, name).lower() in ("1", "true")


def texts(parent: ET.Element, wrapper: str, name: str) -> list[str]:
    """The text of every element of a name inside every wrapper."""
    return [(element.text or "").strip() for outer in named(parent, wrapper) for element in named(outer, name)]


def read_assessment(child: Child, group: ET.Element) -> Assessment:
    return Assessment(
        child,
        day_in(group, "AssessmentActualStartDate"),
        day_in(group, "AssessmentAuthorisationDate"),
        texts(group, "FactorsIdentifiedAtAssessment", "AssessmentFactors"),
    )


def read_plan(child: Child, group: ET.Element) -> Plan | None:
    """None where the group has no start."""
    started_on = day_in(group, "CPPstartDate")
    if started_on is None:
        return None
    previous = text(group, "NumberOfPreviousCPP")
    reviews = [real_date(found) for found in texts(group, "Reviews", "CPPreviewDate")]
    return Plan(
        child,
        started_on,
        day_in(group, "CPPendDate"),
        CATEGORIES.get(text(group, "InitialCategoryOfAbuse"), UNKNOWN),
        CATEGORIES.get(text(group, "LatestCategoryOfAbuse"), UNKNOWN),
        int(previous) if re.fullmatch("[0-9]+", previous) else None,
        [review for review in reviews if review is not None],
    )


def read_pre_proceedings(child: Child, group: ET.Element) -> PreProceedings:
    return PreProceedings(
        child,
        day_in(group, "PPStartDate"),
        day_in(group, "LBPSentDate"),
        is_yes(group, "FGDMMeetingOffer"),
        is_yes(group, "FGDMMeetingFac"),
        day_in(group, "StepDecisionDate"),
        text(group, "PPOutcome"),
    )


def read_details(child: Child, group: ET.Element) -> Details:
    plans = [read_plan(child, plan) for plan in named(group, "ChildProtectionPlans")]
    return Details(
        child,
        day_in(group, "CINreferralDate"),
        text(group, "ReferralSource"),
        text(group, "PrimaryNeedCode"),
        day_in(group, "CINclosureDate"),
        text(group, "ReasonForClosure"),
        day_in(group, "DateOfInitialCPC"),
        is_yes(group, "ReferralNFA"),
        [read_assessment(child, found) for found in named(group, "Assessments")],
        [
            CinPlan(child, day_in(found, "CINPlanStartDate"), day_in(found, "CINPlanEndDate"))
            for found in named(group, "CINPlanDates")
        ],
        [
            Enquiry(child, day_in(found, "S47ActualStartDate"), day_in(found, "DateOfInitialCPC"))
            for found in named(group, "Section47")
        ],
        [plan for plan in plans if plan is not None],
        bool(plans),
        [read_pre_proceedings(child, found) for found in named(group, "PreProceedingsandFGDM")],
    )


def read_sex(group: ET.Element) -> str:
    """By Sex, or by GenderCurrent where Sex is blank, each with its own codes."""
    if sex := text(group, "ChildIdentifiers", "Sex"):
        return SEXES.get(sex, UNKNOWN)
    return GENDERS.get(text(group, "ChildIdentifiers", "GenderCurrent"), UNKNOWN)


def read_child(group: ET.Element) -> Child:
    return Child(
        text(group, "ChildIdentifiers", "LAchildID"),
        real_date(text(group, "ChildIdentifiers", "PersonBirthDate")),
        real_date(text(group, "ChildIdentifiers", "ExpectedPersonBirthDate")),
        read_sex(group),
        text(group, "ChildCharacteristics", "Ethnicity"),
        [
            code
            for characteristics in named(group, "ChildCharacteristics")
            for code in texts(characteristics, "Disabilities", "Disability")
        ],
    )


def read_children(message: ET.Element) -> list[Child]:
    """Two groups of one LAchildID are one child: the characteristics of the first, the episodes of all."""
    children: list[Child] = []
    by_id: dict[str, Child] = {}
    for group in [group for wrapper in named(message, "Children") for group in named(wrapper, "Child")]:
        child = read_child(group)
        if child.id and child.id in by_id:
            child = by_id[child.id]
        else:
            children.append(child)
            by_id[child.id] = child
        child.details += [read_details(child, details) for details in named(group, "CINdetails")]
    return children


def read_moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_year(header: ET.Element) -> int:
    """The year of the ReferenceDate, which is a 31 March; Header Year where it is blank."""
    reference_on = real_date(text(header, "CollectionDetails", "ReferenceDate"))
    if reference_on is None:
        return int(text(header, "CollectionDetails", "Year"))
    if (reference_on.month, reference_on.day) != (3, 31):
        raise ValueError(f"The reference date {reference_on} is not a 31 March.")
    return reference_on.year


def read_file(path: Path) -> File:
    message = ET.parse(path).getroot()  # noqa: S314  # the tests write the files themselves
    header = named(message, "Header")[0]
    children = read_children(message)
    return File(
        read_year(header),
        text(header, "Source", "LEA"),
        read_moment(text(header, "Source", "DateTime")),
        children,
        any(details.pre_proceedings for child in children for details in child.details),
    )


def one_for_each_year(files: Sequence[File]) -> dict[int, File]:
    """Of two files for one year, the one made later; on a tie the one named later. No moment comes first."""
    chosen: dict[int, File] = {}
    first = datetime.min.replace(tzinfo=UTC)
    for file in files:
        rival = chosen.get(file.year_ends)
        if rival is None or (file.made_at or first) >= (rival.made_at or first):
            chosen[file.year_ends] = file
    return chosen


def check_authority(files: Sequence[File], authority: str | None) -> None:
    """Files of different authorities, or of another than the one asked for, are refused together."""
    named_by_files = {file.authority for file in files if file.authority}
    if authority:
        named_by_files.add(authority)
    if len(named_by_files) != 1:
        raise ValueError(f"The files must be of one authority, not {sorted(named_by_files)}.")


# ---------------------------------------------------------------------------------------------------------------------
# The census of a year, with its history


@dataclass(frozen=True)
class Period:
    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


def periods_of(year_ends: int, by: str) -> list[Period]:
    """The year, its four quarters or its twelve months, from April."""
    length = {"year": 12, "quarter": 3, "month": 1}[by]
    starts = [add_months(date(year_ends - 1, 4, 1), months) for months in range(0, 12, length)]
    return [Period(start, add_months(start, length) - timedelta(days=1)) for start in starts]


def is_open(start: date | None, end: date | None, day: date) -> bool:
    """At the close of the day."""
    return start is not None and start <= day and (end is None or end > day)


def at_any_point(start: date | None, end: date | None, period: Period) -> bool:
    """Started in the period, or open at the close of the day before it."""
    return period.holds(start) or is_open(start, end, period.start - timedelta(days=1))


@dataclass(eq=False)
class Census:
    """A year's own file, with the earlier files as history, oldest first."""

    year_ends: int
    own: File
    earlier: list[File]

    def has_years_before(self, how_many: int) -> bool:
        there = {file.year_ends for file in self.earlier}
        return all(self.year_ends - n in there for n in range(1, how_many + 1))

    def details(self) -> list[Details]:
        return [details for child in self.own.children for details in child.details]

    def episodes(self) -> list[Details]:
        return [details for details in self.details() if details.is_episode_of_need]

    def assessments(self) -> list[Assessment]:
        return [assessment for details in self.details() for assessment in details.assessments]

    def enquiries(self) -> list[Enquiry]:
        return [enquiry for details in self.details() for enquiry in details.enquiries]

    def cin_plans(self) -> list[CinPlan]:
        return [plan for details in self.details() for plan in details.cin_plans]

    def plans(self) -> list[Plan]:
        return [plan for child in self.own.children for plan in child.plans()]

    def pre_proceedings(self) -> list[PreProceedings]:
        return [group for details in self.details() for group in details.pre_proceedings]

    def conferences(self) -> list[Conference]:
        """Each DateOfInitialCPC that is filled in, at both levels; neither is matched against the other."""
        found = [
            Conference(details.child, details.conference_on, False, None)
            for details in self.details()
            if details.conference_on is not None
        ]
        found += [
            Conference(enquiry.child, enquiry.conference_on, True, enquiry.started_on)
            for enquiry in self.enquiries()
            if enquiry.conference_on is not None
        ]
        return found

    def plans_open(self, day: date) -> list[Plan]:
        return [plan for plan in self.plans() if is_open(plan.started_on, plan.ended_on, day)]

    def plans_started(self, period: Period) -> list[Plan]:
        return [plan for plan in self.plans() if period.holds(plan.started_on)]

    def plans_ended(self, period: Period) -> list[Plan]:
        return [plan for plan in self.plans() if period.holds(plan.ended_on)]

    def referrals(self, period: Period) -> list[tuple[Details, date]]:
        """CINdetails groups referred in the period, no further action or not, each with its date."""
        return [(details, details.referred_on) for details in self.details() if period.holds(details.referred_on)]  # type: ignore[misc]

    def in_every_file(self, child: Child) -> list[Child]:
        """The child in each file that has it, the own file last. A blank LAchildID has no history."""
        if not child.id:
            return [child]
        return [found for file in self.earlier for found in file.children if found.id == child.id] + [child]

    def review_dates(self, plan: Plan) -> list[date]:
        """Of the same plan in any file: different dates only, after its start and not after its end; in order."""
        found = {
            review
            for child in self.in_every_file(plan.child)
            for same in child.plans_with_a_start()
            if same.started_on == plan.started_on
            for review in same.review_dates
        }
        return sorted(
            review
            for review in found
            if review > plan.started_on and (plan.ended_on is None or review <= plan.ended_on)
        )

    def other_plan_ends(self, plan: Plan) -> list[date]:
        """The ends of the child's other plans. One start is one plan; the latest file that has it gives its end."""
        latest: dict[date, list[Plan]] = {}
        for child in self.in_every_file(plan.child):
            plans = child.plans_with_a_start()
            for start in {other.started_on for other in plans}:
                latest[start] = [other for other in plans if other.started_on == start]
        return [
            other.ended_on
            for start, others in latest.items()
            for other in others
            if start != plan.started_on and other.counts and other.ended_on is not None
        ]


# ---------------------------------------------------------------------------------------------------------------------
# Counting: what is counted, by whom it may be grouped, and the sums


@dataclass(frozen=True)
class Mark:
    """One thing counted: whose it is, the day that sets the age and, for a plan, its latest category."""

    child: Child
    on: date
    category: str = ""


def of_plan(plan: Plan, on: date) -> Mark:
    return Mark(plan.child, on, plan.latest)


Keep = Callable[[Mark], bool]


@dataclass(frozen=True)
class Answer:
    value: float | int | None
    numerator: int | None
    denominator: int | None
    status: str = "final"


NOTHING_TO_DIVIDE_BY = Answer(None, None, None, "not_applicable")
NOT_AVAILABLE = Answer(None, None, None, "not_available")


def tally(marks: Sequence[Mark], keep: Keep, children: bool = False) -> int:
    """How many marks are kept; or how many different children have one."""
    kept = [mark for mark in marks if keep(mark)]
    return len({mark.child for mark in kept}) if children else len(kept)


@dataclass
class Count:
    """How many; out of how many, where a denominator is printed beside the count."""

    marks: Sequence[Mark]
    out_of: Sequence[Mark] | None = None
    children: bool = False
    split: dict[str, str] = field(default_factory=dict)

    def answer(self, keep: Keep, population: int | None) -> Answer:
        number = tally(self.marks, keep, self.children)
        whole = None if self.out_of is None else tally(self.out_of, keep, self.children)
        return Answer(number, number, whole)


@dataclass
class Percent:
    marks: Sequence[Mark]
    out_of: Sequence[Mark]
    children: bool = False
    split: dict[str, str] = field(default_factory=dict)

    def answer(self, keep: Keep, population: int | None) -> Answer:
        part, whole = tally(self.marks, keep, self.children), tally(self.out_of, keep, self.children)
        if whole == 0:
            return NOTHING_TO_DIVIDE_BY
        return Answer(half_up(Fraction(part * 100, whole)), part, whole)


@dataclass
class Rate:
    """For each 10,000 children of the population; the denominator is the population itself."""

    marks: Sequence[Mark]
    split: dict[str, str] = field(default_factory=dict)

    def answer(self, keep: Keep, population: int | None) -> Answer:
        assert population
        number = tally(self.marks, keep)
        return Answer(half_up(Fraction(number * 10_000, population)), number, population)


@dataclass
class NetCount:
    """Starts less ends; can be below nought."""

    starts: Sequence[Mark]
    ends: Sequence[Mark]
    split: dict[str, str] = field(default_factory=dict)

    def answer(self, keep: Keep, population: int | None) -> Answer:
        net = tally(self.starts, keep) - tally(self.ends, keep)
        return Answer(net, net, None)


@dataclass
class NetPercent:
    """Starts less ends without the sign, over starts."""

    starts: Sequence[Mark]
    ends: Sequence[Mark]
    split: dict[str, str] = field(default_factory=dict)

    def answer(self, keep: Keep, population: int | None) -> Answer:
        starts, ends = tally(self.starts, keep), tally(self.ends, keep)
        if starts == 0:
            return NOTHING_TO_DIVIDE_BY
        return Answer(half_up(Fraction(abs(starts - ends) * 100, starts)), abs(starts - ends), starts)


@dataclass
class Quartile:
    """A quarter, half or three quarters of the way along the values; the denominator is how many there are."""

    values: Sequence[tuple[Mark, int]]
    share: Fraction
    in_weeks: bool = False
    split: dict[str, str] = field(default_factory=dict)

    def answer(self, keep: Keep, population: int | None) -> Answer:
        values = [value for mark, value in self.values if keep(mark)]
        if not values:
            return NOTHING_TO_DIVIDE_BY
        value = nearest_rank(values, self.share)
        return Answer(half_up(Fraction(value, 7)) if self.in_weeks else value, None, len(values))


Part = Count | Percent | Rate | NetCount | NetPercent | Quartile

FIELDS: dict[str, tuple[list[str], Callable[[Mark], str]]] = {
    "sex": (["male", "female", UNKNOWN], lambda mark: mark.child.sex),
    "ethnicity": ([*ETHNIC_GROUPS, UNKNOWN], lambda mark: mark.child.ethnic_group),
    "age_band": (
        ["unborn", *DFE_AGES, UNKNOWN],
        lambda mark: mark.child.age_band(mark.on, DFE_AGES, "unborn"),
    ),
    "age_band_local": ([*LBHF_AGES, UNKNOWN], lambda mark: mark.child.age_band(mark.on, LBHF_AGES, "0-1")),
    "disability": (["yes", "no", UNKNOWN], lambda mark: mark.child.disability),
    "category": ([*CATEGORIES.values(), UNKNOWN], lambda mark: mark.category),
}
CHILD_FIELDS = ("sex", "ethnicity", "age_band", "age_band_local", "disability")
PLAN_FIELDS = (*CHILD_FIELDS, "category")


@dataclass(frozen=True)
class Indicator:
    id: str
    unit: str
    parts: Callable[[Census, Period], Iterator[Part]]
    fields: tuple[str, ...]
    years_before: int
    pre_proceedings: bool

    def is_available(self, census: Census, population: int | None) -> bool:
        if self.unit == "rate_per_10000" and not population:
            return False
        if self.pre_proceedings and census.year_ends < 2027 and not census.own.has_pre_proceedings:
            return False
        return census.has_years_before(self.years_before)


INDICATORS: dict[str, Indicator] = {}
Parts = Callable[[Census, Period], Iterator[Part]]


def indicator(
    unit: str, fields: tuple[str, ...] = (), years_before: int = 0, pre_proceedings: bool = False
) -> Callable[[Parts], Parts]:
    """Registers a function as the indicator of its name. Rates have no fields: they are never grouped."""

    def register(parts: Parts) -> Parts:
        name = parts.__name__
        INDICATORS[name] = Indicator(name, unit, parts, fields, years_before, pre_proceedings)
        return parts

    return register


def without(fields: tuple[str, ...], *taken: str) -> tuple[str, ...]:
    return tuple(name for name in fields if name not in taken)


# ---------------------------------------------------------------------------------------------------------------------
# Referrals


@indicator("count", CHILD_FIELDS)
def referrals(census: Census, period: Period) -> Iterator[Part]:
    """Referrals with CINreferralDate in the period."""
    yield Count([Mark(details.child, on) for details, on in census.referrals(period)])


@indicator("count", CHILD_FIELDS)
def referral_children(census: Census, period: Period) -> Iterator[Part]:
    """Different children among them."""
    yield Count([Mark(details.child, period.end) for details, _ in census.referrals(period)], children=True)


@indicator("rate_per_10000")
def referral_rate(census: Census, period: Period) -> Iterator[Part]:
    """Referrals over population."""
    yield Rate([Mark(details.child, on) for details, on in census.referrals(period)])


def rereferrals(census: Census, period: Period) -> list[tuple[Details, date]]:
    """Referrals in the period on or before an earlier date of referral of the same child, + 12 months.

    The earlier one may be in this file or an earlier one. Same-day referrals are not re-referrals of each other, and
    no further action counts at both ends.
    """
    found = []
    for details, on in census.referrals(period):
        dates = [other.referred_on for child in census.in_every_file(details.child) for other in child.details]
        if any(earlier is not None and earlier < on <= add_months(earlier, 12) for earlier in dates):
            found.append((details, on))
    return found


@indicator("percent", CHILD_FIELDS, years_before=1)
def rereferral_12m(census: Census, period: Period) -> Iterator[Part]:
    """Re-referrals, of the period's referrals."""
    yield Percent(
        [Mark(details.child, on) for details, on in rereferrals(census, period)],
        [Mark(details.child, on) for details, on in census.referrals(period)],
    )


@indicator("percent", CHILD_FIELDS, years_before=1)
def rereferral_child(census: Census, period: Period) -> Iterator[Part]:
    """Different children with a re-referral, over different children referred in the period."""
    yield Percent(
        [Mark(details.child, period.end) for details, _ in rereferrals(census, period)],
        [Mark(details.child, period.end) for details, _ in census.referrals(period)],
        children=True,
    )


@indicator("percent", CHILD_FIELDS)
def multi_referral_fy(census: Census, period: Period) -> Iterator[Part]:
    """From 1 April to the period's end: different children with two or more referrals, over those with one or more."""
    year_to_date = Period(date(census.year_ends - 1, 4, 1), period.end)
    referred = [details.child for details, _ in census.referrals(year_to_date)]
    yield Percent(
        [Mark(child, period.end) for child in referred if referred.count(child) >= 2],
        [Mark(child, period.end) for child in referred],
        children=True,
    )


@indicator("rate_per_10000", years_before=1)
def rereferral_rate(census: Census, period: Period) -> Iterator[Part]:
    """The numerator of rereferral_12m over population."""
    yield Rate([Mark(details.child, on) for details, on in rereferrals(census, period)])


@indicator("percent", CHILD_FIELDS)
def referral_nfa(census: Census, period: Period) -> Iterator[Part]:
    """Referrals in the period with ReferralNFA yes."""
    found = census.referrals(period)
    yield Percent(
        [Mark(details.child, on) for details, on in found if details.no_further_action],
        [Mark(details.child, on) for details, on in found],
    )


@indicator("percent", CHILD_FIELDS)
def referral_not_in_need(census: Census, period: Period) -> Iterator[Part]:
    """Referrals in the period that are not in need, closed in or after the period."""
    found = census.referrals(period)
    yield Percent(
        [
            Mark(details.child, on)
            for details, on in found
            if details.not_in_need and details.closed_on is not None and details.closed_on >= period.start
        ],
        [Mark(details.child, on) for details, on in found],
    )


@indicator("percent", CHILD_FIELDS)
def referral_source(census: Census, period: Period) -> Iterator[Part]:
    """Split source: school (2A), health (3A to 3F), police (6), other (all else, 10 and blank included)."""
    found = census.referrals(period)
    for source in ("school", "health", "police", "other"):
        yield Percent(
            [Mark(details.child, on) for details, on in found if SOURCES.get(details.source, "other") == source],
            [Mark(details.child, on) for details, on in found],
            split={"source": source},
        )


# ---------------------------------------------------------------------------------------------------------------------
# Assessments


def assessments_done(census: Census, period: Period) -> list[tuple[Assessment, date]]:
    """Assessments with AssessmentAuthorisationDate in the period, each with its date."""
    return [(found, found.done_on) for found in census.assessments() if period.holds(found.done_on)]  # type: ignore[misc]


@indicator("count", CHILD_FIELDS)
def sa_count(census: Census, period: Period) -> Iterator[Part]:
    """Assessments with AssessmentAuthorisationDate in the period."""
    yield Count([Mark(assessment.child, on) for assessment, on in assessments_done(census, period)])


@indicator("rate_per_10000")
def sa_rate(census: Census, period: Period) -> Iterator[Part]:
    """sa_count over population."""
    yield Rate([Mark(assessment.child, on) for assessment, on in assessments_done(census, period)])


@indicator("percent", CHILD_FIELDS)
def sa_45wd(census: Census, period: Period) -> Iterator[Part]:
    """On time is 45 or fewer working days from start to authorisation; no length is not on time, and stays in."""
    done = assessments_done(census, period)
    lengths = [(assessment, on, working_days(assessment.started_on, on)) for assessment, on in done]
    yield Percent(
        [Mark(assessment.child, on) for assessment, on, days in lengths if days is not None and days <= 45],
        [Mark(assessment.child, on) for assessment, on in done],
    )


@indicator("percent", CHILD_FIELDS)
def sa_bands(census: Census, period: Period) -> Iterator[Part]:
    """Split duration_band: the bands of assessment_wd, and unknown. Days as in sa_45wd."""
    done = assessments_done(census, period)
    for band in [*ASSESSMENT_WAITS, UNKNOWN]:
        yield Percent(
            [
                Mark(assessment.child, on)
                for assessment, on in done
                if wait_band(working_days(assessment.started_on, on), ASSESSMENT_WAITS) == band
            ],
            [Mark(assessment.child, on) for assessment, on in done],
            split={"duration_band": band},
        )


@indicator("count", CHILD_FIELDS)
def assess_overdue_open(census: Census, period: Period) -> Iterator[Part]:
    """Assessments open at the snapshot over 45 working days after their start; the denominator is all open."""
    day = period.end
    still_open = [found for found in census.assessments() if is_open(found.started_on, found.done_on, day)]
    overdue = [found for found in still_open if (working_days(found.started_on, day) or 0) > 45]
    yield Count([Mark(found.child, day) for found in overdue], [Mark(found.child, day) for found in still_open])


@indicator("rate_per_10000")
def assess_factors(census: Census, period: Period) -> Iterator[Part]:
    """Split factor: CINdetails groups with an assessment done in the period that lists the code, once each."""
    for factor in FACTORS:
        yield Rate(
            [
                Mark(details.child, period.end)
                for details in census.details()
                if any(period.holds(found.done_on) and factor in found.factors for found in details.assessments)
            ],
            split={"factor": factor},
        )


# ---------------------------------------------------------------------------------------------------------------------
# Children in need


def episodes_open(census: Census, day: date) -> list[Details]:
    return [episode for episode in census.episodes() if is_open(episode.referred_on, episode.closed_on, day)]


@indicator("count", CHILD_FIELDS)
def cin_at_date(census: Census, period: Period) -> Iterator[Part]:
    """Episodes of need open at the snapshot."""
    yield Count([Mark(episode.child, period.end) for episode in episodes_open(census, period.end)])


@indicator("rate_per_10000")
def cin_rate(census: Census, period: Period) -> Iterator[Part]:
    """cin_at_date over population."""
    yield Rate([Mark(episode.child, period.end) for episode in episodes_open(census, period.end)])


@indicator("count", CHILD_FIELDS)
def cin_flow(census: Census, period: Period) -> Iterator[Part]:
    """Split measure: started, ended, any_point, each counting episodes of need; and each counting children."""
    episodes = census.episodes()
    started = [Mark(found.child, on) for found in episodes if (on := found.referred_on) and period.holds(on)]
    ended = [Mark(found.child, on) for found in episodes if (on := found.closed_on) and period.holds(on)]
    any_point = [
        Mark(found.child, period.end) for found in episodes if at_any_point(found.referred_on, found.closed_on, period)
    ]
    for name, marks in (("started", started), ("ended", ended), ("any_point", any_point)):
        yield Count(marks, split={"measure": name})
        at_end = [Mark(mark.child, period.end) for mark in marks]
        yield Count(at_end, children=True, split={"measure": f"{name}_children"})


@indicator("percent", CHILD_FIELDS)
def cin_duration_open(census: Census, period: Period) -> Iterator[Part]:
    """Split duration_band, from CINreferralDate to the snapshot."""
    found = [(episode, on) for episode in episodes_open(census, period.end) if (on := episode.referred_on)]
    for band in DFE_LENGTHS:
        yield Percent(
            [Mark(episode.child, period.end) for episode, on in found if dfe_length(on, period.end) == band],
            [Mark(episode.child, period.end) for episode, _ in found],
            split={"duration_band": band},
        )


@indicator("percent", CHILD_FIELDS)
def cin_duration_ended(census: Census, period: Period) -> Iterator[Part]:
    """Split duration_band, from CINreferralDate to CINclosureDate, for episodes of need closed in the period."""
    found = [
        (episode, start, end)
        for episode in census.episodes()
        if (start := episode.referred_on) and (end := episode.closed_on) and period.holds(end)
    ]
    for band in DFE_LENGTHS:
        yield Percent(
            [Mark(episode.child, end) for episode, start, end in found if dfe_length(start, end) == band],
            [Mark(episode.child, end) for episode, _, end in found],
            split={"duration_band": band},
        )


@indicator("percent", CHILD_FIELDS)
def cin_primary_need(census: Census, period: Period) -> Iterator[Part]:
    """Split primary_need: N0 to N9 and unknown, of PrimaryNeedCode, episodes of need open at the snapshot."""
    found = episodes_open(census, period.end)
    for need in [*NEEDS, UNKNOWN]:
        yield Percent(
            [
                Mark(episode.child, period.end)
                for episode in found
                if (episode.need if episode.need in NEEDS else UNKNOWN) == need
            ],
            [Mark(episode.child, period.end) for episode in found],
            split={"primary_need": need},
        )


@indicator("count", CHILD_FIELDS)
def cin_plan_children(census: Census, period: Period) -> Iterator[Part]:
    """CINPlanDates groups open at the snapshot."""
    yield Count(
        [
            Mark(plan.child, period.end)
            for plan in census.cin_plans()
            if is_open(plan.started_on, plan.ended_on, period.end)
        ]
    )


# ---------------------------------------------------------------------------------------------------------------------
# Section 47 enquiries


def enquiries_begun(census: Census, period: Period) -> list[tuple[Enquiry, date]]:
    """Enquiries with S47ActualStartDate in the period, each with its date."""
    return [(found, found.started_on) for found in census.enquiries() if period.holds(found.started_on)]  # type: ignore[misc]


@indicator("count", CHILD_FIELDS)
def s47_count(census: Census, period: Period) -> Iterator[Part]:
    """Enquiries with S47ActualStartDate in the period."""
    yield Count([Mark(enquiry.child, on) for enquiry, on in enquiries_begun(census, period)])


@indicator("count", CHILD_FIELDS)
def s47_children(census: Census, period: Period) -> Iterator[Part]:
    """Different children among them."""
    yield Count([Mark(enquiry.child, period.end) for enquiry, _ in enquiries_begun(census, period)], children=True)


@indicator("rate_per_10000")
def s47_rate(census: Census, period: Period) -> Iterator[Part]:
    """s47_count over population."""
    yield Rate([Mark(enquiry.child, on) for enquiry, on in enquiries_begun(census, period)])


@indicator("percent", CHILD_FIELDS)
def s47_to_icpc(census: Census, period: Period) -> Iterator[Part]:
    """Split version, both over enquiries begun in the period.

    cohort: those whose own group has a conference on or after the start, in the period or later. period: conferences
    of Section47 groups in the period, whenever the enquiry began. Conferences in CINdetails are in neither.
    """
    begun = enquiries_begun(census, period)
    whole = [Mark(enquiry.child, on) for enquiry, on in begun]
    cohort = [
        Mark(enquiry.child, on)
        for enquiry, on in begun
        if enquiry.conference_on is not None and enquiry.conference_on >= on
    ]
    yield Percent(cohort, whole, split={"version": "cohort"})
    held = [found for found in conferences_held(census, period) if found.after_enquiry]
    yield Percent([Mark(found.child, found.held_on) for found in held], whole, split={"version": "period"})


# ---------------------------------------------------------------------------------------------------------------------
# Initial conferences


def conferences_held(census: Census, period: Period) -> list[Conference]:
    return [conference for conference in census.conferences() if period.holds(conference.held_on)]


def of_conference(conference: Conference) -> Mark:
    return Mark(conference.child, conference.held_on)


@indicator("count", CHILD_FIELDS)
def icpc_count(census: Census, period: Period) -> Iterator[Part]:
    """Conferences at both levels with DateOfInitialCPC in the period."""
    yield Count([of_conference(found) for found in conferences_held(census, period)])


@indicator("rate_per_10000")
def icpc_rate(census: Census, period: Period) -> Iterator[Part]:
    """icpc_count over population."""
    yield Rate([of_conference(found) for found in conferences_held(census, period)])


def conference_waits(census: Census, period: Period) -> list[tuple[Mark, int | None]]:
    """Conferences in Section47, by their date, each with its working days from the group's S47ActualStartDate."""
    return [
        (of_conference(found), working_days(found.enquiry_on, found.held_on))
        for found in conferences_held(census, period)
        if found.after_enquiry
    ]


@indicator("percent", CHILD_FIELDS)
def icpc_15wd(census: Census, period: Period) -> Iterator[Part]:
    """Conferences in Section47 only; on time is 15 or fewer working days. A blank or later start stays in."""
    waits = conference_waits(census, period)
    yield Percent([mark for mark, days in waits if days is not None and days <= 15], [mark for mark, _ in waits])


@indicator("count", CHILD_FIELDS)
def icpc_wd_bands(census: Census, period: Period) -> Iterator[Part]:
    """Split duration_band: the bands of icpc_wd, unknown, and "no section 47". The denominator is icpc_count."""
    held = conferences_held(census, period)
    whole = [of_conference(found) for found in held]
    waits = conference_waits(census, period)
    for band in [*CONFERENCE_WAITS, UNKNOWN]:
        within = [mark for mark, days in waits if wait_band(days, CONFERENCE_WAITS) == band]
        yield Count(within, whole, split={"duration_band": band})
    without_enquiry = [of_conference(found) for found in held if not found.after_enquiry]
    yield Count(without_enquiry, whole, split={"duration_band": NO_SECTION_47})


@indicator("working_days", CHILD_FIELDS)
def icpc_median_wd(census: Census, period: Period) -> Iterator[Part]:
    """Split statistic: p25, median, p75, of the working days of icpc_15wd's denominator where they are known."""
    known = [(mark, days) for mark, days in conference_waits(census, period) if days is not None]
    for name, quarters in (("p25", 1), ("median", 2), ("p75", 3)):
        yield Quartile(known, Fraction(quarters, 4), split={"statistic": name})


@indicator("percent", CHILD_FIELDS)
def icpc_to_cpp(census: Census, period: Period) -> Iterator[Part]:
    """Conferences at both levels; with outcome plan where the child has a plan, in any episode, from the same day."""
    held = conferences_held(census, period)
    with_plan = [found for found in held if any(plan.started_on == found.held_on for plan in found.child.plans())]
    yield Percent([of_conference(found) for found in with_plan], [of_conference(found) for found in held])


@indicator("count", CHILD_FIELDS)
def transfer_in_count(census: Census, period: Period) -> Iterator[Part]:
    """Conferences in CINdetails."""
    yield Count([of_conference(found) for found in conferences_held(census, period) if not found.after_enquiry])


@indicator("count", CHILD_FIELDS)
def prebirth_conferences(census: Census, period: Period) -> Iterator[Part]:
    """Conferences where the child was unborn on the day; the denominator is icpc_count."""
    held = conferences_held(census, period)
    unborn = [found for found in held if found.child.is_unborn(found.held_on)]
    yield Count([of_conference(found) for found in unborn], [of_conference(found) for found in held])


# ---------------------------------------------------------------------------------------------------------------------
# Child protection plans: how many


def marks_open(census: Census, day: date) -> list[Mark]:
    return [of_plan(plan, day) for plan in census.plans_open(day)]


def marks_started(census: Census, period: Period) -> list[Mark]:
    return [of_plan(plan, plan.started_on) for plan in census.plans_started(period)]


def marks_ended(census: Census, period: Period) -> list[Mark]:
    return [of_plan(plan, on) for plan in census.plans_ended(period) if (on := plan.ended_on)]


@indicator("count", PLAN_FIELDS)
def cpp_at_date(census: Census, period: Period) -> Iterator[Part]:
    """Plans open at the snapshot; plans, not children."""
    yield Count(marks_open(census, period.end))


@indicator("rate_per_10000")
def cpp_rate(census: Census, period: Period) -> Iterator[Part]:
    """cpp_at_date over population."""
    yield Rate(marks_open(census, period.end))


@indicator("count", PLAN_FIELDS)
def cpp_starts(census: Census, period: Period) -> Iterator[Part]:
    """Plans with CPPstartDate in the period."""
    yield Count(marks_started(census, period))


@indicator("count", PLAN_FIELDS)
def cpp_start_children(census: Census, period: Period) -> Iterator[Part]:
    """Different children among them."""
    yield Count([of_plan(plan, period.end) for plan in census.plans_started(period)], children=True)


@indicator("rate_per_10000")
def cpp_start_rate(census: Census, period: Period) -> Iterator[Part]:
    """cpp_starts over population."""
    yield Rate(marks_started(census, period))


@indicator("count", PLAN_FIELDS)
def cpp_ends(census: Census, period: Period) -> Iterator[Part]:
    """Plans with CPPendDate in the period."""
    yield Count(marks_ended(census, period))


@indicator("rate_per_10000")
def cpp_end_rate(census: Census, period: Period) -> Iterator[Part]:
    """cpp_ends over population."""
    yield Rate(marks_ended(census, period))


@indicator("count", PLAN_FIELDS)
def cpp_net(census: Census, period: Period) -> Iterator[Part]:
    """cpp_starts less cpp_ends; can be below nought."""
    yield NetCount(marks_started(census, period), marks_ended(census, period))


@indicator("percent", PLAN_FIELDS)
def dereg_pct_local(census: Census, period: Period) -> Iterator[Part]:
    """cpp_net without its sign, over cpp_starts."""
    yield NetPercent(marks_started(census, period), marks_ended(census, period))


@indicator("count", PLAN_FIELDS)
def cpp_anypoint(census: Census, period: Period) -> Iterator[Part]:
    """Split measure: plans at any point of the period, and different children with one."""
    marks = [
        of_plan(plan, period.end) for plan in census.plans() if at_any_point(plan.started_on, plan.ended_on, period)
    ]
    yield Count(marks, split={"measure": "plans"})
    yield Count(marks, children=True, split={"measure": "children"})


# ---------------------------------------------------------------------------------------------------------------------
# Child protection plans: again


def is_repeat(plan: Plan) -> bool:
    """NumberOfPreviousCPP of 1 or more, as filed; unknown is neither nought nor a repeat."""
    return plan.previous is not None and plan.previous >= 1


def started_within(census: Census, plan: Plan, months: int) -> bool:
    """Another plan of the child ended on or before this one's start, which is on or before that end + the months."""
    return any(
        end <= plan.started_on and plan.started_on <= add_months(end, months) for end in census.other_plan_ends(plan)
    )


def starts_where(plans: Sequence[Plan]) -> list[Mark]:
    return [of_plan(plan, plan.started_on) for plan in plans]


@indicator("percent", PLAN_FIELDS)
def ni65(census: Census, period: Period) -> Iterator[Part]:
    """Plans with CPPstartDate in the period that are repeats. Unknown stays in the denominator."""
    started = census.plans_started(period)
    yield Percent(starts_where([plan for plan in started if is_repeat(plan)]), starts_where(started))


@indicator("percent", PLAN_FIELDS, years_before=1)
def repeat_12m_of_new(census: Census, period: Period) -> Iterator[Part]:
    """Plans with CPPstartDate in the period, started within 12 months of the end of another plan of the child."""
    started = census.plans_started(period)
    soon = [plan for plan in started if started_within(census, plan, 12)]
    yield Percent(starts_where(soon), starts_where(started))


@indicator("percent", PLAN_FIELDS, years_before=1)
def repeat_12m_of_repeats(census: Census, period: Period) -> Iterator[Part]:
    """As repeat_12m_of_new, both lines kept to repeats."""
    repeats = [plan for plan in census.plans_started(period) if is_repeat(plan)]
    soon = [plan for plan in repeats if started_within(census, plan, 12)]
    yield Percent(starts_where(soon), starts_where(repeats))


@indicator("percent", PLAN_FIELDS, years_before=2)
def repeat_2y(census: Census, period: Period) -> Iterator[Part]:
    """As repeat_12m_of_new with 24 months."""
    started = census.plans_started(period)
    soon = [plan for plan in started if started_within(census, plan, 24)]
    yield Percent(starts_where(soon), starts_where(started))


@indicator("count", PLAN_FIELDS)
def first_time_plans(census: Census, period: Period) -> Iterator[Part]:
    """Plans with CPPstartDate in the period and NumberOfPreviousCPP 0. Unknown is not counted."""
    yield Count(starts_where([plan for plan in census.plans_started(period) if plan.previous == 0]))


@indicator("count", PLAN_FIELDS)
def previous_plans(census: Census, period: Period) -> Iterator[Part]:
    """Split previous_plans: 0, 1, 2, 3+, unknown, of NumberOfPreviousCPP, plans with CPPstartDate in the period."""

    def label(plan: Plan) -> str:
        if plan.previous is None:
            return UNKNOWN
        return "3+" if plan.previous >= 3 else str(plan.previous)

    started = census.plans_started(period)
    for name in ("0", "1", "2", "3+", UNKNOWN):
        within = [plan for plan in started if label(plan) == name]
        yield Count(starts_where(within), starts_where(started), split={"previous_plans": name})


# ---------------------------------------------------------------------------------------------------------------------
# Child protection plans: how long


@indicator("percent", PLAN_FIELDS)
def ni64(census: Census, period: Period) -> Iterator[Part]:
    """Plans with CPPendDate in the period; two_years from CPPstartDate to CPPendDate."""
    ended = [(plan, on) for plan in census.plans_ended(period) if (on := plan.ended_on)]
    yield Percent(
        [of_plan(plan, on) for plan, on in ended if two_years(plan.started_on, on)],
        [of_plan(plan, on) for plan, on in ended],
    )


@indicator("percent", PLAN_FIELDS)
def cpp_2y_open(census: Census, period: Period) -> Iterator[Part]:
    """Plans open at the snapshot; two_years from CPPstartDate to the snapshot."""
    day = period.end
    long = [plan for plan in census.plans_open(day) if two_years(plan.started_on, day)]
    yield Percent([of_plan(plan, day) for plan in long], marks_open(census, day))


def open_longer_than(census: Census, day: date, months: int) -> list[Mark]:
    return [of_plan(plan, day) for plan in census.plans_open(day) if day > add_months(plan.started_on, months)]


@indicator("percent", PLAN_FIELDS)
def cpp_over_12m(census: Census, period: Period) -> Iterator[Part]:
    """Plans open at the snapshot later than CPPstartDate + 12 months; exactly 12 months is not over."""
    yield Percent(open_longer_than(census, period.end, 12), marks_open(census, period.end))


@indicator("count", PLAN_FIELDS)
def cpp_over_18m(census: Census, period: Period) -> Iterator[Part]:
    """Plans open at the snapshot later than CPPstartDate + 18 months; the denominator is all open."""
    yield Count(open_longer_than(census, period.end, 18), marks_open(census, period.end))


@indicator("percent", PLAN_FIELDS)
def cpp_bands_open(census: Census, period: Period) -> Iterator[Part]:
    """Split duration_band (DfE's bands), plans open at the snapshot."""
    day = period.end
    for band in DFE_LENGTHS:
        within = [plan for plan in census.plans_open(day) if dfe_length(plan.started_on, day) == band]
        yield Percent([of_plan(plan, day) for plan in within], marks_open(census, day), split={"duration_band": band})


@indicator("count", PLAN_FIELDS)
def cpp_bands_open_lbhf(census: Census, period: Period) -> Iterator[Part]:
    """Split duration_band (LBHF's bands), plans open at the snapshot; value and numerator are the count."""
    day = period.end
    for band in LBHF_LENGTHS:
        within = [plan for plan in census.plans_open(day) if lbhf_length(plan.started_on, day) == band]
        yield Count([of_plan(plan, day) for plan in within], marks_open(census, day), split={"duration_band": band})


@indicator("percent", PLAN_FIELDS)
def cpp_bands_ended(census: Census, period: Period) -> Iterator[Part]:
    """Split duration_band (DfE's bands), plans with CPPendDate in the period."""
    ended = [(plan, on) for plan in census.plans_ended(period) if (on := plan.ended_on)]
    for band in DFE_LENGTHS:
        within = [of_plan(plan, on) for plan, on in ended if dfe_length(plan.started_on, on) == band]
        yield Percent(within, [of_plan(plan, on) for plan, on in ended], split={"duration_band": band})


# ---------------------------------------------------------------------------------------------------------------------
# Child protection plans: whose


@indicator("percent", without(PLAN_FIELDS, "category"))
def cpp_by_category(census: Census, period: Period) -> Iterator[Part]:
    """Split category, by LatestCategoryOfAbuse, plans open at the snapshot."""
    whole = marks_open(census, period.end)
    for category in [*CATEGORIES.values(), UNKNOWN]:
        yield Percent([mark for mark in whole if mark.category == category], whole, split={"category": category})


@indicator("percent", without(PLAN_FIELDS, "category"))
def cpp_start_category(census: Census, period: Period) -> Iterator[Part]:
    """Split category, by InitialCategoryOfAbuse, plans with CPPstartDate in the period."""
    started = census.plans_started(period)
    for category in [*CATEGORIES.values(), UNKNOWN]:
        within = [plan for plan in started if plan.initial == category]
        yield Percent(starts_where(within), starts_where(started), split={"category": category})


@indicator("percent", without(PLAN_FIELDS, "age_band", "age_band_local"))
def cpp_by_age(census: Census, period: Period) -> Iterator[Part]:
    """Two splits, age_band_lbhf and age_band_dfe, each adding up to all open plans. Age at the snapshot."""
    whole = marks_open(census, period.end)
    for key, name in (("age_band_lbhf", "age_band_local"), ("age_band_dfe", "age_band")):
        values, value_of = FIELDS[name]
        for value in values:
            yield Percent([mark for mark in whole if value_of(mark) == value], whole, split={key: value})


@indicator("percent", without(PLAN_FIELDS, "sex"))
def cpp_by_sex(census: Census, period: Period) -> Iterator[Part]:
    """Split sex: male, female, unknown."""
    whole = marks_open(census, period.end)
    for sex in ("male", "female", UNKNOWN):
        yield Percent([mark for mark in whole if mark.child.sex == sex], whole, split={"sex": sex})


@indicator("percent", without(PLAN_FIELDS, "ethnicity"))
def cpp_by_ethnicity(census: Census, period: Period) -> Iterator[Part]:
    """Split ethnicity: the five groups, each over open plans with ethnicity known; unknown, over all open plans."""
    whole = marks_open(census, period.end)
    known = [mark for mark in whole if mark.child.ethnic_group != UNKNOWN]
    for group in ETHNIC_GROUPS:
        within = [mark for mark in known if mark.child.ethnic_group == group]
        yield Percent(within, known, split={"ethnicity": group})
    unknown = [mark for mark in whole if mark.child.ethnic_group == UNKNOWN]
    yield Percent(unknown, whole, split={"ethnicity": UNKNOWN})


@indicator("percent", PLAN_FIELDS)
def cpp_disabled(census: Census, period: Period) -> Iterator[Part]:
    """A Disability code of the list other than NONE; the denominator is all open plans."""
    whole = marks_open(census, period.end)
    yield Percent([mark for mark in whole if mark.child.disability == "yes"], whole)


# ---------------------------------------------------------------------------------------------------------------------
# Child protection plans: reviews


def open_three_months(census: Census, day: date) -> list[Plan]:
    """Plans open at the snapshot with CPPstartDate + 3 months on or before it."""
    return [plan for plan in census.plans_open(day) if add_months(plan.started_on, 3) <= day]


def reviewed_on_time(census: Census, plan: Plan, day: date) -> bool:
    """The first review by the start + 3 months, each later one by the one before + 6, and none overdue at the day."""
    due_on = add_months(plan.started_on, 3)
    for review in census.review_dates(plan):
        if review > day:
            break
        if review > due_on:
            return False
        due_on = add_months(review, 6)
    return due_on >= day


@indicator("percent", PLAN_FIELDS)
def ni67(census: Census, period: Period) -> Iterator[Part]:
    """Plans open for three months at the snapshot, with every review that has fallen due held on time."""
    day = period.end
    whole = open_three_months(census, day)
    on_time = [plan for plan in whole if reviewed_on_time(census, plan, day)]
    yield Percent([of_plan(plan, day) for plan in on_time], [of_plan(plan, day) for plan in whole])


@indicator("count", PLAN_FIELDS)
def cpp_3m_count(census: Census, period: Period) -> Iterator[Part]:
    """The denominator of ni67."""
    yield Count([of_plan(plan, period.end) for plan in open_three_months(census, period.end)])


def reviews_due(census: Census, plan: Plan) -> list[tuple[date, date | None]]:
    """Each due date of a plan with the review it waits for, if that was held.

    The first is three months after the start, and each review sets the next, six months on. The last, which no
    review met, is left out where it falls on or after the plan's end.
    """
    due_on = add_months(plan.started_on, 3)
    found: list[tuple[date, date | None]] = []
    for review in census.review_dates(plan):
        found.append((due_on, review))
        due_on = add_months(review, 6)
    if plan.ended_on is None or plan.ended_on > due_on:
        found.append((due_on, None))
    return found


@indicator("percent", PLAN_FIELDS)
def reviews_on_time_events(census: Census, period: Period) -> Iterator[Part]:
    """Due dates in the period, of each plan of the year's file; on time where the review was held by then."""
    due = [
        (of_plan(plan, due_on), held_on is not None and held_on <= due_on)
        for plan in census.plans()
        for due_on, held_on in reviews_due(census, plan)
        if period.holds(due_on)
    ]
    yield Percent([mark for mark, on_time in due if on_time], [mark for mark, _ in due])


# ---------------------------------------------------------------------------------------------------------------------
# Pre-proceedings


@indicator("count", CHILD_FIELDS, pre_proceedings=True)
def preproc_open(census: Census, period: Period) -> Iterator[Part]:
    """Different children with a group open at the snapshot, PPStartDate to StepDecisionDate."""
    found = [group for group in census.pre_proceedings() if is_open(group.started_on, group.stepped_on, period.end)]
    yield Count([Mark(group.child, period.end) for group in found], children=True)


@indicator("weeks", CHILD_FIELDS, pre_proceedings=True)
def preproc_weeks(census: Census, period: Period) -> Iterator[Part]:
    """Groups with StepDecisionDate in the period and PPStartDate not after it; median days, over 7."""
    lengths = [
        (Mark(group.child, end), (end - start).days)
        for group in census.pre_proceedings()
        if (end := group.stepped_on) and period.holds(end) and (start := group.started_on) and start <= end
    ]
    yield Quartile(lengths, Fraction(1, 2), in_weeks=True)


@indicator("percent", CHILD_FIELDS, pre_proceedings=True)
def preproc_outcome(census: Census, period: Period) -> Iterator[Part]:
    """Split outcome: A, B, C, unknown, of PPOutcome, groups with StepDecisionDate in the period."""
    ended = [
        (Mark(group.child, on), group.outcome if group.outcome in OUTCOMES else UNKNOWN)
        for group in census.pre_proceedings()
        if (on := group.stepped_on) and period.holds(on)
    ]
    for outcome in [*OUTCOMES, UNKNOWN]:
        within = [mark for mark, found in ended if found == outcome]
        yield Percent(within, [mark for mark, _ in ended], split={"outcome": outcome})


def letters_sent(census: Census, period: Period) -> list[tuple[Mark, PreProceedings]]:
    """Groups with LBPSentDate in the period."""
    return [
        (Mark(group.child, on), group)
        for group in census.pre_proceedings()
        if (on := group.letter_on) and period.holds(on)
    ]


@indicator("percent", CHILD_FIELDS, pre_proceedings=True)
def fgdm_offered(census: Census, period: Period) -> Iterator[Part]:
    """Groups with LBPSentDate in the period; FGDMMeetingOffer yes."""
    sent = letters_sent(census, period)
    yield Percent([mark for mark, group in sent if group.offered], [mark for mark, _ in sent])


@indicator("percent", CHILD_FIELDS, pre_proceedings=True)
def fgdm_held(census: Census, period: Period) -> Iterator[Part]:
    """Groups with LBPSentDate in the period and FGDMMeetingOffer yes; FGDMMeetingFac yes."""
    offered = [(mark, group) for mark, group in letters_sent(census, period) if group.offered]
    yield Percent([mark for mark, group in offered if group.held], [mark for mark, _ in offered])


# ---------------------------------------------------------------------------------------------------------------------
# Indicators that no census file can give, by unit

NOT_IN_A_CENSUS = {
    "count": (
        "contacts ia_count ca_count strategy_discussions cpp_cla_overlap cpp_family_size cpp_interpreter "
        "conferences_held records_over_7d escalations conference_complaints cla_at_date cla_starts cla_ceased cla_uasc "
        "missing_cla_children missing_cla_incidents missing_home cse_children care_cases_open pf_children "
        "lado_referrals child_deaths_reviewed serious_incidents practice_reviews early_help_assessments "
        "children_missing_education"
    ),
    "percent": (
        "contact_to_referral contact_decision_timely ni68 ni59 ni60 assess_child_seen cin_visits_regular "
        "strategy_to_s47 cpp_parental_factors cp_visits_on_time cp_child_seen_alone core_group_first_10wd "
        "core_group_current cpp_allocated newly_allocated_seen child_has_plan sw_report_chair_timely "
        "sw_report_parent_timely plan_24h_icpc plan_24h_rcpc minutes_15d conference_quorate agency_attendance "
        "agency_report core_group_attendance parent_attendance parent_met_chair parent_told_why child_participation "
        "chair_qa_forms audit_standard_met supervision_quality ni62 ni63 ni66 ni61 adoption_share sgo_share "
        "permanency_share cla_visits_on_time cla_placement_type cla_distance cla_sw_changes cla_school_moves "
        "cla_health cla_offending care_leaver_eet care_leaver_accommodation care_leaver_touch staying_put away_cla "
        "rhi_offered rhi_completed rhi_72h care_26w pf_visits_on_time lado_timeliness home_educated "
        "training_attendance board_attendance workforce_rates"
    ),
    "rate_per_10000": "ca_rate cla_rate care_applications_rate",
    "days": "escalation_days",
    "score": "ni58 ni71",
    "weeks": "care_weeks",
    "cases_per_fte": "caseload_dfe",
}
UNITS = {found.id: found.unit for found in INDICATORS.values()} | {
    id: unit for unit, ids in NOT_IN_A_CENSUS.items() for id in ids.split()
}


# ---------------------------------------------------------------------------------------------------------------------
# The figures

Figure = dict[str, Any]


def figure(id: str, period: Period, group: dict[str, str], answer: Answer) -> Figure:
    return {
        "indicator": id,
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "group": group,
        "value": answer.value,
        "numerator": answer.numerator,
        "denominator": answer.denominator,
        "unit": UNITS[id],
        "status": answer.status,
    }


def having(value_of: Callable[[Mark], str], value: str) -> Keep:
    return lambda mark: value_of(mark) == value


def figures_of_part(
    found: Indicator, part: Part, period: Period, group_by: Sequence[str], population: int | None
) -> Iterator[Figure]:
    """The total, then a figure for every value of each field that goes with the indicator, nought included."""
    yield figure(found.id, period, dict(part.split), part.answer(lambda mark: True, population))
    for name in group_by:
        if name not in found.fields:
            continue
        values, value_of = FIELDS[name]
        for value in values:
            answer = part.answer(having(value_of, value), population)
            yield figure(found.id, period, {**part.split, name: value}, answer)


def figures_of_indicator(
    id: str, census: Census | None, period: Period, group_by: Sequence[str], population: int | None
) -> Iterator[Figure]:
    """Not available gives one figure for the period, with an empty group."""
    found = INDICATORS.get(id)
    if found is None or census is None or not found.is_available(census, population):
        yield figure(id, period, {}, NOT_AVAILABLE)
        return
    for part in found.parts(census, period):
        yield from figures_of_part(found, part, period, group_by, population)


def census_of(files: Sequence[Path], year: str | None, authority: str | None) -> tuple[int, Census | None]:
    """The year asked for, or the latest file's; its own file, if there is one, and the earlier files as history."""
    read = [read_file(path) for path in files]
    check_authority(read, authority)
    by_year = one_for_each_year(read)
    year_ends = int(year[:4]) + 1 if year else max(by_year)
    if year_ends not in by_year:
        return year_ends, None
    earlier = [by_year[ends] for ends in sorted(by_year) if ends < year_ends]
    return year_ends, Census(year_ends, by_year[year_ends], earlier)


def figures(
    files: Sequence[Path],
    *,
    year: str | None = None,
    by: str = "year",
    group_by: Sequence[str] = (),
    only: Sequence[str] | None = None,
    authority: str | None = None,
    population: int | None = None,
) -> list[Figure]:
    """Every figure of a financial year ("2024-25"), by year, quarter or month.

    Each is a dict with indicator, period_start, period_end, group, value, numerator, denominator, unit and status.
    Raises ValueError for an unknown field or indicator, and for files of more than one authority.
    """
    unknown = [name for name in group_by if name not in FIELDS] + [id for id in only or () if id not in UNITS]
    if unknown:
        raise ValueError(f"Not known: {unknown}.")
    year_ends, census = census_of(files, year, authority)
    return [
        found
        for id in only or UNITS
        for period in periods_of(year_ends, by)
        for found in figures_of_indicator(id, census, period, group_by, population)
    ]
