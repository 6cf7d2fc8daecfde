"""A time of day, written as people write it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.web.fields import TextField

WRITTEN = re.compile(r"(\d{1,2})[:.]?(\d{2})?\s*(am|pm)?", re.IGNORECASE)


class TimeField(TextField):
    """14:30, 2.30pm, 2pm or 9am."""

    def __init__(self, *, called: str, **given: Any):
        given.setdefault("help_text", "For example, 2:30pm or 14:30")
        given.setdefault("error_messages", {"required": f"Enter {called[0].lower()}{called[1:]}"})
        super().__init__(width=5, max_length=10, **given)
        self.called = called

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = WRITTEN.fullmatch(typed.strip())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = (found[3] or "").lower() if found else ""
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise ValidationError(f"{self.called} must be a time of day, such as 2:30pm or 14:30", code="unreal")
        return time(hour, minute)


def moment(on: date, at: time | None) -> datetime:
    """The moment, in the time of London; noon where only the day is known."""
    return timezone.make_aware(datetime.combine(on, at or time(12)))
