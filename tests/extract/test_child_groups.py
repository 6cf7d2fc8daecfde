"""The fields of the live record alone: a child's team, ward, and brothers and sisters, on the day asked about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.building import Builder
from waypost.access.models import Team
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.extract import extract
from waypost.indicators.calculate import calculate
from waypost.records.casework.models import Address, AddressHeld, Allocation, Child, Person, Relationship

REFERRED = date(2024, 9, 2)


@pytest.fixture
def family(record: Builder) -> list[Child]:
    """Maya, Teddy and their half-brother Rowan, who lives in another ward; and Wren, who is nobody's sister.

    Maya's grandmother is also the mother of Wren's mother: cousins are no brothers and sisters.
    """
    children = [record.child(f"A000{place}") for place in range(4)]
    maya, teddy, rowan, wren = (child.person for child in children)
    mother, aunt, grandmother = (Person(authority=record.authority) for _ in range(3))
    record.save(mother, aunt, grandmother)
    ties = [(mother, "mother", maya), (mother, "mother", teddy), (maya, "half_sibling", rowan)]
    ties += [(aunt, "mother", wren), (grandmother, "mother", mother), (grandmother, "mother", aunt)]
    record.save(*(Relationship(person=one, kind=kind, other=other) for one, kind, other in ties))
    north, south = (Address(lines=f"1 {ward} Row", ward=ward) for ward in ("Northfield", "Southgate"))
    homes = [AddressHeld(person=each, address=north, ended_on=date(2025, 9, 1)) for each in (maya, teddy)]
    homes += [AddressHeld(person=maya, address=south, started_on=date(2025, 9, 2))]
    record.save(north, south, *homes, AddressHeld(person=rowan, address=south))
    for child in children:
        record.referral(child, REFERRED)
        record.referral(child, date(2024, 4, 2), "no_further_action", closed_on=date(2024, 4, 2))
    teams = [Team.objects.create(authority=record.authority, name=name, service="Support") for name in ("Ash", "Birch")]
    record.save(
        Allocation(child=children[0], team=teams[0], started_on=REFERRED, ended_on=date(2025, 5, 1)),
        Allocation(child=children[0], team=teams[1], started_on=date(2025, 5, 2)),
        Allocation(child=children[1], team=teams[0], started_on=REFERRED, ended_on=date(2024, 12, 1)),
    )
    return children


def by(field: str, year: int) -> dict[str, object]:
    dataset = extract("991", with_groups=True)
    found = calculate(dataset, FinancialYear(year), group_by=[field], only=["cin_at_date"])
    return {figure.group[field]: figure.value for figure in found if figure.group}


@pytest.mark.usefixtures("family")
def test_the_team_of_the_day_or_the_last_before_it() -> None:
    assert by("team", 2025) == {"Ash": 2, "Birch": 0, "unknown": 2}
    assert by("team", 2026) == {"Ash": 1, "Birch": 1, "unknown": 2}


@pytest.mark.usefixtures("family")
def test_the_ward_of_the_day() -> None:
    assert by("locality", 2025) == {"Northfield": 2, "Southgate": 1, "unknown": 1}
    assert by("locality", 2026) == {"Northfield": 1, "Southgate": 2, "unknown": 1}


@pytest.mark.usefixtures("family")
def test_brothers_and_sisters() -> None:
    assert by("sibling_group_size", 2025) == {"1": 1, "3": 3, "unknown": 0}


@pytest.mark.usefixtures("family")
def test_files_do_not_hold_them() -> None:
    with pytest.raises(WrongUse, match=r"from the live record only.*sex, ethnicity"):
        calculate(extract("991"), FinancialYear(2025), group_by=["team"])
