"""The appendix that says what each figure of the report means."""

from __future__ import annotations

from waypost.indicators.catalogue import CATALOGUE, Definition
from waypost.reports.model import Paragraph, Section, Term, Terms, Text
from waypost.reports.numbers import Numbers
from waypost.reports.words import POLARITY_WORDS, UNIT_WORDS


def definitions(numbers: Numbers) -> Section:
    """Every indicator that the report used, in the order of the catalogue."""
    said = Text("The indicators of this report, by name. Each is worked out by the version of its definition given here.")
    used = (indicator for indicator in CATALOGUE if indicator in numbers.used)
    terms = tuple(_term(CATALOGUE[indicator], numbers) for indicator in used)
    return Section("definitions", "Definitions", (Paragraph((said,)), Terms(terms)), is_appendix=True)


def _term(definition: Definition, numbers: Numbers) -> Term:
    version = numbers.used[definition.id]
    rows = (
        ("Asks", definition.plain),
        ("Counts", definition.num),
        ("Out of", definition.den),
        ("Of whom", definition.universe),
        ("Unit", UNIT_WORDS.get(definition.unit, definition.unit)),
        ("Which way is good", POLARITY_WORDS[definition.polarity]),
        ("From the census", definition.cin),
        ("In national use until", definition.ended),
        ("Notes", definition.notes),
        ("Identifier and version", f"{definition.id}, version {version}"),
    )
    said = tuple((name, words) for name, words in rows if words)
    return Term(f"definition-{definition.id.replace('_', '-')}", definition.name, said)
