"""2026-27: a draft. As the year before, with the rules of pre-proceedings as far as they are known."""

from __future__ import annotations

from waypost.returns.cin_census.collections import y2025_26
from waypost.returns.cin_census.rules import pre_proceedings

COLLECTION = y2025_26.COLLECTION.next("2026-27", adds=pre_proceedings.RULES, is_draft=True)
