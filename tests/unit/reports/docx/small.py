"""A report made by hand: one block of every kind, a table with groups, and tables too wide for an upright page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from tests.unit.reports.made import YEAR, number
from waypost.reports.model import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Freeze,
    FrontLine,
    Headline,
    Headlines,
    Link,
    Note,
    Paragraph,
    Placed,
    Point,
    Prompt,
    Report,
    Row,
    Section,
    Series,
    Table,
    Term,
    Terms,
    Text,
)
from waypost.reports.numbering import numbered

AS_AT = datetime(2025, 7, 14, 9, 30, tzinfo=UTC)
WORDS = Paragraph((Text("It rose to "), Placed("1 in 9", number(11.1, unit="percent")), Text(", as "), Link("plain")))


def table(key: str, columns: int, *, rows: int = 3, groups: Iterable[str] = ()) -> Table:
    """Cells hold their own place, so that none is like another; the last row is a total."""
    of = [*groups, *[""] * columns][:columns]
    made = [
        Row(
            f"{key} row {row}",
            tuple(Cell(f"{row}.{place} of {key}", marks=("p",) if row == place else ()) for place in range(columns)),
            is_total=row == rows - 1,
            hint="out of all" if row == 0 else "",
        )
        for row in range(rows)
    ]
    heads = tuple(Column(f"Column {place}", group=group) for place, group in enumerate(of))
    notes = (Note("Provisional.", "p"), Note("Rounded half up."))
    return Table(key, f"All of {key}", "Number", "2024-25", "Children", "The files.", "Row", heads, tuple(made), notes)


def chart(key: str, of: str) -> Chart:
    line = Series("Ashdown", (Point("2024", 5), Point("2025", 9)), "own")
    return Chart(key, "trend", "It rose", "One line.", "Plans", "count", "All", "The files.", "Years", (line,), of)


def headlines() -> Headlines:
    beside = (("England", number(40.6, unit="rate_per_10000", year=YEAR.before()), "40.6"),)
    plans = number(115, marks=("p",))
    target = Cell("Met (at most 120)", plans, standing="met")
    item = Headline("Plans", plans, "115", "at 31 March", WORDS, beside, "Lower is better", target)
    return Headlines((item,), (Note("Provisional, in the summary.", "p"),))


def small_report(*sections: Section) -> Report:
    return Report(
        kind="annual-report",
        title="Annual child protection report",
        authority="Ashdown",
        code="991",
        year=YEAR,
        edition="internal",
        freeze=Freeze("sha256:0123456789abcdef", AS_AT, ()),
        software="Waypost 0.1.0",
        front=(FrontLine("Recommendation", "That it be noted."), FrontLine("Meeting", Prompt("Clerk", "Which body?"))),
        sections=numbered(sections or _sections()),
    )


def _sections() -> tuple[Section, ...]:
    blocks: tuple[Block, ...] = (headlines(), WORDS, Callout(WORDS), Prompt("Author", "Why <did> it & rise?"))
    grouped = table("grouped", 5, groups=("", "2024", "2024", "2025", "2025"))
    parts = (
        Section("exhibits", "Exhibits", (chart("risen", "plain"), table("plain", 2), grouped)),
        Section("sideways", "Sideways", (WORDS, table("wide", 9), table("wider", 16), WORDS, table("last-wide", 12))),
    )
    term = Term("definition-of-something-with-a-name-that-is-too-long", "Plans", (("Asks", "How many?"),))
    return (
        Section("start", "Start", blocks),
        Section("middle", "Middle", (WORDS,), parts),
        Section("terms", "Definitions", (Terms((term,)),), is_appendix=True),
    )
