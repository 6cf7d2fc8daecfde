"""What is asked about a family: who is who to whom, and a birth."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from waypost.domain.relationships import RELATIONSHIPS
from waypost.records.casework.forms.facts import ANSWERS, AS_ANSWER, FROM_ANSWER, FactForm
from waypost.records.casework.forms.people import RegisterForm
from waypost.records.casework.models import Person, Relationship
from waypost.web.fields import DateField, ListField, OneOfField, TextField
from waypost.web.forms import Form, RecordForm

BACK = "is-"
"""Before a kind that is said the other way round: the person whose page it is stands first, as the mother of."""


def _kinds() -> tuple[tuple[str, str], ...]:
    """What a relative can be to someone, said of the relative: mother, child, sibling."""
    forward = [(each.id, _noun(each.forward)) for each in RELATIONSHIPS.values()]
    back: dict[str, str] = {}
    for each in RELATIONSHIPS.values():
        if each.back != each.forward:
            back.setdefault(_noun(each.back), BACK + each.id)
    return (*forward, *((value, said) for said, value in back.items()))


def _noun(said: str) -> str:
    return said.removesuffix(" of").removesuffix(" to").capitalize()


KINDS = _kinds()
PARENT_OF = {"female": "mother", "male": "father", "unknown": "parent"}


class TieForm(FactForm):
    """What a relative is to the person whose page it is."""

    kind = ListField(
        label="What is the relative to them?",
        choices=(("", "Choose"), *KINDS),
        error_messages={"required": "Select what the relative is to them"},
    )
    has_parental_responsibility = OneOfField(
        label="Does the parent or carer have parental responsibility?",
        help_text="Leave it for anyone who is neither",
        required=False,
        choices=ANSWERS,
        inline=True,
    )
    started_on = DateField(
        label="Since when?", called="The first day", required=False, help_text="Leave empty if it has always been so"
    )
    ended_on = DateField(label="Last day", called="The last day", required=False, help_text="Leave empty if it goes on")
    safe_contact = TextField(
        label="Before anyone is in contact with them",
        help_text="For example, write only, or do not say where the child lives",
        required=False,
        max_length=200,
    )

    def __init__(self, *given: Any, of: Person, relative: Person, is_new: bool, **named: Any):
        super().__init__(*given, is_new=is_new, **named)
        self.person, self.relative = of, relative
        if is_new:
            del self.fields["ended_on"]

    @classmethod
    def of_tie(cls, tie: Relationship, person: Person) -> dict[str, Any]:
        """A tie, as it is said from the side of a person."""
        is_forward = tie.other_id == person.pk
        kind = tie.kind if is_forward or tie.words.back == tie.words.forward else _said_back(tie.words.back)
        return {
            "kind": kind,
            "has_parental_responsibility": AS_ANSWER[tie.has_parental_responsibility],
            "started_on": tie.started_on,
            "ended_on": tie.ended_on,
            "safe_contact": tie.safe_contact,
        }

    def facts(self) -> dict[str, Any]:
        return tie_of(self.cleaned_data, self.person, self.relative)


def _said_back(said: str) -> str:
    return next(value for value, noun in KINDS if value.startswith(BACK) and noun == _noun(said))


def tie_of(given: dict[str, Any], person: Person, relative: Person) -> dict[str, Any]:
    """The tie between two people, from what was answered on the page of the first."""
    kind: str = given["kind"]
    is_back = kind.startswith(BACK)
    kind = kind.removeprefix(BACK)
    if is_back and kind in PARENT_OF.values():
        kind = PARENT_OF[person.sex]
    first, second = (person, relative) if is_back else (relative, person)
    held: dict[str, Any] = {name: given[name] for name in ("started_on", "ended_on", "safe_contact") if name in given}
    has = FROM_ANSWER[given["has_parental_responsibility"]]
    has = has if RELATIONSHIPS[kind].tie in ("parent", "carer") else None
    return {**held, "person_id": first.pk, "other_id": second.pk, "kind": kind, "has_parental_responsibility": has}


class NewRelativeForm(RegisterForm):
    """A relative who was looked for and not found: who they are, and what they are to the person."""

    kind = TieForm.base_fields["kind"]
    has_parental_responsibility = TieForm.base_fields["has_parental_responsibility"]
    started_on = TieForm.base_fields["started_on"]
    safe_contact = TieForm.base_fields["safe_contact"]


class BirthForm(RecordForm):
    """The birth of a child who was expected."""

    born_on = DateField(label="Date of birth", called="The date of birth", not_after=timezone.localdate)
    given = TextField(
        label="First name", max_length=100, width=20, error_messages={"required": "Enter the child's first name"}
    )
    family = TextField(
        label="Last name", max_length=100, width=20, error_messages={"required": "Enter the child's last name"}
    )
    sex = OneOfField(
        label="Sex", choices=Person.SEXES, inline=True, error_messages={"required": "Select the child's sex"}
    )

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("born_on", "given", "family", "sex")}


class FamilyDayForm(Form):
    """The day whose family is drawn."""

    on = DateField(label="Day", called="The day", required=False, not_after=timezone.localdate)
