"""Freezes in words, as a table to read on screen, and as JSON; and what is not as it was stored."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from rich import box
from rich.console import Console
from rich.table import Table

from waypost.datasets.dataset import Dataset
from waypost.datasets.freezes import Difference, Fault, Manifest
from waypost.datasets.published import find_authority

Listed = tuple[str, Manifest | str]
"""An id, and the manifest kept under it or the sentence that says why it cannot be read."""

SHORT = len("sha256:") + 12
MOST_CHILDREN = 20
"""How many children are named for each table that differs; the others are counted."""


def _dump(item: Any, out: IO[str]) -> None:
    json.dump(item, out, ensure_ascii=False, allow_nan=False, indent=1)
    out.write("\n")


def _console(out: IO[str]) -> Console:
    """As wide as the screen, or as the hashes need where the output is not a screen."""
    return Console(file=out, width=None if out.isatty() else 160, highlight=False, markup=False)


def _moment(manifest: Manifest) -> str:
    return f"{manifest.as_at.day} {manifest.as_at:%B %Y, %H:%M} UTC"


def _whose(manifest: Manifest) -> str:
    known = find_authority(manifest.authority)
    return f"{manifest.authority} {known.name}" if known else manifest.authority


# ---------------------------------------------------------------- list


def list_json(found: Sequence[Listed], _: Path, out: IO[str]) -> None:
    _dump({"freezes": [_entry(id, manifest) for id, manifest in found]}, out)


def _entry(id: str, manifest: Manifest | str) -> dict[str, Any]:
    if isinstance(manifest, str):
        return {"id": id, "fault": manifest}
    said = manifest.as_json()
    shown = ("authority", "years", "as_at", "software", "sources")
    return {"id": id, **{name: said[name] for name in shown}, "rows": manifest.rows, "fault": None}


def list_table(found: Sequence[Listed], folder: Path, out: IO[str]) -> None:
    console = _console(out)
    if not found:
        console.print(f"No freeze is stored in {folder}.", soft_wrap=True)
        return
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Freeze", "Authority", "Years", "As at", "Files"):
        table.add_column(heading, overflow="fold")
    table.add_column("Rows", justify="right")
    for id, manifest in found:
        table.add_row(id[:SHORT], *_cells(manifest))
    console.print(table)


def _cells(manifest: Manifest | str) -> tuple[str, ...]:
    if isinstance(manifest, str):
        return ("damaged; waypost freeze verify says how",)
    years = ", ".join(map(str, manifest.years))
    sources = ", ".join(source.name for source in manifest.sources)
    return _whose(manifest), years, _moment(manifest), sources, f"{manifest.rows:,}"


# ---------------------------------------------------------------- show


def show_json(manifest: Manifest, changed: Sequence[str], out: IO[str]) -> None:
    """The manifest as it is stored, less its seal, and with what has changed since."""
    _dump(manifest.as_json() | {"changed_since": list(changed)}, out)


def show_words(manifest: Manifest, changed: Sequence[str], out: IO[str]) -> None:
    console = _console(out)
    for sentence in _sentences(manifest, changed):
        console.print(sentence, soft_wrap=True)
    console.print(_table(("File", "SHA-256"), ((source.name, source.sha256) for source in manifest.sources)))
    rows = ((name, f"{table.rows:,}", table.content) for name, table in manifest.tables.items())
    console.print(_table(("Table", "Rows", "SHA-256 of its rows"), rows))


def _sentences(manifest: Manifest, changed: Sequence[str]) -> Iterator[str]:
    years = ", ".join(map(str, manifest.years))
    yield f"Freeze {manifest.id}"
    yield f"Authority {_whose(manifest)}, {years}, as at {_moment(manifest)}, stored by Waypost {manifest.software}."
    if unread := len(manifest.unread):
        values = "1 value" if unread == 1 else f"{unread:,} values"
        yield f"{values} could not be read and counted as blank; --format json lists them."
    yield from manifest.notes
    facts = f"{len(manifest.definitions)} definitions and {len(manifest.rules)} files of facts that figures rest on"
    yield f"Of the {facts}, these have changed since: {', '.join(changed) or 'none'}."


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading == "Rows" else "left")
    for row in rows:
        table.add_row(*row)
    return table


# ---------------------------------------------------------------- verify


def write_faults(id: str, faults: Sequence[Fault], out: IO[str]) -> None:
    """The freeze, and each thing that is wrong with it on a line of its own."""
    out.write(f"{id} is {'not ' if faults else ''}as it was stored{':' if faults else '.'}\n")
    out.writelines(f"  {fault.says}\n" for fault in faults)


def write_differences(files: Dataset, freeze: Dataset, found: Sequence[Difference], out: IO[str]) -> None:
    """Files that are not those that were frozen, byte for byte, and what they say otherwise."""
    frozen = {source.sha256 for source in freeze.sources}
    for source in files.sources:
        if source.sha256 not in frozen:
            out.write(f"{source.name} is not one of the files that were frozen, byte for byte.\n")
    for sentence in _shown(found):
        out.write(f"  {sentence}\n")
    if not found:
        out.write("Every record in the files is as it was frozen.\n")


def _shown(found: Sequence[Difference]) -> Iterator[str]:
    """Every difference, but of many in one table the first and how many more."""
    seen: Counter[str | None] = Counter()
    for difference in found:
        seen[difference.table] += 1
        if seen[difference.table] <= MOST_CHILDREN:
            yield difference.says
    for table, count in seen.items():
        if count > MOST_CHILDREN:
            yield f"{table}: {count - MOST_CHILDREN:,} more."


LISTS: Mapping[str, Callable[[Sequence[Listed], Path, IO[str]], None]] = {"table": list_table, "json": list_json}
MANIFESTS: Mapping[str, Callable[[Manifest, Sequence[str], IO[str]], None]] = {"table": show_words, "json": show_json}
