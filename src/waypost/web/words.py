"""How days, moments and numbers read on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone


def day(value: date) -> str:
    """4 March 2024"""
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """4 March 2024 at 2:05pm, in the time of London."""
    local = timezone.localtime(value)
    return f"{day(local.date())} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def plural(count: int, one: str, many: str) -> str:
    """1 child, 2 children"""
    return f"{count:,} {one if count == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """a · a and b · a, b and c"""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
