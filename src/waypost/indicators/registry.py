"""Every indicator that a census can serve, from the file of its subject. A test holds this to the catalogue."""

from __future__ import annotations

from waypost.indicators import (
    assessments,
    children_in_need,
    conferences,
    durations,
    front_door,
    plans,
    pre_proceedings,
    profile,
    repeats,
    reviews,
)
from waypost.indicators.declare import Indicator

SUBJECTS = (
    front_door,
    assessments,
    children_in_need,
    conferences,
    plans,
    repeats,
    durations,
    profile,
    reviews,
    pre_proceedings,
)

BY_ID: dict[str, Indicator] = {indicator.id: indicator for subject in SUBJECTS for indicator in subject.INDICATORS}

PRE_PROCEEDINGS = frozenset(indicator.id for indicator in pre_proceedings.INDICATORS)
"""Those that the census asks about only from a later year."""
