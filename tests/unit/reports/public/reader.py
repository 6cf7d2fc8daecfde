"""A reader who wants to know: holds the printed tables of public editions and works out what was withheld.

Written apart from the code that it tests. It reads the words in the cells of tables, and nothing behind them, and ties
them by what anyone who knows these figures knows: rows add up to totals, plans open and close, a share is a count over
its base. It is told more than a reader could be: which of the numbers withheld are small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import inf

import highspy

from waypost.reports.model import Cell, Report, Table

MONTHS = {name: place for place, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
SMALL = range(1, 6)

Name = tuple[str, ...]
"""A count: what is counted, when, and by which file."""


@dataclass
class Reader:
    """What is known of each count, the sums that must hold, and which counts are withheld though small."""

    rounded_to: int = 1
    between: dict[Name, tuple[float, float]] = field(default_factory=dict)
    sums: list[tuple[dict[Name, float], float, float]] = field(default_factory=list)
    secret: dict[Name, int] = field(default_factory=dict)

    # ------------------------------------------------------------ what is known

    def know(self, name: Name, low: float, high: float) -> None:
        was = self.between.get(name, (0, inf))
        self.between[name] = max(was[0], low), min(was[1], high)

    def read(self, name: Name, words: str, truth: str) -> None:
        """Takes in a count as printed, or that it is withheld; the internal edition tells whether it is small."""
        self.know(name, 0, inf)
        if words == "withheld" and (count := number(truth)):
            is_small = count in SMALL
            self.know(name, *((1, 5) if is_small else (6, inf)))
            if is_small:
                self.secret[name] = int(count)
        elif (shown := number(words)) is not None:
            self.know(name, *self.behind(int(shown)))

    def behind(self, shown: int) -> tuple[float, float]:
        if self.rounded_to == 1 or shown == 0:
            return shown, shown
        return max(6, shown - self.rounded_to // 2), shown + self.rounded_to // 2

    def share(self, part: Name, whole: Name, words: str) -> None:
        """A share to one decimal is a band around part over whole. Rounded counts make shares that say no more."""
        if self.rounded_to == 1 and words.endswith("%") and (shown := number(words.rstrip("%"))) is not None:
            self.sums.append(({part: 100, whole: -(shown - 0.05)}, -1e-6, inf))
            self.sums.append(({part: 100, whole: -(shown + 0.05)}, -inf, 1e-6))

    def rate(self, name: Name, words: str, population: float) -> None:
        if self.rounded_to == 1 and (shown := number(words)) is not None:
            low, high = ((shown + way * 0.05) * population / 10_000 for way in (-1, 1))
            self.know(name, low - 1e-6, high + 1e-6)

    def total(self, whole: Name, parts: Iterable[Name]) -> None:
        self.sums.append(({whole: -1, **dict.fromkeys(parts, 1.0)}, 0, 0))

    def at_least(self, more: Name, less: Name) -> None:
        self.sums.append(({more: 1, less: -1}, 0, inf))

    # ------------------------------------------------------------ working out

    def worked_out(self) -> dict[Name, int]:
        """The small withheld counts that can be no other number."""
        solver, columns = self._solver()
        found = {}
        for name, count in self.secret.items():
            low, high = (self._end(solver, columns[name], sense) for sense in (1, -1))
            assert low <= count <= high, f"the sums of the reader are wrong about {name}: {low} to {high}"
            if low == high:
                found[name] = low
        return found

    def widths(self) -> dict[Name, int]:
        """How far apart the lowest and highest lie that each small withheld count could be."""
        solver, columns = self._solver()
        ends = {name: [self._end(solver, columns[name], sense) for sense in (1, -1)] for name in self.secret}
        return {name: high - low for name, (low, high) in ends.items()}

    def _solver(self) -> tuple[highspy.Highs, dict[Name, int]]:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        names = dict.fromkeys((*self.between, *(name for terms, *_ in self.sums for name in terms)))
        columns = {name: place for place, name in enumerate(names)}
        for name in names:
            low, high = self.between.get(name, (0, inf))
            solver.addVar(low, high)
            solver.changeColIntegrality(columns[name], highspy.HighsVarType.kInteger)
        for terms, low, high in self.sums:
            solver.addRow(low, high, len(terms), [columns[name] for name in terms], list(terms.values()))
        return solver, columns

    @staticmethod
    def _end(solver: highspy.Highs, column: int, sense: int) -> int:
        solver.changeColCost(column, sense)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "the sums of the reader contradict"
        found = round(solver.getSolution().col_value[column])
        solver.changeColCost(column, 0)
        return found


def number(words: str) -> float | None:
    """The number that a cell prints, or None."""
    plain = words.replace(",", "").replace("\N{MINUS SIGN}", "-").rstrip("%")
    return float(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None


# ---------------------------------------------------------------- reading the tables of an edition


@dataclass
class Edition:
    """A public edition as printed, with the internal one beside it to say what was withheld."""

    public: Report
    internal: Report
    reader: Reader

    def take_in(self) -> None:
        for read in (self._months, self._change, self._lengths, self._ages, self._categories, self._splits):
            read()
        for read in (self._measures, self._rates, self._factors, self._referrals, self._disability):
            read()

    def _file(self, year: int) -> str:
        """The fingerprint of the census file of a year, which the data note prints: alike files give alike counts."""
        named = f"{year - 1}-{year % 100:02d}"
        rows = table(self.public, "sources-table").rows
        return next((row.cells[-1].words for row in rows if named in row.head), "none")

    def _name(self, what: str, when: str, year: int) -> Name:
        return what, when, self._file(year)

    def _pairs(self, key: str) -> Iterator[tuple[str, str, str, Cell, Cell]]:
        """Head and hint of the row, name of the column, and the cell of the public and of the internal edition."""
        printed, true = table(self.public, key), table(self.internal, key)
        truth = {
            (row.head, row.hint, column.group, column.words): cell
            for row in true.rows
            for column, cell in zip(true.columns, row.cells, strict=True)
        }
        for row in printed.rows:
            for column, cell in zip(printed.columns, row.cells, strict=True):
                key_ = (row.head, row.hint, column.group, column.words)
                yield row.head, row.hint, f"{column.group}|{column.words}", cell, truth.get(key_, cell)

    def _read(self, name: Name, cell: Cell, true: Cell) -> Name:
        self.reader.read(name, cell.words, true.words)
        return name

    @property
    def _year(self) -> int:
        return self.public.year.ends

    def _open(self, when: str, year: int) -> Name:
        return self._name("plans open", when, year)

    def _months(self) -> None:
        columns = {"Open at the start": "start", "Started": "started", "Ended": "ended", "Open at the end": "end"}
        year, rows = self._year, {}
        for head, _, column, cell, true in self._pairs("months-table"):
            if head != "Control limits":
                rows.setdefault(head, {})[columns[column.strip("|")]] = (cell, true)
        before = self._name("opening", "April", year)
        for head, cells in rows.items():
            month, of = head.split()
            at = f"{month[:3]} {of}"
            closing = self._open(at, year)
            started, ended = self._name("started", at, year), self._name("ended", at, year)
            self._read(before, *cells["start"])
            self._read(started, *cells["started"])
            self._read(ended, *cells["ended"])
            self._read(closing, *cells["end"])
            self.reader.sums.append(({before: 1, started: 1, ended: -1, closing: -1}, 0, 0))
            before = closing
        for what in ("started", "ended"):
            parts = [self._name(what, f"{head.split()[0][:3]} {head.split()[1]}", year) for head in rows]
            if parts:
                self.reader.total(self._name(what, "year", year), parts)

    def _change(self) -> None:
        year = self._year
        names = {
            "Plans started in the year": self._name("started", "year", year),
            "Plans ended in the year": self._name("ended", "year", year),
            f"Plans open at 31 March {year}": self._open(f"Mar {year}", year),
            f"Plans open at the close of 31 March {year - 1}": self._name("opening", "April", year),
        }
        for head, _, _, cell, true in self._pairs("change-table"):
            if head in names:
                self._read(names[head], cell, true)
            elif (net := number(cell.words)) is not None and self.reader.rounded_to == 1:
                started, ended = self._name("started", "year", year), self._name("ended", "year", year)
                self.reader.sums.append(({started: 1, ended: -1}, net, net))

        self._carry_over(
            names[f"Plans open at the close of 31 March {year - 1}"], self._open(f"Mar {year - 1}", year - 1)
        )

    def _carry_over(self, opening: Name, closing: Name) -> None:
        """A reader takes what was open when a year ended to open the next, as where no record was put right."""
        before = [
            cell.words
            for head, _, column, _, cell in self._pairs("rate-table")
            if head == "Children on plans" and column.endswith(closing[1][-4:])
        ]
        now = [
            cell.words for head, *_, cell in self._pairs("change-table") if head.startswith("Plans open at the close")
        ]
        if before == now:
            self.reader.sums.append(({opening: 1, closing: -1}, 0, 0))

    def _split(self, key: str, what: str, all_: str, when: dict[str, tuple[str, int]]) -> None:
        """A table with a row for each date and a column for each part: the parts make up the whole."""
        rows: dict[str, dict[str, Name]] = {}
        for head, _, column, cell, true in self._pairs(key):
            at, year = when[head]
            part = column.strip("|")
            name = self._open(at, year) if part == all_ else self._name(f"{what}: {part}", at, year)
            rows.setdefault(head, {})[part] = self._read(name, cell, true)
            if cell.beneath:
                self.reader.share(name, self._open(at, year), cell.beneath)
        for parts in rows.values():
            self.reader.total(parts[all_], [name for part, name in parts.items() if part != all_])

    def _lengths(self) -> None:
        rows = [row.head for row in table(self.public, "lengths-table").rows]
        self._split("lengths-table", "length", "All", {head: (head, _year_of(head)) for head in rows})

    def _days(self, key: str) -> dict[str, tuple[str, int]]:
        heads = [row.head for row in table(self.public, key).rows]
        months = [f"{head.split()[1][:3]} {head.split()[2]}" for head in heads]
        return {head: (month, _year_of(month)) for head, month in zip(heads, months, strict=True)}

    def _ages(self) -> None:
        self._split("ages-table", "age", "All plans", self._days("ages-table"))

    def _categories(self) -> None:
        self._split("categories-table", "category", "All plans", self._days("categories-table"))

    def _splits(self) -> None:
        """Sex and ethnic group at two dates, the count and its share side by side."""
        self._two_dates("sex-table", "sex", ())
        self._two_dates("ethnicity-table", "ethnicity", ("Ethnic group known",))

    def _two_dates(self, key: str, what: str, between: tuple[str, ...]) -> None:
        shares = []
        rows: dict[str, dict[str, Name]] = {}
        for head, _, column, cell, true in self._pairs(key):
            day, kind = column.split("|")
            at = f"Mar {day.split()[-1]}"
            year = _year_of(at)
            whole = head == "All children on plans"
            name = self._open(at, year) if whole else self._name(f"{what}: {head}", at, year)
            if kind == "Number":
                rows.setdefault(day, {})[head] = self._read(name, cell, true)
            elif not whole and head not in between:
                shares.append((day, head, name, cell.words))
        for parts in rows.values():
            whole = parts["All children on plans"]
            some = {head: name for head, name in parts.items() if name != whole and head not in between}
            self.reader.total(whole, some.values())
            for head in between:
                known = [name for part, name in some.items() if not part.startswith("Not known")]
                self.reader.total(parts[head], known)
        for day, head, name, words in shares:
            base = between[0] if between and not head.startswith("Not known") else "All children on plans"
            self.reader.share(name, rows[day][base], words)

    def _measures(self) -> None:
        """Five years of three shares, each with its count and its base."""
        for key, what in (("ni64", "ended"), ("ni65", "started"), ("ni67", "three months")):
            found: dict[str, dict[str, tuple[Cell, Cell]]] = {}
            for head, hint, column, cell, true in self._pairs(f"{key}-table"):
                kind = "share" if head == self.public.authority else head if hint.endswith(", number") else ""
                if kind:
                    found.setdefault(column.strip("|"), {})[kind] = (cell, true)
            for label, cells in found.items():
                year = int(label[:4]) + 1
                share, count, base = cells.values()
                part = self._read(self._name(key, "year", year), *count)
                whole = self._name(what, "year" if what != "three months" else f"Mar {year}", year)
                self._read(whole, *base)
                self.reader.share(part, whole, share[0].words)
                self.reader.at_least(whole, part)
                if what == "three months":
                    self.reader.at_least(self._open(f"Mar {year}", year), whole)
                    first = self._name("length: 0 to 3 months", f"Mar {year}", year)
                    stock = self._open(f"Mar {year}", year)
                    self.reader.sums.append(({whole: 1, first: 1, stock: -1}, 0, inf))

    def _rates(self) -> None:
        held: dict[str, dict[str, tuple[Cell, Cell]]] = {}
        for head, _, column, cell, true in self._pairs("rate-table"):
            held.setdefault(head, {})[column.strip("|")] = (cell, true)
        for label, (people, _) in held["Children aged 0 to 17"].items():
            year = int(label.split()[-1])
            name = self._open(f"Mar {year}", year)
            self._read(name, *held["Children on plans"][label])
            if (population := number(people.words)) is not None:
                self.reader.rate(name, held[self.public.authority][label][0].words, population)

    def _factors(self) -> None:
        for head, _, column, cell, true in self._pairs("factors-table"):
            label, kind = column.split("|")
            year = int(label[:4]) + 1
            name = self._name(f"factor: {head}", "year", year)
            if kind == "Number":
                self._read(name, cell, true)
            elif (people := self._population(year)) is not None:
                self.reader.rate(name, cell.words, people)

    def _population(self, year: int) -> float | None:
        held = table(self.public, "populations-table")
        words = {column.words: cell.words for column, cell in zip(held.columns, held.rows[0].cells, strict=True)}
        return number(words.get(f"{year - 1}-{year % 100:02d}", ""))

    def _referrals(self) -> None:
        """Shares with "part of whole" printed under them."""
        for head, _, column, cell, true in self._pairs("referrals-table"):
            label = column.strip("|")
            if label.startswith(self.public.authority):
                year = int(label.split()[-1][:4]) + 1
                name = self._name(head, "year", year)
                if " of " in cell.beneath:
                    part, whole = cell.beneath.split(" of ")
                    self.reader.know(name, *self.reader.behind(int(number(part) or 0)))
                    self.reader.know((*name, "base"), *self.reader.behind(int(number(whole) or 0)))
                elif "%" in true.words:
                    count = true.beneath.split(" of ")[0]
                    self.reader.read(name, cell.words, count)
                else:
                    self._read(name, cell, true)

    def _disability(self) -> None:
        for head, _, column, cell, true in self._pairs("disability-table"):
            at = f"Mar {column.strip('|').split()[-1]}"
            name = self._name("disabled", at, _year_of(at))
            if head.startswith("With"):
                self._read(name, cell, true)
                self.reader.at_least(self._open(at, _year_of(at)), name)
            elif head.startswith("Share"):
                self.reader.share(name, self._open(at, _year_of(at)), cell.words)


def table(report: Report, key: str) -> Table:
    return next(held for held in report.tables if held.key == key)


def _year_of(month: str) -> int:
    """The calendar year in which the financial year of "Feb 2024" ends."""
    name, year = month.split()
    return int(year) + (MONTHS[name] > 3)
