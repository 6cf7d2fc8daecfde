"""An authority beside others: its published figures, its statistical neighbours, its region, England and those named.

Every value carries its own year and source, so that no row mixes years without a mark. A mark in place of a published
value (suppressed, not available) is never nought.
"""

from waypost.indicators.comparison.compared import beside, compare, series
from waypost.indicators.comparison.shapes import Beside, Comparison, Kind, Point, Rank

__all__ = ["Beside", "Comparison", "Kind", "Point", "Rank", "beside", "compare", "series"]
