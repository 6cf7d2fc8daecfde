"""A dataset: the contract's tables for one authority, with where they came from and what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

import pyarrow as pa
import pyarrow.csv as pa_csv

from waypost.datasets.unread import Unread
from waypost.domain.periods import FinancialYear

__all__ = ["Dataset", "Source", "Unread"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a dataset was read from, by its name (never its folder) and the hash of its bytes.

    A live record has no bytes of its own: its hash is of the records that were read from it.
    """

    name: str
    sha256: str


@dataclass(frozen=True)
class Dataset:
    """Tables of the contract in `tables.py`, for one authority and the years it has a file for.

    `authority` is a three-digit DfE code. `years` are the years that have their own file, in order. `beside` has the
    tables that only a live record holds: they are part of no hash and of no freeze. `known_until` is the last day that
    the records of a year under way can speak of; None where every year is over.
    """

    authority: str
    years: tuple[FinancialYear, ...]
    tables: Mapping[str, pa.Table]
    sources: tuple[Source, ...]
    as_at: datetime
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = field(default=())
    beside: Mapping[str, pa.Table] = field(default_factory=dict)
    known_until: date | None = None

    @cached_property
    def contents(self) -> Mapping[str, str]:
        """The hash of each table's rows, by its name, in order of name: SHA-256 over the rows written as CSV.

        Text rather than a binary layout, so that the same records give the same hash whatever library wrote them.
        """
        return {name: _content(self.tables[name]) for name in sorted(self.tables)}

    @cached_property
    def id(self) -> str:
        """The content hash: SHA-256 over whose the records are, of which years, and the hash of each table."""
        lines = [self.authority, " ".join(map(str, self.years))]
        lines += [f"{name} {content}" for name, content in self.contents.items()]
        digest = hashlib.sha256("\n".join(lines).encode())
        return f"sha256:{digest.hexdigest()}"


def _content(table: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    pa_csv.write_csv(table, sink)
    return hashlib.sha256(sink.getvalue()).hexdigest()


def known_until(made_on: date, latest: FinancialYear) -> date | None:
    """How far records made on a day can speak of the latest of their years; None where it was over.

    They speak of the years before it whole, whenever they were made.
    """
    return max(made_on, latest.before().end) if made_on < latest.end else None
