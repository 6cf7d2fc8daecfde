"""Plans open, started and ended are held to each other before any of them is given."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from waypost.domain.periods import Period
from waypost.indicators.counting import TOTAL, Group, Numbers, Places, Tally
from waypost.indicators.declare import Count
from waypost.indicators.groups import FIELDS
from waypost.indicators.plans import ended, open_at_close, started
from waypost.indicators.reconciliation import DoesNotAddUp, check, open_at_opening

QUARTERS = (Period(date(2024, 4, 1), date(2024, 6, 30)), Period(date(2024, 7, 1), date(2024, 9, 30)))
FLOWS = (open_at_opening, started, ended, open_at_close)
NOUGHT = (0, 0, 0, 0)


class Counted(Tally):
    """Plans at the opening, started, ended and at the close, for each place; nought in any group not named."""

    def __init__(self, places: Places, of_group: dict[Group, list[tuple[int, int, int, int]]]) -> None:
        super().__init__(places)
        self._of_group = of_group

    def count(self, asked: Count, group: Group = TOTAL) -> Numbers:
        at_places = self._of_group.get(group, [NOUGHT] * len(self.places))
        return np.array([numbers[FLOWS.index(asked)] for numbers in at_places])


def counted(*total: tuple[int, int, int, int], authorities: tuple[str, ...] = ("991",), **by_sex: object) -> Counted:
    of_sex = {("sex", value): [numbers] for value, numbers in by_sex.items()}
    places = Places(authorities, QUARTERS[: len(total) // len(authorities)])
    return Counted(places, {TOTAL: list(total)} | of_sex)  # type: ignore[arg-type]


def test_opening_and_started_less_ended_is_closing() -> None:
    check(counted((151, 154, 168, 137), (137, 10, 7, 140)), [])


def test_plans_that_do_not_add_up_are_refused_in_one_sentence() -> None:
    with pytest.raises(DoesNotAddUp, match="151 at the start, 154 started and 167 ended make 138, but 137 were open"):
        check(counted((151, 154, 167, 137)), [])


def test_the_authority_and_the_period_are_named() -> None:
    good, bad = (151, 154, 168, 137), (1, 1, 1, 2)
    with pytest.raises(DoesNotAddUp, match="Plans of authority 992 do not add up from 2024-07-01 to 2024-09-30"):
        check(counted(good, good, good, bad, authorities=("991", "992")), [])


def test_every_group_must_add_up_too() -> None:
    counts = counted((3, 1, 1, 3), male=(2, 1, 1, 2), female=(1, 0, 0, 2))
    check(counts, [])
    with pytest.raises(DoesNotAddUp, match="for sex female"):
        check(counts, [FIELDS["sex"]])


def test_age_bands_need_not_for_children_grow() -> None:
    counts = Counted(Places(("991",), QUARTERS[:1]), {("age_band", "1-4"): [(1, 0, 0, 2)]})
    check(counts, [FIELDS["age_band"], FIELDS["age_band_local"]])
