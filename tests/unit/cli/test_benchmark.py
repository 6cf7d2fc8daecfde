"""`waypost benchmark`: what was published, as it was published."""

from __future__ import annotations

import csv
import io
import json

from tests.unit.cli.conftest import Command


def test_the_published_rate_of_plans_beside_england(waypost: Command) -> None:
    said = waypost("benchmark", "cpp_rate", "--authority", "205", "--years", "2024-25")
    found = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert (found["indicator"], found["authority"], found["unit"]) == ("cpp_rate", "205", "rate_per_10000")
    assert [(own["year"], own["value"]) for own in found["own"]] == [("2024-25", 33.8)]
    assert {one["kind"]: one["value"] for one in found["comparators"]}["england"] == 40.6
    assert found["rank"]["year"] == "2024-25"


def test_an_ons_code_names_the_same_authority(waypost: Command) -> None:
    by_ons, by_dfe = (waypost("benchmark", "cpp_rate", "--authority", code).out for code in ("E09000013", "205"))
    assert by_ons == by_dfe != ""


def test_csv_has_a_row_a_place_and_year(waypost: Command) -> None:
    asked = ("benchmark", "cpp_rate", "--authority", "205", "--years", "2023-24:2024-25", "--compare", "207")
    rows = list(csv.DictReader(io.StringIO(waypost(*asked, "--format", "csv").out)))
    assert {row["kind"] for row in rows} == {"own", "neighbours", "region", "england", "named"}
    assert all(row["source"] and row["year"] in {"2023-24", "2024-25"} for row in rows)
    assert {row["of"] for row in rows if row["kind"] == "neighbours"} == {"10"}


def test_the_table_says_what_the_rank_means(waypost: Command) -> None:
    said = waypost("benchmark", "cpp_rate", "--authority", "205", "--years", "2024-25", "--format", "table")
    assert "Hammersmith and Fulham" in said.out
    assert "neither high nor low is better" in said.out
