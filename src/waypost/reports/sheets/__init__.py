"""A report as the sheets of a workbook, after the published good practice for releasing statistics in spreadsheets.

A cover, a contents sheet with links, a notes sheet, then one table a sheet, and last every number in one long table.
Nothing is merged, hidden, frozen in place or told by colour, and no cell or row is left blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from waypost.reports.model import Freeze, Link, Paragraph, Prompt, Report, Table
from waypost.reports.numbering import labels
from waypost.reports.sheets.figures import figures
from waypost.reports.sheets.notes import NAME as NOTES
from waypost.reports.sheets.notes import Notes
from waypost.reports.sheets.shapes import LONGEST_NAME, Cover, Sheet, Workbook, as_text, distinct, sheet
from waypost.reports.sheets.tables import table_sheet, title
from waypost.reports.words import EDITION_WORDS, day_words, plural

CONTENTS = "Contents"


def workbook(report: Report) -> Workbook:
    """The sheets of a report, in order."""
    mark = EDITION_WORDS[report.edition]
    tables = dict(zip(_names(report.tables), report.tables, strict=True))
    notes = Notes()
    held = [table_sheet(name, table, notes, mark) for name, table in tables.items()]
    held += [last] if (last := figures(tables, mark)) else []
    told = notes.sheet(held, mark)
    titles = {NOTES: told.title, **{name: title(table) for name, table in tables.items()}}
    titles |= {each.name: each.title for each in held if each.name not in titles}
    return Workbook(
        title=as_text(f"{report.title} {report.year}: {report.authority}"),
        authority=as_text(report.authority),
        mark=mark,
        software=report.software,
        made_at=report.freeze.as_at,
        cover=_cover(report, mark),
        sheets=(_contents(titles, mark), told, *held),
    )


def _names(tables: tuple[Table, ...]) -> list[str]:
    """Table_4_2 for Table 4.2: no spaces, so that a formula or a program can name the sheet without quotes."""
    plain = (f"Table_{re.sub(r'[^0-9A-Za-z]+', '_', table.number or table.key)}" for table in tables)
    return [name.replace(" ", "_") for name in distinct(plain, LONGEST_NAME)]


def _contents(titles: Mapping[str, str], mark: str) -> Sheet:
    return sheet(
        CONTENTS,
        "Contents",
        ["This sheet holds one table. Each name in it leads to the sheet of that name.", mark],
        [("Sheet", "link"), ("What it holds", "words")],
        list(titles.items()),
    )


def _cover(report: Report, mark: str) -> Cover:
    introduction = (
        mark,
        f"Authority: {report.authority} ({report.code})",
        f"Period: {day_words(report.year.start)} to {day_words(report.year.end)}",
        f"Records as at {day_words(report.freeze.as_at.date())}",
        f"Made by {report.software}",
    )
    about = (
        "Each table of the report has a sheet of its own, named by its number.",
        "The last sheet has every number of the tables again, one on each row.",
        "Numbers are as they are stored, and shown to the decimals that the report prints.",
        "Shares are in per cent: 48.4 means 48.4 of each 100.",
        "Where there is no number, a mark in square brackets says why. The Notes sheet says what each mark means.",
        *_unread(report),
        *(line for freeze in (report.freeze, *report.beside) for line in _made_from(freeze)),
    )
    return Cover(
        title=as_text(f"{report.title} {report.year}: {report.authority}"),
        introduction=tuple(map(as_text, introduction)),
        about=tuple(map(as_text, about)),
        contact=tuple(map(as_text, _contact(report))) or (as_text(f"Ask {report.authority}."),),
    )


def _made_from(freeze: Freeze) -> list[str]:
    whose = f" of {freeze.authority}" if freeze.authority else ""
    files = [f"Source{whose}: {source.name}, SHA-256 {source.sha256}" for source in freeze.sources]
    return [*files, f"Freeze{whose}: {freeze.id}"]


def _unread(report: Report) -> list[str]:
    if not report.unread:
        return []
    return [f"{plural(len(report.unread), 'value', 'values')} in the files could not be read, and are blank to it."]


def _contact(report: Report) -> list[str]:
    """What the report says of whom to ask, or the question that has still to be answered."""
    known = labels(report)
    found = [block for section in report.walk() if section.key == "contact" for block in section.blocks]
    asked = [f"To be written by {block.owner}: {block.question}" for block in found if isinstance(block, Prompt)]
    told = [_words(block, known) for block in found if isinstance(block, Paragraph)]
    return told + asked


def _words(paragraph: Paragraph, known: Mapping[str, str]) -> str:
    return "".join(known[span.key] if isinstance(span, Link) else span.words for span in paragraph.spans)
