"""What is asked about a conference: who it is about, when it is, and what it decided for each child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from waypost.domain.pathway import step
from waypost.records.pathway.forms.families import ANSWERS, YES_OR_NO, FamilyForm, Member
from waypost.records.pathway.models import Conference, ProtectionPlan
from waypost.records.pathway.models.conferences import CATEGORY_WORDS
from waypost.records.pathway.models.enquiries import LATE_REASONS
from waypost.web import words
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField
from waypost.web.forms import RecordForm

SATURDAY = 5
CATEGORIES = (("", "Select one"), *CATEGORY_WORDS)
ENDS = (("", "Select one"), *step("protection_plan").choices)
REPEATS = (("", "Not said"), *ProtectionPlan.REPEAT_REASONS)
LONG = (("", "Not said"), *ProtectionPlan.LONG_REASONS)
MOST_DAYS = 60


class AskForm(FamilyForm):
    """A conference is asked for. Those that an enquiry or a transfer asks for come about by themselves."""

    none_ticked = "Tick the children whom the conference is about"

    kind = OneOfField(
        label="Which conference?",
        choices=((Conference.REVIEW, "Review conference"), (Conference.INITIAL, "Initial conference"),
                 (Conference.PRE_BIRTH, "Pre-birth conference")),
        error_messages={"required": "Select which conference"},
    )  # fmt: skip
    on = DateField(label="When is it asked for?", called="The day", not_after=timezone.localdate)
    why_out_of_order = LongTextField(
        label="If no section 47 enquiry is recorded before it, why is it asked for now?", rows=2, required=False
    )


class DayForm(RecordForm):
    """The day on which a conference is to be, and who chairs it."""

    planned_on = DateField(label="Which day?", called="The day of the conference")
    chair = ListField(label="Who chairs it?", required=False)

    def __init__(self, *given: Any, chairs: list[tuple[str, str]], **named: Any):
        super().__init__(*given, **named)
        self.offer("chair", [("", "Not known yet"), *chairs])

    def clean_planned_on(self) -> date:
        return weekday(self.cleaned_data["planned_on"])


class CancelForm(RecordForm):
    on = DateField(label="When was it cancelled?", called="The day", not_after=timezone.localdate)
    because = LongTextField(label="Why?", rows=3, error_messages={"required": "Enter why it was cancelled"})


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a child stands as a conference begins. `limit` is the last day in time for the conference."""

    has_plan: bool = False
    limit: date | None = None
    plans_before: int = 0
    is_long: bool = False
    is_asked: bool = True


class HeldForm(FamilyForm):
    """What a conference decided, for each child. A review may add a brother or sister who has no plan."""

    none_ticked = "Tick the children whom the conference was about"

    on = DateField(label="When was it held?", called="The day of the conference", not_after=timezone.localdate)

    def __init__(self, *given: Any, step_id: str, stands: Mapping[str, Stands], **named: Any):
        self.step, self.stands = step(step_id), stands
        super().__init__(*given, **named)

    def of_child(self, member: Member) -> dict[str, forms.Field]:
        stands = self.stands[member.key]
        is_review = self.step.id == "review_conference"
        choices = [each for each in self.step.choices if (each[0] == "add_child") != stands.has_plan or not is_review]
        asked: dict[str, forms.Field] = {
            "decision": OneOfField(label=f"What was decided for {member.first}?", choices=choices, required=False),
            "why": LongTextField(label="Why?", rows=3, required=False),
            "category": ListField(
                label="Category, if a plan begins or its category changes", choices=CATEGORIES, required=False
            ),
        }
        if stands.has_plan:
            asked["ended_by"] = ListField(label="If the plan ends, why?", choices=ENDS, required=False)
        if stands.is_long:
            asked["long_reason"] = ListField(
                label="If the plan goes on beyond two years, why?", choices=LONG, required=False
            )
        if not stands.has_plan:
            asked |= _of_new_plan(member, stands)
        if stands.limit:
            asked["late_reason"] = ListField(
                label=f"If it was held after {words.day(stands.limit)}, why was it late?",
                choices=(("", "Select one"), *LATE_REASONS),
                required=False,
            )
        return asked

    def complain_of(self, member: Member, said: Mapping[str, Any]) -> None:
        decision = said.get("decision")
        if not decision:
            self.complain(member, "decision", f"Select what was decided for {member.first}")
        if not said.get("why"):
            self.complain(member, "why", f"Enter why this was decided for {member.first}")
        if decision in ("protection_plan", "add_child", "change_category") and not said.get("category"):
            self.complain(member, "category", f"Select the category of {member.first}'s plan")
        if decision == "end" and not said.get("ended_by"):
            self.complain(member, "ended_by", f"Select why {member.first}'s plan ends")
        limit, on = self.stands[member.key].limit, self.cleaned_data.get("on")
        if limit and on and on > limit and not said.get("late_reason"):
            says = f"Select why {member.first}'s conference was held after {words.day(limit)}"
            self.complain(member, "late_reason", says)

    def clean_on(self) -> date:
        return weekday(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for member in self.members:
            if self.stands[member.key].is_asked and member not in self.chosen:
                self.add_error(
                    f"here-{member.key}", f"The conference was asked for {member.first} too. Say what it decided"
                )
        return given


def weekday(day: date) -> date:
    if day.weekday() >= SATURDAY:
        raise forms.ValidationError(
            f"A conference is held on a weekday, and {words.day(day)} is a {day:%A}",
            code="weekend", params={"wrong": (0, 1, 2)},
        )  # fmt: skip
    return day


def _of_new_plan(member: Member, stands: Stands) -> dict[str, forms.Field]:
    """What is asked of a plan that begins."""
    asked: dict[str, forms.Field] = {
        "danger": LongTextField(
            label=f"What is the danger to {member.first}, if a plan begins?",
            help_text="In words that the family would use",
            rows=2,
            required=False,
        ),
        "visit_every_days": TextField(
            label=f"How often is {member.first} to be visited? Every how many days?", width=3, required=False
        ),
        "early_help_before": OneOfField(
            label="Was early help tried before?", choices=YES_OR_NO, inline=True, required=False
        ),
    }
    if stands.plans_before:
        asked["repeat_reason"] = ListField(
            label=f"{member.first} has had {words.plural(stands.plans_before, 'plan', 'plans')} before. Why again?",
            choices=REPEATS,
            required=False,
        )
    asked["previous_elsewhere"] = TextField(
        label=f"How many plans has {member.first} had with other authorities?", width=2, required=False
    )
    for name, most in (("visit_every_days", MOST_DAYS), ("previous_elsewhere", 20)):
        asked[name].validators.append(_whole(most))
    return asked


def _whole(most: int) -> Any:
    def check(value: str) -> None:
        if not value.isdecimal() or not int(value) <= most:
            raise forms.ValidationError(f"Enter a whole number, of {most} at most")

    return check


def plan_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of a plan that begins, as the action takes it."""
    every, elsewhere = said.get("visit_every_days") or "", said.get("previous_elsewhere") or ""
    return {
        "danger": said.get("danger", ""),
        "visit_every_days": int(every) or None if every else None,
        "early_help_before": ANSWERS[said.get("early_help_before") or ""],
        "repeat_reason": said.get("repeat_reason", ""),
        "previous_elsewhere": int(elsewhere) if elsewhere else 0,
    }
