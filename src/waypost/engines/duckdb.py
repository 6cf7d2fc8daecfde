"""DuckDB: the engine for one machine. Nothing is fetched, and nothing is written but to the folder it is given."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from waypost.engines.parquet import parquet_files

Settings = dict[str, str | bool | int | float | list[str]]


class DuckDB:
    """Tables known by name to unbound expressions."""

    def __init__(self, threads: int | None = None, *, memory: str | None = None, folder: Path | None = None) -> None:
        """In memory. With a `folder`, what is more than `memory` (such as 2GB) waits in a folder of its own there."""
        with ExitStack() as undo:
            settings: Settings = {"autoinstall_known_extensions": "false", "temp_directory": ""}
            if threads:
                settings["threads"] = threads
            if memory:
                settings["memory_limit"] = memory
            if folder:
                made = undo.enter_context(tempfile.TemporaryDirectory(prefix="duckdb-", dir=folder))
                settings |= {"temp_directory": made, "preserve_insertion_order": "false"}
            self._connection = undo.enter_context(duckdb.connect(config=settings))
            self._close = undo.pop_all()

    def __enter__(self) -> DuckDB:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close.close()

    def load(self, tables: Mapping[str, pa.Table | Path]) -> None:
        """Makes tables known by name: of Arrow, or of a Parquet file or a folder of them.

        They are read where they lie, not copied.
        """
        for name, table in tables.items():
            if isinstance(table, Path):
                self._connection.unregister(name)
                self._connection.read_parquet(parquet_files(table)).create_view(name, replace=True)
            else:
                self._connection.register(name, table)

    def keep(self, name: str, rows: ir.Table) -> None:
        """Works an expression out once and keeps its rows under a name."""
        self._connection.execute(f'CREATE TEMP TABLE "{name}" AS {_sql(rows.op())}')

    def forget(self, name: str) -> None:
        """Lets kept rows go."""
        self._connection.execute(f'DROP TABLE "{name}"')

    def rows(self, question: ir.Table) -> pa.Table:
        """The answer to a question of the tables and kept rows, in the types that the question says."""
        answer = self._connection.execute(_sql(question.op())).to_arrow_table()
        return answer.cast(question.schema().to_pyarrow())


@lru_cache(maxsize=2048)
def _sql(question: ops.Node) -> str:
    """The question in DuckDB's own words. A report asks the same of each year, and wording it takes longest."""
    return str(ibis.to_sql(question.to_expr(), dialect="duckdb"))
