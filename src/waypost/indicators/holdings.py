"""What an authority has filed, and so which figures it can be given and what its rates are made with."""

from __future__ import annotations

from dataclasses import dataclass, field

from waypost.datasets import published
from waypost.domain.periods import FinancialYear
from waypost.indicators.catalogue import Definition
from waypost.indicators.registry import BY_ID, PRE_PROCEEDINGS
from waypost.indicators.results import Population, Status

PRE_PROCEEDINGS_ASKED_FROM = FinancialYear(2027)


@dataclass(frozen=True, slots=True)
class Base:
    """The population that rates are made with, and the status and note that they have by it."""

    population: Population
    status: Status = "final"
    note: str | None = None


@dataclass(frozen=True)
class Holding:
    """The years that an authority has a file of their own for, and those of them that hold pre-proceedings.

    `population` is the children aged 0 to 17 that rates are made with, in place of the packaged estimate.
    """

    authority: str
    years: frozenset[FinancialYear]
    pre_proceedings: frozenset[FinancialYear] = field(default=frozenset())
    population: int | None = None

    def base(self, year: FinancialYear) -> Base | None:
        """What rates of a year are made with, or None if there is nothing."""
        if self.population is not None:
            return Base(Population(self.population, None, "given"))
        estimate = published.population(self.authority, year)
        if estimate is None:
            return None
        population = Population(estimate.value, estimate.estimate, estimate.source)
        if not estimate.is_latest_instead:
            return Base(population)
        note = f"Made with the {estimate.estimate} population: that of mid-{year.ends - 1} is not packaged yet."
        return Base(population, "provisional", note)

    def reason_against(self, definition: Definition, year: FinancialYear) -> str | None:
        """Why an indicator cannot be given for a year, or None if it can."""
        if not definition.is_in_census:
            return "The census does not hold what this asks."
        if year not in self.years:
            return f"There is no census file for {year}."
        if missing := self._years_missing(definition, year):
            return f"This looks back, and needs the census file of {missing} as well."
        if definition.id in PRE_PROCEEDINGS and year < PRE_PROCEEDINGS_ASKED_FROM and year not in self.pre_proceedings:
            return f"The census asks about this from {PRE_PROCEEDINGS_ASKED_FROM} on, and this file says nothing of it."
        if definition.is_rate and self.base(year) is None:
            return f"There is no estimate of the children in authority {self.authority} to make a rate with."
        return None

    def _years_missing(self, definition: Definition, year: FinancialYear) -> str:
        needed = [year.before(n) for n in range(1, BY_ID[definition.id].needs_years_before + 1)]
        return " and ".join(str(each) for each in needed if each not in self.years)
