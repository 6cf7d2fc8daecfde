"""What is asked for an entry of a chronology."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from waypost.web.fields import DateField, LongTextField, TextField
from waypost.web.forms import Form, RecordForm


def _fields() -> dict[str, Any]:
    return {
        "on": DateField(label="When", called="The day", not_after=timezone.localdate),
        "says": LongTextField(label="What happened", help_text="One event, in plain words.", rows=4),
        "means": LongTextField(label="What it meant for the child (optional)", rows=3, required=False),
        "source": TextField(
            label="Where it is known from (optional)",
            help_text="For example, the school's letter of that day.",
            required=False,
            max_length=150,
        ),
    }


class EntryForm(Form):
    on, says, means, source = _fields().values()


class EntryChangeForm(RecordForm):
    on, says, means, source = _fields().values()
    because = LongTextField(label="Why is it changed?", rows=2)


class LeaveOutForm(Form):
    because = LongTextField(
        label="Why is it left out?",
        help_text="It stays where it was recorded. The chronology says that it was left out, and why.",
        rows=3,
    )
