"""What is asked about a person."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.domain.codes import CODE_LISTS
from waypost.records.casework.models import Person
from waypost.web.fields import DateField, ListField, OneOfField, TextField, TickField
from waypost.web.forms import Form

BORN, EXPECTED, NOT_KNOWN = "born", "expected", "not_known"


class FindForm(Form):
    """The one box."""

    typed = TextField(
        label="Who are you looking for?",
        help_text="Names, a date of birth such as 4/5/2018, a postcode or its first half, a telephone or other number",
        error_messages={"required": "Enter a name, a date of birth, a postcode or a number"},
        max_length=200,
    )


class RegisterForm(Form):
    """A person who was looked for and not found."""

    given = TextField(label="First name", required=False, max_length=100, width=20)
    family = TextField(label="Last name", required=False, max_length=100, width=20)
    birth = OneOfField(
        label="Is the date of birth known?",
        choices=((BORN, "Yes"), (EXPECTED, "Not born yet: a date is expected"), (NOT_KNOWN, "Not known")),
        error_messages={"required": "Select if the date of birth is known"},
    )
    born_on = DateField(label="Date of birth", called="The date of birth", required=False, not_after=timezone.localdate)
    expected_on = DateField(label="Expected date of birth", called="The expected date of birth", required=False)
    sex = OneOfField(label="Sex", choices=Person.SEXES, initial="unknown", inline=True)
    ethnicity = ListField(
        label="Ethnicity", required=False, choices=(("", "Not asked yet"), *CODE_LISTS["ethnicity"].items())
    )
    is_new = TickField(label="The person is none of these", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("given") or given.get("family")):
            self.add_error("given", "Enter a first name or a last name")
        asked = {BORN: "born_on", EXPECTED: "expected_on"}
        for answer, name in asked.items():
            if given.get("birth") != answer:
                given[name] = None
            elif not given.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(f"Enter {self.fields[name].called.lower()}"))  # type: ignore[attr-defined]
        return given
