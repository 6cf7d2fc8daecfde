"""What a census asks of a child beside the contract's tables: the pupil numbers, and the code for why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from waypost.datasets.tables import IDENTITIES, arrow_table
from waypost.domain.identifiers import starts_school_on
from waypost.domain.periods import FinancialYear
from waypost.engines.duckdb import DuckDB
from waypost.extract import years

UNDER_SCHOOL_AGE, NO_FURTHER_ACTION = "UN1", "UN7"


def identities(engine: DuckDB, authority: str) -> pa.Table:
    """A row for each child of a collection, from the tables of a record that the engine knows by name."""
    found: dict[str, list[Any]] = engine.rows(years.identities()).to_pydict()
    found["authority"] = [authority] * len(found["child"])
    found["upn_unknown"] = list(_reasons(found))
    return arrow_table(IDENTITIES, {column: found[column] for column in IDENTITIES.columns})


def _reasons(found: dict[str, list[Any]]) -> Iterator[str | None]:
    columns = ("upn", "upn_unknown", "born_on", "is_in_need", "collection")
    for number, given, born_on, is_in_need, ends in zip(*(found[name] for name in columns), strict=True):
        yield None if number else _why_no_number(given, born_on, is_in_need, FinancialYear(ends))


def _why_no_number(given: str | None, born_on: date | None, is_in_need: bool, year: FinancialYear) -> str | None:
    """Why there is no pupil number: as the child's record or age says, or else none where nobody has said.

    Whose every referral came to nothing needs none, and the census has a code for that (rule 8772).
    """
    if not is_in_need:
        return NO_FURTHER_ACTION
    is_young = born_on is None or starts_school_on(born_on) > year.end
    return UNDER_SCHOOL_AGE if is_young else given
