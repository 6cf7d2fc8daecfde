"""Which rules each year's return asks: a file for each, that says what it changes in the year before."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from waypost.returns.cin_census.collections import y2022_23, y2023_24, y2024_25, y2025_26, y2026_27
from waypost.returns.cin_census.declare import Collection

COLLECTIONS: Mapping[str, Collection] = MappingProxyType(
    {year.COLLECTION.name: year.COLLECTION for year in (y2022_23, y2023_24, y2024_25, y2025_26, y2026_27)}
)
