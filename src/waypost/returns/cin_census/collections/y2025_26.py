"""2025-26: as the year before."""

from __future__ import annotations

from waypost.returns.cin_census.collections import y2024_25

COLLECTION = y2024_25.COLLECTION.next("2025-26")
"""Nothing is changed, added or taken away."""
