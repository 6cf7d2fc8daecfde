"""DuckDB: the engine for one machine, in memory, with nothing fetched or written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import TracebackType

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa


class DuckDB:
    """Tables in memory, known by name to unbound expressions."""

    def __init__(self, threads: int | None = None) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": "false"}
        self._connection = duckdb.connect(config=settings | ({"threads": threads} if threads else {}))

    def __enter__(self) -> DuckDB:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def load(self, tables: Mapping[str, pa.Table]) -> None:
        """Makes tables known by name. They are read where they lie, not copied."""
        for name, table in tables.items():
            self._connection.register(name, table)

    def keep(self, name: str, rows: ir.Table) -> None:
        """Works an expression out once and keeps its rows under a name."""
        self._connection.execute(f'CREATE TEMP TABLE "{name}" AS {_sql(rows.op())}')

    def rows(self, question: ir.Table) -> pa.Table:
        """The answer to a question of the tables and kept rows."""
        return self._connection.execute(_sql(question.op())).to_arrow_table()


@lru_cache(maxsize=2048)
def _sql(question: ops.Node) -> str:
    """The question in DuckDB's own words. A report asks the same of each year, and wording it takes longest."""
    return str(ibis.to_sql(question.to_expr(), dialect="duckdb"))
