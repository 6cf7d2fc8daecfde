"""Opening + started - ended = closing, or there is no report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.reports.made import MONTHS, WHOLE, plans
from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear
from waypost.indicators.results import Figure, Results
from waypost.reports import annual
from waypost.reports.annual.reconciliation import reconciled
from waypost.reports.model import ReportRefused

FLOWS = [
    (9, 3),
    (12, 18),
    (10, 17),
    (16, 13),
    (14, 19),
    (18, 16),
    (18, 11),
    (14, 16),
    (13, 14),
    (9, 18),
    (6, 11),
    (4, 9),
]


def results(figures: list[Figure]) -> Results:
    return Results("991", tuple(figures))


def changed(figures: list[Figure], indicator: str, place: int, by: int, **group: str) -> Results:
    """The figures with one of them off by so much. `place` is the month, or 12 for the year."""
    period = (*MONTHS, WHOLE)[place]

    def one(figure: Figure) -> Figure:
        is_it = (figure.indicator, figure.period, figure.group) == (indicator, period, group)
        return replace(figure, value=(figure.value or 0) + by) if is_it else figure

    return results([one(figure) for figure in figures])


def test_a_year_that_adds_up_opens_with_what_its_own_file_had_open() -> None:
    whole = reconciled(results(plans(115, FLOWS)), WHOLE, MONTHS)
    assert whole is not None
    assert (whole.opening, whole.started, whole.ended, whole.closing) == (115, 143, 165, 93)


@pytest.mark.parametrize("indicator", ["cpp_starts", "cpp_ends", "cpp_at_date", "cpp_net"])
def test_a_year_that_is_one_child_out_is_refused(indicator: str) -> None:
    with pytest.raises(ReportRefused, match="No report is made"):
        reconciled(changed(plans(115, FLOWS), indicator, 12, 1), WHOLE, MONTHS)


@pytest.mark.parametrize("indicator", ["cpp_starts", "cpp_ends", "cpp_at_date"])
def test_a_month_that_is_one_child_out_is_refused(indicator: str) -> None:
    with pytest.raises(ReportRefused, match="do not add up"):
        reconciled(changed(plans(115, FLOWS), indicator, 7, 1), WHOLE, MONTHS)


def test_a_group_that_does_not_add_up_is_refused_by_name() -> None:
    neglect = plans(60, FLOWS, category="neglect")
    assert reconciled(results(plans(115, FLOWS) + neglect), WHOLE, MONTHS)
    with pytest.raises(ReportRefused, match="for category neglect"):
        reconciled(changed(plans(115, FLOWS) + neglect, "cpp_at_date", 5, 1, category="neglect"), WHOLE, MONTHS)


def test_without_a_file_there_is_nothing_to_reconcile() -> None:
    missing = [replace(figure, value=None, status="not_available") for figure in plans(115, FLOWS)]
    assert reconciled(results(missing), WHOLE, MONTHS) is None


def test_the_report_itself_is_not_made(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    year = FinancialYear(2025)
    true = annual.gather.gather(dataset, year)
    wrong = changed(list(true), "cpp_ends", 12, 1)
    monkeypatch.setattr(annual.gather, "gather", lambda *_: wrong)
    with pytest.raises(ReportRefused):
        annual.build(dataset, year)
