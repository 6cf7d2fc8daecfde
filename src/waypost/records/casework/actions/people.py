"""Changes to people: who they are, where they live, and who is who to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.domain.identifiers import nhs_number, upn, why_no_upn
from waypost.records.casework.models import (
    Address,
    AddressHeld,
    Identifier,
    Person,
    PersonName,
    Relationship,
)
from waypost.records.casework.one_authority import must_be_together
from waypost.records.casework.rules import may_change_person, may_register

CHECKED = {
    Identifier.NHS: (nhs_number, "Check the NHS number: its last digit does not fit the others"),
    Identifier.UPN: (upn, "Check the unique pupil number: its first letter does not fit its digits"),
    Identifier.FORMER_UPN: (upn, "Check the former pupil number: its first letter does not fit its digits"),
    Identifier.NO_UPN: (why_no_upn, "Enter the reason as the census has it, UN1 to UN7"),
}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of someone who is registered. A child not yet born has `expected_on` in place of `born_on`."""

    given: str
    family: str
    born_on: date | None = None
    is_birth_estimated: bool = False
    expected_on: date | None = None
    sex: str = "unknown"
    ethnicity: str = ""
    language: str = ""
    needs_interpreter: bool | None = None
    disabilities: tuple[str, ...] = ()


@action("register person", may=may_register)
def register_person(authority: Authority, *, new: NewPerson, by: Actor) -> Person:
    """Adds a person with the name they have now."""
    person = Person(
        authority=authority,
        born_on=new.born_on,
        is_birth_estimated=new.is_birth_estimated,
        expected_on=new.expected_on,
        sex=new.sex,
        ethnicity=new.ethnicity,
        language=new.language,
        needs_interpreter=new.needs_interpreter,
        disabilities=list(new.disabilities),
    )
    person.save()
    PersonName(person=person, given=new.given, family=new.family).save()
    return person


@action("add identifier", may=may_change_person)
def add_identifier(person: Person, *, kind: str, value: str, issuer: str = "", by: Actor) -> Identifier:
    """
    Raises:
        ValidationError: its check digit is wrong.
    """
    check, complaint = CHECKED.get(kind, (str.strip, ""))
    checked = check(value)
    if not checked:
        raise ValidationError(complaint or "Enter the identifier.")
    identifier = Identifier(person=person, kind=kind, value=checked, issuer=issuer)
    identifier.save()
    return identifier


@action("add name", may=may_change_person)
def add_name(
    person: Person, *, kind: str, given: str, family: str, started_on: date | None = None, by: Actor
) -> PersonName:
    name = PersonName(person=person, kind=kind, given=given, family=family, started_on=started_on)
    name.save()
    return name


@action("move home", may=may_change_person)
def move_home(
    person: Person, *, lines: str, postcode: str, ward: str = "", since: date, is_confidential: bool = False, by: Actor
) -> AddressHeld:
    """The person lives at an address from a day on; where they lived before ends the day before it."""
    address = Address.objects.filter(lines__iexact=lines, postcode=postcode).first()
    if address is None:
        address = Address(lines=lines, postcode=postcode, ward=ward)
        address.save()
    for held in person.addresses.filter(kind="home", ended_on=None):
        held.ended_on = max(since - date.resolution, held.started_on or since)
        held.save()
    held = AddressHeld(person=person, address=address, started_on=since, is_confidential=is_confidential)
    held.save()
    return held


@action("relate people", may=may_change_person)
def relate(
    person: Person,
    *,
    other: Person,
    kind: str,
    has_parental_responsibility: bool | None = None,
    started_on: date | None = None,
    safe_contact: str = "",
    by: Actor,
) -> Relationship:
    """Says what `person` is to `other`.

    Raises:
        ValidationError: they are in the records of two authorities.
    """
    must_be_together(person, other)
    related = Relationship(
        person=person,
        other=other,
        kind=kind,
        has_parental_responsibility=has_parental_responsibility,
        started_on=started_on,
        safe_contact=safe_contact,
    )
    related.save()
    return related
