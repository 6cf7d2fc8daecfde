"""DuckDB: the engine for one machine, in memory, with nothing fetched or written."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

import ibis
import ibis.expr.types as ir
import pyarrow as pa


class DuckDB:
    """Tables in memory, known by name to unbound expressions."""

    def __init__(self, threads: int | None = None) -> None:
        self._backend = ibis.duckdb.connect(threads=threads) if threads else ibis.duckdb.connect()

    def __enter__(self) -> DuckDB:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._backend.disconnect()

    def load(self, tables: Mapping[str, pa.Table]) -> None:
        """Makes tables known by name. They are read where they lie, not copied."""
        for name, table in tables.items():
            self._backend.con.register(name, table)

    def keep(self, name: str, rows: ir.Table) -> None:
        """Works an expression out once and keeps its rows under a name."""
        self._backend.con.execute(f'CREATE TEMP TABLE "{name}" AS {ibis.to_sql(rows, dialect="duckdb")}')

    def rows(self, question: ir.Table) -> pa.Table:
        return self._backend.to_pyarrow(question)
