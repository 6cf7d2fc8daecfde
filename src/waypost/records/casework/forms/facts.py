"""What is asked about the facts of a person: names, numbers, homes, ways to reach them, school and practice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.models import Agency
from waypost.domain.codes import CODE_LISTS
from waypost.domain.likeness import phone
from waypost.domain.likeness import postcode as as_postcode
from waypost.records.casework.actions.people import CHECKED
from waypost.records.casework.models import (
    AddressHeld,
    ContactPoint,
    Identifier,
    Person,
    PersonName,
    Registration,
    Relationship,
)
from waypost.records.casework.models.dated import Dated
from waypost.records.casework.models.people import OfPerson
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, SomeOfField, TextField, TickField
from waypost.web.forms import Form, RecordForm
from waypost.web.words import day

YES, NO, NOT_KNOWN = "yes", "no", ""
ANSWERS = ((YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not known"))
AS_ANSWER = {True: YES, False: NO, None: NOT_KNOWN}
FROM_ANSWER = {answer: value for value, answer in AS_ANSWER.items()}


class FactForm(RecordForm):
    """A fact that is added, or put right with a reason."""

    tells: ClassVar[tuple[str, ...]] = ()
    """The fields of the form that are fields of the fact."""

    because = LongTextField(
        label="Why is it put right?",
        help_text="What it said before stays in the history, with this reason",
        rows=3,
        error_messages={"required": "Say why it is put right"},
    )

    def __init__(self, *given: Any, is_new: bool, **named: Any):
        super().__init__(*given, **named)
        if is_new:
            del self.fields["because"]
        self.order_fields([name for name in self.fields if name != "because"])

    @classmethod
    def of(cls, fact: Any) -> dict[str, Any]:
        """What the fact says, as the form shows it."""
        return {name: getattr(fact, name) for name in cls.tells}

    def facts(self) -> dict[str, Any]:
        """What was typed, as the fact holds it."""
        return {name: self.cleaned_data[name] for name in self.tells}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        began, ended = given.get("started_on"), given.get("ended_on")
        if began and ended and ended < began:
            said = f"The last day must be the same as or after the first, {day(began)}"
            self.add_error("ended_on", ValidationError(said))
        return given


class Days(FactForm):
    """The days of a fact. Its last day is asked where it is put right; a fact that goes on has none."""

    started_on = DateField(label="First day", called="The first day", required=False)
    ended_on = DateField(label="Last day", called="The last day", required=False)

    def __init__(self, *given: Any, is_new: bool, **named: Any):
        super().__init__(*given, is_new=is_new, **named)
        for name in ("started_on", "ended_on"):
            self.fields[name].help_text = "Leave empty if it is not known, or if it goes on"
        self.fields["started_on"].help_text = "Leave empty if it is not known"
        if is_new:
            del self.fields["ended_on"]
        self.order_fields([name for name in self.fields if name not in ("started_on", "ended_on", "because")])

    def facts(self) -> dict[str, Any]:
        held = super().facts()
        return held | {name: self.cleaned_data[name] for name in ("started_on", "ended_on") if name in self.fields}

    @classmethod
    def of(cls, fact: Any) -> dict[str, Any]:
        return super().of(fact) | {"started_on": fact.started_on, "ended_on": fact.ended_on}


class NameForm(Days):
    """A name a person has or had."""

    tells = ("kind", "given", "family")
    kind = OneOfField(label="What name is it?", choices=PersonName.KINDS, initial=PersonName.LEGAL)
    given = TextField(label="First name", required=False, max_length=100, width=20)
    family = TextField(label="Last name", required=False, max_length=100, width=20)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not (given.get("given") or given.get("family")):
            self.add_error("given", "Enter a first name or a last name")
        return given


class IdentifierForm(FactForm):
    """A number that someone knows the person by. A check digit that does not fit is told beside the number."""

    tells = ("kind", "value", "issuer")
    kind = OneOfField(
        label="What number is it?", choices=Identifier.KINDS, error_messages={"required": "Select what number it is"}
    )
    value = TextField(label="Number", max_length=40, width=20, error_messages={"required": "Enter the number"})
    issuer = TextField(
        label="Whose number is it?", help_text="If it is another number", required=False, max_length=100, width=30
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        check, complaint = CHECKED.get(given.get("kind") or "", (str.strip, ""))
        if given.get("value"):
            checked = check(given["value"])
            if checked:
                given["value"] = checked
            else:
                self.add_error("value", complaint)
        return given


class ContactForm(Days):
    """A telephone number or email address, and what must be known before it is used."""

    tells = ("kind", "value", "safe_contact")
    kind = OneOfField(
        label="What is it?",
        choices=ContactPoint.KINDS,
        inline=True,
        error_messages={"required": "Select if it is a telephone number or an email address"},
    )
    value = TextField(
        label="Number or address", max_length=120, width=30, error_messages={"required": "Enter the number or address"}
    )
    safe_contact = TextField(
        label="Before anyone uses it",
        help_text="For example, text first, or do not leave a message",
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        kind, value = given.get("kind"), given.get("value") or ""
        if kind == "phone" and value and phone(value) is None:
            self.add_error("value", "Enter a telephone number with at least 9 digits")
        if kind == "email" and value and not ("@" in value.strip("@") and " " not in value):
            self.add_error("value", "Enter an email address, like name@example.org")
        return given


class PlaceForm(Days):
    """A school or a practice, with dates."""

    tells = ("agency", "note")
    agency = ListField(label="School or practice", error_messages={"required": "Select the school or practice"})
    note = TextField(label="Note", help_text="For example, a class or a year", required=False, max_length=100)

    def __init__(self, *given: Any, agencies: Sequence[Agency], **named: Any):
        super().__init__(*given, **named)
        self.agencies = {str(each.pk): each for each in agencies}
        named_ = [(key, f"{each.name} ({each.get_kind_display().lower()})") for key, each in self.agencies.items()]
        self.offer("agency", [("", "Choose"), *named_])

    @classmethod
    def of(cls, fact: Registration) -> dict[str, Any]:
        return super().of(fact) | {"agency": str(fact.agency_id)}

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"agency": self.agencies[self.cleaned_data["agency"]]}


class AddressForm(Form):
    """The parts of an address."""

    lines = TextField(
        label="Address",
        help_text="Building, street and town, with commas between",
        max_length=200,
        error_messages={"required": "Enter the address"},
    )
    postcode = TextField(label="Postcode", required=False, max_length=8, width=10)
    ward = TextField(label="Ward", required=False, max_length=60, width=20)
    kind = OneOfField(label="What is it to them?", choices=AddressHeld.KINDS, initial="home")
    is_confidential = TickField(
        label="The address is confidential",
        help_text="It is shown nowhere in the record, and each look at it is logged",
        required=False,
    )

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        found = as_postcode(typed) if typed else ""
        if found is None or (found and " " not in found):
            raise ValidationError("Enter a whole postcode, like AA1 1AB")
        return found


class MoveForm(AddressForm):
    """A move, of one person or of those they live with."""

    since = DateField(label="First day there", called="The first day there")
    with_ = SomeOfField(label="Who else moves too?", help_text="Those who live at the same address now", required=False)

    def __init__(self, *given: Any, household: Sequence[tuple[str, str]], **named: Any):
        super().__init__(*given, **named)
        if household:
            self.offer("with_", household)
            self.initial.setdefault("with_", [key for key, _ in household])
        else:
            del self.fields["with_"]

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "with_"}


class AddressRightForm(AddressForm, Days):
    """An address that was recorded wrongly."""

    tells = ("kind", "is_confidential")

    @classmethod
    def of(cls, fact: AddressHeld) -> dict[str, Any]:
        place = fact.address
        return super().of(fact) | {"lines": place.lines, "postcode": place.postcode, "ward": place.ward}


class EndForm(RecordForm):
    """The last day of a fact."""

    on = DateField(label="Last day", called="The last day", not_after=timezone.localdate)

    def __init__(self, *given: Any, since: date | None, **named: Any):
        super().__init__(*given, **named)
        self.since = since

    @classmethod
    def of(cls, fact: Dated) -> dict[str, Any]:
        return {"on": fact.ended_on}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if self.since and on < self.since:
            raise ValidationError(f"The last day must be the same as or after the first, {day(self.since)}")
        return on


class AboutForm(RecordForm):
    """The facts of the person themself. To change what was recorded needs a reason; to add what was not, none."""

    TELLS = (
        "born_on", "is_birth_estimated", "expected_on", "died_on", "sex", "ethnicity", "religion", "language",
        "needs_interpreter", "disabilities",
    )  # fmt: skip
    born_on = DateField(label="Date of birth", called="The date of birth", required=False, not_after=timezone.localdate)
    is_birth_estimated = TickField(label="The date of birth is an estimate", required=False)
    expected_on = DateField(label="Expected date of birth", called="The expected date of birth", required=False)
    died_on = DateField(label="Date of death", called="The date of death", required=False, not_after=timezone.localdate)
    sex = OneOfField(label="Sex", choices=Person.SEXES, inline=True)
    ethnicity = ListField(
        label="Ethnicity", required=False, choices=(("", "Not asked yet"), *CODE_LISTS["ethnicity"].items())
    )
    religion = TextField(label="Religion", required=False, max_length=60, width=20)
    language = TextField(label="Language", required=False, max_length=60, width=20)
    needs_interpreter = OneOfField(label="Is an interpreter needed?", required=False, choices=ANSWERS, inline=True)
    disabilities = SomeOfField(
        label="Disability",
        required=False,
        choices=tuple((code, said[:1].upper() + said[1:]) for code, said in CODE_LISTS["disability"].items()),
    )
    because = LongTextField(
        label="Why is it changed?",
        help_text="If something that was recorded before is put right",
        required=False,
        rows=3,
    )

    def __init__(self, *given: Any, person: Person, **named: Any):
        super().__init__(*given, **named)
        self.person = person
        if not person.is_unborn:
            del self.fields["expected_on"]
        else:
            # To be born is an act of its own, which asks for the child's name too.
            del self.fields["born_on"], self.fields["is_birth_estimated"], self.fields["died_on"]

    @classmethod
    def of(cls, person: Person) -> dict[str, Any]:
        said = {name: getattr(person, name) for name in cls.TELLS}
        return said | {"needs_interpreter": AS_ANSWER[person.needs_interpreter]}

    def facts(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in self.TELLS if name in self.fields}
        return said | {"needs_interpreter": FROM_ANSWER[self.cleaned_data["needs_interpreter"]]}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        born_on, died_on = given.get("born_on"), given.get("died_on")
        if born_on and died_on and died_on < born_on:
            self.add_error("died_on", ValidationError(f"The date of death must be on or after {day(born_on)}"))
        if "NONE" in given.get("disabilities", ()) and len(given["disabilities"]) > 1:
            self.add_error("disabilities", "Select “No disability”, or select the disabilities, not both")
        if not self.errors and self.person.is_unborn and not given.get("expected_on"):
            self.add_error("expected_on", "Enter the expected date of birth")
        if not self.errors and not given.get("because") and self._puts_right():
            self.add_error("because", "Say why what was recorded is changed")
        return given

    def _puts_right(self) -> bool:
        """Whether something that was recorded would be recorded otherwise."""
        before = {name: getattr(self.person, name) for name in self.TELLS}
        unsaid: tuple[object, ...] = (None, "", [], "unknown", False)
        return any(before[name] != now and before[name] not in unsaid for name, now in self.facts().items())


def ends(fact: OfPerson) -> str:
    """What it is that comes to an end, as its page asks."""
    asked = {
        PersonName: "The name is no longer used",
        AddressHeld: "They no longer live there",
        ContactPoint: "It no longer reaches them",
        Registration: "They have left",
        Relationship: "The relationship has ended",
    }
    return asked.get(type(fact), "It is no longer theirs")
