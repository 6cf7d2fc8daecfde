"""One child of a file against the record: the person, and the record of theirs that the work belongs to.

What the record already says of a person stays; what it does not say is taken from the file. A census names nobody, so a
child who is new to the record has a number and no name until somebody writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.datasets.load.cin_census.reader import DISABILITIES
from waypost.domain.codes import SEXES
from waypost.domain.identifiers import upn
from waypost.extract.identities import NO_FURTHER_ACTION
from waypost.extract.loading.filed import Row
from waypost.extract.reading import NOT_OBTAINED
from waypost.records.casework.models import Child, Identifier, Person

NUMBERS = {"UPN": Identifier.UPN, "FormerUPN": Identifier.FORMER_UPN, "UPNunknown": Identifier.NO_UPN}


class Register:
    """The children of an authority by their local identifier and pupil number, those new in this load among them."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self._children = {
            each.person_id: each for each in Child.objects.filter(authority=authority).select_related("person")
        }
        self._people: dict[str, dict[str, Child]] = {Identifier.LOCAL: {}, Identifier.UPN: {}}
        kept = Identifier.objects.filter(kind__in=self._people, person__child__authority=authority, ended_on=None)
        for identifier in kept.order_by("pk"):
            child = self._children[identifier.person_id]
            self._people[identifier.kind].setdefault(identifier.value, child)

    def find(self, filed: Row) -> Child | None:
        """The child with the file's local identifier or, where nobody has it, with its pupil number."""
        return self._people[Identifier.LOCAL].get(filed["LAchildID"] or "") or self._people[Identifier.UPN].get(
            filed["UPN"] or ""
        )

    def add(self, child: Child, filed: Row) -> None:
        for kind, element in ((Identifier.LOCAL, "LAchildID"), (Identifier.UPN, "UPN")):
            if filed[element]:
                self._people[kind].setdefault(filed[element], child)


def new_child(authority: Authority, filed: Row) -> tuple[Child, list[Recorded]]:
    """The record of a child whom nobody has a record of."""
    person = Person(authority=authority)
    fill(person, filed)
    child = Child(person=person, authority=authority)
    local = Identifier(person=person, kind=Identifier.LOCAL, value=filed["LAchildID"])
    return child, [person, child, local, *new_numbers(person, filed, ())]


def fill(person: Person, filed: Row) -> bool:
    """Takes from the file what is not known of a person. Whether there was anything to take."""
    known = {
        "born_on": filed["PersonBirthDate"],
        "expected_on": None if person.born_on else filed["ExpectedPersonBirthDate"],
        "died_on": filed["PersonDeathDate"],
        "sex": SEXES.get(filed["Sex"] or filed["GenderCurrent"] or ""),
        "ethnicity": filed["Ethnicity"],
        "disabilities": [each["Disability"] for each in filed.all(DISABILITIES) if each["Disability"]],
    }
    taken = {name: value for name, value in known.items() if value and _is_open(getattr(person, name), value)}
    for name, value in taken.items():
        setattr(person, name, value)
    return bool(taken)


def _is_open(held: object, value: object) -> bool:
    return held in (None, "", "unknown", []) or (held == NOT_OBTAINED and value != NOT_OBTAINED)


def new_numbers(person: Person, filed: Row, held: Iterable[Identifier]) -> Iterator[Identifier]:
    """The pupil numbers that the record does not have. Why there is none is no news once there is one.

    That nothing came of the referral is no reason of the child's, and follows from the referrals.
    """
    known = {each.kind for each in held}
    for element, kind in NUMBERS.items():
        value = filed[element]
        if not value or kind in known or (element == "UPNunknown" and value == NO_FURTHER_ACTION):
            continue
        if kind == Identifier.NO_UPN and (filed["UPN"] or Identifier.UPN in known):
            continue
        yield Identifier(person=person, kind=kind, value=upn(value) or value)
