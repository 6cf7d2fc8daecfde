"""Writes invented children in need censuses: files that an authority might have sent, about nobody.

The same seed gives the same bytes. Collections up to 2023-24 are in the structure of 2022-23, with GenderCurrent;
later ones have Sex.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import TextIO

from waypost.demo import known, proportions
from waypost.demo.chance import Chance, Weighted
from waypost.demo.characters import ASHDOWN, Character, character
from waypost.demo.journeys import Service
from waypost.demo.lives import LIVES_BEGIN, LIVES_END, Assessment, Child, CinPlan, Enquiry, Episode, ProtectionPlan
from waypost.demo.timings import later
from waypost.demo.upn import upn
from waypost.domain.errors import WrongUse
from waypost.domain.identifiers import starts_school_on
from waypost.domain.periods import FinancialYear

COLLECTIONS = tuple(FinancialYear(ends) for ends in range(2021, 2027))
FIRST_YEAR, LAST_YEAR = COLLECTIONS[0], FinancialYear.holding(LIVES_END)
FIRST_WITH_SEX = FinancialYear(2025)
GENDERS = {"M": "1", "F": "2", "U": "0"}
YEARS_OF_ARRIVALS = 5


def write(
    folder: Path, *, authority: str, years: Sequence[FinancialYear] = COLLECTIONS, seed: int = 1, size: float = 1.0
) -> list[Path]:
    """Writes the censuses of an invented authority, one file a year, and returns their paths in the years' order.

    `authority` is 991, 992 or 993. `size` is a share of the authority's full size of some 32,000 children. A year's
    file is the same whichever other years are asked for.

    Raises:
        WrongUse: the authority is not invented, or a year is outside invented time.
    """
    who = character(authority)
    _refuse_other_years(years)
    known_lives = lives(who, until=max(years), seed=seed, size=size)
    children = [child for child in known_lives if child.free_from > min(years).start]
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_year(folder / f"cin_{year}_{authority}.xml", who, year, children) for year in years]


def write_sized(path: Path, *, children: int, seed: int = 1, year: FinancialYear = COLLECTIONS[-1]) -> Path:
    """Writes one census file of exactly so many Child groups, of about 1 kB each, without holding them in memory.

    Raises:
        WrongUse: the year is outside invented time.
    """
    _refuse_other_years([year])
    found = (child for child in _arrivals_in_any_order(year, seed) if known.episodes(child, year))
    chosen = (child for child, _ in zip(found, range(children), strict=False))
    return _write_year(path, ASHDOWN, year, chosen)


def lives(who: Character, *, until: FinancialYear, seed: int, size: float = 1.0) -> Iterator[Child]:
    """Every child that the authority has known up to the end of a year, in order of their families' first referral."""
    chance = Chance(seed, who.la_code)
    service = Service(who, chance, count(1))
    for ends in range(FinancialYear.holding(LIVES_BEGIN).ends, until.ends + 1):
        year = FinancialYear(ends)
        calendar = referral_days(year)
        families = round(who.practice(year).new_families * size)
        for day in sorted(chance.pick(calendar) for _ in range(families)):
            yield from service.follow(day).children


def referral_days(year: FinancialYear) -> Weighted[date]:
    """The days of a year, weighted as referrals fall: few in August and at Christmas, hardly any at weekends."""
    span = (later(year.start, n) for n in range((year.end - year.start).days + 1))
    return Weighted({day: proportions.MONTHS[day.month] * proportions.WEEKDAYS[day.weekday()] for day in span})


def _arrivals_in_any_order(year: FinancialYear, seed: int) -> Iterator[Child]:
    chance = Chance(seed, "sized")
    service = Service(ASHDOWN, chance, count(1))
    calendars = [referral_days(year.before(n)) for n in range(YEARS_OF_ARRIVALS)]
    while True:
        calendar = calendars[chance.between(0, YEARS_OF_ARRIVALS - 1)]
        yield from service.follow(chance.pick(calendar)).children


def _refuse_other_years(years: Sequence[FinancialYear]) -> None:
    for year in years:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise WrongUse(f"{year} is not an invented year; they run from {FIRST_YEAR} to {LAST_YEAR}.")


# ---- the file


def _write_year(path: Path, who: Character, year: FinancialYear, children: Iterable[Child]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_header(who, year))
        _write_children(file, who, year, children)
        file.write("</Children>\n</Message>\n")
    return path


def _write_children(file: TextIO, who: Character, year: FinancialYear, children: Iterable[Child]) -> None:
    for child in children:
        episodes = known.episodes(child, year)
        if episodes:
            file.write(_child(who, year, child, episodes))


def _header(who: Character, year: FinancialYear) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Message>
<Header>
<CollectionDetails>
<Collection>CIN</Collection><Year>{year.ends}</Year><ReferenceDate>{year.end}</ReferenceDate>
</CollectionDetails>
<Source>
<SourceLevel>L</SourceLevel><LEA>{who.la_code}</LEA><SoftwareCode>Waypost</SoftwareCode>\
<Release>1</Release><SerialNo>001</SerialNo><DateTime>{year.ends}-06-27T10:00:00</DateTime>
</Source>
</Header>
<Children>
"""


def _child(who: Character, year: FinancialYear, child: Child, episodes: list[Episode]) -> str:
    in_need = any(not episode.is_no_further_action for episode in episodes)
    described = "".join(_episode(episode, year) for episode in episodes)
    return (
        f"  <Child>\n{_identifiers(who, year, child, in_need)}"
        f"{_characteristics(child, in_need and child.born_on <= year.end)}{described}  </Child>\n"
    )


def _identifiers(who: Character, year: FinancialYear, child: Child, in_need: bool) -> str:
    born = child.born_on <= year.end
    sex = child.sex if born else "U"
    parts = [
        _tag("LAchildID", f"{who.letter}{child.number:07d}"),
        *_pupil_numbers(child, year, in_need),
        _date("PersonBirthDate" if born else "ExpectedPersonBirthDate", child.born_on if born else child.expected_on),
        _tag("Sex", sex) if year >= FIRST_WITH_SEX else _tag("GenderCurrent", GENDERS[sex]),
        _date("PersonDeathDate", known.by_then(child.died_on, year)),
    ]
    return f"    <ChildIdentifiers>{''.join(parts)}</ChildIdentifiers>\n"


def _pupil_numbers(child: Child, year: FinancialYear, in_need: bool) -> Iterator[str]:
    if not in_need and not child.upn_is_matched:
        yield _tag("UPNunknown", "UN7")
    elif starts_school_on(child.born_on) > year.end:
        yield _tag("UPNunknown", "UN1")
    elif child.why_no_upn:
        yield _tag("UPNunknown", child.why_no_upn)
    else:
        yield _tag("UPN", upn(child.number, child.born_on))
        if child.has_former_upn:
            yield _tag("FormerUPN", upn(child.number + 500_000, child.born_on))


def _characteristics(child: Child, with_disabilities: bool) -> str:
    held = "".join(_tag("Disability", code) for code in child.disabilities)
    disabilities = _tag("Disabilities", held) if with_disabilities else ""
    return f"    <ChildCharacteristics>{_tag('Ethnicity', child.ethnicity)}{disabilities}</ChildCharacteristics>\n"


def _episode(episode: Episode, year: FinancialYear) -> str:
    closed_on = known.by_then(episode.closed_on, year)
    parts = [
        "    <CINdetails>\n      ",
        _date("CINreferralDate", episode.referred_on),
        _tag("ReferralSource", episode.source),
        _tag("PrimaryNeedCode", episode.need) if episode.need else "",
        _date("CINclosureDate", closed_on),
        _tag("ReasonForClosure", episode.reason) if closed_on and episode.reason else "",
        _date("DateOfInitialCPC", known.within(episode.conference_on, year)),
        "\n",
        *(_assessment(done, year) for done in known.assessments(episode, year)),
        *(_cin_plan(plan, year) for plan in known.spells(episode.cin_plans, year)),
        *(_enquiry(made, year) for made in known.enquiries(episode, year)),
        "      ",
        _tag("ReferralNFA", _yes(episode.is_no_further_action)),
        "\n",
        *(_protection_plan(plan, year) for plan in known.spells(episode.protection_plans, year)),
        "    </CINdetails>\n",
    ]
    return "".join(parts)


def _assessment(done: Assessment, year: FinancialYear) -> str:
    authorised_on = known.by_then(done.authorised_on, year)
    found = "".join(_tag("AssessmentFactors", code) for code in done.factors)
    return (
        f"      <Assessments>{_date('AssessmentActualStartDate', done.started_on)}"
        f"{_date('AssessmentAuthorisationDate', authorised_on)}"
        f"{_tag('FactorsIdentifiedAtAssessment', found) if authorised_on else ''}</Assessments>\n"
    )


def _cin_plan(plan: CinPlan, year: FinancialYear) -> str:
    ended_on = known.by_then(plan.ended_on, year)
    dates = _date("CINPlanStartDate", plan.started_on) + _date("CINPlanEndDate", ended_on)
    return f"      <CINPlanDates>{dates}</CINPlanDates>\n"


def _enquiry(made: Enquiry, year: FinancialYear) -> str:
    concluded_on = known.by_then(made.concluded_on, year)
    held_on = concluded_on if made.led_to_conference else None
    not_required = concluded_on is not None and not made.led_to_conference
    return (
        f"      <Section47>{_date('S47ActualStartDate', made.started_on)}{_date('InitialCPCtarget', made.target_on)}"
        f"{_date('DateOfInitialCPC', held_on)}{_tag('ICPCnotRequired', _yes(not_required))}</Section47>\n"
    )


def _protection_plan(plan: ProtectionPlan, year: FinancialYear) -> str:
    latest = plan.later_category if plan.category_changed_on <= year.end else plan.first_category
    held = "".join(_date("CPPreviewDate", day) for day in plan.reviewed_on if day <= year.end)
    return (
        f"      <ChildProtectionPlans>{_date('CPPstartDate', plan.started_on)}"
        f"{_date('CPPendDate', known.by_then(plan.ended_on, year))}"
        f"{_tag('InitialCategoryOfAbuse', plan.first_category)}{_tag('LatestCategoryOfAbuse', latest)}"
        f"{_tag('NumberOfPreviousCPP', str(plan.previous))}"
        f"{_tag('Reviews', held) if held else ''}</ChildProtectionPlans>\n"
    )


def _tag(name: str, text: str) -> str:
    return f"<{name}>{text}</{name}>"


def _date(name: str, day: date | None) -> str:
    return f"<{name}>{day.isoformat()}</{name}>" if day else ""


def _yes(claim: bool) -> str:
    return "1" if claim else "0"
