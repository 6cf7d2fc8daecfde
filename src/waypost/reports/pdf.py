"""A report as a tagged PDF that meets PDF/UA-1, for paper and for those who listen to it.

The template lays out what this module gives it as data, so that words of a report are never read as markup. The fonts
are ours and the moment is the freeze's, and so the same report gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, assert_never

import typst

from waypost.reports import charts
from waypost.reports.html import COLUMNS_UPRIGHT, headings
from waypost.reports.model import (
    Block,
    Callout,
    Cell,
    Chart,
    Headline,
    Headlines,
    Link,
    Note,
    Number,
    Paragraph,
    Placed,
    Prompt,
    Report,
    Section,
    Span,
    Table,
    Terms,
)
from waypost.reports.numbering import labels
from waypost.reports.words import EDITION_WORDS, OTHER_YEAR, day_words

Shown = dict[str, Any]
Labels = Mapping[str, str]

FREEZE_SHOWN = len("sha256:") + 12
"""How much of a freeze stands at the foot of each page; the front page has the whole."""

FIGURE = re.compile(r"\d%?$")
"""Words that end as figures do, and so stand under each other in a column."""

NOT_DRAWN = re.compile(
    r"[^\n -~\u00a0-\u036f\u0384-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u0513\u1e00-\u1e9b\u1ea0-\u1ef9"
    r"\u2000-\u200a\u2010-\u2015\u2017-\u2022\u2026\u2030\u2032-\u2033\u2039-\u203a\u2044\u20ac\u2122"
    r"\u2190-\u2195\u2212\u221a\u2248\u2260\u2264-\u2265\u25a0-\u25a1\u25cf]"
)
"""Characters that our font has no shape for, or that have none."""


def write(report: Report) -> bytes:
    """The whole document.

    Raises:
        ValueError: a chart has no description, or two parts have one key. Those are faults of the program.
    """
    room = Path(str(files("waypost.reports")))
    return typst.compile(
        room / "templates" / "report.typ",
        sys_inputs={"report": json.dumps(_drawable(_shown(report)), ensure_ascii=False)},
        format="pdf",
        font_paths=[room / "theme" / "fonts"],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(report.freeze.as_at.timestamp()),
    )


def _drawable(value: Any) -> Any:
    """The same, with each character that cannot be drawn named by its number: [U+5B57]."""
    match value:
        case str():
            return NOT_DRAWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", value)
        case list():
            return [_drawable(item) for item in value]
        case dict():
            return {key: _drawable(item) for key, item in value.items()}
        case _:
            return value


# ---------------------------------------------------------------- what is shown of each part


def _shown(report: Report) -> Shown:
    named = labels(report)
    return {
        "title": report.title,
        "authority": report.authority,
        "year": str(report.year),
        "ends_on": day_words(report.year.end),
        "edition": report.edition,
        "mark": EDITION_WORDS[report.edition],
        "software": report.software,
        "as_at": day_words(report.freeze.as_at.date()),
        "freeze": report.freeze.id,
        "freeze_short": report.freeze.id[:FREEZE_SHOWN],
        "front": [{"name": line.name, "answer": _answer(line.answer)} for line in report.front],
        "prompts": len(report.prompts),
        "blocks": [shown for section in report.sections for shown in _section(section, 1, named)],
    }


def _answer(answer: str | Prompt) -> str | Shown:
    return answer if isinstance(answer, str) else _prompt(answer)


def _section(section: Section, level: int, named: Labels) -> Iterator[Shown]:
    """Its heading, its blocks and those of its parts, one after another."""
    yield {
        "kind": "Heading",
        "level": level,
        "key": section.key,
        "number": section.number,
        "title": section.title,
        "is_appendix": section.is_appendix,
        "starts_page": level == 1 and _fills_pages(section),
    }
    for block in section.blocks:
        yield _block(block, level, named)
    for part in section.sections:
        yield from _section(part, level + 1, named)


def _fills_pages(section: Section) -> bool:
    return bool(section.sections) or any(isinstance(block, (Headlines, Terms)) for block in section.blocks)


def _block(block: Block, level: int, named: Labels) -> Shown:
    match block:
        case Paragraph():
            return {"kind": "Paragraph", "spans": _spans(block, named)}
        case Prompt():
            return _prompt(block)
        case Callout():
            return {"kind": "Callout", "spans": _spans(block.paragraph, named)}
        case Table():
            return _table(block)
        case Chart():
            return _chart(block, named)
        case Headlines():
            items = [_headline(item, named) for item in block.items]
            return {"kind": "Headlines", "level": level + 1, "items": items, "notes": _notes(block.notes)}
        case Terms():
            terms = [{"key": term.key, "name": term.name, "rows": list(map(list, term.rows))} for term in block.items]
            return {"kind": "Terms", "level": level + 1, "items": terms}
        case _:
            assert_never(block)


def _spans(paragraph: Paragraph, named: Labels) -> list[Shown]:
    return [_span(span, named) for span in paragraph.spans]


def _span(span: Span, named: Labels) -> Shown:
    if isinstance(span, Link):
        return {"kind": "Link", "words": named[span.key], "to": span.key}
    return {"kind": "Placed" if isinstance(span, Placed) else "Text", "words": span.words}


def _prompt(prompt: Prompt) -> Shown:
    return {"kind": "Prompt", "owner": prompt.owner, "question": prompt.question}


def _headline(item: Headline, named: Labels) -> Shown:
    year = item.number.period.year
    beside = [
        {
            "name": f"{name} {number.period.year}" if number.is_known and number.period.year != year else name,
            "words": words,
            "marks": _marks(number),
        }
        for name, number, words in item.beside
    ]
    return {
        "name": item.name,
        "words": item.words,
        "marks": _marks(item.number),
        "base": item.base or "no base",
        "movement": _spans(item.movement, named),
        "beside": beside,
        "target": item.target and _cell(item.target),
        "good": item.good,
    }


def _marks(number: Number) -> list[str]:
    """The marks of a number in a headline, which prints the year of one that is for another year."""
    return [mark for mark in number.marks if mark != OTHER_YEAR] if number.is_known else []


def _table(table: Table) -> Shown:
    return {
        "kind": "Table",
        "key": table.key,
        "number": table.number,
        "title": table.title,
        "unit": table.unit,
        "period": table.period,
        "base": table.base,
        "source": table.source,
        "head": table.head,
        "headings": [list(heading) for heading in headings(table.columns)],
        "columns": [{"words": c.words, "kind": c.kind, "group": c.group} for c in table.columns],
        "rows": [
            {"head": row.head, "hint": row.hint, "is_total": row.is_total, "cells": list(map(_cell, row.cells))}
            for row in table.rows
        ],
        "notes": _notes(table.notes),
        "is_wide": len(table.columns) >= COLUMNS_UPRIGHT,
    }


def _notes(notes: tuple[Note, ...]) -> list[Shown]:
    return [{"words": note.words, "mark": note.mark} for note in notes]


def _cell(cell: Cell) -> Shown:
    return {
        "words": cell.words,
        "marks": list(cell.marks),
        "beneath": cell.beneath,
        "standing": cell.standing,
        "is_figure": bool(FIGURE.search(cell.words)),
    }


def _chart(chart: Chart, named: Labels) -> Shown:
    if not chart.shape.strip():
        raise ValueError(f"{chart.key}: a chart must say its shape in words, for those who cannot see it")
    scale = f"{chart.scale_from:g}{'%' if chart.unit == 'percent' else ''}" if chart.scale_from else ""
    return {
        "kind": "Chart",
        "key": chart.key,
        "number": chart.number,
        "finding": chart.finding,
        "alt": f"{chart.finding}. {chart.shape}",
        "picture": charts.svg(chart, "wide"),
        "axis": chart.axis,
        "period": chart.period,
        "scale_from": scale,
        "base": chart.base,
        "source": chart.source,
        "table": chart.table,
        "table_label": named[chart.table],
    }
