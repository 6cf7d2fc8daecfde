"""The checks of a finished report's words against its figures.

In what Waypost writes, a digit, a word of direction, a superlative, and a word such as "all" about a share must each
have come from a figure: as a span that was held against the numbers when it was made (`model`). One that stands in the
plain text was typed, and the report is refused.

Digits that are no figures are let be by rule: dates and years, which name laws and periods too; section numbers; ages;
and the size that rates are for. A name or title that holds digits is `Given`. Phrases that compare nothing, such as
"lower is better", are listed in `GENERAL`.

In what people write (a paragraph with `by`) the same words are warned of, since people may know what the figures do
not. Only a word of direction that the figure beside it contradicts is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from waypost.reports.model import (
    TARGET_SET,
    Callout,
    Chart,
    Headlines,
    Moved,
    Number,
    Paragraph,
    Placed,
    Report,
    ReportRefused,
    Section,
    Span,
    Table,
    Text,
    direction,
)
from waypost.reports.prose import plain
from waypost.reports.words import OTHER_YEAR, POLARITY_WORDS, SAID_WITH, count_words, number_words

Severity = Literal["refuse", "warn"]
Way = Literal["up", "down", "same"]

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NOT_FIGURES = re.compile(
    rf"\b\d{{1,2}} (?:{MONTHS})\b"
    r"|\b(?:19|20)\d\d(?:-\d\d)?\b"
    r"|\bsections? \d+\w*\b|\b(?:aged|over|under) \d+(?: to \d+)?\b|\b10,000\b|\bAuthority \d{3}\b"
)
DIGITS = re.compile(r"[\d,.]*\d%?")

WAYS: dict[Way, str] = {
    "up": r"rose|rises?|risen|rising|increas\w+|grew|grow(?:s|n|ing)?|climb\w*|higher|above|more than",
    "down": r"fell|falls?|fallen|falling|decreas\w+|declin\w+|drop(?:s|ped|ping)?|slip(?:s|ped|ping)?|shrank|shrunk"
    r"|reduced|reductions?|lower|below|fewer than|less than",
    "same": r"unchanged|constant|steady|stable|the same as|as many as|no change",
}
TURNS = r"(?:went|go|goes|gone|going|was|were|is|are|came|come) {way}|{way} (?:from|by|on)"
DIRECTIONS = {
    way: re.compile(rf"\b(?:{words}{'|' + TURNS.format(way=way) if way != 'same' else ''})\b", re.IGNORECASE)
    for way, words in WAYS.items()
}
SUPERLATIVES = re.compile(
    r"\b(?:highest|lowest|most|fewest|least|largest|smallest|greatest|biggest|longest|shortest|best|worst|peak\w*)\b",
    re.IGNORECASE,
)
WHOLES = re.compile(r"\b(?:all|every|everyone|none|nobody|no one|always|never)\b", re.IGNORECASE)
PLACEHOLDERS = re.compile(
    r"\b(?:tb[acd]|to be confirmed|lorem(?: ipsum)?|ipsum|todo|xx+|A to B)\b"
    r"|\?\?+|\[(?:insert|date|name|number)\b[^\]]*\]|_{3,}",
    re.IGNORECASE,
)

GENERAL = (
    *(words.lower() for words in POLARITY_WORDS.values()),
    "lower is better",
    "higher is better",
    "where five is best",
    "most alike in their people",
    "at least",
    "at most",
    "had had every one on time",
)
"""Phrases in which such a word compares no figures: they say what is measured, and which way is good."""
GENERALLY = re.compile("|".join(map(re.escape, GENERAL)), re.IGNORECASE)

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with some words: `where` is the section or exhibit they stand in, `says` one plain sentence."""

    severity: Severity
    where: str
    words: str
    says: str


def must_hold(report: Report) -> Report:
    """The report, once nothing in its text is refused.

    Raises:
        ReportRefused: something is; the sentence names the first place.
    """
    refused = [finding for finding in check(report) if finding.severity == "refuse"]
    if refused:
        more = f" {len(refused) - 1} more like it." if len(refused) > 1 else ""
        raise ReportRefused(f"{refused[0].says}{more}")
    return report


def check(report: Report) -> tuple[Finding, ...]:
    """Everything that is wrong with the report's text, in reading order."""
    series = _Series(report)
    found: list[Finding] = []
    for section in report.walk():
        found += _of_title(f"Section {section.number}", section.title)
        for where, paragraph in _passages(section):
            found += _of_people(where, paragraph, series) if paragraph.by else _of_ours(where, paragraph)
        found += _of_exhibits(section)
        found += _of_marks(section)
    return tuple(found)


def placeholders(report: Report) -> tuple[Finding, ...]:
    """Words that hold a place for what is still to come, such as "tbc", which stop a public edition."""
    return tuple(
        Finding("refuse", where, found[0], f"{where} still holds {found[0]!r}; write what is meant, or take it out.")
        for where, words in _all_words(report)
        for found in PLACEHOLDERS.finditer(words)
    )


# ---------------------------------------------------------------- what there is to check


def _passages(section: Section) -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph of a section by itself, without its parts."""
    where = f"Section {section.number}, {section.title}"
    for block in section.blocks:
        match block:
            case Paragraph():
                yield where, block
            case Callout():
                yield where, block.paragraph
            case Headlines():
                yield from ((f"{where}, {item.name}", item.movement) for item in block.items)
            case Chart():
                yield from ((f"Figure {block.number}", paragraph) for paragraph in block.told)


def _all_words(report: Report) -> Iterator[tuple[str, str]]:
    """All the text of a report that a reader meets, with where it stands. Codes and file names are not text."""
    yield from ((f"The front page, {line.name}", line.answer) for line in report.front if isinstance(line.answer, str))
    for section in report.walk():
        yield f"Section {section.number}", section.title
        yield from ((where, plain(paragraph)) for where, paragraph in _passages(section))
        for block in section.blocks:
            if isinstance(block, Chart):
                yield f"Figure {block.number}", f"{block.finding} {block.shape}"
            elif isinstance(block, Table):
                yield from ((f"Table {block.number}", words) for words in _words_of(block))


def _words_of(table: Table) -> Iterator[str]:
    yield from (table.title, table.unit, table.period, table.base, table.source)
    yield from (note.words for note in table.notes)
    for row in table.rows:
        yield from (row.head, row.hint)
        yield from (cell.words for cell, column in zip(row.cells, table.columns, strict=True) if column.kind != "code")


def _sentences(paragraph: Paragraph) -> list[list[Span]]:
    """The spans of each sentence. A sentence ends in plain text, or with a span that is a sentence."""
    made: list[list[Span]] = [[]]
    for span in paragraph.spans:
        if not isinstance(span, Text):
            made[-1].append(span)
            continue
        first, *rest = SENTENCE_END.split(span.words)
        made[-1].append(Text(first))
        made += [[Text(words)] for words in rest]
    return [sentence for sentence in made if sentence]


# ---------------------------------------------------------------- what Waypost wrote


def _of_ours(where: str, paragraph: Paragraph) -> Iterator[Finding]:
    for sentence in _sentences(paragraph):
        is_of_share = any(span.number.unit == "percent" for span in sentence if isinstance(span, Placed))
        for span in sentence:
            match span:
                case Text():
                    yield from _typed(where, span.words, is_of_share)
                case Placed():
                    yield from _of_placed(where, span)
                case Moved():
                    yield from _of_moved(where, span)


def _of_title(where: str, words: str) -> Iterator[Finding]:
    return _typed(where, words, False)


def _typed(where: str, words: str, is_of_share: bool) -> Iterator[Finding]:
    """What was typed in plain text and should have come from a figure."""
    words = GENERALLY.sub("", words)
    for found in DIGITS.finditer(NOT_FIGURES.sub("", words)):
        yield _refused(where, words, f"holds {found[0]!r}, which no figure put there; place the figure")
    for word in _directions(words):
        yield _refused(where, words, f"says {word!r}, which no figures bear out; let them choose the word")
    for each in SUPERLATIVES.finditer(words):
        yield _refused(where, words, f"says {each[0]!r}, which nothing was ranked for; rank the figures")
    for each in WHOLES.finditer(words) if is_of_share else ():
        yield _refused(
            where, words, f"says {each[0]!r} of a share, which was not held against it; let the share say so"
        )


def _directions(words: str) -> list[str]:
    return [found[0] for pattern in DIRECTIONS.values() for found in pattern.finditer(words)]


def _of_placed(where: str, span: Placed) -> Iterator[Finding]:
    """A number whose words are not its own, nor those of its count or base."""
    number, said = span.number, span.words.partition(" (")[0]
    own = {number_words(number), count_words(number.numerator), count_words(number.denominator)}
    if number.origin != TARGET_SET and said not in own:
        yield _refused(where, span.words, f"shows {said!r} for {number.name}, which is {number_words(number)}")


def _of_moved(where: str, span: Moved) -> Iterator[Finding]:
    """A word of direction that was told to stand for another direction than it has."""
    for way, pattern in DIRECTIONS.items():
        if way != span.says and (found := pattern.search(span.words)):
            yield _refused(where, span.words, f"says {found[0]!r} where the figures went {span.says}; change the word")


def _refused(where: str, words: str, what: str) -> Finding:
    return Finding("refuse", where, words.strip(), f"{where} {what}.")


def _of_exhibits(section: Section) -> Iterator[Finding]:
    """Titles of tables, and findings of charts, which must be the sentences that were checked or the table's title."""
    titles = {block.key: block.title for block in section.blocks if isinstance(block, Table)}
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _of_title(f"Table {block.number}", block.title)
        elif isinstance(block, Chart):
            checked = {*map(plain, block.told), titles.get(block.table, "")}
            if block.finding not in checked:
                yield _refused(f"Figure {block.number}", block.finding, "has a title that no figures were placed in")


def _of_marks(section: Section) -> Iterator[Finding]:
    """A number in a sentence or a headline whose mark is neither said beside it nor noted in its section."""
    noted = {note.mark for block in section.blocks if isinstance(block, Table | Headlines) for note in block.notes}
    for where, number, said in _marked(section):
        for mark in sorted(set(number.marks) - said - noted):
            yield _refused(
                where, number_words(number), f"places {number.name} with the mark ({mark}) and no note on it"
            )


def _marked(section: Section) -> Iterator[tuple[str, Number, set[str]]]:
    """Each number with the marks that words beside it say. A headline prints the year of a figure of another year."""
    for where, paragraph in _passages(section):
        words = plain(paragraph)
        for number in (span.number for span in paragraph.spans if isinstance(span, Placed) and span.number.is_known):
            yield where, number, {*SAID_WITH, *([OTHER_YEAR] if str(number.period.year) in words else [])}
    for block in section.blocks:
        for item in block.items if isinstance(block, Headlines) else ():
            shown = [item.number, *(number for _, number, _ in item.beside)]
            yield from ((f"The headline {item.name}", each, {OTHER_YEAR}) for each in shown if each.is_known)


# ---------------------------------------------------------------- what people wrote


class _Series:
    """The numbers of a report's tables, for what came before each."""

    def __init__(self, report: Report) -> None:
        self._held: dict[object, list[Number]] = {}
        for number in _numbers(report):
            self._held.setdefault(self._key(number), []).append(number)

    def before(self, number: Number) -> Number | None:
        """The latest number of the same series that is for an earlier period as long."""
        length = number.period.end - number.period.start
        earlier = [
            other
            for other in self._held.get(self._key(number), ())
            if other.period.end < number.period.end and abs((other.period.end - other.period.start - length).days) < 4
        ]
        return max(earlier, key=lambda other: other.period.end, default=None)

    def move(self, placed: Sequence[Number]) -> Way | None:
        """The way that the figures of one sentence went: among themselves, or since the one before the last."""
        last = max(placed, key=lambda number: number.period.end)
        alike = [number for number in placed if self._key(number) == self._key(last)]
        first = min(alike, key=lambda number: number.period.end)
        found = first if first.period != last.period else self.before(last)
        return direction(found, last) if found else None

    def _key(self, number: Number) -> object:
        return number.indicator, number.place, number.unit, frozenset(number.group.items())


def _numbers(report: Report) -> Iterable[Number]:
    cells = (cell for table in report.tables for row in table.rows for cell in row.cells)
    return (cell.number for cell in cells if cell.number is not None and cell.number.is_known)


def _of_people(where: str, paragraph: Paragraph, series: _Series) -> Iterator[Finding]:
    for sentence in _sentences(paragraph):
        words = "".join(span.words for span in sentence if isinstance(span, Text))
        placed = [span.number for span in sentence if isinstance(span, Placed) and span.number.is_known]
        said = f"{where}, in {plain(Paragraph(tuple(sentence))).strip()!r},"
        yield from _contradictions(where, said, words, placed, series)
        for found in DIGITS.finditer(NOT_FIGURES.sub("", words)):
            yield Finding(
                "warn", where, words, f"{said} holds {found[0]!r}, typed; put it by reference if it is a figure."
            )
        for found in SUPERLATIVES.finditer(GENERALLY.sub("", words)):
            yield Finding("warn", where, words, f"{said} says {found[0]!r}, which nothing was ranked for.")
        for found in WHOLES.finditer(words):
            yield Finding("warn", where, words, f"{said} says {found[0]!r}; make sure that it is the whole.")


def _contradictions(where: str, said: str, words: str, placed: Sequence[Number], series: _Series) -> Iterator[Finding]:
    """Words of direction: refused where the figure beside them went another way, warned of where there is none."""
    ways = {way: found[0] for way, pattern in DIRECTIONS.items() if (found := pattern.search(GENERALLY.sub("", words)))}
    went = series.move(placed) if placed else None
    for way, word in ways.items():
        if not placed:
            yield Finding(
                "warn", where, words, f"{said} says {word!r} and has no figure beside it; put it by reference."
            )
        elif went is None or len(ways) > 1:
            yield Finding("warn", where, words, f"{said} says {word!r}, which could not be held against its figure.")
        elif went != way:
            yield Finding(
                "refuse", where, words, f"{said} says {word!r}, but the figure went {went}; change the words."
            )
