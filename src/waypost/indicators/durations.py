"""How long plans have run: those open at a date, and those that ended."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from waypost.domain.bands import DFE_LENGTHS, LBHF_LENGTHS
from waypost.indicators.declare import Count, Indicator, by_column, count
from waypost.indicators.expressions import length_band, months_after, two_years
from waypost.indicators.plans import ENDED, OPEN, ended, open_at_close

DFE_LABELS = tuple(band.label for band in DFE_LENGTHS)
LBHF_LABELS = tuple(band.label for band in LBHF_LENGTHS)


def _open_dfe(rows: ir.Table) -> ir.Value:
    return length_band(rows.started_on, rows.ends_on, DFE_LENGTHS)


def _open_lbhf(rows: ir.Table) -> ir.Value:
    return length_band(rows.started_on, rows.ends_on, LBHF_LENGTHS)


def _ended_dfe(rows: ir.Table) -> ir.Value:
    return length_band(rows.started_on, rows.ended_on, DFE_LENGTHS)


INDICATORS = (
    count("ni64", Count(ENDED, two_years(_.started_on, _.ended_on)), ended),
    count("cpp_2y_open", Count(OPEN, two_years(_.started_on, _.ends_on)), open_at_close),
    count("cpp_over_12m", Count(OPEN, _.ends_on > months_after(_.started_on, 12)), open_at_close),
    count("cpp_over_18m", Count(OPEN, _.ends_on > months_after(_.started_on, 18)), open_at_close),
    Indicator("cpp_bands_open", by_column("duration_band", OPEN, _open_dfe, DFE_LABELS, open_at_close)),
    Indicator("cpp_bands_open_lbhf", by_column("duration_band", OPEN, _open_lbhf, LBHF_LABELS, open_at_close)),
    Indicator("cpp_bands_ended", by_column("duration_band", ENDED, _ended_dfe, DFE_LABELS, ended)),
)
