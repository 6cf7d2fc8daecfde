"""What is asked of those who read the audit trail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.models import User
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField
from waypost.web.forms import Form

RIGHT, WRONG = "right", "wrong"


class TrailForm(Form):
    """Which lines of the trail are wanted. Anything may be left out."""

    person = ListField(label="Who", required=False)
    record = TextField(
        label="Record",
        help_text="The first 8 letters and digits of a child's record, as it stands in a list here",
        required=False,
        width=20,
        max_length=36,
    )
    on = DateField(label="Day", called="The day", required=False, not_after=timezone.localdate)

    def __init__(self, *given: Any, people: Iterable[User], **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer("person", [("", "Anyone"), *((str(each.pk), each.name) for each in people)])

    def clean_record(self) -> str:
        found = re.sub(r"[\s-]", "", self.cleaned_data["record"]).lower()
        if found and not re.fullmatch("[0-9a-f]{8,32}", found):
            raise ValidationError("Enter at least 8 letters and digits of the record, such as 3f2a91c0")
        return found


class ReviewForm(Form):
    """What was found when someone asked."""

    finding = OneOfField(
        label="Was it right to look?",
        choices=((RIGHT, "Yes, their work needed it"), (WRONG, "No, or it cannot be shown")),
        error_messages={"required": "Select if it was right to look"},
    )
    note = LongTextField(
        label="What did you find?",
        help_text="Whom you asked, what they said, and what you will do",
        error_messages={"required": "Enter what you found"},
    )
