"""Those beside the authority that gave their census files: what is counted of them, by the same definitions as ours."""

from __future__ import annotations

from collections.abc import Sequence

from waypost.datasets.dataset import Dataset
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.indicators.calculate import calculate
from waypost.indicators.results import Results, joined
from waypost.reports.annual.gather import YEARLY, YEARS_SHOWN
from waypost.reports.model import Freeze
from waypost.reports.numbers import Filed, Numbers


def filed(datasets: Sequence[Dataset], own: str, year: FinancialYear) -> dict[str, Filed]:
    """The figures of whole years of each authority, by its code; `own` is the code of the report's authority.

    Raises:
        WrongUse: an authority is the report's own, or there twice.
        DoesNotAddUp: plans open, started and ended of one of them disagree.
    """
    made: dict[str, Filed] = {}
    for dataset in datasets:
        if dataset.authority == own:
            raise WrongUse(f"The report is of authority {own}, so it cannot stand beside itself; leave out its files.")
        if dataset.authority in made:
            raise WrongUse(f"Authority {dataset.authority} was given twice to stand beside; give its records once.")
        made[dataset.authority] = Filed(dataset, _yearly(dataset, year))
    return made


def _yearly(dataset: Dataset, year: FinancialYear) -> Results:
    shown = [year.before(back) for back in range(YEARS_SHOWN)]
    found = [calculate(dataset, one, only=YEARLY) for one in shown if one in dataset.years]
    return joined(found) if found else Results(dataset.authority, ())


def freezes(numbers: Numbers) -> tuple[Freeze, ...]:
    """The records of each authority that was counted beside ours."""
    names = {place.key: place.name for place in numbers.places}
    return tuple(
        Freeze(held.dataset.id, held.dataset.as_at, held.dataset.sources, names[code])
        for code, held in numbers.filed.items()
    )
