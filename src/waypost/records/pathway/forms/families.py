"""A form that is filled in once for brothers and sisters: of all of them, and of each what differs.

What it asks that the action does not refuse without is docs/adr/0030-actions-refuse-and-forms-ask.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from waypost.web.fields import TickField
from waypost.web.forms import RecordForm

HERE = "here"
YES, NO = "yes", "no"
YES_OR_NO = ((YES, "Yes"), (NO, "No"))
ANSWERS: Mapping[str, bool | None] = {YES: True, NO: False, "": None}
AS_ANSWER: Mapping[bool | None, str] = {True: YES, False: NO, None: ""}


@dataclass(frozen=True, slots=True)
class Member:
    """A child of the family as a form names them: by the key of their record, their first name, and their age."""

    key: str
    first: str
    about: str
    is_unborn: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What is asked of one child: the box that says that they are in it, and the rest."""

    member: Member
    tick: forms.BoundField
    fields: tuple[forms.BoundField, ...]


class FamilyForm(RecordForm):
    """The children are ticked; what is asked of one who is not ticked is not needed, and is not kept."""

    none_ticked: ClassVar[str] = "Tick at least one child"

    def __init__(self, *given: Any, members: Sequence[Member], ticked: Collection[str] = (), **named: Any):
        super().__init__(*given, **named)
        self.members = tuple(members)
        self.once = tuple(name for name in self.fields if name != "version")
        for member in self.members:
            label = f"{member.first}, {member.about}" if member.about else member.first
            self.fields[f"{HERE}-{member.key}"] = TickField(label=label, required=False)
            self.initial.setdefault(f"{HERE}-{member.key}", member.key in ticked)
            for name, field in self.of_child(member).items():
                self.fields[f"{name}-{member.key}"] = field

    def of_child(self, member: Member) -> dict[str, forms.Field]:
        """What is asked of one child."""
        return {}

    def complain_of(self, member: Member, said: Mapping[str, Any]) -> None:
        """What is wrong with what was said of a child who is ticked (`complain`)."""

    def complain(self, member: Member, name: str, says: str) -> None:
        self.add_error(f"{name}-{member.key}", says)

    @property
    def common(self) -> list[forms.BoundField]:
        """What is asked once."""
        return [self[name] for name in self.once]

    @property
    def groups(self) -> list[Group]:
        return [self._group(member) for member in self.members]

    def _group(self, member: Member) -> Group:
        tick = f"{HERE}-{member.key}"
        names = [name for name in self.fields if name.endswith(f"-{member.key}") and name != tick]
        return Group(member, self[tick], tuple(self[name] for name in names))

    @property
    def chosen(self) -> list[Member]:
        return [member for member in self.members if self.cleaned_data.get(f"{HERE}-{member.key}")]

    def of(self, member: Member) -> dict[str, Any]:
        """What was said of one child, by the name of what was asked."""
        end = f"-{member.key}"
        return {name.removesuffix(end): value for name, value in self.cleaned_data.items() if name.endswith(end)}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        chosen = self.chosen
        if not chosen and self.members:
            self.add_error(f"{HERE}-{self.members[0].key}", self.none_ticked)
        for member in self.members:
            if member not in chosen:
                self._forget_complaints(member)
        for member in chosen:
            self.complain_of(member, self.of(member))
        return given

    def _forget_complaints(self, member: Member) -> None:
        for name in [name for name in self.errors if name.endswith(f"-{member.key}")]:
            if name != f"{HERE}-{member.key}":
                del self.errors[name]
