"""`waypost indicators`: the figures of a few invented children, in each of the three shapes."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Command, Said

FIGURE = ["indicator", "version", "period_start", "period_end", "group", "value", "numerator", "denominator", "unit"]
CSV_COLUMNS = (
    "authority,indicator,version,name,period_start,period_end,group,value,numerator,denominator,unit,status,population,"
    "estimate,population_source,note,freeze"
)


def figures(said: Said) -> list[dict[str, Any]]:
    assert (said.code, said.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(said.out)["figures"]
    return found


def test_json_is_in_the_fixed_shape(waypost: Command, two_years: list[Path]) -> None:
    said = waypost("indicators", "--cin", *two_years, "--only", "cpp_starts")
    document = json.loads(said.out)
    assert list(document) == ["authority", "year", "by", "freeze", "figures", "unread", "notes"]
    assert (document["authority"], document["year"], document["by"]) == ("991", "2024-25", "year")
    assert document["freeze"]["id"].startswith("sha256:")
    assert document["freeze"]["stored"] is False
    assert document["freeze"]["sources"] == [
        {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()} for path in two_years
    ]
    (starts,) = document["figures"]
    assert list(starts) == [*FIGURE, "status", "note"]
    assert starts["value"] == 3
    assert (starts["period_start"], starts["period_end"], starts["group"]) == ("2024-04-01", "2025-03-31", {})


def test_a_share_is_of_the_counts_beside_it(waypost: Command, two_years: list[Path]) -> None:
    total, *groups = figures(
        waypost("indicators", "--cin", two_years[1], "--only", "ni65", "--group-by", "category,sex")
    )
    assert (total["value"], total["numerator"], total["denominator"]) == (33.3, 1, 3)
    by = {tuple(figure["group"].items()): (figure["numerator"], figure["denominator"]) for figure in groups}
    assert by[("category", "neglect"),] == (1, 2)
    assert by[("category", "emotional"),] == (0, 1)
    assert by[("category", "sexual"),] == (None, None)
    assert by[("sex", "male"),] == (1, 2)


def test_a_rate_names_its_population_and_can_be_given_another(waypost: Command, two_years: list[Path]) -> None:
    (packaged,) = figures(waypost("indicators", "--cin", two_years[1], "--only", "cpp_rate"))
    assert packaged["population"] == {"value": 31900, "estimate": "mid-2024", "source": "invented"}
    assert (packaged["value"], packaged["numerator"], packaged["status"]) == (0.6, 2, "final")
    given = waypost("indicators", "--cin", two_years[1], "--only", "cpp_rate", "--population", 4000)
    (figure,) = figures(given)
    assert (figure["value"], figure["denominator"]) == (5.0, 4000)
    assert figure["population"] == {"value": 4000, "estimate": None, "source": "given"}


def test_the_year_can_be_an_earlier_one_and_the_periods_months(waypost: Command, two_years: list[Path]) -> None:
    asked = ("--year", "2023-24", "--by", "month", "--only", "referrals")
    found = figures(waypost("indicators", "--cin", *two_years, *asked))
    assert len(found) == 12
    assert {figure["period_start"]: figure["value"] for figure in found if figure["value"]} == {"2023-11-01": 1}


def test_without_the_years_own_file_nothing_is_available(waypost: Command, two_years: list[Path]) -> None:
    (figure,) = figures(waypost("indicators", "--cin", *two_years, "--year", "2020-21", "--only", "referrals"))
    assert (figure["status"], figure["value"]) == ("not_available", None)
    assert "2020-21" in figure["note"]


def test_what_could_not_be_read_is_listed(waypost: Command, two_years: list[Path]) -> None:
    (unread,) = json.loads(waypost("indicators", "--cin", *two_years, "--only", "referrals").out)["unread"]
    assert unread["file"] == "cin_2025.xml"
    assert (unread["child"], unread["row"], unread["value"]) == ("Dee", 1, "2024-13-01")
    assert unread["field"] == "CINreferralDate"
    assert unread["reason"]


def test_csv_is_one_long_table_with_fixed_columns(waypost: Command, two_years: list[Path]) -> None:
    said = waypost("indicators", "--cin", two_years[1], "--only", "cpp_by_category,cpp_rate", "--format", "csv")
    assert said.code == 0
    assert said.out.splitlines()[0] == CSV_COLUMNS
    rows = list(csv.DictReader(io.StringIO(said.out)))
    neglect = next(row for row in rows if row["group"] == "category=neglect")
    assert (neglect["name"], neglect["numerator"], neglect["denominator"]) == ("Category of abuse", "2", "2")
    rate = next(row for row in rows if row["indicator"] == "cpp_rate")
    assert (rate["group"], rate["population"], rate["estimate"]) == ("", "31900", "mid-2024")
    assert said.err == "1 value could not be read and counted as blank; --format json lists them.\n"


@pytest.mark.parametrize(("by", "columns"), [("year", 1), ("quarter", 4), ("month", 12)])
def test_the_table_has_a_column_a_period(by: str, columns: int, waypost: Command, two_years: list[Path]) -> None:
    said = waypost(
        "indicators", "--cin", two_years[1], "--only", "cpp_starts,contacts", "--by", by, "--format", "table"
    )
    assert said.code == 0
    heading = next(line for line in said.out.splitlines() if line.strip().startswith("Indicator"))
    assert heading.count("2024") + heading.count("2025") == (columns if by == "month" else 2 * columns)
    assert "Plans starting in the year (cpp_starts)" in said.out
    assert "Not available: contacts. The census does not hold what this asks." in said.out
