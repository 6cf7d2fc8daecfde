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
from waypost.domain.targets import Standing
from waypost.reports.model import (
    Chance,
    Given,
    Leaders,
    Link,
    Moved,
    Number,
    Paragraph,
    Placed,
    Ranked,
    Span,
    Text,
    Whole,
    as_number,
    direction,
    is_within_chance,
    whole,
)
from waypost.reports.numbers import Numbers
from waypost.reports.words import SAID_WITH, SMALL, count_words, day_words, listed, number_words, target_words

MET_WORDS: dict[Standing, str] = {"met": "met", "near": "came near to", "not_met": "did not meet"}
NOT_AVAILABLE, WITHHELD = "Not available", "Withheld to protect children"
CHANCE = "The change is within what chance alone could bring about."
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
        return _paragraphs(rendered, spans)

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


def written(render: Callable[[dict[str, Any]], str], numbers: Numbers) -> tuple[Paragraph, ...]:
    """The paragraphs of what a person wrote; `render` is given the words that it may call."""
    spans: list[Span] = []
    return _paragraphs(render(vocabulary(numbers, spans)), spans)


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


def _paragraphs(rendered: str, spans: list[Span]) -> tuple[Paragraph, ...]:
    blocks = (block.strip() for block in re.split(r"\n\s*\n", rendered))
    made = (_paragraph(block, spans) for block in blocks if block)
    return tuple(paragraph for paragraph in made if paragraph.spans)


def _paragraph(block: str, spans: list[Span]) -> Paragraph:
    said: list[Span] = []
    missing: dict[str, dict[str, None]] = {NOT_AVAILABLE: {}, WITHHELD: {}}
    for line in block.splitlines():
        sentence = _spans(line.strip(), spans)
        holes = [span.number for span in sentence if isinstance(span, Placed) and not span.number.is_known]
        if holes:
            for number in holes:
                missing[WITHHELD if number.status == "suppressed" else NOT_AVAILABLE][_not_there(number)] = None
        elif sentence:
            said += [Text(" "), *sentence] if said else sentence
    for why, which in missing.items():
        said += [Given(f"{' ' if said else ''}{why}: {listed(list(which))}.")] if which else []
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
        said = [SAID_WITH[mark] for mark in number.marks if mark in SAID_WITH and number.is_known]
        return put(Placed(number_words(number) + (f" ({', '.join(said)})" if said else ""), number))

    return {
        **_figure_words(numbers, put, place),
        **_direction_words(numbers, put, place),
        **_bounded_words(numbers, put),
        **_target_words(numbers, put),
        **_plain_words(numbers),
        "show": place,
        "link": lambda key: put(Link(key)),
        "given": lambda words: put(Given(words)),
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


def _bounded_words(numbers: Numbers, put: Put) -> dict[str, Any]:
    """Words that hold only within bounds: of chance, of an order, of a whole."""

    def chance(what: str | Number, last: Number | None = None, words: str = CHANCE) -> str:
        """The words about chance where they are so, and nothing otherwise, of an indicator or of two numbers."""
        first = numbers.own(what, numbers.year.before()) if isinstance(what, str) else what
        last = numbers.own(what) if isinstance(what, str) else last or first
        is_so = first.value != last.value and is_within_chance(first, last)
        return put(Chance(words, first, last)) if is_so else ""

    def ranked(words: str, leaders: Leaders) -> str:
        return put(Ranked(words, "most", leaders.named, leaders.among))

    def entire(indicator: str, every: str, none: str = "") -> str:
        """The words for everyone or for no one where they are so, and nothing otherwise."""
        says = whole(share := numbers.own(indicator))
        words = {"all": every, "none": none}.get(says or "", "")
        return put(Whole(words, says, share)) if says and words else ""

    return {"chance": chance, "ranked": ranked, "entire": entire}


def _target_words(numbers: Numbers, put: Put) -> dict[str, Any]:
    """The target of the year, and how the figure stands against it. Both are empty where there is nothing to say."""

    def target(indicator: str) -> str:
        held, number = numbers.target(indicator), numbers.own(indicator)
        return put(Placed(target_words(held, number.unit), as_number(held, number))) if held else ""

    def met(indicator: str) -> str:
        held, number = numbers.target(indicator), numbers.own(indicator)
        is_known = held is not None and number.value is not None and number.is_known
        return MET_WORDS[held.standing(number.value)] if held and number.value is not None and is_known else ""

    return {"target": target, "met": met}


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
