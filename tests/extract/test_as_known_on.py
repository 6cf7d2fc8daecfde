"""What the figures of a day were, after later corrections: read from history, never from the record as it is now."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.building import Builder
from waypost.datasets.dataset import Dataset
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear, Grid
from waypost.extract import extract, last_changed
from waypost.indicators.calculate import calculate
from waypost.records.casework.models import Child
from waypost.records.pathway import models as held

YEAR = FinancialYear(2026)
MARCH, APRIL, MAY, JUNE = date(2026, 3, 12), date(2026, 4, 20), date(2026, 5, 5), date(2026, 6, 9)


def value(dataset: Dataset, indicator: str, by: Grid = "year") -> list[object]:
    return [figure.value for figure in calculate(dataset, YEAR, by=by, only=[indicator]) if not figure.group]


@pytest.fixture
def corrected(record: Builder) -> None:
    """Two plans are recorded in March. In April one is said to have ended in March. In May the other's start is put
    right, from February to the year before; in June a third child's plan of February is recorded at last."""
    with record.on(MARCH):
        maya, jonah, wren = (record.child(f"A000{place}") for place in range(3))
        plans = [_on_plan(record, child, date(2026, 2, 10)) for child in (maya, jonah)]
    with record.on(APRIL):
        plans[0].ended_on = date(2026, 3, 20)
        record.save(plans[0])
    with record.on(MAY):
        plans[1].started_on = date(2025, 3, 3)
        record.save(plans[1])
    with record.on(JUNE):
        _on_plan(record, wren, date(2026, 2, 24))


def _on_plan(record: Builder, child: Child, day: date) -> held.ProtectionPlan:
    return record.plan(record.referral(child, date(2025, 2, 3)), day)


# On plans at 31 March 2026, and begun in the year, as it was known at the close of each day.
KNOWN = {
    date(2026, 3, 31): (2, 2),
    date(2026, 4, 19): (2, 2),
    date(2026, 4, 20): (1, 2),
    date(2026, 5, 5): (1, 1),
    date(2026, 6, 8): (1, 1),
    date(2026, 6, 9): (2, 2),
    None: (2, 2),
}


@pytest.mark.usefixtures("corrected")
def test_the_figures_of_a_day_are_those_of_that_day() -> None:
    for day, (on_plans, begun) in KNOWN.items():
        dataset = extract("991", as_known_on=day)
        assert value(dataset, "cpp_at_date") == [on_plans], day
        assert value(dataset, "cpp_starts") == [begun], day


@pytest.mark.usefixtures("corrected")
def test_by_month_too() -> None:
    assert value(extract("991", as_known_on=MARCH), "cpp_at_date", "month")[-3:] == [0, 2, None]
    assert value(extract("991", as_known_on=APRIL), "cpp_at_date", "month")[-3:] == [0, 2, 1]
    assert value(extract("991", as_known_on=JUNE), "cpp_at_date", "month")[-3:] == [1, 3, 2]


@pytest.mark.usefixtures("corrected")
def test_today_is_known_as_it_is() -> None:
    known = extract("991", as_known_on=date.today())  # noqa: DTZ011  a day of this machine's, as the command's is
    now = extract("991")
    assert known.contents == now.contents
    assert known.sources[0].name == f"live record as known on {date.today()}"  # noqa: DTZ011
    assert now.sources[0].name == "live record"


@pytest.mark.usefixtures("corrected")
def test_a_census_of_the_past_was_made_when_the_record_was_last_changed() -> None:
    assert last_changed("991", as_known_on=date(2026, 5, 31)).date() == MAY
    assert last_changed("991").date() == JUNE


@pytest.mark.usefixtures("corrected")
def test_before_anything_was_recorded_there_is_nothing() -> None:
    with pytest.raises(WrongUse, match="held no referral on 2026-03-11"):
        extract("991", as_known_on=date(2026, 3, 11))
    with pytest.raises(WrongUse, match="Nobody knows yet"):
        extract("991", as_known_on=date(2100, 1, 1))
