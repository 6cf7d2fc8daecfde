"""Sentences written around figures.

A prose template is plain text with one sentence on a line and a blank line between paragraphs. It never holds a number:
it calls for one, and for the words of direction too, so that text and tables cannot disagree. What comes out is not a
string but spans, in which each number still knows where it came from.

A sentence whose figure is not there is not printed with a hole in it: it is replaced by one that says which figure is
not available.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from waypost.domain.arithmetic import PER
from waypost.reports.model import Link, Moved, Number, Paragraph, Placed, Span, Text, direction
from waypost.reports.numbers import Numbers
from waypost.reports.words import (
    PROVISIONAL,
    SMALL,
    count_words,
    day_words,
    listed,
    number_words,
)

OPEN, CLOSE = "\ue000", "\ue001"  # private characters around the place of a span in the text
SLOT = re.compile(f"{OPEN}(\\d+){CLOSE}")


@dataclass
class Prose:
    """The parts of one template, each rendered with the same numbers and the same extra words."""

    name: str
    numbers: Numbers
    words: dict[str, Any] = field(default_factory=dict)

    def paragraphs(self, part: str = "text") -> tuple[Paragraph, ...]:
        spans, rendered = self._rendered(part)
        blocks = (block.strip() for block in re.split(r"\n\s*\n", rendered))
        made = (_paragraph(block, spans) for block in blocks if block)
        return tuple(paragraph for paragraph in made if paragraph.spans)

    def line(self, part: str) -> str:
        """A part as plain words on one line, for a description."""
        return " ".join(plain(paragraph) for paragraph in self.paragraphs(part))

    def title(self, part: str) -> str | None:
        """A part as plain words on one line, or None where a figure that it needs is not there."""
        spans, _ = self._rendered(part)
        is_whole = all(span.number.is_known for span in spans if isinstance(span, Placed))
        return self.line(part) if is_whole else None

    def _rendered(self, part: str) -> tuple[list[Span], str]:
        template = _template(self.name)
        spans: list[Span] = []
        context = template.new_context({**vocabulary(self.numbers, spans), **self.words})
        return spans, "".join(template.blocks[part](context))


def plain(paragraph: Paragraph) -> str:
    """A paragraph as plain words."""
    return "".join(span.key if isinstance(span, Link) else span.words for span in paragraph.spans)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.jinja")


@cache
def _environment() -> Environment:
    # Prose is plain text, not HTML: the writers escape it for what they write.
    loader = PackageLoader("waypost.reports", "prose")
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701


# ---------------------------------------------------------------- from text to spans


def _paragraph(block: str, spans: list[Span]) -> Paragraph:
    said: list[Span] = []
    missing: dict[str, None] = {}
    for line in block.splitlines():
        sentence = _spans(line.strip(), spans)
        holes = [span.number for span in sentence if isinstance(span, Placed) and not span.number.is_known]
        if holes:
            missing |= dict.fromkeys(_not_there(number) for number in holes)
        elif sentence:
            said += [Text(" "), *sentence] if said else sentence
    if missing:
        said += [Text(f"{' ' if said else ''}Not available: {listed(list(missing))}.")]
    return Paragraph(tuple(said))


def _not_there(number: Number) -> str:
    return f"{number.name[0].lower()}{number.name[1:]} ({number.place}, {number.period.year})"


def _spans(line: str, spans: list[Span]) -> list[Span]:
    pieces = SLOT.split(line)
    made: list[Span] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            made.append(spans[int(piece)])
        elif piece:
            made.append(Text(piece))
    return made


# ---------------------------------------------------------------- what a template may call


def vocabulary(numbers: Numbers, spans: list[Span]) -> dict[str, Any]:
    """The words of a prose template. Each call for a number puts a span in `spans` and a slot in the text."""

    def put(span: Span) -> str:
        spans.append(span)
        return f"{OPEN}{len(spans) - 1}{CLOSE}"

    def place(number: Number) -> str:
        is_provisional = number.is_known and PROVISIONAL in number.marks
        return put(Placed(number_words(number) + (" (provisional)" if is_provisional else ""), number))

    return {
        **_figure_words(numbers, put, place),
        **_direction_words(numbers, put, place),
        **_plain_words(numbers),
        "show": place,
        "link": lambda key: put(Link(key)),
    }


Put = Callable[[Span], str]
Place_ = Callable[[Number], str]


def _figure_words(numbers: Numbers, put: Put, place: Place_) -> dict[str, Any]:
    def own(indicator: str, back: int = 0, **group: str) -> Number:
        return numbers.own(indicator, numbers.year.before(back), **group)

    def beside(indicator: str, where: str) -> str:
        """A comparator's figure, with its year where that is not the report's own."""
        number = numbers.beside(indicator, where)
        is_older = number.is_known and number.period.year != numbers.year
        return f"{place(number)} in {number.period.year}" if is_older else place(number)

    def part(number: Number, value: float | int | None) -> str:
        return put(Placed(count_words(value), number))

    return {
        "fig": lambda indicator, back=0, **group: place(own(indicator, back, **group)),
        "count": lambda indicator, back=0, **group: part(
            own(indicator, back, **group), own(indicator, back, **group).numerator
        ),
        "base": lambda indicator, back=0, **group: part(
            own(indicator, back, **group), own(indicator, back, **group).denominator
        ),
        "beside": beside,
        "is_small": lambda indicator: SMALL in own(indicator).marks,
    }


def _direction_words(numbers: Numbers, put: Put, place: Place_) -> dict[str, Any]:
    def between(first: Number, last: Number, up: str, down: str, same: str) -> str:
        if not (first.is_known and last.is_known):
            return place(first if last.is_known else last)
        says = direction(first, last)
        return put(Moved({"up": up, "down": down, "same": same}[says], says, first, last))

    def moved(
        indicator: str, up: str = "rose", down: str = "fell", same: str = "was the same", back: int = 1, **group: str
    ) -> str:
        first = numbers.own(indicator, numbers.year.before(back), **group)
        return between(first, numbers.own(indicator, **group), up, down, same)

    def against(indicator: str, where: str, up: str = "above", down: str = "below", same: str = "the same as") -> str:
        return between(numbers.beside(indicator, where), numbers.own(indicator), up, down, same)

    def compared(first: Number, last: Number, up: str = "rose", down: str = "fell", same: str = "was the same") -> str:
        return between(first, last, up, down, same)

    return {
        "moved": moved,
        "compared": compared,
        "against": against,
    }


def _plain_words(numbers: Numbers) -> dict[str, Any]:
    def day(back: int = 0) -> str:
        return day_words(numbers.year.before(back).end)

    return {
        "authority": numbers.name,
        "region": numbers.authority.region if numbers.authority else "the region",
        "year": str(numbers.year),
        "day": day,
        "listed": listed,
        "per": f"{PER:,}",
    }
