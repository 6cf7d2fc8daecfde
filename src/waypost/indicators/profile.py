"""Who is on a plan: category of abuse, age, sex, ethnicity and disability of the children."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from waypost.domain.bands import UNKNOWN
from waypost.indicators.declare import Count, Indicator, Line, by_column, count
from waypost.indicators.groups import AGES_DFE, AGES_LBHF, CATEGORY_GROUPS, ETHNIC_GROUPS, FIELDS, SEXES
from waypost.indicators.plans import OPEN, STARTED, open_at_close, started


def _age_dfe(rows: ir.Table) -> ir.Value:
    return FIELDS["age_band"].read(rows, "age")


def _age_lbhf(rows: ir.Table) -> ir.Value:
    return FIELDS["age_band_local"].read(rows, "age")


def _sex(rows: ir.Table) -> ir.Value:
    return rows.sex.fill_null(UNKNOWN)


def _ethnicity(rows: ir.Table) -> ir.Value:
    return rows.ethnic_group.fill_null(UNKNOWN)


def _initial_category(rows: ir.Table) -> ir.Value:
    return rows.initial_category.fill_null(UNKNOWN)


def _ethnic_lines() -> tuple[Line, ...]:
    """The five groups over plans with ethnicity known; unknown over all plans."""
    known = Count(OPEN, _.ethnic_group.notnull())
    *groups, unknown = by_column("ethnicity", OPEN, _ethnicity, ETHNIC_GROUPS, open_at_close)
    return (*(Line(line.group, line.num, known) for line in groups), unknown)


INDICATORS = (
    Indicator(
        "cpp_by_category",
        by_column("category", OPEN, "category", CATEGORY_GROUPS, open_at_close),
        split_fields=frozenset({"category"}),
    ),
    Indicator(
        "cpp_start_category",
        by_column("category", STARTED, _initial_category, CATEGORY_GROUPS, started),
        split_fields=frozenset({"category"}),
    ),
    Indicator(
        "cpp_by_age",
        (
            *by_column("age_band_lbhf", OPEN, _age_lbhf, AGES_LBHF, open_at_close),
            *by_column("age_band_dfe", OPEN, _age_dfe, AGES_DFE, open_at_close),
        ),
        split_fields=frozenset({"age_band", "age_band_local"}),
    ),
    Indicator("cpp_by_sex", by_column("sex", OPEN, _sex, SEXES, open_at_close), split_fields=frozenset({"sex"})),
    Indicator("cpp_by_ethnicity", _ethnic_lines(), split_fields=frozenset({"ethnicity"})),
    count("cpp_disabled", Count(OPEN, _.disability == "yes"), open_at_close),
)
