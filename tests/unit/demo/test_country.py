"""A country is copied from the three invented authorities, each child whole and moved as one."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from waypost.datasets.tables import CONTRACT, arrow_schema
from waypost.demo.census import COLLECTIONS
from waypost.demo.country import authorities, write_country

YEARS = COLLECTIONS[-2:]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    tables = write_country(tmp_path_factory.mktemp("country"), count=4, years=YEARS)
    return {name: ds.dataset(place).to_table() for name, place in tables.items()}


def test_every_table_of_the_contract_is_there(country: dict[str, pa.Table]) -> None:
    assert {name: table.schema for name, table in country.items()} == {
        name: arrow_schema(table) for name, table in CONTRACT.items()
    }
    assert set(country["referrals"].column("authority").to_pylist()) == set(authorities(4))


def test_children_go_by_the_same_ids_in_several_authorities_and_are_not_the_same(country: dict[str, pa.Table]) -> None:
    born: dict[str, set[object]] = {}
    for row in country["children"].select(["child", "born_on"]).to_pylist():
        born.setdefault(row["child"], set()).add(row["born_on"])
    assert sum(len(days) > 1 for days in born.values()) > len(born) / 4


def test_the_numbers_of_a_collection_are_its_own(country: dict[str, pa.Table]) -> None:
    for name, numbers in (("referrals", ["episode"]), ("protection_plans", ["plan"]), ("children", ["child"])):
        keys = country[name].select(["authority", "collection", *numbers])
        assert keys.group_by(keys.column_names).aggregate([]).num_rows == keys.num_rows, name


def test_a_plan_is_the_same_plan_from_year_to_year_and_its_reviews_go_with_it(country: dict[str, pa.Table]) -> None:
    plans = country["protection_plans"].select(["authority", "collection", "child", "started_on"])
    first, last = (set(_rows(plans.filter(ds.field("collection") == year.ends))) for year in YEARS)
    kept_on = {(authority, child, day) for authority, _, child, day in first} & {
        (authority, child, day) for authority, _, child, day in last
    }
    assert len(kept_on) > 50
    reviews = country["plan_reviews"].select(["authority", "collection", "child", "plan_started_on"])
    assert set(_rows(reviews)) <= first | last


def _rows(table: pa.Table) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in table.to_pylist()]
