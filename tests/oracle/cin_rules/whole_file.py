"""Rules with one verdict on the file."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from .dates import real_date
from .filed import Census, Child
from .rule import whole


@whole("100")
def reference_date(census: Census) -> bool:
    """ReferenceDate is not 31 March of Year, or either is missing."""
    year = census.header.get("Year") or ""
    if not re.fullmatch("[0-9]{4}", year) or int(year) == 0:
        return True
    return real_date(census.header.get("ReferenceDate")) != date(int(year), 3, 31)


@whole("2883")
def more_plans_than_conferences(census: Census) -> bool:
    """More plans start in the year than there are conferences in it, of both kinds."""
    plans = [census.in_year(plan.date("CPPstartDate")) for plan in census.all("ChildProtectionPlans")]
    groups = census.all("CINdetails") + census.all("Section47")
    conferences = [census.in_year(group.date("DateOfInitialCPC")) for group in groups]
    return sum(plans) > sum(conferences)


def _too_many(census: Census, unknown: list[bool]) -> bool:
    """Above two in a hundred of all children. A file without children passes."""
    return sum(unknown) * 100 > 2 * len(census.children)


@whole("2886Q", until="2023-24")
def children_without_a_gender(census: Census) -> bool:
    """More than 2% are not unborn, and have no GenderCurrent or 0."""

    def unknown(child: Child) -> bool:
        return child.date("ExpectedPersonBirthDate") is None and child.text("GenderCurrent") in (None, "0")

    return _too_many(census, list(map(unknown, census.children)))


@whole("2886Q", since="2024-25")
def children_without_a_sex(census: Census) -> bool:
    """More than 2% are not unborn, and have no Sex or U."""

    def unknown(child: Child) -> bool:
        return child.date("ExpectedPersonBirthDate") is None and child.text("Sex") in (None, "U")

    return _too_many(census, list(map(unknown, census.children)))


@whole("2887Q")
def few_disability_codes(census: Census) -> bool:
    """Seven different codes or fewer, NONE left out."""
    return len({item.code for item in census.all("Disabilities")} - {None, "NONE"}) <= 7


@whole("2888Q")
def no_child_with_two_disabilities(census: Census) -> bool:
    """Children have disabilities, and none has more than one element."""
    counts = Counter(item.child for item in census.all("Disabilities") if item.code not in (None, "NONE"))
    return bool(counts) and max(counts.values()) == 1
