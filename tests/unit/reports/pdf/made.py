"""Reports made by hand, and what a reader finds in their PDF: its pages as words, and its tags as a tree."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
import pypdfium2

from tests.unit.reports.made import YEAR
from waypost.datasets.dataset import Source
from waypost.reports.model import (
    Block,
    Cell,
    Chart,
    Column,
    Freeze,
    FrontLine,
    Note,
    Paragraph,
    Point,
    Prompt,
    Report,
    Row,
    Section,
    Series,
    Table,
    Text,
)
from waypost.reports.numbering import numbered

AS_AT = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
FREEZE = "sha256:" + "0123456789abcdef" * 4


def a_report(*sections: Section, title: str = "Annual child protection report", authority: str = "Ashdown") -> Report:
    return Report(
        kind="annual-report", title=title, authority=authority, code="991", year=YEAR, edition="internal",
        freeze=Freeze(FREEZE, AS_AT, (Source("cin_2024-25.xml", "ab" * 32),)), software="Waypost 0.1.0",
        front=(FrontLine("Meeting", Prompt("Committee services", "Which body?")), FrontLine("Asks", "To be noted.")),
        sections=numbered(sections),
    )  # fmt: skip


def a_section(key: str, *blocks: Block, parts: tuple[Section, ...] = (), title: str = "") -> Section:
    return Section(key, title or f"Section of {key}", blocks, parts)


def said(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def a_table(key: str = "plans-table", *, columns: int = 2, rows: int = 3, title: str = "Plans by month") -> Table:
    """Each cell says where it stands."""
    return Table(
        key=key, title=title, unit="Number", period="2024-25", base="All plans", source="The files.", head="Month",
        columns=tuple(Column(f"Column {across}") for across in range(columns)),
        rows=tuple(
            Row(f"Row {down}", tuple(Cell(f"{key}:{down}:{across}") for across in range(columns)))
            for down in range(rows)
        ),
        notes=(Note("As filed."),),
    )  # fmt: skip


def a_chart(table: str = "plans-table", *, shape: str = "It falls from 3 to 2.") -> Chart:
    return Chart(
        key=f"{table}-chart", kind="trend", finding="Fewer plans than a year before", shape=shape, axis="Number",
        unit="count", base="All plans", source="The files.", period="2023 to 2024", table=table,
        series=(Series("Ashdown", (Point("2023", 3), Point("2024", 2))),),
    )  # fmt: skip


# ---------------------------------------------------------------- reading


def opened(written: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(written))


def pages(written: bytes) -> list[str]:
    """The words of each page, as they are drawn one after another."""
    with pypdfium2.PdfDocument(written) as document:
        # pdfium gives a hyphen at the end of a line as U+FFFE.
        return [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]


def close(words: str) -> str:
    """Words without the spaces and line ends between them, which depend on where lines break."""
    return "".join(words.split())


@dataclass(frozen=True)
class Tag:
    """An element of the tag tree, in reading order."""

    kind: str
    element: pikepdf.Object
    parts: tuple[Tag, ...]

    @property
    def title(self) -> str:
        return str(self.element.get("/T", ""))

    @property
    def alt(self) -> str:
        return str(self.element.get("/Alt", ""))

    def told(self, name: str) -> list[str]:
        """What the element's attributes say under a name, such as Scope."""
        held = self.element.get("/A", [])
        held = held if isinstance(held, pikepdf.Array) else [held]
        return [str(each[f"/{name}"]).removeprefix("/") for each in held if f"/{name}" in each]

    def walk(self) -> Iterator[Tag]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def all(self, *kinds: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.kind in kinds]


def tags(document: pikepdf.Pdf) -> Tag:
    return _tag(document.Root.StructTreeRoot)


def _tag(element: pikepdf.Object) -> Tag:
    held = element.get("/K", [])
    held = held if isinstance(held, pikepdf.Array) else [held]
    parts = (each for each in held if isinstance(each, pikepdf.Dictionary) and ("/S" in each))
    return Tag(str(element.get("/S", "/Root")).removeprefix("/"), element, tuple(map(_tag, parts)))
