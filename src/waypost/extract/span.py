"""Which years the record of an authority holds whole.

A record begins some day with what is open then, begun years before. So it is whole from the first year in which
anything came to its end: of the years before that it holds only what outlasted them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from waypost.datasets.tables import arrow_schema
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.extract.reading import Record
from waypost.extract.rows import COLLECTIONS, REFERRALS


def span(record: Record, last: date) -> tuple[FinancialYear, ...]:
    """Every year from the first that the record holds whole to the one that holds the day.

    Raises:
        WrongUse: it holds no referral.
    """
    found = record.tables[REFERRALS.get_name()].select(
        ["referred_on", "closed_on", "is_no_further_action"]
    ).to_pydict()  # fmt: skip
    referred = [day for day in found["referred_on"] if day <= last]
    if not referred:
        raise WrongUse(f"The live record of this authority held no referral on {last}, so there is nothing to count.")
    facts = zip(*found.values(), strict=True)
    ended = [referred_on if is_nothing_further else closed_on for referred_on, closed_on, is_nothing_further in facts]
    first = min((day for day in ended if day and day <= last), default=min(referred))
    return tuple(
        FinancialYear(ends) for ends in range(FinancialYear.holding(first).ends, FinancialYear.holding(last).ends + 1)
    )


def collections(over: Sequence[FinancialYear]) -> pa.Table:
    """The years as the table that expressions join to."""
    columns = [[year.ends for year in over], [year.start for year in over], [year.end for year in over]]
    return pa.table(columns, schema=arrow_schema(COLLECTIONS))
