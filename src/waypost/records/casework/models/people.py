"""People: who they are and have been called, where they live, how to reach them, and who is who to whom.

A person is one row whatever they are to the service: a child who becomes a parent stays one person. What makes a person
a child of the service is a `Child` record of theirs (`children.py`).
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from waypost.access.models import Agency, Authority
from waypost.access.recorded import Recorded
from waypost.domain.codes import CODE_LISTS
from waypost.domain.dates import age_on
from waypost.domain.relationships import RELATIONSHIPS
from waypost.domain.relationships import Relationship as Kind
from waypost.records.casework.models.dated import Dated


class Person(Recorded):
    """Someone born or not yet born. `merged_into` is the same person's other record, where the two were joined."""

    SEXES = (("female", "Female"), ("male", "Male"), ("unknown", "Not known"))

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="people")
    born_on = models.DateField(null=True, blank=True)
    is_birth_estimated = models.BooleanField(default=False)
    expected_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=SEXES, default="unknown")
    ethnicity = models.CharField(max_length=4, blank=True)
    religion = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(null=True, blank=True)
    disabilities = models.JSONField(default=list, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(born_on=None) | Q(died_on=None) | Q(died_on__gte=models.F("born_on")),
                name="person_dies_after_birth",
            ),
        )
        indexes = (models.Index(fields=("born_on", "authority"), name="person_by_birth"),)

    def __str__(self) -> str:
        return "Person"

    @property
    def child_key(self) -> uuid.UUID | None:
        return self.child.pk if hasattr(self, "child") else None

    @property
    def is_unborn(self) -> bool:
        return self.born_on is None and self.expected_on is not None

    @property
    def ethnicity_words(self) -> str:
        return CODE_LISTS["ethnicity"].get(self.ethnicity, "")

    def age_on(self, day: date) -> int | None:
        """Years reached; None for someone not born, or whose birth is not known."""
        return age_on(self.born_on, day) if self.born_on and self.born_on <= day else None


class OfPerson(Dated):
    """A dated fact about a person."""

    person: models.ForeignKey[Person, Person]

    class Meta(Dated.Meta):
        abstract = True

    @property
    def child_key(self) -> uuid.UUID | None:
        return self.person.child_key


class PersonName(OfPerson):
    """A name a person has or had."""

    LEGAL, KNOWN_AS, BIRTH, FORMER, ALIAS = "legal", "known_as", "birth", "former", "alias"
    KINDS = (
        (LEGAL, "Legal name"),
        (KNOWN_AS, "Known as"),
        (BIRTH, "Name at birth"),
        (FORMER, "Former name"),
        (ALIAS, "Also uses"),
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=8, choices=KINDS, default=LEGAL)
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100, blank=True)

    class Meta(OfPerson.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(given="") | ~Q(family=""), name="name_is_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Identifier(OfPerson):
    """A number that someone knows a person by. `issuer` says whose, where the kind does not."""

    LOCAL, UPN, FORMER_UPN, NO_UPN, NHS, OTHER = "local", "upn", "former_upn", "no_upn", "nhs", "other"
    KINDS = (
        (LOCAL, "Local identifier"),
        (UPN, "Unique pupil number"),
        (FORMER_UPN, "Former unique pupil number"),
        (NO_UPN, "Reason for no unique pupil number"),
        (NHS, "NHS number"),
        (OTHER, "Other identifier"),
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=KINDS)
    value = models.CharField(max_length=40)
    issuer = models.CharField(max_length=100, blank=True)

    class Meta(OfPerson.Meta):
        indexes = (models.Index(fields=("kind", "value"), name="identifier_by_value"),)

    def __str__(self) -> str:
        return self.get_kind_display()


class Address(Recorded):
    """A place where people live or lived. Those who hold it on one day are a household."""

    lines = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8, blank=True)
    ward = models.CharField(max_length=60, blank=True)
    uprn = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name_plural = "addresses"
        indexes = (models.Index(fields=("postcode",), name="address_by_postcode"),)

    def __str__(self) -> str:
        return "Address"


class AddressHeld(OfPerson):
    """That a person lived at an address. A confidential one is shown to those alone who may see it."""

    KINDS = (("home", "Home"), ("temporary", "Temporary home"), ("letters", "For letters"))

    person = models.ForeignKey(Person, models.PROTECT, related_name="addresses")
    address = models.ForeignKey(Address, models.PROTECT, related_name="held")
    kind = models.CharField(max_length=9, choices=KINDS, default="home")
    is_confidential = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.get_kind_display()


class ContactPoint(OfPerson):
    """A telephone number or email address, and what must be known before it is used."""

    KINDS = (("phone", "Telephone"), ("email", "Email"))

    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=KINDS)
    value = models.CharField(max_length=120)
    safe_contact = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class Relationship(OfPerson):
    """What `person` is to `other`: the mother of, the partner of. Its words are in `domain/relationships.py`."""

    KINDS = tuple((each.id, each.forward) for each in RELATIONSHIPS.values())

    person = models.ForeignKey(Person, models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, models.PROTECT, related_name="related")
    kind = models.CharField(max_length=20, choices=KINDS)
    has_parental_responsibility = models.BooleanField(null=True, blank=True)
    safe_contact = models.CharField(max_length=200, blank=True)

    class Meta(OfPerson.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="nobody_is_related_to_themselves"),
        )

    def __str__(self) -> str:
        return self.words.forward

    @property
    def words(self) -> Kind:
        return RELATIONSHIPS[self.kind]

    @property
    def child_key(self) -> uuid.UUID | None:
        return self.other.child_key or self.person.child_key


class Registration(OfPerson):
    """That a person goes to a school or is registered with a practice."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="registrations")
    note = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.agency.name
