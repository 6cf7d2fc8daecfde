"""What is asked about who may see: sealing, emergencies and interests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.models import User
from waypost.access.reasons import ReasonForm as ReasonForm
from waypost.access.reasons import a_sentence as a_sentence
from waypost.web.fields import DateField, ListField, LongTextField, TextField
from waypost.web.forms import Form


class EmergencyForm(Form):
    """Why a record must be opened now, and whom its reader tells."""

    because = LongTextField(
        label="Why must you see this record now?",
        help_text="What has happened, and what you fear for the child. The data owner reads this.",
        validators=[a_sentence],
        error_messages={"required": "Enter why you must see this record now"},
    )
    tells = TextField(
        label="Whom have you told, or whom will you tell?",
        help_text="Your manager, or the worker who holds the case",
        max_length=200,
        error_messages={"required": "Enter whom you have told or will tell"},
    )


class _ReadersForm(Form):
    reader: ListField
    until: DateField

    def __init__(self, *given: Any, staff: Iterable[User], **named: Any) -> None:
        super().__init__(*given, **named)
        nobody = "Choose someone" if self.fields["reader"].required else "Nobody but me yet"
        self.offer("reader", [("", nobody), *((str(each.pk), each.name) for each in staff)])

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError("The last day must be today or later")
        return until


class SealForm(_ReadersForm):
    """Why a record is hidden, and who besides reads it."""

    because = LongTextField(
        label="Why must this record be hidden?",
        validators=[a_sentence],
        error_messages={"required": "Enter why this record must be hidden"},
    )
    reader = ListField(
        label="Who reads it besides you?", required=False, help_text="You can name more people afterwards"
    )
    until = DateField(label="Their last day, if there is one", called="The last day", required=False)


class ReaderForm(_ReadersForm):
    """Another reader of a sealed record."""

    reader = ListField(label="Who", error_messages={"required": "Select who may read the record"})
    until = DateField(label="Their last day, if there is one", called="The last day", required=False)
    because = LongTextField(
        label="Why do they need to read it?",
        validators=[a_sentence],
        error_messages={"required": "Enter why they need to read it"},
    )


class LookForForm(Form):
    """Whom a worker knows, by name."""

    typed = TextField(
        label="Whom do you know?",
        help_text="A child or an adult, by name",
        max_length=200,
        error_messages={"required": "Enter a name"},
    )


class InterestForm(Form):
    """How a worker knows someone."""

    how = TextField(
        label="How do you know them?",
        help_text="For example, “My niece” or “We are neighbours”",
        max_length=200,
        error_messages={"required": "Enter how you know them"},
    )
