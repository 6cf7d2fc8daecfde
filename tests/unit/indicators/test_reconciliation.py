"""Plans open, started and ended are held to each other before any of them is given."""

from datetime import date

import pytest

from waypost.domain.periods import Period
from waypost.indicators.counting import Tally
from waypost.indicators.groups import FIELDS
from waypost.indicators.reconciliation import DoesNotAddUp, check

QUARTER = Period(date(2024, 4, 1), date(2024, 6, 30))


class Counted(Tally):
    """Counts of plans at the opening, started, ended and at the close, in that order, for each place."""

    def __init__(self, **of_place):
        super().__init__()
        self._of_place = of_place
        self._asked = 0

    def count(self, asked, place):
        _, _, value = place
        answer = self._of_place[value or "total"][self._asked % 4]
        self._asked += 1
        return answer


def test_opening_and_started_less_ended_is_closing():
    check(Counted(total=(151, 154, 168, 137)), [QUARTER], [])


def test_plans_that_do_not_add_up_are_refused_in_one_sentence():
    with pytest.raises(DoesNotAddUp, match="151 at the start, 154 started and 167 ended make 138, but 137 were open"):
        check(Counted(total=(151, 154, 167, 137)), [QUARTER], [])


def test_every_group_must_add_up_too():
    counts = Counted(total=(3, 1, 1, 3), male=(2, 1, 1, 2), female=(1, 0, 0, 2), unknown=(0, 0, 0, 0))
    with pytest.raises(DoesNotAddUp, match="for sex female"):
        check(counts, [QUARTER], [FIELDS["sex"]])


def test_age_bands_need_not_for_children_grow():
    check(Counted(total=(3, 1, 1, 3)), [QUARTER], [FIELDS["age_band"], FIELDS["age_band_local"]])
