"""Settings in words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.access.local.kinds import BY_KIND, PAGES, KindPage
from waypost.access.local.models import Setting
from waypost.web.words import day, moment

HOLDS, WILL, WAS, WITHDRAWN = "holds", "will", "was", "withdrawn"


@dataclass(frozen=True, slots=True)
class Line:
    """A setting in a list. `state` is whether it holds, will hold, held, or was withdrawn."""

    key: uuid.UUID
    of: str
    says: str
    since: str
    state: str
    set_by: str


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of setting on the first page: what holds today, and what is to come."""

    page: KindPage
    holding: tuple[str, ...]
    to_come: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a setting in its history."""

    says: str
    since: str
    by: str
    at: str
    because: str
    was_withdrawn: bool


def says(kind: str, value: dict[str, Any]) -> str:
    page = BY_KIND[kind]
    return page.says(value) if value else page.ends


def lines(settings: Iterable[Setting], *, today: date) -> list[Line]:
    """By what they are of, the latest first. `settings` come with whoever set them."""
    found = sorted(settings, key=lambda each: each.from_on, reverse=True)
    found.sort(key=lambda each: BY_KIND[each.kind].of(each.about))
    holding = holds(found, today=today)
    return [_line(each, holding, today) for each in found]


def holds(settings: Iterable[Setting], *, today: date) -> set[uuid.UUID]:
    """Of those about one thing, the latest that has begun."""
    latest: dict[tuple[str, str], Setting] = {}
    for each in sorted(settings, key=lambda each: each.from_on):
        if not each.is_withdrawn and each.from_on <= today:
            latest[each.kind, each.about] = each
    return {each.pk for each in latest.values()}


def _line(setting: Setting, holding: set[uuid.UUID], today: date) -> Line:
    begun = HOLDS if setting.pk in holding else WAS
    state = WITHDRAWN if setting.is_withdrawn else WILL if setting.from_on > today else begun
    return Line(
        key=setting.pk,
        of=BY_KIND[setting.kind].of(setting.about),
        says=says(setting.kind, setting.value),
        since=day(setting.from_on),
        state=state,
        set_by=str(setting.set_by),
    )


def kind_lines(settings: Iterable[Setting], *, today: date) -> list[KindLine]:
    """Every kind, with what holds of it today."""
    every = [each for each in settings if not each.is_withdrawn]
    holding = holds(every, today=today)
    return [
        KindLine(
            page,
            tuple(
                sorted(
                    f"{page.of(each.about)}: {says(each.kind, each.value)}"
                    for each in every
                    if each.kind == page.kind and each.pk in holding and each.value
                )
            ),
            sum(each.kind == page.kind and each.from_on > today for each in every),
        )
        for page in PAGES
    ]


def versions(setting: Setting) -> list[Version]:
    """Its history, the latest first. One question."""
    return [
        Version(
            says=says(each.kind, each.value),
            since=day(each.from_on),
            by=str(each.set_by),
            at=moment(each.set_at),
            because=each.because,
            was_withdrawn=each.is_withdrawn,
        )
        for each in setting.history.select_related("set_by").order_by("-history_date", "-history_id")
    ]
