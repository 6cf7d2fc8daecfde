"""An authority's own bands: how its scores, waits and ages are grouped. Each value falls in one band and in one only.

They are written as they are read, one band to a line: "0 to 10", "11 to 15", "16 or more"; and for the scores of an
indicator "5: 10 to 15", where a band takes its low end and not its high one, save at 100.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from waypost.domain.bands import AgeBand, AgeBands, WorkingDayBand
from waypost.domain.local.rows import Row, SettingRefused, text_of
from waypost.domain.ni_bands import BandsRefused, BandTable, Good, ScoreBand, Side

Bands = BandTable | AgeBands | tuple[WorkingDayBand, ...]

SETS: Mapping[str, str] = {
    "conference_waits": "Working days from the strategy discussion to the initial conference",
    "assessment_lengths": "Working days that an assessment took",
    "ages": "Ages of children",
}
"""The sets of bands of whole numbers that an authority may group by."""

SCORES = "score|"
"""What the name of a set of score bands begins with; the indicator follows."""

GOODS: tuple[Good, ...] = get_args(Good)
LINE = re.compile(r"(\d{1,3})\s*(?:to|-|\u2013)\s*(\d{1,3})|(\d{1,3})\s*(?:\+|or more|and over)")
SCORE = re.compile(r"([1-5])\s*:\s*(\d{1,3}(?:\.\d+)?)\s*(?:to|-|\u2013)\s*(\d{1,3}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from first to last, both included; no last is no limit."""

    first: int
    last: int | None

    @property
    def label(self) -> str:
        return f"{self.first}+" if self.last is None else f"{self.first}-{self.last}"


def bands_of(row: Row) -> Bands:
    """
    Raises:
        BandsRefused: they leave a gap, overlap, or score against the way that is good.
        SettingRefused: a line cannot be read.
    """
    lines = [line.strip() for line in text_of(row, "lines", "each band on a line").splitlines() if line.strip()]
    if row.about.startswith(SCORES):
        return _scores(row, lines)
    if row.about not in SETS:
        raise SettingRefused(f"There is no set of bands called {row.about!r}.")
    spans = must_cover(SETS[row.about], [_span(line) for line in lines])
    if row.about == "ages":
        return AgeBands("own", "unborn", tuple(AgeBand(each.label, each.first, each.last) for each in spans))
    return tuple(WorkingDayBand(each.label, each.first, each.last) for each in spans)


def must_cover(what: str, spans: Sequence[Span]) -> Sequence[Span]:
    """The spans in order, which hold every whole number from nought up once.

    Raises:
        BandsRefused: they do not.
    """
    ordered = sorted(spans, key=lambda span: span.first)
    wanted: int | None = 0
    for span in ordered:
        if wanted is None or span.first < wanted:
            raise BandsRefused(f"{what}: two bands hold {span.first}; let each number fall in one band.")
        if span.first > wanted:
            said = str(wanted) if span.first == wanted + 1 else f"{wanted} to {span.first - 1}"
            raise BandsRefused(f"{what}: no band holds {said}; add one.")
        wanted = None if span.last is None else span.last + 1
    if wanted is not None:
        raise BandsRefused(f"{what}: no band holds {wanted} and over; write the last as “{wanted} or more”.")
    return ordered


def _span(line: str) -> Span:
    found = LINE.fullmatch(line)
    if found is None:
        raise SettingRefused(f"“{line}” cannot be read as a band; write it as “11 to 15” or “16 or more”.")
    first, last, open_from = found.groups()
    if open_from is not None:
        return Span(int(open_from), None)
    if int(last) < int(first):
        raise BandsRefused(f"“{line}” ends before it begins; put its lower end first.")
    return Span(int(first), int(last))


def _scores(row: Row, lines: Sequence[str]) -> BandTable:
    good = next((each for each in GOODS if each == row.value.get("good")), None)
    if good is None:
        raise SettingRefused("Say which values are good: high ones, low ones, or those between.")
    read = sorted((_score(line) for line in lines), key=lambda cell: (cell[1], cell[2]))
    best = max((score for score, _, _ in read), default=0)
    peak = next((place for place, cell in enumerate(read) if cell[0] == best), 0)
    cells = tuple(ScoreBand(*cell, _side(place, peak)) for place, cell in enumerate(read))
    return BandTable(row.about.removeprefix(SCORES), cells, good)


def _side(place: int, peak: int) -> Side:
    return "peak" if place == peak else "low" if place < peak else "high"


def _score(line: str) -> tuple[int, float, float]:
    found = SCORE.fullmatch(line)
    if found is None:
        raise SettingRefused(f"“{line}” cannot be read as a score; write it as “5: 10 to 15”, the score first.")
    return int(found[1]), float(found[2]), float(found[3])
