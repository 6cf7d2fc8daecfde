"""The appendix that says what each figure of the report means."""

from __future__ import annotations

import re

from waypost.indicators.catalogue import CATALOGUE, Definition
from waypost.reports.model import Cell, Column, Paragraph, Row, Section, Table, Term, Terms, Text
from waypost.reports.numbers import Numbers
from waypost.reports.tables import table
from waypost.reports.words import POLARITY_WORDS, STATUS_MARKS, STATUS_MEANINGS, STATUS_NAMES, UNIT_WORDS

POPULATION = "population 0-17 / 10000"


def definitions(numbers: Numbers) -> Section:
    """Every indicator that the report used, in the order of the catalogue.

    The catalogue's notes are left out: they compare sources, for those who keep the definitions.
    """
    said = Text("What each figure of this report asks and counts, and by which version of its definition it was made.")
    used = (indicator for indicator in CATALOGUE if indicator in numbers.used)
    terms = tuple(_term(CATALOGUE[indicator], numbers) for indicator in used)
    blocks = (Paragraph((said,)), statuses(), Terms(terms))
    return Section("definitions", "Definitions", blocks, is_appendix=True)


def statuses() -> Table:
    """What each kind of figure, and each reason for having none, is called and means."""
    told = ((STATUS_NAMES[status], STATUS_MARKS[status] or "none", STATUS_MEANINGS[status]) for status in STATUS_NAMES)
    return table(
        "statuses-table",
        "What stands beside a figure, or in its place",
        unit="Words, and the letter that stands for them where there is no room",
        period="Throughout this report",
        base="Every figure has one of these",
        head="Words",
        columns=[Column("Letter", "words"), Column("Meaning", "words")],
        rows=[Row(name, (Cell(letter), Cell(meaning))) for name, letter, meaning in told],
        source="The definitions of this report.",
        notes=["Any other letter beside a figure is explained under its own table."],
    )


def _term(definition: Definition, numbers: Numbers) -> Term:
    kind = f"{UNIT_WORDS.get(definition.unit, definition.unit)}. {POLARITY_WORDS[definition.polarity]}."
    rows = (
        ("Asks", definition.plain),
        ("Counts", definition.num),
        ("Out of", definition.den and definition.den.replace(POPULATION, "children aged 0 to 17, by 10,000")),
        ("Given as", f"{kind[0].upper()}{kind[1:]}"),
        ("From the census", definition.cin if definition.is_in_census else "Not held there"),
        ("In national use until", definition.ended),
        ("Known as", f"{definition.id}, version {numbers.used[definition.id]}"),
    )
    said = tuple((name, _named(words, definition) if name != "Known as" else words) for name, words in rows if words)
    return Term(f"definition-{definition.id.replace('_', '-')}", definition.name, said)


def _named(words: str, definition: Definition) -> str:
    """The words with every indicator that they point to called by its name."""
    others = (match[0] for match in re.finditer(r"\b[a-z]\w+\b", words))
    for other in sorted({other for other in others if other in CATALOGUE and "_" in other}, key=len, reverse=True):
        words = re.sub(rf"\b{other}\b", f'"{CATALOGUE[other].name}"', words)
    return f"{words[0].upper()}{words[1:]}"
