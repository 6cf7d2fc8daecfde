"""Which records have changed since they were frozen: the child is named, and nobody else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.spec.indicators.children import Child, assessment, child, plan, referral
from tests.unit.datasets.freezes.conftest import ADA, BEN, DEE, filed
from waypost.datasets.dataset import Dataset
from waypost.datasets.freezes import Difference, differences
from waypost.datasets.load.cin_census import read
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear

EVE = child("Eve", referral("2024-12-02", assessment("2024-12-03")), plan("2025-01-06"))


def now(folder: Path, *children: Child, **header: Any) -> Dataset:
    return read([filed(folder / "now", *children, **header)])


@pytest.fixture
def frozen(tmp_path: Path) -> Dataset:
    return read([filed(tmp_path, ADA, BEN, DEE)])


def says(found: tuple[Difference, ...]) -> list[str]:
    return [difference.says for difference in found]


def test_the_same_records_do_not_differ(frozen: Dataset, tmp_path: Path) -> None:
    assert differences(now(tmp_path, ADA, BEN, DEE, name="exported again.xml"), frozen) == ()


def test_one_changed_value_names_its_table_child_row_and_column(frozen: Dataset, tmp_path: Path) -> None:
    ben = child("Ben", referral("2024-06-03"), assessment("2024-06-04"), plan("2024-07-01", previous=2), sex="M")
    (found,) = differences(now(tmp_path, ADA, ben, DEE), frozen)
    assert found == Difference(
        "protection_plans, row 2: child Ben of 2024-25 differs from the freeze in previous_plans.",
        "protection_plans",
        FinancialYear(2025),
        "Ben",
        2,
    )


def test_a_child_more_does_not_make_those_after_it_differ(frozen: Dataset, tmp_path: Path) -> None:
    """Though the numbers of their episodes, assessments and plans are all others."""
    found = differences(now(tmp_path, EVE, ADA, BEN, DEE), frozen)
    assert {difference.child for difference in found} == {"Eve"}
    assert [difference.table for difference in found] == [
        "children", "disabilities", "referrals", "assessments", "protection_plans",
    ]  # fmt: skip
    assert says(found)[0] == "children, row 1: child Eve of 2024-25 is not in the freeze."


def test_a_child_less_is_named(frozen: Dataset, tmp_path: Path) -> None:
    found = differences(now(tmp_path, BEN, DEE), frozen)
    assert {difference.child for difference in found} == {"Ada"}
    assert says(found)[0] == "children, row 1: child Ada of 2024-25 is no longer in the files."


def test_a_record_more_is_counted(frozen: Dataset, tmp_path: Path) -> None:
    dee = child("Dee", referral("2024-13-01"), referral("2025-02-03"))
    (found,) = differences(now(tmp_path, ADA, BEN, dee), frozen)
    assert found.says == "referrals, row 5: child Dee of 2024-25 has 2 rows in the files and 1 row in the freeze."


def test_a_factor_that_moved_to_another_assessment_is_seen(tmp_path: Path) -> None:
    first, second = assessment("2024-05-02", factors=["3B"]), assessment("2024-09-02", factors=[])
    other = assessment("2024-05-02", factors=[]), assessment("2024-09-02", factors=["3B"])
    then = read([filed(tmp_path, child("Ada", referral("2024-05-01", first, second)))])
    (found,) = differences(now(tmp_path, child("Ada", referral("2024-05-01", *other))), then)
    assert found.table == "assessment_factors"
    assert "in assessment" in found.says


def test_children_in_another_order_are_said_to_be_that(frozen: Dataset, tmp_path: Path) -> None:
    found = differences(now(tmp_path, DEE, BEN, ADA), frozen)
    assert says(found) == ["The records are the same, and stand in another order."]


def test_a_child_without_an_id_is_known_by_its_place(tmp_path: Path) -> None:
    then = read([filed(tmp_path, ADA, child("", referral("2024-05-01")))])
    found = differences(now(tmp_path, ADA, child("", referral("2024-05-02"))), then)
    assert says(found) == [
        "referrals, row 3: the child without an id in place 2 of 2024-25 differs from the freeze in referred_on."
    ]


def test_a_value_that_cannot_be_read_and_is_another_now_is_named(frozen: Dataset, tmp_path: Path) -> None:
    """Both are blank to the figures."""
    found = differences(now(tmp_path, ADA, BEN, child("Dee", referral("2024-14-01"))), frozen)
    assert says(found) == [
        "CINdetails, row 1: child Dee's CINreferralDate could not be read when it was frozen, and is otherwise now.",
        "CINdetails, row 1: child Dee's CINreferralDate cannot be read, and was otherwise when it was frozen.",
    ]


def test_a_year_more_or_less_is_said_once(sources: list[Path], dataset: Dataset, tmp_path: Path) -> None:
    later = read([sources[1]])
    assert says(differences(later, dataset)) == ["There is no file of 2023-24, which was frozen."]
    assert says(differences(dataset, later)) == ["There is a file of 2023-24, which was not frozen."]


def test_files_of_another_authority_are_not_compared(frozen: Dataset) -> None:
    with pytest.raises(WrongUse, match="of authority 991, and the files are of 992"):
        differences(replace(frozen, authority="992"), frozen)
