"""Opening + started - ended = closing, for every month, for the year, and for every group but age bands.

The opening count is that of the year's own file: plans in it that were open at the close of the day before the year.
The closing count that last year's report gave can differ, because records are put right; the report shows both.
"""

from __future__ import annotations

from dataclasses import dataclass

from waypost.domain.arithmetic import stock_flow_closing
from waypost.domain.periods import Period
from waypost.indicators.results import Number as Value
from waypost.indicators.results import Results
from waypost.reports.annual.gather import RECONCILED_GROUPS
from waypost.reports.model import ReportRefused
from waypost.reports.words import day_words

COUNTS = ("cpp_starts", "cpp_ends", "cpp_at_date")


@dataclass(frozen=True, slots=True)
class Flow:
    """Plans at the start of a period, those begun and ended in it, and those at its end."""

    period: Period
    opening: Value
    started: Value
    ended: Value
    closing: Value


def flows(results: Results, months: tuple[Period, ...], **group: str) -> tuple[Flow, ...] | None:
    """The months of a year, each opening with what the month before closed with. None where there is no file.

    Raises:
        ReportRefused: a month does not add up.
    """
    made: list[Flow] = []
    for month in months:
        started, ended, closing = (_value(results, name, month, group) for name in COUNTS)
        if started is None or ended is None or closing is None:
            return None
        opening = made[-1].closing if made else closing - started + ended
        made.append(_balanced(Flow(month, opening, started, ended, closing), group))
    return tuple(made)


def of_year(results: Results, year: Period, months: tuple[Period, ...], **group: str) -> Flow | None:
    """The whole year, whose own figures must agree with its months.

    Raises:
        ReportRefused: the year does not add up, or is not the sum of its months.
    """
    parts = flows(results, months, **group)
    if parts is None:
        return None
    started, ended, closing = (_value(results, name, year, group) or 0 for name in COUNTS)
    whole = _balanced(Flow(year, parts[0].opening, started, ended, closing), group)
    _same("plans started", started, sum(part.started for part in parts), whole)
    _same("plans ended", ended, sum(part.ended for part in parts), whole)
    _same("plans open at the end", closing, parts[-1].closing, whole)
    return whole


def reconciled(results: Results, year: Period, months: tuple[Period, ...]) -> Flow | None:
    """The flow of the year, once it and every group of it add up.

    Raises:
        ReportRefused: something does not add up, so the report is not built.
    """
    whole = of_year(results, year, months)
    if whole is not None:
        _net_agrees(results, whole)
        for field in RECONCILED_GROUPS:
            for value in results.split("cpp_at_date", months[-1], field):
                flows(results, months, **{field: value})
    return whole


def _value(results: Results, indicator: str, period: Period, group: dict[str, str]) -> Value | None:
    return results.get(indicator, period, **group).value


def _balanced(flow: Flow, group: dict[str, str]) -> Flow:
    expected = stock_flow_closing(flow.opening, flow.started, flow.ended)
    if expected != flow.closing:
        where = "".join(f" for {name} {value}" for name, value in group.items())
        raise ReportRefused(
            f"Plans do not add up from {day_words(flow.period.start)} to {day_words(flow.period.end)}{where}: "
            f"{flow.opening} at the start, {flow.started} started and {flow.ended} ended make {expected}, "
            f"but {flow.closing} were open at the end. No report is made."
        )
    return flow


def _net_agrees(results: Results, whole: Flow) -> None:
    net = _value(results, "cpp_net", whole.period, {})
    _same("the net change", net or 0, whole.started - whole.ended, whole)


def _same(what: str, year: Value, months: Value, whole: Flow) -> None:
    if year != months:
        raise ReportRefused(
            f"Plans do not add up from {day_words(whole.period.start)} to {day_words(whole.period.end)}: "
            f"{what} for the year is {year}, but its parts make {months}. No report is made."
        )
