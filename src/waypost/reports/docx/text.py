"""Sentences: words, placed numbers, links to other parts, and questions that nobody has answered yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waypost.reports.docx.markup import NO_BREAK_SPACE, line_break, link, paragraph, run, tab, unbroken
from waypost.reports.model import Cell, FrontLine, Link, Paragraph, Placed, Prompt, Span

TO_BE_WRITTEN = "To be written"


def spans(text: Paragraph, labels: Mapping[str, str]) -> list[Any]:
    """The runs of a paragraph. `labels` says what each part that can be linked to is called."""
    return [_span(span, labels) for span in text.spans]


def _span(span: Span, labels: Mapping[str, str]) -> Any:
    if isinstance(span, Link):
        return link(span.key, run(labels[span.key], "Hyperlink"))
    if isinstance(span, Placed):
        return run(unbroken(span.words), "PlacedNumber")
    return run(span.words)


def cell_texts(cell: Cell) -> tuple[str, str]:
    """The two lines of a cell: its words with their marks, and what stands beneath."""
    return "".join([cell_words(cell), *map(mark_words, cell.marks)]), unbroken(cell.beneath)


def cell_words(cell: Cell) -> str:
    """A number stays on one line; the words that say why there is none need not."""
    return unbroken(cell.words) if cell.number is not None and cell.number.is_known else cell.words


def mark_words(mark: str) -> str:
    """A mark as it stands after what it marks, never parted from it."""
    return f"{NO_BREAK_SPACE}({mark})"


def prompt(asked: Prompt) -> Any:
    """A question in its dashed box."""
    return paragraph("Prompt", *_question(asked))


def front_line(line: FrontLine) -> Any:
    """A line of the front page: its name, then the answer or the question."""
    name = [run(line.name, "Label"), tab()]
    if isinstance(line.answer, Prompt):
        return paragraph("FrontPrompt", *name, *_question(line.answer))
    return paragraph("FrontLine", *name, run(line.answer))


def _question(asked: Prompt) -> list[Any]:
    return [
        run(TO_BE_WRITTEN, "PromptMark"),
        run(f" by: {asked.owner}"),
        line_break(),
        run(f"Question: {asked.question}"),
    ]
