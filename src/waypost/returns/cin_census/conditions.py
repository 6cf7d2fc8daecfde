"""The words that rules are written in: what is given, what is a code, what falls outside the year, what overlaps.

What is missing answers no to every one of them but `missing`, and to every comparison of days.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from waypost.returns.cin_census.census import Column, Day, Mask, Places, Rows, Words
from waypost.returns.cin_census.days import CensusYear, Days

YES, NO = frozenset({"1", "true"}), frozenset({"0", "false"})
NONE = -1


def missing(column: Column) -> Mask:
    """Absent, empty, blank or, of a date, not a date."""
    return column.numbers == 0 if isinstance(column, Words) else np.isnat(column)


def given(column: Column) -> Mask:
    return ~missing(column)


def is_code(column: Words, codes: Collection[str]) -> Mask:
    """Exactly as written, capitals and all."""
    return column.where(codes.__contains__)


def is_yes(column: Words) -> Mask:
    return column.where(lambda text: text.lower() in YES)


def is_no(column: Words) -> Mask:
    return column.where(lambda text: text.lower() in NO)


def are_digits(text: str) -> bool:
    """One or more, and 0 to 9 only."""
    return text.isascii() and text.isdigit()


def outside(day: Days, year: CensusYear) -> Mask:
    """Given, and before the first day of the year or after its last."""
    return (day < year.starts_on) | (day > year.ends_on)


def inside(day: Days, year: CensusYear) -> Mask:
    return (day >= year.starts_on) & (day <= year.ends_on)


def repeated(column: Words, within: Places | None = None) -> Mask:
    """Given, and the same text stands in another row, of the whole file or of what each row is within."""
    alike = column.numbers if within is None else within * len(column.different) + column.numbers
    _, which, counts = np.unique(alike, return_inverse=True, return_counts=True)
    return given(column) & (counts[which] > 1)


# ---------------------------------------------------------------- two groups set against each other


def same_day(rows: Rows, day: Days, other: Rows, other_day: Days, *, within: str) -> Places:
    """For each row, one of the other rows of its child or episode that has the same day."""
    keys, other_keys = _keys(rows, other, within)
    there = np.flatnonzero(given(other_day))
    ordered = there[np.argsort(_encoded(other_keys, other_day)[there], kind="stable")]
    asked, held = _encoded(keys, day), _encoded(other_keys, other_day)[ordered]
    at = np.searchsorted(held, asked)
    hit = np.append(held, -1)[at] == asked
    return np.where(hit & given(day), np.append(ordered, NONE)[at], NONE)


def under_way(
    rows: Rows, day: Days, other: Rows, *, since: Days, until: Days, within: str, not_itself: bool = False
) -> Places:
    """For each row, another of its child or episode that was under way on its day: since <= day <= until.

    Sorted by when they began, the one to look at is that which lasts longest of those begun by the day. Where rows are
    set against their own kind none is set against itself: then it is the longest of those before it in that order or,
    of those begun on its very day, the last.
    """
    keys, other_keys = _keys(rows, other, within)
    there = np.flatnonzero(given(since) & given(until))
    ordered = there[np.lexsort((until[there], since[there], other_keys[there]))]
    began = _encoded(other_keys, since)[ordered]
    longest = _longest_so_far(other_keys[ordered], until[ordered])
    last = np.searchsorted(began, _encoded(keys, day), side="right") - 1
    if not not_itself:
        return _lasting(ordered, longest[last] if len(longest) else last, last, keys, other_keys, day, until)
    own = np.full(len(rows), len(ordered))
    own[ordered] = np.arange(len(ordered))
    before = np.minimum(own - 1, last)
    earlier = _lasting(ordered, longest[before] if len(longest) else before, before, keys, other_keys, day, until)
    tied = _lasting(ordered, last, np.where(last == own, NONE, last), keys, other_keys, day, until)
    return np.where(earlier != NONE, earlier, tied)


def _lasting(
    ordered: Places, chosen: Places, bound: Places, keys: Places, other_keys: Places, day: Days, until: Days
) -> Places:
    """The rows chosen from those in order, where there is one, of the same child or episode, that lasts to the day."""
    if not len(ordered):
        return np.full(len(keys), NONE)
    place = ordered[chosen]
    holds = (bound >= 0) & given(day) & (other_keys[place] == keys) & (day <= until[place])
    return np.where(holds, place, NONE)


def _longest_so_far(keys: Places, until: Days) -> Places:
    """At each place in order, the place of the one that lasts longest of those so far with the same key.

    Places are ranked by key and then by when they end, so that the first of a new key outranks all of the keys before.
    """
    ranked = np.lexsort((until, keys))
    rank = np.empty(len(ranked), np.int64)
    rank[ranked] = np.arange(len(ranked))
    return ranked[np.maximum.accumulate(rank)]


def _keys(rows: Rows, other: Rows, within: str) -> tuple[Places, Places]:
    return rows.up_to(within).place, other.up_to(within).place


_DAYS = np.int64(1) << 23
"""More days than there are from the year 1 to the year 9999."""


def _encoded(keys: Places, day: Days) -> Places:
    """A child or episode and a day as one number, that sorts as the two do."""
    number = np.where(np.isnat(day), 0, day.astype(np.int64) + (_DAYS >> 1))
    return keys * _DAYS + number


def day_before(day: Days) -> Days:
    return day - np.timedelta64(1, "D")


def open_until(end: Days, year: CensusYear, *, still_open: Mask | None = None) -> Days:
    """When each ended or, of those that have not, the year's last day; no day for one that is not still open."""
    last = np.full(len(end), year.ends_on)
    if still_open is not None:
        last[~still_open] = Day("NaT")
    return np.where(np.isnat(end), last, end)
