"""What a session keeps of how it began."""

from __future__ import annotations

SIGNED_IN_AT, HAS_SECOND_FACTOR = "signed_in_at", "has_second_factor"
