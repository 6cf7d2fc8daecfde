"""The least that must be withheld with the small counts, so that nobody can work one out.

A small count is safe when two other worlds agree with everything that is shown and with every link, and lie far enough
apart in that count. The worlds are sought together with what to withhold: what differs in them from what is shown must
be withheld, at a cost, and the cheapest pair is taken (docs/adr/0014-public-editions.md). Withholding more only lets
more worlds in, so a pair once found stays a proof. `prove` checks every pair by plain sums, without the solver.

HiGHS does the search. It runs on one thread with a fixed seed, so that the same counts give the same answer.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

import highspy

from waypost.indicators.disclosure.cells import Cell
from waypost.indicators.disclosure.links import Link

Between = tuple[float, float]
"""The lowest and the highest that a count can be."""

World = dict[Cell, int]
REACH = (10, 100)
"""How far a world may lie from what is shown; further only where nothing nearer is found."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knows of a count whatever is done, and more if it is shown. `cost` is what withholding it loses.

    `shown` is None where no figure of this edition shows it.
    """

    anyway: Between
    shown: Between | None = None
    cost: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether withholding it would hide nothing."""
        return self.shown is None or self.shown == self.anyway


@dataclass(frozen=True)
class Pair:
    """Two worlds of the counts near a small one: it is least in `low`, and as much more as is asked in `high`."""

    low: World
    high: World


@dataclass
class Sheet:
    """The counts of an edition, what is known of each, and what ties them. `withheld` grows as more must go."""

    known: Mapping[Cell, Known]
    links: tuple[Link, ...]
    withheld: set[Cell]
    pairs: dict[Cell, Pair] = field(default_factory=dict)
    _of: dict[Cell, list[Link]] = field(default_factory=lambda: defaultdict(list), repr=False)

    def __post_init__(self) -> None:
        for link in self.links:
            for cell in link.cells:
                self._of[cell].append(link)

    def between(self, cell: Cell) -> Between:
        """What a reader knows of a count by itself."""
        known = self.known[cell]
        return known.anyway if known.shown is None or cell in self.withheld else known.shown

    def near(self, cell: Cell) -> tuple[dict[Cell, int], list[Link]]:
        """The counts that could be another number if this one were, numbered, and the links that tie them."""
        found, links, waiting = {cell: 0}, dict[Link, None](), deque([cell])
        while waiting:
            for link in self._of[waiting.popleft()]:
                links[link] = None
                for other in link.cells:
                    if other not in found:
                        found[other] = len(found)
                        low, high = self.known[other].anyway
                        if low < high:
                            waiting.append(other)
        return found, list(links)

    def is_safe(self, cell: Cell, width: int) -> bool:
        """Whether worlds that were found already lie far enough apart in this count."""
        seen = [world[cell] for pair in self.pairs.values() for world in (pair.low, pair.high) if cell in world]
        return bool(seen) and max(seen) - min(seen) >= width


def protect(sheet: Sheet, small: Iterable[Cell], width: int) -> Cell | None:
    """Withholds what must go with the small counts. Returns the first that cannot be kept, or None when all are."""
    for cell in small:
        if not sheet.is_safe(cell, width):
            pair = next(filter(None, (_cheapest(sheet, cell, width, reach) for reach in REACH)), None)
            if pair is None:
                return cell
            sheet.pairs[cell] = pair
            sheet.withheld |= _moved(sheet, pair)
    return None


def _moved(sheet: Sheet, pair: Pair) -> set[Cell]:
    """The counts that are not, in both worlds, what is shown of them."""
    return {cell for world in (pair.low, pair.high) for cell, count in world.items() if not _fits(sheet, cell, count)}


def _fits(sheet: Sheet, cell: Cell, count: int) -> bool:
    low, high = sheet.between(cell)
    return low <= count <= high


def prove(sheet: Sheet, small: Iterable[Cell], width: int) -> None:
    """Checks by plain sums that every small count could be other numbers.

    Raises:
        ArithmeticError: a pair of worlds does not hold, which is a fault of the search.
    """
    for pair in sheet.pairs.values():
        links = {link for cell in pair.low for link in sheet._of[cell] if pair.low.keys() >= set(link.cells)}
        for world in (pair.low, pair.high):
            if _moved(sheet, pair) or not all(link.holds(world) for link in links):
                raise ArithmeticError("A world that was to keep a small count does not agree with what is shown.")
    if not all(sheet.is_safe(cell, width) for cell in small):
        raise ArithmeticError("A small count has no other number that it could be.")


# ---------------------------------------------------------------- the search


def _cheapest(sheet: Sheet, cell: Cell, width: int, reach: int) -> Pair | None:
    """The two worlds that lie far enough apart in a count and lose the least."""
    places, links = sheet.near(cell)
    model = _Model(places, reach)
    for each in places:
        model.add(each, sheet.known[each], is_withheld=each in sheet.withheld)
    for link in links:
        model.tie(link)
    model.part(cell, width)
    return model.solved()


class _Model:
    """Columns: the count of each cell in the low world, then in the high one, then whether it is withheld."""

    def __init__(self, places: Mapping[Cell, int], reach: int) -> None:
        self.places, self.reach, self.size = places, reach, len(places)
        self.low, self.high, self.cost = [0.0] * self.size, [inf] * self.size, [0.0] * self.size
        self.choice: dict[Cell, int] = {}
        self.rows: list[tuple[list[int], list[float], float, float]] = []

    def add(self, cell: Cell, known: Known, *, is_withheld: bool) -> None:
        place, (low, high) = self.places[cell], known.anyway
        if is_withheld or known.is_settled:
            self.low[place], self.high[place] = low, high
            return
        assert known.shown is not None  # noqa: S101  settled otherwise
        shown_low, shown_high = known.shown
        self.low[place], self.high[place] = max(low, shown_low - self.reach), min(high, shown_high + self.reach)
        choice = self.choice[cell] = 2 * self.size + len(self.choice)
        self.cost.append(known.cost)
        for column in (place, place + self.size):
            self.rows.append(([column, choice], [1, shown_low - self.low[place]], shown_low, inf))
            self.rows.append(([column, choice], [1, shown_high - self.high[place]], -inf, shown_high))

    def tie(self, link: Link) -> None:
        most = 0.0 if link.sense == "is nought" else inf
        for world in (0, self.size):
            columns = [self.places[cell] + world for cell in link.cells]
            self.rows.append((columns, [float(times) for times, _ in link.terms], 0.0, most))

    def part(self, cell: Cell, width: int) -> None:
        place = self.places[cell]
        self.rows.append(([place, place + self.size], [-1, 1], width, inf))

    def solved(self) -> Pair | None:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0}.items():
            solver.setOptionValue(option, value)
        solver.passModel(self._program())
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = [round(value) for value in solver.getSolution().col_value]
        low = {cell: found[place] for cell, place in self.places.items()}
        high = {cell: found[place + self.size] for cell, place in self.places.items()}
        return Pair(low, high)

    def _program(self) -> highspy.HighsLp:
        choices = len(self.choice)
        program = highspy.HighsLp()
        program.num_col_ = 2 * self.size + choices
        program.num_row_ = len(self.rows)
        program.col_cost_ = [0.0] * self.size + self.cost
        program.col_lower_ = self.low * 2 + [0.0] * choices
        program.col_upper_ = self.high * 2 + [1.0] * choices
        program.row_lower_ = [row[2] for row in self.rows]
        program.row_upper_ = [row[3] for row in self.rows]
        program.integrality_ = [highspy.HighsVarType.kInteger] * program.num_col_
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        starts = [0]
        for columns, *_ in self.rows:
            starts.append(starts[-1] + len(columns))
        matrix.start_ = starts
        matrix.index_ = [column for columns, *_ in self.rows for column in columns]
        matrix.value_ = [value for _, values, *_ in self.rows for value in values]
        return program
