"""Every figure of the five council reports that can be worked again comes to what it should.

None is left out. Those whose print is wrong are listed in docs/rules/misprints.md.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.spec.seed_vectors import FORMULAS, Vector, seed, vectors


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.id)
def test_the_figure_is_worked_again(vector: Vector) -> None:
    assert vector.work_out() == vector.computed


@pytest.mark.parametrize("vector", [v for v in vectors() if v.agrees is not None], ids=lambda vector: vector.id)
def test_a_misprint_is_a_print_that_the_numbers_do_not_give(vector: Vector) -> None:
    found = vector.work_out()
    as_printed = found == vector.printed
    if vector.tolerance:
        as_printed = abs(found - vector.printed) <= vector.tolerance
    assert as_printed is vector.agrees


def test_none_is_left_out() -> None:
    told = seed()["meta"]["counts"]
    assert len({vector.id for vector in vectors()}) == told["vectors"] == 572
    assert Counter(vector.agrees for vector in vectors()) == {
        True: told["agree"],
        False: told["disagree"],
        None: told["nothing_printed"],
    }
    assert {vector.formula for vector in vectors()} == set(FORMULAS) == set(seed()["meta"]["formulas"])
