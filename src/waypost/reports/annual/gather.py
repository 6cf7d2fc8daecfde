"""The years and months that the annual report needs, worked out once each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear, Grid, periods
from waypost.indicators.calculate import calculate
from waypost.indicators.results import OPENING, Results, joined

YEARS_SHOWN = 5

STOCK_AND_FLOW = ("cpp_at_date", "cpp_starts", "cpp_ends", "cpp_net")
"""What the reconciliation is made of, by month and by group."""

SNAPSHOTS = (*STOCK_AND_FLOW, "cpp_bands_open_lbhf", "cpp_by_age", "cpp_by_category")
"""What is shown at month ends."""

YEARLY = (
    "referrals",
    "referral_rate",
    "rereferral_12m",
    "rereferral_rate",
    "sa_count",
    "sa_rate",
    "sa_45wd",
    "strategy_discussions",
    "strategy_to_s47",
    "s47_count",
    "s47_rate",
    "s47_to_icpc",
    "icpc_count",
    "icpc_rate",
    "icpc_15wd",
    "icpc_to_cpp",
    *STOCK_AND_FLOW,
    "cpp_rate",
    "cpp_start_rate",
    "cpp_bands_open_lbhf",
    "cpp_by_age",
    "cpp_by_category",
    "ni64",
    "ni65",
    "ni67",
    "cpp_by_sex",
    "cpp_by_ethnicity",
    "cpp_disabled",
    "assess_factors",
)
"""What is shown for whole years."""

RECONCILED_GROUPS = ("category", "sex", "ethnicity")
"""The groups in which opening, started, ended and closing must agree too. Ages are not: children grow."""

Asked = tuple[FinancialYear, Grid, Sequence[str], Sequence[str]]


def gather(dataset: Dataset, year: FinancialYear, progress: Callable[[int, int], None] | None = None) -> Results:
    """Every figure the report asks for, of those years that the dataset has a file for."""
    asked = [ask for ask in _asked(year) if ask[0] in dataset.years]
    found: list[Results] = []
    for done, (one, by, only, groups) in enumerate(asked):
        if progress:
            progress(done, len(asked))
        found.append(calculate(dataset, one, by=by, only=only, group_by=groups))
    if progress:
        progress(len(asked), len(asked))
    return _with_opening(joined(found), year) if found else Results(dataset.authority, ())


def _with_opening(results: Results, year: FinancialYear) -> Results:
    """The figures, with the plans that the year's own file has open at the close of the day before the year."""
    whole = periods(year, "year")[0]
    counts = [figure for figure in results if figure.period == whole and not figure.group]
    held = {figure.indicator: figure for figure in counts if figure.value is not None}
    if not held.keys() >= {"cpp_at_date", "cpp_starts", "cpp_ends"}:
        return results
    closing, started, ended = (held[name] for name in ("cpp_at_date", "cpp_starts", "cpp_ends"))
    count = (closing.value or 0) - (started.value or 0) + (ended.value or 0)
    opening = replace(closing, group=OPENING, value=count, numerator=count)
    return Results(results.authority, (*results, opening))


def _asked(year: FinancialYear) -> list[Asked]:
    whole: list[Asked] = [(year.before(back), "year", YEARLY, ()) for back in range(YEARS_SHOWN)]
    grouped: list[Asked] = [
        (year, "month", STOCK_AND_FLOW, RECONCILED_GROUPS),
        (year, "month", SNAPSHOTS[len(STOCK_AND_FLOW) :], ()),
        (year.before(), "month", SNAPSHOTS, ()),
    ]
    return whole + grouped
