"""Invented census files for comparing two readings of the rules: everything that may be filed, and much that may not.

Nothing in them hangs together as a life does; what matters is that values meet. A file has a small store of days, most
of them on an edge, so that two of its dates are often the same day or a day apart. Each child has a measure of disorder
from none to much: how often an element is left out, blank, repeated, no real date or no code, and how many groups
there are. One seed and collection always give the same file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from lxml import etree

from .children import LETTERS
from .dates import days_on, months_on, working_days_before, years_on
from .lists import CATEGORIES, DISABILITIES, ETHNICITIES, FACTORS, NEEDS, REASONS, RETIRED_FACTORS, SOURCES

NOT_DATES = """
2025-02-29 | 2025-02-30 | 31/03/2025 | 2025-3-1 | 20250301 | 2025-W10-2 | 25-03-01 | 2025-13-01 | 0000-00-00 | -
| 0000-01-01 | unknown | 2025-04-01T00:00:00 | 2025-04-01Z
| 2025-04-011 | +2025-04-01 | ٢٠٢٥-04-01 | 2025- 4- 1 | 2025-04 -01
""".replace("\n", " ").split(" | ")
FAR_DATES = ["0001-01-01", "0024-05-06", "1900-02-28", "2099-12-31", "9999-12-31"]
YES = "1 1 1 true TRUE True tRuE".split()
NO = "0 0 0 false FALSE False fALSE".split()
NEITHER = "2 yes no Y N -1 00 truee 1.0".split()
NUMBERS = ["0", "0", "0", "1", "2", "12", "007", "99999999999999999999"]
NOT_NUMBERS = ["-1", "1.0", "one", "1 2", "+1", "1e3", "½", "٣"]
NAMESPACES = ["", "", "http://www.education.gov.uk/cin", "http://schemas.datacontract.org/2004/07/", "urn:x"]
UPN_AUTHORITIES = ["205", "001", "005", "941", "942", "943", "006", "000", "999", "420", "896", "213", "2A5", "214"]


def bent(random: Random, code: str) -> str:
    """A code with one thing wrong: its case, its length, or the whole of it."""
    return random.choice([code.lower(), code.upper(), f"{code}1", code[:-1], f"{code} {code}", f"0{code}", "X", "?"])


def with_letter(digits: str) -> str:
    """Twelve digits after their own letter."""
    return LETTERS[sum(place * int(digit) for place, digit in enumerate(digits, 2)) % 23] + digits


def faulty_upn(random: Random) -> str:
    """One thing wrong with it, or with its authority; or temporary, which is not wrong."""
    digits = random.choice(UPN_AUTHORITIES) + f"{random.randrange(10**9):09}"
    if not digits.isdigit():
        return "A" + digits
    whole = with_letter(digits)
    return random.choice(
        [
            whole,
            whole,
            random.choice(LETTERS) + digits,
            whole[:-1] + random.choice("AHZ"),
            whole[:-1] + random.choice("IOSahilz?"),
            whole[:-1] + "S",
            whole.lower(),
            "I" + digits,
            "1" + digits,
            whole[:-1],
            whole + "1",
            whole[: random.randrange(1, 9)],
            whole[:4],
            "É" + digits,
            whole[:6] + random.choice("AX- .") + whole[7:],
            whole[:12] + "²",
            whole[:5] + "٣" + whole[6:],
            f"{whole[:6]} {whole[6:]}",
            whole[:1] + random.choice("AX") + whole[2:],
        ]
    )


@dataclass
class Awkward:
    """Writes one file."""

    random: Random
    collection: str
    ref: date
    disorder: float = 0
    most: float = 1
    days: list[date] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    upns: list[str] = field(default_factory=list)
    codes: Sequence[str] = ()
    unsexed: float = 0
    with_pre_proceedings: float = 0

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def is_amiss(self, share: float = 1) -> bool:
        return self.chance(self.disorder * share)

    # ------------------------------------------------------------------------------------------------------- days

    def gather_days(self) -> None:
        """The store of days of the file: edges of the year and of the rules, and those beside them."""
        ref, start = self.ref, days_on(years_on(self.ref, -1), 1)
        leap = date(ref.year - ref.year % 4, 2, 29) if ref.year % 100 else ref
        edges = [
            *(ref, start, leap, date(2013, 4, 1), working_days_before(start, 1), days_on(ref, -30), months_on(ref, 9)),
            *(working_days_before(ref, count) for count in (14, 15, 44, 45)),
            *(date(ref.year - 1, 5, 26), date(ref.year - 1, 12, 24), date(ref.year - 1, 8, 31), months_on(start, 3)),
        ]
        near = [days_on(self.random.choice(edges), self.random.choice([-3, -2, -1, 0, 0, 1, 2])) for _ in range(16)]
        within = [days_on(start, self.random.randrange(365)) for _ in range(8)]
        self.days = [*edges, *near, *within]

    def own_days(self) -> Callable[[], date]:
        """A few of the days, for one child, so that they meet."""
        few = sorted(self.random.sample(self.days, 6))

        def pick() -> date:
            return self.random.choice(few if self.chance(0.7) else self.days)

        return pick

    def birth(self, day: date) -> date:
        """On an edge of age, or any."""
        ref = self.ref
        edges = [
            *(years_on(ref, -6), years_on(ref, -25), date(max(ref.year - 6, 1), 8, 31), years_on(day, -25)),
            *(ref, days_on(day, 280), day, days_on(day, -1), days_on(ref, 1)),
        ]
        if self.chance(0.5):
            return days_on(self.random.choice(edges), self.random.choice([-1, 0, 0, 1]))
        return days_on(ref, -self.random.randrange(1, 27 * 365))

    # ------------------------------------------------------------------------------------------------------- elements

    def put(self, parent: etree._Element, name: str, value: str | None) -> None:
        """An element, or none; sometimes blank, padded, broken by a comment, or twice."""
        if value is None:
            if self.is_amiss(0.3):
                self._element(parent, name, self.random.choice(["", " ", "\n\t"]))
            return
        if self.is_amiss(0.03):
            self._element(parent, name, self.random.choice(["", " \n "]))
            return
        if self.is_amiss(0.1):
            value = self.random.choice([" {}", "{} ", "\n  {}\t"]).format(value)
        made = self._element(parent, name, value)
        if self.is_amiss(0.02) and len(value) > 3:
            made.text = value[:2]
            comment = etree.Comment(" here ")
            comment.tail = value[2:]
            made.append(comment)
        if self.is_amiss(0.01):
            self._element(parent, name, self.random.choice([value, "", "2024-06-03", "1"]))

    def _element(self, parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
        space = etree.QName(parent).namespace
        made = etree.SubElement(parent, etree.QName(space, name) if space else name)
        made.text = text
        return made

    def day(self, parent: etree._Element, name: str, day: date | None, gone: float = 0.05) -> None:
        value = None if day is None or self.is_amiss(gone) else day.isoformat()
        if self.is_amiss(0.05):
            value = self.random.choice(NOT_DATES)
        elif self.is_amiss(0.01):
            value = self.random.choice(FAR_DATES)
        self.put(parent, name, value)

    def one_of(self, parent: etree._Element, name: str, known: Sequence[str]) -> None:
        value: str | None = self.random.choice(known)
        if self.is_amiss(0.08):
            value = bent(self.random, value or "")
        elif self.is_amiss(0.08):
            value = None
        self.put(parent, name, value)

    def flag(self, parent: etree._Element, name: str, claim: bool) -> None:
        value: str | None = self.random.choice(YES if claim else NO)
        if self.is_amiss(0.08):
            value = self.random.choice([*NEITHER, None])
        self.put(parent, name, value)

    # ------------------------------------------------------------------------------------------------------- the child

    def own_id(self, number: int) -> str | None:
        if self.is_amiss(0.12):
            return self.random.choice(
                [
                    None,
                    None,
                    f"C-{number}",
                    f"C {number}",
                    f"C{number:020}",
                    f"C{number:019}",
                    f"C/{number:019}",
                    "C_1",
                    f"É{number}",
                    f"C{number}٣",
                ]
            )
        if self.ids and self.is_amiss(0.15):
            known = self.random.choice(self.ids)
            return self.random.choice([known, known, known.lower()])
        self.ids.append(f"C{number}")
        return self.ids[-1]

    def own_upn(self) -> str | None:
        if self.chance(0.4):
            return None
        if self.upns and self.is_amiss(0.2):
            return self.random.choice(self.upns)
        self.upns.append(self.any_upn())
        return self.upns[-1]

    def any_upn(self) -> str:
        return faulty_upn(self.random) if self.is_amiss(1) else with_letter(f"205{self.random.randrange(10**9):09}")

    def identifiers(self, child: etree._Element, number: int, pick: Callable[[], date]) -> None:
        group = self._element(child, "ChildIdentifiers")
        self.put(group, "LAchildID", self.own_id(number))
        self.put(group, "UPN", self.own_upn())
        if self.chance(0.2):
            self.put(group, "FormerUPN", self.any_upn())
        if self.chance(0.6):
            self.put(group, "UPNunknown", self.random.choice("UN1 UN2 UN4 UN7 UN7 un7 un2 UN8 UN06".split()))
        is_unborn = self.chance(0.15)
        if not is_unborn or self.is_amiss(0.2):
            self.day(group, "PersonBirthDate", self.birth(pick()))
        if is_unborn or self.is_amiss(0.2):
            self.day(group, "ExpectedPersonBirthDate", self.random.choice([pick(), self.birth(pick())]))
        self.sex(group, is_unborn)
        if self.chance(0.15):
            self.day(group, "PersonDeathDate", pick())

    def sex(self, group: etree._Element, is_unborn: bool) -> None:
        """In the words of the collection, now and then of another."""
        is_new = self.collection >= "2024-25"
        if self.is_amiss(0.05):
            is_new = not is_new
        is_unknown = is_unborn or self.chance(self.unsexed)
        if is_new:
            self.one_of(group, "Sex", "U" if is_unknown else "MF")
        else:
            self.one_of(group, "GenderCurrent", "0" if is_unknown else "129")

    def characteristics(self, child: etree._Element) -> None:
        if self.is_amiss(0.04):
            return
        group = self._element(child, "ChildCharacteristics")
        self.one_of(group, "Ethnicity", ETHNICITIES)
        if self.is_amiss(0.15):
            return
        known = ["NONE"] if self.chance(0.5) else [self.random.choice(self.codes)]
        while self.is_amiss(0.3) or (len(self.codes) > 8 and self.chance(0.1)):
            known.append(self.random.choice([*self.codes, "NONE", "none", known[0]]))
        wrapper = self._element(group, "Disabilities")
        for code in known:
            self.one_of(wrapper, "Disability", [code])
            if self.is_amiss(0.05):
                wrapper = self._element(group, "Disabilities")
        if self.is_amiss(0.05):
            self._element(wrapper, "Disability")

    # ------------------------------------------------------------------------------------------------------- episodes

    def several(self, most: int, share: float) -> range:
        """How many groups there are: one or none for the orderly, up to the most for the others."""
        if not self.chance(share):
            return range(0)
        return range(self.random.randrange(1, most + 1) if self.is_amiss(2) else 1)

    def assessment(self, episode: etree._Element, pick: Callable[[], date]) -> None:
        group = self._element(episode, "Assessments")
        self.day(group, "AssessmentActualStartDate", pick())
        is_done = self.chance(0.7)
        if is_done:
            self.day(group, "AssessmentAuthorisationDate", pick())
        if not self.chance(0.8 if is_done else 0.3):
            return
        wrapper = self._element(group, "FactorsIdentifiedAtAssessment")
        codes = self.random.choices(
            [*FACTORS, *RETIRED_FACTORS, "18a", "19a", "21", "21"], k=self.random.choice([1, 1, 2])
        )
        if self.chance(0.2):
            codes = ["21"]
        while self.is_amiss(0.3):
            codes.append(self.random.choice([codes[0], "21", self.random.choice(FACTORS)]))
        for code in codes:
            self.one_of(wrapper, "AssessmentFactors", [code])
            if self.is_amiss(0.05):
                wrapper = self._element(group, "FactorsIdentifiedAtAssessment")

    def cin_plan(self, episode: etree._Element, pick: Callable[[], date]) -> None:
        group = self._element(episode, "CINPlanDates")
        self.day(group, "CINPlanStartDate", pick())
        if self.chance(0.6):
            self.day(group, "CINPlanEndDate", pick())

    def enquiry(self, episode: etree._Element, pick: Callable[[], date]) -> None:
        group = self._element(episode, "Section47")
        self.day(group, "S47ActualStartDate", pick())
        if self.chance(0.6):
            self.day(group, "InitialCPCtarget", pick())
        is_held = self.chance(0.5)
        if is_held:
            self.day(group, "DateOfInitialCPC", pick())
        self.flag(group, "ICPCnotRequired", self.chance(0.15 if is_held else 0.5))

    def protection_plan(self, episode: etree._Element, pick: Callable[[], date]) -> None:
        group = self._element(episode, "ChildProtectionPlans")
        self.day(group, "CPPstartDate", pick())
        if self.chance(0.5):
            self.day(group, "CPPendDate", pick())
        self.one_of(group, "InitialCategoryOfAbuse", CATEGORIES)
        self.one_of(group, "LatestCategoryOfAbuse", CATEGORIES)
        self.one_of(group, "NumberOfPreviousCPP", NOT_NUMBERS if self.is_amiss(0.1) else NUMBERS)
        wrapper: etree._Element | None = None
        for _ in range(self.random.choice([0, 0, 1, 1, 2, 3])):
            if wrapper is None or self.chance(0.3):
                wrapper = self._element(group, "Reviews")
            if not self.is_amiss(0.15):
                self.day(wrapper, "CPPreviewDate", pick())
        if self.is_amiss(0.05):
            self._element(group, "Reviews")

    def pre_proceedings(self, episode: etree._Element, pick: Callable[[], date]) -> None:
        group = self._element(episode, "PreProceedingsandFGDM")
        for name in ("PPStartDate", "LBPSentDate", "InitialPPMeetingDate"):
            if self.chance(0.7):
                self.day(group, name, pick())
        for name in ("FGDMMeetingOffer", "FGDMMeetingFac"):
            if self.chance(0.7):
                self.flag(group, name, self.chance(0.6))
        for name in ("StepDecisionDate", "CourtAppDate", "LetterInitCPDate"):
            if self.chance(0.5):
                self.day(group, name, pick())
        self.one_of(group, "PPOutcome", "ABCD" if self.is_amiss(1) else "ABC")
        if not self.is_amiss(0.5):
            self.one_of(group, "ReviewMeetingsCount", ["0", "1", "2"])

    def episode(self, child: etree._Element, pick: Callable[[], date]) -> None:
        group = self._element(child, "CINdetails")
        self.day(group, "CINreferralDate", min(pick(), pick()) if self.chance(0.8) else pick())
        self.one_of(group, "ReferralSource", SOURCES)
        if not self.chance(0.1):
            self.one_of(group, "PrimaryNeedCode", NEEDS)
        is_closed = self.chance(0.4)
        if is_closed:
            self.day(group, "CINclosureDate", max(pick(), pick()) if self.chance(0.7) else pick())
        if (is_closed and not self.is_amiss(0.2)) or self.is_amiss(0.1):
            self.one_of(
                group, "ReasonForClosure", [*REASONS, "RC2", "RC8", "RC9", "RC10" if self.is_amiss(0.3) else "RC1"]
            )
        if self.chance(0.25):
            self.day(group, "DateOfInitialCPC", pick())
        work = [
            *(lambda: self.assessment(group, pick) for _ in self.several(3, 0.6)),
            *(lambda: self.cin_plan(group, pick) for _ in self.several(3, 0.4)),
            *(lambda: self.enquiry(group, pick) for _ in self.several(3, 0.4)),
            lambda: self.flag(group, "ReferralNFA", self.chance(0.2)),
            *(lambda: self.protection_plan(group, pick) for _ in self.several(3, 0.4)),
            *(lambda: self.pre_proceedings(group, pick) for _ in self.several(2, self.with_pre_proceedings)),
        ]
        if self.is_amiss(0.2):
            self.random.shuffle(work)
        for add in work:
            add()
        if self.is_amiss(0.05):
            self._element(group, "SomethingElse", "2024-05-06")

    def child(self, children: etree._Element, number: int) -> None:
        self.disorder = self.random.choice([0, 0, 0.1, 0.3, 0.6, 1]) * self.most
        pick = self.own_days()
        group = self._element(children, "Child")
        if not self.is_amiss(0.02):
            self.identifiers(group, number, pick)
        self.characteristics(group)
        if self.is_amiss(0.1):
            return
        for _ in range(self.random.randrange(2, 5) if self.chance(0.3) else 1):
            self.episode(group, pick)

    # ------------------------------------------------------------------------------------------------------- the file

    def header(self, message: etree._Element) -> None:
        self.disorder = self.random.choice([0, 0, 1])
        header = self._element(message, "Header")
        details = self._element(header, "CollectionDetails")
        self._element(details, "Collection", "CIN")
        year = str(self.ref.year)
        if self.is_amiss(0.4):
            year = self.random.choice(["", "2025-26", "26", "0000", str(self.ref.year + 1), f" {year} ", "MMXXV"])
        self._element(details, "Year", year)
        if not self.is_amiss(0.1):
            self._element(details, "ReferenceDate", self.ref.isoformat())
        source = self._element(header, "Source")
        self._element(source, "LEA", "991")

    def message(self, children: int) -> etree._ElementTree:
        space = self.random.choice(NAMESPACES)
        prefix = self.random.choice([None, "cin"])
        message = etree.Element(f"{{{space}}}Message" if space else "Message", nsmap={prefix: space} if space else None)
        self.header(message)
        parent = self._element(message, "Children")
        for number in range(children):
            self.child(parent, number)
        return etree.ElementTree(message)


def write(path: Path, seed: int, collection: str, children: int = 60) -> Path:
    """Writes one file and gives its path. Most have the reference date of their collection; a few have another, or none
    that is a date."""
    random = Random(f"{seed} {collection}")  # noqa: S311  # nothing here is secret
    ends = int(collection[:4]) + 1
    ref = date(ends, 3, 31)
    if random.random() < 0.25:
        ref = random.choice([date(ends - 1, 3, 31), date(ends, 2, 28), date(2024, 2, 29), date(ends, 4, 30)])
    maker = Awkward(random, collection, ref)
    maker.gather_days()
    maker.most = random.choice([0, 0.1, 1, 1, 1])
    known = [code for code in DISABILITIES if code != "NONE"]
    maker.codes = known if random.random() < 0.5 else random.sample(known, random.randrange(1, 10))
    maker.unsexed = random.choice([0, 0.02, 0.02, 0.2])
    maker.with_pre_proceedings = random.choice([0, 0.05, 0.5])
    tree = maker.message(0 if random.random() < 0.02 else children)
    tree.write(str(path), encoding="utf-8", xml_declaration=True)
    return path
