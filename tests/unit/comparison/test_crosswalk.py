"""The crosswalk joins the indicator catalogue to the published measures, and nothing else."""

from waypost.datasets.published import counterparts, measures
from waypost.indicators.catalogue import CATALOGUE


def test_every_indicator_of_the_crosswalk_is_in_the_catalogue() -> None:
    assert set(counterparts()) <= set(CATALOGUE)


def test_an_id_that_is_both_an_indicator_and_a_published_measure_means_the_same() -> None:
    for shared in set(CATALOGUE) & set(measures()):
        assert [counterpart.measure for counterpart in counterparts()[shared]] == [shared]


def test_units_agree_but_where_care_is_asked_for() -> None:
    unlike = {
        counterpart.indicator
        for found in counterparts().values()
        for counterpart in found
        if CATALOGUE[counterpart.indicator].unit != measures()[counterpart.measure].unit
    }
    # Factors are rates here and shares as published; missing children a count here and a share as published; ended
    # plans a share here and counts as published, from which the share is worked out.
    assert unlike == {"assess_factors", "missing_cla_children", "cpp_bands_ended"}
