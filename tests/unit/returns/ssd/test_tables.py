"""The tables as deployed: their columns in order, what fills them, and why some are blank."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.spec.indicators.children import assessment, census, child, cin_plan, enquiry, plan, referral
from waypost.datasets.dataset import Dataset
from waypost.datasets.load import cin_census
from waypost.datasets.ssd import FACTORS, PARTS, SSD_TABLES, WRITTEN
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.returns.ssd import write
from waypost.returns.ssd.unfilled import NOT_WRITTEN, UNFILLED

YEAR = FinancialYear(2025)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    maya = child(
        "Maya",
        referral(
            "2024-05-01",
            assessment("2024-05-02", "2024-06-20", factors=["3B", "16A"]),
            cin_plan("2024-06-10", "2024-06-20"),
            enquiry("2024-06-03", conference="2024-06-20", target="2024-06-24"),
            plan("2024-06-20", category="NEG", reviews=["2024-09-19"], previous=2),
            source="2A",
        ),
        born="2019-05-02",
        sex="F",
        disabilities=("MOB", "LD"),
    )
    return cin_census.read([census(2025, maya).write(tmp_path)])


@pytest.fixture
def folder(dataset: Dataset, tmp_path: Path) -> Path:
    return write(dataset, YEAR, tmp_path / "ssd")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def filled(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table, without what is blank."""
    return [{column: value for column, value in row.items() if value} for row in table(folder, name)]


def test_the_tables_have_the_deployed_columns_in_order(folder: Path) -> None:
    assert len(WRITTEN) == 11
    for name in WRITTEN:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column.name for column in SSD_TABLES[name].deployed]


WORKED_OUT = {
    *(column.name for column in SSD_TABLES[FACTORS].deployed),
    *("cine_referral_source_desc", "icpc_cp_plan_id", "icpc_icpc_outcome_cp_flag", "cppl_icpc_id"),
}


def test_every_column_can_be_filled_or_it_is_said_why_not(folder: Path) -> None:
    filled = {name for part in PARTS for name in (part.key, part.person, part.referral, part.link)} - {None}
    filled |= {column for part in PARTS for column in part.columns.values()} | WORKED_OUT
    told = table(folder, "columns")
    assert [(row["table"], row["column"]) for row in told] == [
        (name, column.name) for name in WRITTEN for column in SSD_TABLES[name].deployed
    ]
    assert [row["column"] for row in told if (row["column"] in filled) == bool(row["why_not"])] == []
    assert {row["column"] for row in told if row["filled"] != "0"} <= filled


def test_every_reason_is_of_a_column_and_every_table_is_accounted_for() -> None:
    deployed = {column.name for name in WRITTEN for column in SSD_TABLES[name].deployed}
    assert set(UNFILLED) <= deployed
    assert {*WRITTEN, *NOT_WRITTEN} == {name for name, each in SSD_TABLES.items() if each.deployed}


def test_the_rows_of_one_child(folder: Path) -> None:
    whose = {"cina_person_id": "Maya", "cina_referral_id": "991-2025-E1"}
    assert filled(folder, "ssd_person") == [
        {"pers_person_id": "Maya", "pers_sex": "F", "pers_ethnicity": "WBRI", "pers_dob": "2019-05-02T00:00:00"}
    ]
    assert [row["disa_disability_code"] for row in table(folder, "ssd_disability")] == ["MOB", "LD"]
    (episode,) = filled(folder, "ssd_cin_episodes")
    assert episode["cine_referral_id"] == "991-2025-E1"
    assert (episode["cine_referral_source_code"], episode["cine_referral_source_desc"]) == ("2A", "school")
    assert filled(folder, "ssd_cin_assessments") == [
        whose
        | {
            "cina_assessment_id": "991-2025-A1",
            "cina_assessment_start_date": "2024-05-02T00:00:00",
            "cina_assessment_auth_date": "2024-06-20T00:00:00",
        }
    ]
    (factors,) = filled(folder, "ssd_assessment_factors")
    assert json.loads(factors["cinf_assessment_factors_json"]) == ["3B", "16A"]


def test_a_conference_its_enquiry_and_its_plan_name_each_other(folder: Path) -> None:
    (conference,) = filled(folder, "ssd_initial_cp_conference")
    (own_plan,) = filled(folder, "ssd_cp_plans")
    (review,) = filled(folder, "ssd_cp_reviews")
    assert conference["icpc_s47_enquiry_id"] == "991-2025-S1"
    assert conference["icpc_cp_plan_id"] == own_plan["cppl_cp_plan_id"] == review["cppr_cp_plan_id"] == "991-2025-P1"
    assert conference["icpc_icpc_outcome_cp_flag"] == "Y"
    assert own_plan["cppl_icpc_id"] == conference["icpc_icpc_id"] == "991-2025-C1"
    assert conference["icpc_icpc_target_date"] == "2024-06-24T00:00:00"
    assert own_plan["cppl_cp_plan_initial_category"] == "neglect"


def test_what_no_column_holds_is_kept_beside(folder: Path) -> None:
    assert table(folder, "beside/ssd_cp_plans") == [{"cppl_cp_plan_id": "991-2025-P1", "previous_plans": "2"}]


def test_the_manifest_says_whose_and_of_which_year(dataset: Dataset, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["authority"], manifest["year"], manifest["release"]) == ("991", "2024-25", "1.4.5")
    assert manifest["records"] == dataset.id
    assert "Names are kept" in manifest["columns_not_filled"]["ssd_person"]["pers_forename"]
    assert "before a referral" in manifest["tables_not_written"]["ssd_contacts"]


def test_a_child_without_an_id_has_a_key_that_is_theirs_alone(tmp_path: Path) -> None:
    dataset = cin_census.read([census(2025, child("", referral("2024-05-01")), child(" ")).write(tmp_path)])
    folder = write(dataset, YEAR, tmp_path / "ssd")
    assert [row["pers_person_id"] for row in table(folder, "ssd_person")] == ["no-id-2025-1", "no-id-2025-2"]


def test_a_value_too_long_for_its_column_is_whole_and_told(tmp_path: Path) -> None:
    dataset = cin_census.read([census(2025, child("M" * 49, referral("2024-05-01"))).write(tmp_path)])
    folder = write(dataset, YEAR, tmp_path / "ssd")
    assert table(folder, "ssd_person")[0]["pers_person_id"] == "M" * 49
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["too_long"] == dict.fromkeys(["pers_person_id", "disa_person_id", "cine_person_id"], 1)


def test_nothing_is_written_over(dataset: Dataset, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "ours.txt").write_text("ours")
    with pytest.raises(WrongUse, match="new folder"):
        write(dataset, YEAR, kept)
    with pytest.raises(WrongUse, match=r"no records of 2023-24 .* there are of 2024-25"):
        write(dataset, FinancialYear(2024), tmp_path / "other")
    assert [path.name for path in kept.iterdir()] == ["ours.txt"]
    assert not (tmp_path / "other").exists()


def test_a_write_that_fails_leaves_nothing(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space"):
        write(dataset, YEAR, tmp_path / "out" / "ssd")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_review_of_a_plan_of_another_year_is_left_out_and_counted(dataset: Dataset, tmp_path: Path) -> None:
    reviews = dataset.tables["plan_reviews"]
    elsewhere = reviews.set_column(
        reviews.schema.get_field_index("plan_started_on"), "plan_started_on", pa.array([date(2020, 1, 1)], pa.date32())
    )
    tables = {**dataset.tables, "plan_reviews": pa.concat_tables([reviews, elsewhere])}
    folder = write(replace(dataset, tables=tables), YEAR, tmp_path / "ssd")
    assert len(table(folder, "ssd_cp_reviews")) == 1
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["reviews_of_plans_of_other_years"] == 1
