"""Spark: the engine for records that outgrow one machine, with the same few functions as DuckDB.

It runs here on a few cores, or on the cluster that `master` names. Rows that are kept, and tables that are loaded, lie
as Parquet in a folder of its own, which every machine of the cluster must see and which is gone when it closes.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Mapping
from contextlib import ExitStack
from functools import lru_cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from waypost.domain.errors import PlainError
from waypost.engines.parquet import parquet_files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# The bridge to Java tells every log that it closes, when there may be none left to tell.
logging.getLogger("py4j").setLevel(logging.ERROR)

LOOPBACK = "127.0.0.1"
TWO_CORES = "local[2]"
LOGGING = """\
rootLogger.level = error
rootLogger.appenderRef.here.ref = here
appender.here.type = Console
appender.here.name = here
appender.here.target = SYSTEM_ERR
appender.here.layout.type = PatternLayout
appender.here.layout.pattern = %p %c{1}: %m%n
"""


class NoSpark(PlainError):
    """Spark cannot be started on this machine."""


class Spark:
    """Tables as Parquet, known by name to unbound expressions."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        master: str = TWO_CORES,
        memory: str = "2g",
        partitions: int = 4,
        java: str = "",
    ) -> None:
        """Starts Spark, with its working files in a folder of its own within `folder`.

        `memory` is what Java may take, such as 2g; `partitions` is how many parts rows are divided into to be
        grouped and joined, to begin with; `java` is more options for Java.

        Raises:
            NoSpark: pyspark or Java is missing, or Java will not start.
        """
        check_spark_is_here()
        with ExitStack() as undo, warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of pandas 3, which nothing here goes through
            made = undo.enter_context(tempfile.TemporaryDirectory(prefix="spark-", dir=folder))
            self._folder = Path(made).resolve()
            self._kept: dict[str, Path] = {}
            self._places = count(1)
            self._session = _start(
                self._folder, undo, _settings(self._folder, master, memory, partitions) | _java(self._folder, java)
            )
            self._close = undo.pop_all()

    def __enter__(self) -> Spark:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close.close()

    def load(self, tables: Mapping[str, pa.Table | Path]) -> None:
        """Makes tables known by name: of Arrow, or of a Parquet file or a folder of them."""
        for name, table in tables.items():
            if isinstance(table, Path):
                self._know(name, table)
            else:
                path = self._new_place()
                pq.write_table(table, path)
                self._know(name, path)

    def keep(self, name: str, rows: ir.Table) -> None:
        """Works an expression out once and keeps its rows under a name."""
        path = self._new_place()
        self._session.sql(_sql(rows.op())).write.parquet(str(path))
        self._know(name, path)
        self._kept[name] = path

    def forget(self, name: str) -> None:
        """Lets kept rows go."""
        self._session.catalog.dropTempView(name)
        shutil.rmtree(self._kept.pop(name))

    def rows(self, question: ir.Table) -> pa.Table:
        """The answer to a question of the tables and kept rows, in the types that the question says."""
        return self._session.sql(_sql(question.op())).toArrow().cast(question.schema().to_pyarrow())

    def _know(self, name: str, path: Path) -> None:
        self._session.read.parquet(*parquet_files(path)).createOrReplaceTempView(f"`{name}`")

    def _new_place(self) -> Path:
        return self._folder / f"{next(self._places)}.parquet"


def check_spark_is_here() -> None:
    """Raises `NoSpark`, which says what to install, unless pyspark and Java are both found."""
    if find_spec("pyspark") is None:
        raise NoSpark(
            "Spark is not installed; run ./waypost again with WAYPOST_SPARK=1 set, and it is installed with the rest."
        )
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=f"{home}/bin" if home else None):
        raise NoSpark(
            "Spark needs Java 17 or later, which was not found; "
            "on Debian or Ubuntu install it with: apt install default-jre-headless"
        )


def _settings(folder: Path, master: str, memory: str, partitions: int) -> dict[str, str]:
    """Nothing is opened but loopback, nothing is written but in the folder, and a fault in a sum is an error."""
    return {
        "spark.master": master,
        "spark.app.name": "Waypost",
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.memory": memory,
        "spark.local.dir": str(folder),
        "spark.log.level": "ERROR",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(partitions),
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }


def _java(folder: Path, options: str) -> dict[str, str]:
    """What Java is started with. It says little, and that to the log in the folder."""
    logging = folder / "log4j2.properties"
    logging.write_text(LOGGING, encoding="utf-8")
    quiet = f"-Dlog4j2.configurationFile={logging.as_uri()} -Djava.io.tmpdir={folder} -XX:-UsePerfData"
    return {"spark.driver.extraJavaOptions": f"{quiet} {options}".strip()}


def _start(folder: Path, undo: ExitStack, settings: Mapping[str, str]) -> SparkSession:
    """A session with a Java of its own, both ended by `undo`."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    said = undo.enter_context((folder / "java.log").open("w+b"))
    try:
        gateway = launch_gateway(conf, {"stdout": said, "stderr": said, "cwd": folder})
    except PySparkRuntimeError as fault:
        said.seek(0)
        first = said.read().decode(errors="replace").strip().partition("\n")[0]
        raise NoSpark(f"Java was found but could not start Spark, which needs Java 17 or later: {first}") from fault
    undo.callback(_end, gateway)
    context = SparkContext(conf=conf, gateway=gateway)
    undo.callback(context.stop)
    return SparkSession(context)


def _end(gateway: Any) -> None:
    """Ends Java, and lets another be started in its place."""
    from pyspark import SparkContext

    gateway.shutdown()
    java: subprocess.Popen[bytes] = gateway.proc
    if java.stdin:
        java.stdin.close()
    java.wait()
    SparkContext._gateway = SparkContext._jvm = None


@lru_cache(maxsize=2048)
def _sql(question: ops.Node) -> str:
    return str(ibis.to_sql(question.to_expr(), dialect="pyspark"))
