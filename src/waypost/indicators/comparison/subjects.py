"""What is compared: the published figures that stand beside an indicator, and with what care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from waypost.datasets.published import Counterpart, Published, counterparts, measures, published, published_share
from waypost.domain.errors import WrongUse
from waypost.indicators.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: an indicator, or one group of it, and everything that is published on it."""

    indicator: str
    group: str | None
    data: Published
    care: tuple[str, ...] = ()


def subject_of(indicator_id: str, group: str | None) -> Subject:
    """What an id asks for: an indicator, an indicator and group as "referral_source:school", or a published id.

    Raises:
        WrongUse: it is unknown, nothing is published on it, or it lacks its group or has one too many.
    """
    indicator, group = _parted(indicator_id, group)
    if is_unpublished(indicator):
        raise WrongUse(nothing_published(indicator))
    if indicator in counterparts():
        counterpart = _chosen_group(counterparts()[indicator], group)
        return Subject(indicator, group, _data(counterpart), _care(counterpart))
    if indicator not in measures():
        raise WrongUse(_unknown(indicator))
    if group is not None:
        raise WrongUse(f"{indicator} is a published figure and has no groups; leave out {group!r}.")
    return Subject(indicator, None, published(indicator))


def _parted(indicator_id: str, group: str | None) -> tuple[str, str | None]:
    if group is None and ":" in indicator_id:
        indicator, _, group = indicator_id.partition(":")
        return indicator, group
    return indicator_id, group


@cache
def is_unpublished(indicator_id: str) -> bool:
    """Whether an indicator or a published id is known but has no published value."""
    indicator, _ = _parted(indicator_id, None)
    found = counterparts().get(indicator, ())
    if found:
        return not any(published(counterpart.measure).years for counterpart in found)
    if indicator in measures():
        return not published(indicator).years
    return indicator in CATALOGUE


def _chosen_group(found: Sequence[Counterpart], group: str | None) -> Counterpart:
    for counterpart in found:
        if counterpart.group == group:
            return counterpart
    indicator = found[0].indicator
    groups = ", ".join(repr(c.group) for c in found if c.group)
    if not groups:
        raise WrongUse(f"{indicator} is published as one figure and has no group {group!r}.")
    if group is None:
        raise WrongUse(f"{indicator} is published by group; ask for one as {indicator}:GROUP, where GROUP is {groups}.")
    raise WrongUse(f"{indicator} has no published group {group!r}; the groups are {groups}.")


def _data(counterpart: Counterpart) -> Published:
    if not counterpart.is_share_of_groups:
        return published(counterpart.measure)
    groups = tuple(c.measure for c in counterparts()[counterpart.indicator])
    return published_share(counterpart.measure, groups)


def _care(counterpart: Counterpart) -> tuple[str, ...]:
    """What a reader must know before setting the published figure beside ours."""
    care = {
        "yes": None,
        "at 31 March": "Published at 31 March.",
        "with care": "Compare with care.",
    }[counterpart.comparable]
    note = f"{counterpart.note[0].upper()}{counterpart.note[1:]}." if counterpart.note else None
    return tuple(sentence for sentence in (care, note) if sentence)


def _unknown(indicator: str) -> str:
    known = dict.fromkeys([*CATALOGUE, *measures()])
    close = get_close_matches(indicator, known, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "name an indicator or a published figure by its id."
    return f"{indicator!r} is not a known indicator; {hint}"


def nothing_published(indicator_id: str) -> str:
    return f"No published figure is held for {_parted(indicator_id, None)[0]}, so there is nothing to compare it with."
