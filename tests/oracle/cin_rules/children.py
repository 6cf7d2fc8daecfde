"""Rules on who the child is, their birth, death, ethnicity and disabilities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from .dates import days_on, months_on, years_on
from .filed import Census, Child, Group
from .lists import DISABILITIES, ETHNICITIES, UPN_AUTHORITIES
from .rule import RULES, Found, Rule, among, each

# ---------------------------------------------------------------------------------------------------------------------
# Numbers

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@each("ChildIdentifiers", "1510")
def upn_check_letter(child: Group) -> bool:
    """The first letter is not the one that the twelve digits give."""
    upn = child.text("UPN") or ""
    if len(upn) != 13 or not re.fullmatch("[0-9]{12}", upn[1:]):
        return False
    total = sum(place * int(upn[place - 1]) for place in range(2, 14))
    return upn[0] != LETTERS[total % 23]


def shared(name: str, code: str) -> None:
    """Every child whose value is another child's too."""

    def find(census: Census) -> Iterator[Found]:
        values = Counter(child.text(name) for child in census.children)
        for child in census.children:
            value = child.text(name)
            if value is not None and values[value] > 1:
                yield Found(code, child.id, "ChildIdentifiers", 1)

    RULES.append(Rule(code, "2022-23", "2026-27", find))


shared("UPN", "1520")
shared("LAchildID", "8510")


def _authority_unknown(child: Group, more: set[str]) -> bool:
    upn = child.text("UPN") or ""
    return len(upn) == 13 and upn[1:4] not in UPN_AUTHORITIES | more


@each("ChildIdentifiers", "1530", until="2022-23")
def upn_authority_before(child: Group) -> bool:
    """Characters 2 to 4 are no authority's."""
    return _authority_unknown(child, set())


@each("ChildIdentifiers", "1530", since="2023-24")
def upn_authority(child: Group) -> bool:
    """Characters 2 to 4 are no authority's, of which there are two more."""
    return _authority_unknown(child, {"942", "943"})


@each("ChildIdentifiers", "1540")
def upn_middle(child: Group) -> bool:
    """Characters 5 to 12 are missing, or not all digits."""
    upn = child.text("UPN")
    return upn is not None and not re.fullmatch("[0-9]+", upn[4:12])


@each("ChildIdentifiers", "1550")
def upn_end(child: Group) -> bool:
    """The thirteenth character is neither a digit nor a letter that is used."""
    upn = child.text("UPN") or ""
    return len(upn) == 13 and upn[12] not in "0123456789ABCDEFGHJKLMNPQRTUVWXYZ"


@each("ChildIdentifiers", "1560Q")
def former_upn(child: Group) -> bool:
    """It is not a letter and twelve digits."""
    former = child.text("FormerUPN")
    if former is None:
        return False
    return not (len(former) == 13 and re.fullmatch("[A-Za-z]", former[0]) and re.fullmatch("[0-9]{12}", former[1:]))


@each("ChildIdentifiers", "1570", since="2024-25")
def id_too_long(child: Group) -> bool:
    """Longer than 20 characters."""
    return len(child.text("LAchildID") or "") > 20


@each("ChildIdentifiers", "1580", since="2024-25")
def id_of_other_characters(child: Group) -> bool:
    """Something in it is neither a letter nor a digit."""
    return not re.fullmatch("[A-Za-z0-9]*", child.text("LAchildID") or "")


@each("ChildIdentifiers", "8500")
def no_id(child: Group) -> bool:
    """There is no LAchildID."""
    return child.text("LAchildID") is None


def _goes_on(child: Child) -> list[Group]:
    """The episodes whose referral is not one of no further action, said plainly."""
    return [episode for episode in child.episodes if episode.is_no("ReferralNFA")]


def _without_upn(child: Child) -> bool:
    unknown = (child.text("UPNunknown") or "").upper()
    return bool(_goes_on(child)) and child.text("UPN") is None and unknown not in "UN2 UN3 UN4 UN5 UN6 UN7".split()


@among("8770Q", until="2023-24")
def no_upn_from_six(child: Child) -> Iterator[Child]:
    """A referral that goes on, over six at the reference date, no UPN and no good reason."""
    born = child.date("PersonBirthDate")
    if born and born < years_on(child.census.ref, -6) and _without_upn(child):
        yield child


@among("8770Q", since="2024-25")
def no_upn_at_school_age(child: Child) -> Iterator[Child]:
    """The same, born by 31 August of the year six before that of the reference date."""
    born = child.date("PersonBirthDate")
    if born and (born.year + 6, born.month, born.day) <= (child.census.ref.year, 8, 31) and _without_upn(child):
        yield child


@among("8772")
def upn_reason_of_no_further_action(child: Child) -> Iterator[Group]:
    """The reason is UN7, and a referral is not one of no further action."""
    if child.text("UPNunknown") == "UN7":
        yield from (episode for episode in child.episodes if not episode.is_yes("ReferralNFA"))


# ---------------------------------------------------------------------------------------------------------------------
# Sex and ethnicity


@each("ChildIdentifiers", "4180", until="2023-24")
def gender(child: Group) -> bool:
    return child.text("GenderCurrent") not in ("0", "1", "2", "9")


@each("ChildIdentifiers", "4180", since="2024-25")
def sex(child: Group) -> bool:
    return child.text("Sex") not in ("M", "F", "U")


def _is_unborn(child: Group) -> bool:
    return child.date("PersonBirthDate") is None and child.date("ExpectedPersonBirthDate") is not None


@each("ChildIdentifiers", "8750", until="2023-24")
def gender_of_an_unborn_child(child: Group) -> bool:
    """Not yet born, and the gender is not 0."""
    return _is_unborn(child) and child.text("GenderCurrent") != "0"


@each("ChildIdentifiers", "8750", since="2024-25")
def sex_of_an_unborn_child(child: Group) -> bool:
    """Not yet born, and the sex is not U."""
    return _is_unborn(child) and child.text("Sex") != "U"


def no_ethnicity(census: Census) -> Iterator[Found]:
    """4220: missing or not a code, for a child without the group too."""
    for child in census.children:
        groups = child.all("ChildCharacteristics")
        if not groups or groups[0].text("Ethnicity") not in ETHNICITIES:
            yield Found("4220", child.id, "ChildCharacteristics", 1)


RULES.append(Rule("4220", "2022-23", "2026-27", no_ethnicity))

# ---------------------------------------------------------------------------------------------------------------------
# Birth and death


@each("ChildIdentifiers", "8520")
def born_after_the_year(child: Group) -> bool:
    born = child.date("PersonBirthDate")
    return born is not None and born > child.census.ref


@each("ChildIdentifiers", "8525Q")
def birth_and_expected_birth(child: Group) -> bool:
    """Both, or neither."""
    return (child.date("PersonBirthDate") is None) == (child.date("ExpectedPersonBirthDate") is None)


@each("ChildIdentifiers", "8530Q")
def expected_birth_out_of_range(child: Group) -> bool:
    """More than 30 days before the reference date, or more than nine months after."""
    expected, ref = child.date("ExpectedPersonBirthDate"), child.census.ref
    return expected is not None and not days_on(ref, -30) <= expected <= months_on(ref, 9)


@each("ChildIdentifiers", "8535Q")
def died_before_birth(child: Group) -> bool:
    """Died, and the birth is later or not known."""
    died, born = child.date("PersonDeathDate"), child.date("PersonBirthDate")
    return died is not None and (born is None or born > died)


@each("ChildIdentifiers", "8545Q")
def died_outside_the_year(child: Group) -> bool:
    return child.census.outside_year(child.date("PersonDeathDate"))


@among("8775Q")
def over_25(child: Child) -> Iterator[Group]:
    """Over 25 at the reference date, and an episode is open or closed after the 25th birthday."""
    born = child.date("PersonBirthDate")
    if born is None or born >= years_on(child.census.ref, -25):
        return
    for episode in child.episodes:
        closed = episode.date("CINclosureDate")
        if closed is None or closed > years_on(born, 25):
            yield episode


def _later_than_death(child: Child, groups: list[Group], name: str) -> Iterator[Group]:
    died: date | None = child.date("PersonDeathDate")
    for group in groups:
        day = group.date(name)
        if died and day and day > died:
            yield group


@among("8555Q")
def referred_after_death(child: Child) -> Iterator[Group]:
    yield from _later_than_death(child, child.episodes, "CINreferralDate")


@among("4008")
def cin_plan_starts_after_death(child: Child) -> Iterator[Group]:
    yield from _later_than_death(child, child.all("CINPlanDates"), "CINPlanStartDate")


@among("4009Q")
def cin_plan_ends_after_death(child: Child) -> Iterator[Group]:
    yield from _later_than_death(child, child.all("CINPlanDates"), "CINPlanEndDate")


@among("8915")
def plan_starts_after_death(child: Child) -> Iterator[Group]:
    yield from _later_than_death(child, child.all("ChildProtectionPlans"), "CPPstartDate")


@among("8920")
def plan_ends_after_death(child: Child) -> Iterator[Group]:
    yield from _later_than_death(child, child.all("ChildProtectionPlans"), "CPPendDate")


@among("8585Q")
def closed_as_died(child: Child) -> Iterator[Group]:
    """Closed because the child died, with no date of death."""
    if child.date("PersonDeathDate") is None:
        yield from (episode for episode in child.episodes if episode.text("ReasonForClosure") == "RC2")


@among("8590")
def no_episode(child: Child) -> Iterator[Child]:
    if not child.episodes:
        yield child


@among("8606")
def referred_long_before_birth(child: Child) -> Iterator[Group]:
    """More than 280 days before the birth, or the expected birth."""
    births = [day for day in (child.date("PersonBirthDate"), child.date("ExpectedPersonBirthDate")) if day]
    for episode in child.episodes:
        referred = episode.date("CINreferralDate")
        if referred and any(referred < days_on(birth, -280) for birth in births):
            yield episode


# ---------------------------------------------------------------------------------------------------------------------
# Disabilities


@among("8540")
def disability_missing(child: Child) -> Iterator[Group | Child]:
    """Born, with a referral that goes on, and no disability said, or one that is no code, which is shown."""
    said = child.all("Disabilities")
    if child.date("PersonBirthDate") and _goes_on(child):
        yield from (item for item in said if item.code not in DISABILITIES)
        if not said:
            yield child


@among("8790")
def none_beside_a_disability(child: Child) -> Iterator[Group]:
    """NONE, in any case, and an element that is not."""
    items = child.all("Disabilities")
    others = [item for item in items if (item.code or "").upper() != "NONE"]
    if len(others) < len(items):
        yield from others


@among("8794")
def disability_twice(child: Child) -> Iterator[Group]:
    counts = Counter(item.code for item in child.all("Disabilities"))
    yield from (item for item in child.all("Disabilities") if item.code and counts[item.code] > 1)
