"""The fields that figures can be given by, and how each is read from rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis.expr.types as ir
import pyarrow as pa

from waypost.datasets.tables import CHILD_GROUPS
from waypost.domain.bands import DFE_AGES, LBHF_AGES, UNKNOWN
from waypost.domain.codes import CATEGORIES
from waypost.indicators.expressions import age_band

SEXES = ("male", "female", UNKNOWN)
ETHNIC_GROUPS = ("white", "mixed", "asian", "black", "other", UNKNOWN)
CATEGORY_GROUPS = (*CATEGORIES.values(), UNKNOWN)
AGES_DFE = (*DFE_AGES.labels, UNKNOWN)
AGES_LBHF = (*LBHF_AGES.labels, UNKNOWN)
DISABILITY = ("yes", "no", UNKNOWN)

Reading = Callable[[ir.Table, str], ir.Value]
"""The field of rows, given the column that holds their age, at the event or at the period's end."""


@dataclass(frozen=True)
class Field:
    """A group-by field: its values in order, how it is read, and the column that rows must have for it.

    A field of the live record is not in the rows, and is joined to them by their child.
    """

    name: str
    values: tuple[str, ...]
    read: Reading
    column: str
    is_live: bool = False

    @property
    def is_age(self) -> bool:
        return self.column == "age"


def _known(column: str) -> Reading:
    return lambda rows, _: rows[column].fill_null(UNKNOWN)


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("sex", SEXES, _known("sex"), "sex"),
        Field("ethnicity", ETHNIC_GROUPS, _known("ethnic_group"), "ethnic_group"),
        Field("age_band", AGES_DFE, lambda rows, age: age_band(rows[age], DFE_AGES), "age"),
        Field("age_band_local", AGES_LBHF, lambda rows, age: age_band(rows[age], LBHF_AGES), "age"),
        Field("category", CATEGORY_GROUPS, _known("category"), "category"),
        Field("disability", DISABILITY, _known("disability"), "disability"),
    )
}

LIVE_FIELDS = ("team", "locality", "sibling_group_size")
"""Fields that only the live record holds."""


def beside(rows: ir.Table, field: Field | None) -> ir.Table:
    """Rows with the column that a field is read from."""
    if field is None or not field.is_live:
        return rows
    return rows.left_join(CHILD_GROUPS, ["authority", "collection", "child"])


def live_fields(groups: pa.Table | None) -> Mapping[str, Field]:
    """The fields of a live record, with the values that it has; none of files. They go where a child's sex goes."""
    if groups is None:
        return {}
    values = {name: sorted(filter(None, groups.column(name).unique().to_pylist())) for name in LIVE_FIELDS}
    return {name: Field(name, (*known, UNKNOWN), _known(name), "sex", is_live=True) for name, known in values.items()}
