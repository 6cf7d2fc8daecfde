"""Small census files written out as text, so that a test can also write what a census should never be."""

from __future__ import annotations

from html import escape
from pathlib import Path

from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read
from waypost.domain.periods import FinancialYear

YEAR = FinancialYear(2025)


def element(name: str, value: str | None) -> str:
    """An element with a value as text, or nothing where there is none."""
    return "" if value is None else f"<{name}>{escape(value, quote=False)}</{name}>"


def header(
    lea: str | None = "205",
    reference: str | None = "2025-03-31",
    year: str | None = "2025",
    made_at: str | None = "2025-06-01T12:00:00",
    content: str = "",
) -> str:
    collection = "<Collection>CIN</Collection>" + element("Year", year) + element("ReferenceDate", reference)
    source = "<SourceLevel>L</SourceLevel>" + element("LEA", lea) + element("DateTime", made_at)
    return f"<Header><CollectionDetails>{collection}</CollectionDetails><Source>{source}</Source>{content}</Header>"


def of_year(ends: int, made_at: str | None = None, lea: str | None = "205") -> str:
    return header(lea, f"{ends}-03-31", str(ends), made_at)


def child(id: str | None = "A1", *episodes: str, identifiers: str = "", characteristics: str = "") -> str:
    """A Child group; `identifiers` and `characteristics` are more of what those two groups hold."""
    return (
        f"<Child><ChildIdentifiers>{element('LAchildID', id)}{identifiers}</ChildIdentifiers>"
        f"<ChildCharacteristics>{characteristics}</ChildCharacteristics>{''.join(episodes)}</Child>"
    )


def referral(on: str = "2024-05-01", inside: str = "") -> str:
    return f"<CINdetails>{element('CINreferralDate', on)}{inside}</CINdetails>"


def plan(start: str = "2024-06-20", inside: str = "") -> str:
    return f"<ChildProtectionPlans>{element('CPPstartDate', start)}{inside}</ChildProtectionPlans>"


def census(*children: str, head: str | None = None) -> str:
    return f"<Message>{header() if head is None else head}<Children>{''.join(children)}</Children></Message>"


ORDINARY = census(
    child(
        "A1", referral("2024-05-01", plan("2024-06-20", "<Reviews><CPPreviewDate>2024-09-19</CPPreviewDate></Reviews>"))
    ),
    child("A2", referral("2024-07-09")),
)


def write(folder: Path, content: str | bytes, name: str = "cin.xml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_one(
    folder: Path, content: str | bytes, *, authority: str | None = None, year: FinancialYear | None = None
) -> Dataset:
    return read([write(folder, content)], authority=authority, year=year)


def rows(dataset: Dataset, table: str, *columns: str) -> list[tuple[object, ...]]:
    """The rows of a table of a dataset, by the columns asked for."""
    kept = dataset.tables[table].select(list(columns))
    return [tuple(row.values()) for row in kept.to_pylist()]
