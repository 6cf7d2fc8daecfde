"""What is asked about plans: what they say, who does what, who is in the core group, and how they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from waypost.domain.pathway import step
from waypost.records.pathway.actions.plans import WITHOUT_A_REVIEW
from waypost.records.pathway.forms.families import ANSWERS, AS_ANSWER, YES_OR_NO, FamilyForm, Member
from waypost.records.pathway.forms.visits import ACTION, Todo
from waypost.records.pathway.models import ActionProgress, PlanAction, ProtectionPlan
from waypost.records.pathway.models.plans import VISIT_DAYS
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField, TickField
from waypost.web.forms import RecordForm

MOST_DAYS = 60
CAME, SENT_WORD, ABSENT = "came", "sent_word", "absent"
ATTENDANCE = ((CAME, "Came"), (SENT_WORD, "Sent word"), (ABSENT, "Did not come"))
CLOSURES = (
    ("", "The case stays open"),
    ("RC7", "The case closes: no service is needed any more"),
    ("RC5", "The case closes: the child moved to another authority"),
    ("RC6", "The case closes: adult services go on"),
)
"""What may become of the case when a child in need plan ends, by the census's code for why."""


class NumberOfDays(TextField):
    """A whole number of days, or nothing."""

    def __init__(self, **given: Any):
        super().__init__(width=3, required=False, **given)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        if not typed:
            return None
        if not typed.isdecimal() or not 1 <= int(typed) <= MOST_DAYS:
            raise forms.ValidationError(f"Enter a whole number of days, from 1 to {MOST_DAYS}")
        return int(typed)


# ---------------------------------------------------------------- a protection plan


class PlanForm(RecordForm):
    """What a plan says, beside its actions."""

    danger = LongTextField(
        label="What is the danger to the child?", help_text="In words that the family would use", rows=4, required=False
    )
    worried_since = DateField(
        label="Since when has there been worry about the child?",
        help_text="The child has lived with it since then, not since the plan began. For example, 27 3 2019",
        called="The day",
        required=False,
        not_after=timezone.localdate,
    )
    contingency = LongTextField(
        label="What happens if nothing gets better?",
        help_text="For example, a legal planning meeting",
        rows=3,
        required=False,
    )
    contingency_by = DateField(label="By when?", called="The day", required=False)
    visit_every_days = NumberOfDays(label="How often is the child to be visited? Every how many days?")
    visit_days = OneOfField(label="Counted in", choices=VISIT_DAYS, inline=True)
    is_refused_by_parents = TickField(label="The parents do not work with the plan", required=False)
    early_help_before = OneOfField(label="Was early help tried before?", choices=YES_OR_NO, inline=True, required=False)
    repeat_reason = ListField(
        label="If the child has had a plan before, why again?",
        choices=(("", "Not said"), *ProtectionPlan.REPEAT_REASONS),
        required=False,
    )
    long_reason = ListField(
        label="If the plan has run for two years, why?",
        choices=(("", "Not said"), *ProtectionPlan.LONG_REASONS),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("contingency") and not given.get("contingency_by") and "contingency_by" not in self.errors:
            self.add_error("contingency_by", "Enter by when it happens if nothing gets better")
        return given

    @staticmethod
    def says(plan: Any) -> dict[str, Any]:
        names = [name for name in PlanForm.base_fields if name not in ("version", "early_help_before")]
        return {**{name: getattr(plan, name) for name in names}, "early_help_before": AS_ANSWER[plan.early_help_before]}

    def facts(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**given, "early_help_before": ANSWERS[given["early_help_before"]]}


class ActionForm(RecordForm):
    """One thing to be done. Every part is asked, for an action that leaves one out cannot be seen to be done."""

    risk = LongTextField(
        label="What is the risk?",
        rows=2,
        error_messages={"required": "Enter the risk that this is about, so that everyone knows why it is done"},
    )
    outcome = LongTextField(
        label="What will be different for the child?",
        rows=2,
        error_messages={"required": "Enter what will be different for the child, which is what the action is for"},
    )
    action = LongTextField(
        label="What is to be done?",
        rows=2,
        error_messages={"required": "Enter what is to be done, so that whoever does it knows"},
    )
    owner_kind = OneOfField(
        label="Whose is it?",
        choices=PlanAction.OWNERS,
        inline=True,
        error_messages={"required": "Select whose it is: the family's, the worker's or another agency's"},
    )
    owner = TextField(
        label="Who does it?",
        help_text="One person, by name",
        max_length=150,
        error_messages={"required": "Enter who does it: what everybody does, nobody does"},
    )
    due_on = DateField(label="By when?", called="The day by which it is done")
    measure = LongTextField(
        label="How will we know?",
        help_text="What somebody will see or hear",
        rows=2,
        error_messages={"required": "Enter how we will know that it is done"},
    )
    on = DateField(label="When was it agreed?", called="The day on which it was agreed", not_after=timezone.localdate)
    because = LongTextField(label="Why is it changed?", rows=2, error_messages={"required": "Enter why it is changed"})

    def __init__(self, *given: Any, is_new: bool, **named: Any):
        super().__init__(*given, **named)
        del self.fields["because" if is_new else "on"]

    @staticmethod
    def says(action: Any) -> dict[str, Any]:
        return {name: getattr(action, name) for name in ActionForm.SAID}

    SAID = ("risk", "outcome", "action", "owner", "owner_kind", "due_on", "measure")

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.SAID}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        on, due = given.get("on"), given.get("due_on")
        if on and due and due < on:
            self.add_error("due_on", "The day by which it is done must be the same as or after the day it was agreed")
        return given


class ProgressForm(RecordForm):
    how = OneOfField(
        label="How is it going?",
        choices=ActionProgress.HOW,
        error_messages={"required": "Select how the action is going"},
    )
    on = DateField(label="As of which day?", called="The day", not_after=timezone.localdate)
    says = LongTextField(label="What is to be said of it?", rows=3, required=False)


class BecauseForm(RecordForm):
    """A day and a reason: an action that is dropped, a plan of another authority that is not kept here any more."""

    on = DateField(label="From which day?", called="The day", not_after=timezone.localdate)
    because = LongTextField(label="Why?", rows=3, error_messages={"required": "Enter why"})


class MemberForm(RecordForm):
    """Somebody who joins the core group."""

    name = TextField(label="Who?", max_length=150, error_messages={"required": "Enter the person's name"})
    agency = ListField(
        label="Which agency do they come from?",
        help_text="The agency sees the child's record from then on. Leave empty for the family.",
        required=False,
    )
    tasks = LongTextField(label="What have they agreed to do?", rows=3, required=False)
    since = DateField(label="From which day?", called="The day", not_after=timezone.localdate)

    def __init__(self, *given: Any, agencies: Sequence[tuple[str, str]], **named: Any):
        super().__init__(*given, **named)
        self.offer("agency", agencies)


class TasksForm(RecordForm):
    tasks = LongTextField(label="What have they agreed to do?", rows=4, required=False)


class DayForm(RecordForm):
    on = DateField(label="Until which day?", called="The day", not_after=timezone.localdate)


class KeyWorkerForm(RecordForm):
    user = ListField(label="Who is the key worker?", error_messages={"required": "Select the key worker"})
    since = DateField(label="From which day?", called="The day", not_after=timezone.localdate)

    def __init__(self, *given: Any, workers: Sequence[tuple[str, str]], **named: Any):
        super().__init__(*given, **named)
        self.offer("user", [("", "Select one"), *workers])


class EndPlanForm(RecordForm):
    """An end that no review decides."""

    decision = OneOfField(
        label="Why does the plan end?",
        choices=[each for each in step("protection_plan").choices if each[0] in WITHOUT_A_REVIEW],
        error_messages={"required": "Select why the plan ends"},
    )
    on = DateField(label="When does it end?", called="The end date", not_after=timezone.localdate)
    why = LongTextField(
        label="What is to be said of it?",
        help_text="Others will read later why the plan ended",
        rows=3,
        error_messages={"required": "Enter why the plan ends, so that the decision can be looked at later"},
    )


# ---------------------------------------------------------------- a core group


class CoreGroupForm(FamilyForm):
    """A core group: once who came, and for each child how the plan is going."""

    none_ticked = "Tick the children whose plans the core group was about"

    on = DateField(label="When was it held?", called="The day of the core group", not_after=timezone.localdate)
    where = TextField(label="Where?", required=False, max_length=150)
    notes = LongTextField(
        label="Notes",
        help_text="Of the family as a whole. Whoever sees the record of one of the children reads this.",
        rows=4,
        required=False,
    )

    def __init__(
        self, *given: Any, people: Mapping[str, str], todo: Mapping[str, Sequence[Todo]], **named: Any
    ):  # fmt: skip
        self.todo, self.people = todo, people
        super().__init__(*given, **named)
        for key, name in people.items():
            self.fields[f"came_{key}"] = OneOfField(label=name, choices=ATTENDANCE, inline=True, required=False)

    @property
    def attendance(self) -> list[forms.BoundField]:
        return [self[f"came_{key}"] for key in self.people]

    def of_child(self, member: Member) -> dict[str, forms.Field]:
        asked: dict[str, forms.Field] = {
            "progress": LongTextField(label=f"How is {member.first}'s plan going?", rows=3, required=False)
        }
        for each in self.todo.get(member.key, ()):
            asked[f"{ACTION}{each.key}"] = OneOfField(
                label=each.says, choices=ActionProgress.HOW, inline=True, required=False
            )
        asked["changes"] = LongTextField(label="What was changed in the plan?", rows=2, required=False)
        return asked

    def came(self) -> dict[str, str]:
        """How each person is said to have come, by their key here; nothing of whom nothing is said."""
        given = {key: self.cleaned_data[f"came_{key}"] for key in self.people}
        return {key: said for key, said in given.items() if said}


# ---------------------------------------------------------------- a child in need plan


class CinPlanForm(RecordForm):
    aims = LongTextField(label="What is to be different for the child, and who does what?", rows=6, required=False)
    visit_every_days = NumberOfDays(label="How often is the child to be visited? Every how many days?")
    visit_days = OneOfField(label="Counted in", choices=VISIT_DAYS, inline=True)

    @staticmethod
    def says(plan: Any) -> dict[str, Any]:
        return {name: getattr(plan, name) for name in ("aims", "visit_every_days", "visit_days")}

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("aims", "visit_every_days", "visit_days")}


class CinReviewForm(RecordForm):
    held_on = DateField(label="When was the review held?", called="The day of the review", not_after=timezone.localdate)
    says = LongTextField(label="What did it say?", rows=5, error_messages={"required": "Enter what the review said"})
    next_on = DateField(label="When is the next one?", called="The day of the next review", required=False)


class EndCinPlanForm(RecordForm):
    decision = OneOfField(
        label="Why does the plan end?",
        choices=step("cin_plan").choices,
        error_messages={"required": "Select why the plan ends"},
    )
    on = DateField(label="When does it end?", called="The end date", not_after=timezone.localdate)
    why = LongTextField(
        label="What is to be said of it?", rows=3, error_messages={"required": "Enter why the plan ends"}
    )
    closure_reason = ListField(label="What becomes of the case?", choices=CLOSURES, required=False)
