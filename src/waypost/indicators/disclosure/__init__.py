"""Disclosure control: what a public edition shows of its figures, so that it gives nobody away.

Small counts are withheld, and with them whatever would give one of them away: through totals and parts, shares and
rates, months and years, plans that started and ended, and what earlier editions showed. What is shown may be rounded. A
withheld figure carries no number, so nothing that is made of it later can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Literal

from waypost.domain.arithmetic import percent, rate_per_10000
from waypost.domain.errors import PlainError
from waypost.domain.periods import FinancialYear, periods
from waypost.indicators.disclosure.cells import Cell, standing
from waypost.indicators.disclosure.links import Link, links, presumed
from waypost.indicators.disclosure.rules import Rule, rule, rule_of
from waypost.indicators.disclosure.worlds import Between, Known, Sheet, prove
from waypost.indicators.disclosure.worlds import protect as find_worlds
from waypost.indicators.registry import BY_ID
from waypost.indicators.results import Figure, Number, Results, Status

__all__ = ["CannotKeep", "Edition", "Rule", "protect", "rule", "rule_of"]

Reason = Literal["small", "linked", "shown"]
"""Why a count is withheld: it is small, or would give away one that is; or that it is not."""

Records = Mapping[FinancialYear, str]
"""A fingerprint of the records of each year's own file. Where two are alike, the counts of that year are."""

CARRY_NUMBERS: frozenset[Status] = frozenset({"final", "provisional", "not_validated"})
WITHHELD = "Withheld so that no child can be recognised."


class CannotKeep(PlainError):
    """Nothing that can still be withheld keeps a small count from being worked out."""


@dataclass(frozen=True)
class Edition:
    """The figures of a public edition as it shows them.

    `reasons` says of each figure, in the order of `figures`, why each count that it stands on is withheld. It is for
    later editions to read, and never for the page. `records` are the fingerprints of each year's own records.
    """

    rule: str
    authority: str
    figures: tuple[Figure, ...]
    reasons: tuple[tuple[Reason, ...], ...]
    records: Records = field(default_factory=dict)

    @cached_property
    def results(self) -> Results:
        return Results(self.authority, self.figures)

    def counted(self) -> Mapping[str, int]:
        """How many figures are shown, withheld because a count is small, and withheld for what they give away."""
        found = {"shown": 0, "small": 0, "linked": 0}
        for reasons in self.reasons:
            found["small" if "small" in reasons else "linked" if "linked" in reasons else "shown"] += 1
        return found


def protect(results: Results, rule: Rule, earlier: Sequence[Edition] = (), records: Records | None = None) -> Edition:
    """What may be shown of figures, to readers who hold every earlier edition too.

    What an earlier edition showed of a year counts where it was made from the same records of it. Where they were put
    right since, the counts of that year are others now; but what was withheld of it stays withheld.

    Raises:
        CannotKeep: earlier editions show so much that a small count could be worked out whatever is withheld.
    """
    records = records or {}
    counts = _Counts(rule, records)
    for figure in results:
        counts.add(figure)
    for edition in earlier:
        counts.add_earlier(edition)
    sheet = counts.sheet()
    kept = [cell for cell in counts.small if _is_secret(sheet.known[cell].anyway, rule)]
    lost = find_worlds(sheet, kept, rule.least_width)
    if lost is not None:
        raise CannotKeep(
            f"A public edition cannot be made: what earlier editions show gives away a count of {lost.year} that must "
            f"be withheld; leave that year's figures out, or withdraw the earlier edition."
        )
    prove(sheet, kept, rule.least_width)
    reasons = tuple(counts.reasons(figure, sheet.withheld) for figure in results)
    shown = tuple(_shown(figure, why, counts) for figure, why in zip(results, reasons, strict=True))
    return Edition(rule.id, results.authority, shown, reasons, records)


def _is_secret(anyway: Between, rule: Rule) -> bool:
    """Whether an earlier edition has not itself shown the count."""
    low, high = anyway
    return high - low >= rule.least_width


# ---------------------------------------------------------------- what is known of each count


@dataclass
class _Counts:
    """The counts under the figures of an edition, and what earlier editions let know of them."""

    rule: Rule
    records: Records
    counts: dict[Cell, int] = field(default_factory=dict)
    cost: dict[Cell, float] = field(default_factory=lambda: defaultdict(float))
    small: dict[Cell, None] = field(default_factory=dict)
    stays: set[Cell] = field(default_factory=set)
    before: dict[Cell, Between] = field(default_factory=dict)

    def add(self, figure: Figure) -> None:
        """Takes in a figure as it truly is."""
        for cell, count in _truth(figure):
            self.counts[cell] = count
            self.cost[cell] += _worth(figure, count)
            if self.rule.is_small(count):
                self.small[cell] = None

    def add_earlier(self, edition: Edition) -> None:
        """Takes in what an earlier edition showed, and that what it withheld stays withheld."""
        shown, withheld = _read(edition)
        same = {year for year in edition.records if edition.records[year] == self.records.get(year)}
        for cell, between in shown.items():
            if cell.year in same:
                self._learn(cell, between)
        for cell, is_small in withheld.items():
            if cell in self.counts:
                self.stays.add(cell)
            elif cell.year in same:
                self._learn(cell, self._hidden(is_small))
                self.small |= {cell: None} if is_small else {}

    def _learn(self, cell: Cell, between: Between) -> None:
        """Takes in what a reader learns of a count. What cannot be so of it was shown of other records of the child."""
        known = _both(self.before.get(cell, (0, inf)), between)
        if known[0] <= self.counts.get(cell, known[0]) <= known[1]:
            self.before[cell] = known

    def _hidden(self, is_small: bool) -> Between:
        return (1, self.rule.most_withheld) if is_small else (self.rule.least_shown, inf)

    def sheet(self) -> Sheet:
        """Everything that a reader knows, with every small count withheld and nothing else but what stays so."""
        tied = links((*self.counts, *self.before))
        taken = [link for link in presumed((*self.counts, *self.before)) if self._seems_so(link)]
        held = (*(link for link in tied if self._could_be(link)), *taken)
        cells = dict.fromkeys((*self.counts, *self.before, *(cell for link in held for cell in link.cells)))
        withheld = {cell for cell in (*self.small, *self.stays) if cell in self.counts}
        return Sheet({cell: self._known(cell) for cell in cells}, held, withheld)

    def _could_be(self, link: Link) -> bool:
        """Whether a link holds of these counts. One that does not, because records were put right, tells nothing."""
        return not self.counts.keys() >= set(link.cells) or link.holds(self.counts)

    def _seems_so(self, link: Link) -> bool:
        """Whether two counts are alike, or could be by what a reader knows of the second."""
        one, other = link.cells
        if one not in self.counts:
            return False
        low, high = (self.counts[other],) * 2 if other in self.counts else self.before.get(other, (0, inf))
        return low <= self.counts[one] <= high

    def _known(self, cell: Cell) -> Known:
        before = self.before.get(cell, (0, inf))
        if cell not in self.counts:
            return Known(before)
        count = self.counts[cell]
        anyway = _both(before, (0, 0) if count == 0 else self._hidden(self.rule.is_small(count)))
        if cell in self.small:
            return Known(anyway)
        return Known(anyway, _both(anyway, self.rule.behind(self.rule.rounded(count))), self.cost[cell])

    def reasons(self, figure: Figure, withheld: set[Cell]) -> tuple[Reason, ...]:
        """Why each count under a figure is withheld. A difference is shown only where both of its counts are."""
        if figure.status not in CARRY_NUMBERS:
            return ()
        return tuple(
            "small" if cell in self.small else "shown" if cell in self.counts and cell not in withheld else "linked"
            for cell in standing(figure).cells
        )


def _both(one: Between, other: Between) -> Between:
    return max(one[0], other[0]), min(one[1], other[1])


def _truth(figure: Figure) -> list[tuple[Cell, int]]:
    """The counts that a figure shows. Without a value there was nothing to divide by; a difference shows no count."""
    if figure.status not in (*CARRY_NUMBERS, "not_applicable"):
        return []
    stands = standing(figure)
    if figure.status == "not_applicable":
        return [(stands.base, 0)] if stands.base else []
    counted = [(stands.counted[0], figure.numerator)] if len(stands.counted) == 1 else []
    based = [(stands.base, figure.denominator)] if stands.base else []
    return [(cell, int(count)) for cell, count in (*counted, *based) if count is not None]


def _worth(figure: Figure, count: int) -> float:
    """What a reader loses with a figure: most with a total of a year, least with a small part."""
    is_year = figure.period in periods(figure.period.year, "year")
    total = 3.0 if not figure.group else 1.0
    return total * (4.0 if is_year and not figure.group else 1.0) * (1 + min(count, 100) / 100)


def _read(edition: Edition) -> tuple[dict[Cell, Between], dict[Cell, bool]]:
    """What an earlier edition showed of each count, and those that it withheld, with whether they were small."""
    by = rule(edition.rule)
    shown: dict[Cell, Between] = {}
    withheld: dict[Cell, bool] = {}
    for figure, reasons in zip(edition.figures, edition.reasons, strict=True):
        if figure.indicator not in BY_ID or figure.version != BY_ID[figure.indicator].version:
            continue
        if figure.status == "suppressed":
            hidden = zip(standing(figure).cells, reasons, strict=True)
            withheld |= {cell: why == "small" for cell, why in hidden if why != "shown"}
        else:
            shown |= {cell: by.behind(count) for cell, count in _truth(figure)}
    return shown, withheld


# ---------------------------------------------------------------- figures as they are shown


def _shown(figure: Figure, reasons: tuple[Reason, ...], counts: _Counts) -> Figure:
    if figure.status not in CARRY_NUMBERS:
        return figure
    if any(why != "shown" for why in reasons):
        return replace(figure, value=None, numerator=None, denominator=None, status="suppressed", note=WITHHELD)
    return figure if counts.rule.rounded_to == 1 else _rounded(figure, counts)


def _rounded(figure: Figure, counts: _Counts) -> Figure:
    """The figure with its counts rounded, and made again from those."""
    stands, rounded = standing(figure), counts.rule.rounded
    base = rounded(counts.counts[stands.base]) if stands.base else figure.denominator
    numerator = _counted([rounded(counts.counts[cell]) for cell in stands.counted], figure)
    value = _made(figure, numerator, base)
    said = f"{figure.note} " if figure.note else ""
    note = f"{said}Counts are rounded to the nearest {counts.rule.rounded_to}."
    return replace(figure, value=value, numerator=numerator, denominator=base, note=note)


def _counted(counts: Sequence[int], figure: Figure) -> Number | None:
    match counts:
        case [one]:
            return one
        case [first, second]:
            return abs(first - second) if figure.unit == "percent" else first - second
        case _:
            return None


def _made(figure: Figure, numerator: Number | None, base: Number | None) -> Number | None:
    if numerator is None:
        return figure.value
    match figure.unit:
        case "percent":
            return percent(numerator, base or 0)
        case "rate_per_10000":
            return rate_per_10000(numerator, base or 0)
        case _:
            return numerator
