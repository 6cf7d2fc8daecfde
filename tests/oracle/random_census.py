"""Invented CIN census files for comparing two readings of them: many edges on purpose, and faults as real files have.

The same invented children run through the collections of several years. A later file carries on what was still open,
with all of a plan's reviews or only that year's. Days cluster on month ends, year ends, 29 February, bank holidays and
weekends, and lengths on the limits that the indicators test. With `nasty`, a few values are blank, padded, impossible
or not of their code list, and a few children are filed twice or without an id. One seed always gives the same files.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from .plain import FACTORS, add_months, is_working_day

SEXES = ["M", "M", "F", "F", "U"]
GENDERS = {"M": "1", "F": "2", "U": "0"}
ETHNICITIES = "WBRI WBRI WBRI WOTH WROM MWBC MOTH AIND ABAN CHNE BCRB BAFR OOTH REFU NOBT".split()
DISABILITIES = "MOB LD AUT BEH DDA".split()
SOURCES = "1A 2A 2B 3A 3C 3F 4 5D 6 6 8 9 10".split()
NEEDS = "N1 N1 N1 N2 N3 N4 N5 N0 N8 N9".split()
CATEGORIES = "NEG NEG EMO EMO PHY SAB MUL".split()
REASONS = "RC1 RC3 RC5 RC7 RC7 RC8 RC9".split()
PREVIOUS = ["0", "0", "0", "1", "1", "2", "3", "5"]

YES = ["1", "true", "TRUE", "True", "1"]
NO = ["0", "false", "FALSE", "False", "0"]
NEITHER = ["", "yes", "Y", "2", "no", "-"]
NOT_DATES = [
    "2024-02-31",
    "2023-02-29",
    "31/02/2012",
    "31/03/2024",
    "2024-2-3",
    "20240203",
    "2024-W10-2",
    "2024-05-01T00:00:00",
    "24-05-01",
    "not known",
    "0000-00-00",
    "2024-13-01",
]
FAR_DATES = ["0024-05-06", "1924-02-29", "2099-12-31", "9999-12-31"]
NOT_CODES = ["neg", "m", "XX", "?", "N10", "rc8", "RC10", "wbri", "3a", "WBRI.", "none"]
NOT_NUMBERS = ["", "-1", "2.0", "one", "1 2", "x"]
NAMESPACE = "http://www.education.gov.uk/cin"


@dataclass
class Assessment:
    started_on: date | None
    done_on: date | None
    factors: list[str]


@dataclass
class Enquiry:
    started_on: date | None
    conference_on: date | None


@dataclass
class Plan:
    started_on: date
    ended_on: date | None
    initial: str
    latest: str
    previous: str
    reviews: list[date]


@dataclass
class PreProceedings:
    started_on: date | None
    letter_on: date | None
    offered: bool
    held: bool
    stepped_on: date | None
    outcome: str


@dataclass
class Episode:
    referred_on: date
    closed_on: date | None
    reason: str
    source: str
    need: str
    no_further_action: bool
    conference_on: date | None = None
    assessments: list[Assessment] = field(default_factory=list)
    cin_plans: list[tuple[date, date | None]] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    pre_proceedings: list[PreProceedings] = field(default_factory=list)


@dataclass
class Life:
    id: str
    born_on: date | None
    expected_on: date | None
    sex: str
    ethnicity: str
    disabilities: list[str]
    episodes: list[Episode]


def after_working_days(start: date, count: int) -> date:
    """The first day with that many working days from the start."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


# ---------------------------------------------------------------------------------------------------------------------
# What happened


@dataclass
class Lives:
    """Invents children between two days."""

    random: Random
    first: date
    last: date

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def any_day(self) -> date:
        """A day of the span, a third of the time one on an edge."""
        day = self.first + timedelta(days=self.random.randrange((self.last - self.first).days + 1))
        if self.chance(0.67):
            return day
        year, month = day.year, day.month
        month_end = add_months(date(year, month, 1), 1) - timedelta(days=1)
        edges = [
            date(year, month, 1),
            month_end,
            date(year, 3, 31),
            date(year, 4, 1),
            date(year, 3, 30),
            date(year, 12, 25),
            date(2024, 2, 29),
            date(2024, 2, 28),
            date(year, 8, 31),
            date(year, 11, 30),
            day + timedelta(days=5 - day.weekday()),
            day + timedelta(days=6 - day.weekday()),
        ]
        return min(max(self.random.choice(edges), self.first), self.last)

    def after(self, start: date) -> date:
        """A day after the start, half the time at a limit of months, years or two years, or beside it."""
        if self.chance(0.5):
            return start + timedelta(days=self.random.choice([1, 7, 30, 60, 100, 150, 200, 300, 420, 550, 800, 1500]))
        beside = timedelta(days=self.random.choice([-1, 0, 0, 1]))
        if self.chance(0.4):
            return start + timedelta(days=self.random.choice([728, 729])) + beside
        return add_months(start, self.random.choice([3, 6, 12, 18, 24, 48])) + beside

    def working_days_after(self, start: date, limit: int) -> date:
        """Around a limit of working days: exactly on it, one off, the weekend after it, or anywhere."""
        count = self.random.choice(
            [limit, limit, limit + 1, limit - 1, 0, 10, 11, 20, 21, 61, self.random.randrange(30)]
        )
        day = after_working_days(start, count)
        return day + timedelta(days=self.random.choice([0, 0, 0, 1, 2]))

    def assessment(self, referred_on: date) -> Assessment:
        started_on = referred_on + timedelta(days=self.random.choice([0, 0, 0, 1, 3, 20]))
        done_on: date | None = self.working_days_after(started_on, 45)
        if self.chance(0.15):
            done_on = None
        if done_on and self.chance(0.03):
            done_on = started_on - timedelta(days=2)
        factors = self.random.sample(FACTORS, self.random.choice([1, 1, 2, 4]))
        return Assessment(started_on, done_on, factors)

    def enquiry(self, referred_on: date) -> Enquiry:
        started_on = referred_on + timedelta(days=self.random.choice([0, 0, 2, 9, 40, 200]))
        conference_on = self.working_days_after(started_on, 15) if self.chance(0.6) else None
        if conference_on and self.chance(0.04):
            conference_on = started_on - timedelta(days=1)
        return Enquiry(started_on, conference_on)

    def reviews(self, start: date, end: date | None) -> list[date]:
        """Most on the day they were due or before; some late, missed, repeated or outside the plan."""
        found: list[date] = []
        due_on = add_months(start, 3)
        while due_on <= min(end or self.last, self.last) and not self.chance(0.06):
            if due_on == end and self.chance(0.6):
                break
            held_on = due_on + timedelta(days=self.random.choice([0, 0, 0, -1, -5, -20, -40, -40, -40, 1, 35]))
            found.append(held_on)
            due_on = add_months(held_on, 6)
        if self.chance(0.06):
            found.append(start - timedelta(days=self.random.choice([0, 4])))
        if end and self.chance(0.1):
            found.append(end + timedelta(days=self.random.choice([0, 3])))
        if found and self.chance(0.1):
            found.append(self.random.choice(found))
        if self.chance(0.2):
            self.random.shuffle(found)
        return found

    def plan(self, start: date) -> Plan:
        end = None if self.chance(0.3) else self.after(start)
        if self.chance(0.03):
            end = start - timedelta(days=self.random.choice([0, 1]))
        initial = self.random.choice(CATEGORIES)
        latest = self.random.choice(CATEGORIES) if self.chance(0.3) else initial
        return Plan(start, end, initial, latest, self.random.choice(PREVIOUS), self.reviews(start, end))

    def before_a_snapshot(self) -> date:
        """A day that is a limit of months before the end of a quarter."""
        day = self.any_day()
        quarter_end = add_months(date(day.year, 1, 1), self.random.choice([3, 6, 9, 12])) - timedelta(days=1)
        return add_months(quarter_end, -self.random.choice([3, 6, 12, 18, 24, 48]))

    def plans(self, conference_on: date) -> list[Plan]:
        """One from the conference, and sometimes another beside or soon after it."""
        found = [self.plan(self.before_a_snapshot() if self.chance(0.15) else conference_on)]
        while self.chance(0.35) and len(found) < 4:
            end = found[-1].ended_on
            if end is None:
                found.append(self.plan(self.any_day()))
                continue
            gap = timedelta(days=self.random.choice([-1, 0, 0, 1]))
            found.append(self.plan(add_months(end, self.random.choice([0, 1, 5, 12, 12, 24, 24, 30])) + gap))
        return found

    def pre_proceedings(self, referred_on: date) -> PreProceedings:
        started_on = max(referred_on, self.any_day())
        stepped_on = started_on + timedelta(days=self.random.choice([0, -1, 30, 60, 109, 112, 115, 200]))
        return PreProceedings(
            started_on if self.chance(0.95) else None,
            started_on + timedelta(days=5) if self.chance(0.8) else None,
            self.chance(0.7),
            self.chance(0.6),
            stepped_on if self.chance(0.75) else None,
            self.random.choice("ABC"),
        )

    def protection(self, episode: Episode) -> None:
        """Enquiries, conferences and plans of an episode."""
        episode.enquiries = [self.enquiry(episode.referred_on) for _ in range(self.random.choice([1, 1, 2]))]
        held = [found.conference_on for found in episode.enquiries if found.conference_on]
        if self.chance(0.15):
            episode.conference_on = self.any_day()
            held.append(episode.conference_on)
        for conference_on in held:
            if self.chance(0.85):
                beside = timedelta(days=self.random.choice([0, 0, 0, 0, 1]))
                episode.plans += self.plans(conference_on + beside)

    def something_after_all(self, episode: Episode) -> None:
        """The one thing that keeps an episode from being not in need."""
        day = episode.referred_on + timedelta(days=self.random.randrange(60))
        kind = self.random.randrange(4)
        if kind == 0:
            episode.conference_on = day
        elif kind == 1:
            episode.plans = [self.plan(day)]
        elif kind == 2:
            episode.enquiries = [Enquiry(day, None)]
        else:
            episode.cin_plans = [(day, None)]

    def episode(self, referred_on: date) -> Episode:
        closed_on = None if self.chance(0.25) else self.after(referred_on)
        if self.chance(0.07):
            closed_on = referred_on - timedelta(days=self.random.choice([0, 0, 0, 1, 40]))
        episode = Episode(
            referred_on,
            closed_on,
            self.random.choice(REASONS) if closed_on or self.chance(0.02) else "",
            self.random.choice(SOURCES),
            self.random.choice(NEEDS),
            self.chance(0.12),
        )
        if self.chance(0.75):
            episode.assessments = [self.assessment(referred_on) for _ in range(self.random.choice([1, 1, 1, 2]))]
        if self.chance(0.3):
            episode.reason = self.random.choice(["RC8", "RC9"]) if closed_on else episode.reason
            if self.chance(0.15):
                self.something_after_all(episode)
            return episode
        if self.chance(0.3):
            started_on = referred_on + timedelta(days=10)
            episode.cin_plans = [(started_on, self.after(started_on) if self.chance(0.7) else None)]
        if self.chance(0.6):
            self.protection(episode)
        if self.chance(0.3):
            episode.pre_proceedings = [self.pre_proceedings(referred_on)]
        return episode

    def episodes(self) -> list[Episode]:
        found = [self.episode(self.any_day())]
        while self.chance(0.5) and len(found) < 5:
            before = found[-1].referred_on
            after = add_months(before, 12) + timedelta(days=self.random.choice([0, 0, 1, -1]))
            referred_on = self.random.choice([before, after, after, self.after(before), self.any_day()])
            found.append(self.episode(min(referred_on, self.last)))
        return found

    def birth(self) -> tuple[date | None, date | None]:
        """A birth date, an expected one, both or neither."""
        born_on = self.last - timedelta(days=self.random.randrange(18 * 365))
        chosen = self.random.random()
        if chosen < 0.05:
            return None, self.any_day()
        if chosen < 0.08:
            return None, None
        if chosen < 0.16:
            return self.any_day(), None
        if chosen < 0.22:
            return date(self.random.choice([2008, 2012, 2016, 2020]), 2, 29), None
        if chosen < 0.25:
            return born_on - timedelta(days=8 * 365), None
        if chosen < 0.35:
            return add_months(self.any_day(), -12 * self.random.choice([1, 2, 4, 5, 9, 10, 15, 16, 18])), None
        return born_on, born_on if self.chance(0.03) else None

    def life(self, number: int) -> Life:
        """Ids differ by a letter's case or a leading nought only: 7, 07, A7, a7."""
        born_on, expected_on = self.birth()
        disabilities = ["NONE"] if self.chance(0.75) else self.random.sample(DISABILITIES, 2)
        return Life(
            f"{('', '0', 'A', 'a')[number % 4]}{number // 4 + 1}",
            born_on,
            expected_on,
            self.random.choice(SEXES),
            self.random.choice(ETHNICITIES),
            disabilities if self.chance(0.9) else [],
            self.episodes(),
        )


# ---------------------------------------------------------------------------------------------------------------------
# What a year's file says of it


@dataclass
class Writer:
    """Writes the file of one year, by what was known on its last day."""

    random: Random
    year_ends: int
    faults: float
    with_pre_proceedings: bool

    @property
    def first(self) -> date:
        return date(self.year_ends - 1, 4, 1)

    @property
    def last(self) -> date:
        return date(self.year_ends, 3, 31)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def happens(self, share: float) -> bool:
        """The chance of a fault; with no faults there is none."""
        return self.faults > 0 and self.random.random() < min(0.9, share * self.faults)

    def known(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.last else None

    def text(self, parent: ET.Element, name: str, value: str | None) -> None:
        """An element, blank or missing where there is no value, sometimes with space around it."""
        if not value and self.chance(0.6):
            return
        element = ET.SubElement(parent, name)
        element.text = value or ""
        if self.happens(0.02):
            element.text = self.random.choice([" {}", "{} ", "\n\t{}\n"]).format(element.text)

    def day(self, parent: ET.Element, name: str, day: date | None) -> None:
        """Some are no real day; a few are real days that nobody meant, but never where working days run from them."""
        value = day.isoformat() if day else None
        if self.happens(0.012):
            value = self.random.choice(NOT_DATES)
        elif self.happens(0.002) and name not in ("S47ActualStartDate", "AssessmentActualStartDate"):
            value = self.random.choice(FAR_DATES)
        self.text(parent, name, value)

    def code(self, parent: ET.Element, name: str, value: str | None) -> None:
        self.text(parent, name, self.random.choice(NOT_CODES) if self.happens(0.015) else value)

    def yes(self, parent: ET.Element, name: str, claim: bool) -> None:
        values = NEITHER if self.happens(0.03) else YES if claim else NO
        self.text(parent, name, self.random.choice(values))

    def identifiers(self, parent: ET.Element, life: Life) -> None:
        group = ET.SubElement(parent, "ChildIdentifiers")
        self.text(group, "LAchildID", " " if self.happens(0.02) else life.id)
        self.text(group, "UPNunknown", "UN4")
        self.day(group, "PersonBirthDate", life.born_on)
        self.day(group, "ExpectedPersonBirthDate", life.expected_on)
        if self.year_ends >= 2025:
            self.code(group, "Sex", life.sex)
        else:
            self.code(group, "GenderCurrent", GENDERS[life.sex])

    def characteristics(self, parent: ET.Element, life: Life) -> None:
        group = ET.SubElement(parent, "ChildCharacteristics")
        self.code(group, "Ethnicity", life.ethnicity)
        if not life.disabilities and self.chance(0.5):
            return
        wrapper = ET.SubElement(group, "Disabilities")
        for code in life.disabilities:
            self.code(wrapper, "Disability", code)

    def assessment(self, parent: ET.Element, found: Assessment) -> None:
        group = ET.SubElement(parent, "Assessments")
        self.day(group, "AssessmentActualStartDate", found.started_on)
        self.day(group, "AssessmentAuthorisationDate", self.known(found.done_on))
        if not self.known(found.done_on) and self.chance(0.7):
            return
        wrapper = ET.SubElement(group, "FactorsIdentifiedAtAssessment")
        for factor in found.factors:
            self.code(wrapper, "AssessmentFactors", factor)
        if self.happens(0.05):
            self.code(wrapper, "AssessmentFactors", found.factors[0])
        if self.happens(0.05):
            again = ET.SubElement(group, "FactorsIdentifiedAtAssessment")
            self.code(again, "AssessmentFactors", self.random.choice(FACTORS))

    def enquiry(self, parent: ET.Element, found: Enquiry) -> None:
        group = ET.SubElement(parent, "Section47")
        self.day(group, "S47ActualStartDate", found.started_on)
        if found.started_on:
            self.day(group, "InitialCPCtarget", found.started_on + timedelta(days=21))
        self.day(group, "DateOfInitialCPC", self.known(found.conference_on))
        self.yes(group, "ICPCnotRequired", found.conference_on is None)

    def reviews(self, parent: ET.Element, dates: list[date]) -> None:
        """One wrapper with every date, or a wrapper for each."""
        one_each = self.chance(0.3)
        wrapper: ET.Element | None = None
        for day in dates:
            if wrapper is None or one_each:
                wrapper = ET.SubElement(parent, "Reviews")
            self.day(wrapper, "CPPreviewDate", day)

    def plan(self, parent: ET.Element, found: Plan, only_this_year: bool) -> None:
        """Sometimes the end is not the one the last file gave, or the latest category is not."""
        group = ET.SubElement(parent, "ChildProtectionPlans")
        end = self.known(found.ended_on)
        if end and self.happens(0.1):
            end = self.random.choice([None, *(end + timedelta(days=days) for days in (-90, -9, -1, 1, 9, 90))])
        elif end is None and self.happens(0.03):
            end = self.last - timedelta(days=self.random.randrange(300))
        self.day(group, "CPPstartDate", found.started_on)
        self.day(group, "CPPendDate", end)
        self.code(group, "InitialCategoryOfAbuse", found.initial)
        self.code(group, "LatestCategoryOfAbuse", self.random.choice(CATEGORIES) if self.chance(0.1) else found.latest)
        previous = self.random.choice(NOT_NUMBERS) if self.happens(0.12) else found.previous
        self.text(group, "NumberOfPreviousCPP", previous)
        since = self.first if only_this_year else date.min
        self.reviews(group, [day for day in found.reviews if since <= day <= self.last])

    def pre_proceedings(self, parent: ET.Element, found: PreProceedings) -> None:
        group = ET.SubElement(parent, "PreProceedingsandFGDM")
        self.day(group, "PPStartDate", self.known(found.started_on))
        self.day(group, "LBPSentDate", self.known(found.letter_on))
        self.yes(group, "FGDMMeetingOffer", found.offered)
        self.yes(group, "FGDMMeetingFac", found.held)
        self.day(group, "StepDecisionDate", self.known(found.stepped_on))
        self.code(group, "PPOutcome", found.outcome if self.known(found.stepped_on) else None)

    def is_current(self, start: date | None, end: date | None, stale: float) -> bool:
        """Begun by the year's end, and ended in it or later; sometimes what ended before it stays."""
        if start is None or start > self.last:
            return False
        return end is None or end >= self.first or self.chance(stale)

    def before_the_decision(self, parent: ET.Element, episode: Episode) -> None:
        """The assessments, child in need plans and enquiries of an episode."""
        for assessment in episode.assessments:
            if self.is_current(assessment.started_on, assessment.done_on, 0.5):
                self.assessment(parent, assessment)
        for start, end in episode.cin_plans:
            if self.is_current(start, end, 0.5):
                group = ET.SubElement(parent, "CINPlanDates")
                self.day(group, "CINPlanStartDate", start)
                self.day(group, "CINPlanEndDate", self.known(end))
        for enquiry in episode.enquiries:
            if self.is_current(enquiry.started_on, enquiry.conference_on, 0.5):
                self.enquiry(parent, enquiry)

    def after_the_decision(self, parent: ET.Element, episode: Episode) -> None:
        """The protection plans and pre-proceedings of an episode."""
        only_this_year = self.chance(0.4)
        for plan in episode.plans:
            if self.is_current(plan.started_on, plan.ended_on, 0.4):
                for _ in range(2 if self.happens(0.02) else 1):
                    self.plan(parent, plan, only_this_year)
        for found in episode.pre_proceedings:
            if self.with_pre_proceedings and self.is_current(found.started_on or self.first, found.stepped_on, 0.5):
                self.pre_proceedings(parent, found)

    def episode(self, parent: ET.Element, episode: Episode) -> None:
        group = ET.SubElement(parent, "CINdetails")
        closed_on = self.known(episode.closed_on)
        self.day(group, "CINreferralDate", episode.referred_on)
        self.code(group, "ReferralSource", episode.source)
        self.code(group, "PrimaryNeedCode", episode.need)
        self.day(group, "CINclosureDate", closed_on)
        self.code(group, "ReasonForClosure", episode.reason if closed_on or not episode.closed_on else None)
        self.day(group, "DateOfInitialCPC", self.known(episode.conference_on))
        self.before_the_decision(group, episode)
        self.yes(group, "ReferralNFA", episode.no_further_action)
        self.after_the_decision(group, episode)

    def child(self, parent: ET.Element, life: Life) -> None:
        """One Child group, or two that share an id and differ in what they say of the child."""
        episodes = [found for found in life.episodes if self.is_current(found.referred_on, found.closed_on, 0.05)]
        if not episodes or self.happens(0.02):
            return
        groups = [episodes]
        if len(episodes) > 1 and self.happens(0.2):
            groups = [episodes[:1], episodes[1:]]
        for number, found in enumerate(groups):
            group = ET.SubElement(parent, "Child")
            self.identifiers(group, life)
            self.characteristics(group, life)
            for episode in found:
                self.episode(group, episode)
            life = Life(life.id, date(2015, 6, 30), None, "F", "OOTH", ["LD"], []) if number == 0 else life

    def header(self, parent: ET.Element, authority: str, made_at: str | None) -> None:
        header = ET.SubElement(parent, "Header")
        collection = ET.SubElement(header, "CollectionDetails")
        ET.SubElement(collection, "Collection").text = "CIN"
        ET.SubElement(collection, "Year").text = str(self.year_ends)
        if not self.happens(0.2):
            ET.SubElement(collection, "ReferenceDate").text = self.last.isoformat()
        source = ET.SubElement(header, "Source")
        ET.SubElement(source, "SourceLevel").text = "L"
        ET.SubElement(source, "LEA").text = authority
        if made_at:
            ET.SubElement(source, "DateTime").text = made_at

    def message(self, lives: Sequence[Life], authority: str, made_at: str | None) -> ET.ElementTree[ET.Element]:
        message = ET.Element("Message")
        if self.happens(0.4):
            message.set("xmlns", NAMESPACE)
        self.header(message, authority, made_at)
        children = ET.SubElement(message, "Children")
        for life in lives:
            self.child(children, life)
        return ET.ElementTree(message)


def write_files(
    folder: Path,
    seed: int,
    years: Sequence[int],
    children: int,
    authority: str = "991",
    nasty: bool = True,
    faults: float = 1,
) -> list[Path]:
    """Writes a census file for each year, named by the year it ends in: 2025 is 2024-25. Gives their paths.

    A nasty set sometimes has a second file for a year, which was made before or, if not, is named before. `faults`
    multiplies the chance of each fault in a nasty set.
    """
    random = Random(seed)  # noqa: S311  # nothing here is secret
    span = Lives(random, date(min(years) - 3, 4, 1), date(max(years), 3, 31))
    lives = [span.life(number) for number in range(children)]
    paths = []
    for year_ends in years:
        writer = Writer(random, year_ends, faults if nasty else 0, year_ends >= 2027 or random.random() < 0.15)
        made_at = None if nasty and random.random() < 0.2 else f"{year_ends}-06-15T10:00:00"
        own = folder / f"cin_{year_ends}.xml"
        writer.message(lives, authority, made_at).write(own, encoding="utf-8", xml_declaration=True)
        paths.append(own)
        if nasty and random.random() < 0.3:
            rival = folder / f"cin_{year_ends}_rival.xml"
            earlier = random.choice([made_at, f"{year_ends}-06-15T09:59:59"]) if made_at else None
            writer.message(lives[::2], authority, earlier).write(rival, encoding="utf-8", xml_declaration=True)
            paths.insert(len(paths) - (earlier == made_at or random.random() < 0.5), rival)
    return paths
