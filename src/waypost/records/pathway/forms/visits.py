"""What is asked about a visit: once of the household, and of each child what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from waypost.records.pathway.forms.families import ANSWERS, NO, YES, YES_OR_NO, FamilyForm, Member
from waypost.records.pathway.forms.moments import TimeField, moment
from waypost.records.pathway.models import ActionProgress, Visit
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField, TickField
from waypost.web.forms import RecordForm

ALONE, SEEN, NOT_SEEN = "alone", "seen", "not_seen"
ACTION = "action_"
SEEN_CHOICES = ((ALONE, "Yes, alone"), (SEEN, "Yes, not alone"), (NOT_SEEN, "No"))
MOTHER_CHOICES = ((SEEN, "Yes"), (NOT_SEEN, "No"))


@dataclass(frozen=True, slots=True)
class Todo:
    """An action of a child's plan that is still to be done, as a visit asks about it."""

    key: str
    says: str


class VisitForm(FamilyForm):
    """A visit to brothers and sisters, or an attempt at one."""

    none_ticked = "Tick the children whom the visit was to"

    on = DateField(label="When was the visit?", called="The day of the visit", not_after=timezone.localdate)
    at = TimeField(
        label="At what time?",
        called="The time",
        help_text="For example, 3:30pm",
        error_messages={"required": "Enter the time of the visit"},
    )
    was_made = OneOfField(
        label="Was the visit made?",
        choices=((YES, "Yes"), (NO, "No, I tried and could not")),
        inline=True,
        error_messages={"required": "Select whether the visit was made"},
    )
    why_not_made = LongTextField(
        label="If not, why?", help_text="For example, nobody answered the door", rows=2, required=False
    )
    purpose = ListField(label="What was it for?", choices=Visit.PURPOSES)
    place = OneOfField(label="Where?", choices=Visit.PLACES, inline=True)
    was_announced = OneOfField(label="Did the family expect it?", choices=YES_OR_NO, inline=True, required=False)
    who_was_there = TextField(
        label="Who was there?", help_text="Everyone in the home, and anyone who came with you", required=False,
        max_length=500,
    )  # fmt: skip
    home_seen = TickField(label="I saw round the home", required=False)
    what_happened = LongTextField(
        label="What happened?",
        help_text="Of the household as a whole. What is of one child alone goes below, under that child: "
        "whoever sees a brother's or sister's record reads this.",
        rows=4,
        required=False,
    )

    def __init__(self, *given: Any, todo: Mapping[str, Sequence[Todo]], **named: Any):
        self.todo = todo
        super().__init__(*given, **named)

    def of_child(self, member: Member) -> dict[str, forms.Field]:
        asked: dict[str, forms.Field] = _seen(member)
        asked["said"] = LongTextField(label=f"What {member.first} said and did", rows=2, required=False)
        if member.is_unborn:
            asked["said"] = LongTextField(label="How the pregnancy goes, and what is ready", rows=2, required=False)
        asked["worries"] = LongTextField(label=f"Worries about {member.first}", rows=2, required=False)
        for each in self.todo.get(member.key, ()):
            asked[f"{ACTION}{each.key}"] = OneOfField(
                label=each.says, choices=ActionProgress.HOW, inline=True, required=False
            )
        asked["changed"] = LongTextField(label="Anything else that changed in the plan", rows=2, required=False)
        return asked

    def complain_of(self, member: Member, said: Mapping[str, Any]) -> None:
        if self.cleaned_data.get("was_made") == YES and not said.get("seen"):
            who = "the mother" if member.is_unborn else member.first
            self.complain(member, "seen", f"Select whether {who} was seen")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("was_made") == NO and not given.get("why_not_made"):
            self.add_error("why_not_made", "Enter why the visit was not made")
        on, at = given.get("on"), given.get("at")
        if on and at and moment(on, at) > timezone.now():
            self.add_error("at", "The time of the visit must be in the past")
        return given

    def household(self) -> dict[str, Any]:
        """What is said of the household, as the action takes it."""
        given = self.cleaned_data
        held = {name: given[name] for name in ("purpose", "place", "who_was_there", "home_seen", "what_happened")}
        was_made = given["was_made"] == YES
        held |= {"was_made": was_made, "why_not_made": "" if was_made else given["why_not_made"]}
        held |= {"was_announced": given["was_announced"] != NO, "visited_at": moment(given["on"], given["at"])}
        return held


def _seen(member: Member) -> dict[str, forms.Field]:
    if member.is_unborn:
        return {
            "seen": OneOfField(label="Was the mother seen?", choices=MOTHER_CHOICES, inline=True, required=False),
            "bedroom_seen": OneOfField(
                label="Did you see where the baby will sleep?", choices=YES_OR_NO, inline=True, required=False
            ),
        }
    return {
        "seen": OneOfField(label=f"Was {member.first} seen?", choices=SEEN_CHOICES, inline=True, required=False),
        "bedroom_seen": OneOfField(
            label=f"Did you see where {member.first} sleeps?", choices=YES_OR_NO, inline=True, required=False
        ),
    }


def facts_of(said: Mapping[str, Any], *, is_unborn: bool) -> dict[str, Any]:
    """What was said of one child, as the action takes it."""
    seen = said.get("seen") or NOT_SEEN
    alone = None if is_unborn or seen == NOT_SEEN else seen == ALONE
    held = {name: said.get(name, "") for name in ("said", "worries", "changed")}
    return {**held, "seen": seen != NOT_SEEN, "seen_alone": alone, "bedroom_seen": ANSWERS[said["bedroom_seen"]]}


def progress_of(said: Mapping[str, Any]) -> dict[str, str]:
    """How each action that was spoken of is going, by its key."""
    return {name.removeprefix(ACTION): how for name, how in said.items() if name.startswith(ACTION) and how}


class VisitRightForm(RecordForm):
    """What was recorded of one child at a visit, put right."""

    seen = OneOfField(label="Was the child seen?", choices=SEEN_CHOICES, inline=True)
    bedroom_seen = OneOfField(
        label="Did you see where the child sleeps?", choices=YES_OR_NO, inline=True, required=False
    )
    child_said = LongTextField(label="What the child said and did", rows=3, required=False)
    worries = LongTextField(label="Worries", rows=3, required=False)
    changed = LongTextField(label="What changed in the plan", rows=3, required=False)
    because = LongTextField(
        label="Why is it put right?", rows=2, error_messages={"required": "Enter why it is put right"}
    )
