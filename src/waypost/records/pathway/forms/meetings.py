"""What is asked about family meetings, agreements, goals, and moves of a child with a plan."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from waypost.records.pathway.forms.families import AS_ANSWER, YES, YES_OR_NO, FamilyForm
from waypost.records.pathway.models import FamilyMeeting, Goal
from waypost.records.pathway.models.conferences import CATEGORY_WORDS
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField
from waypost.web.forms import RecordForm


class MeetingAskForm(FamilyForm):
    """A family meeting that is asked for, once for brothers and sisters."""

    none_ticked = "Tick the children whom it is about"

    kind = OneOfField(
        label="What is it?", choices=FamilyMeeting.KINDS, error_messages={"required": "Select what it is"}
    )
    on = DateField(label="When was it asked for?", called="The day", not_after=timezone.localdate)


class MeetingHeldForm(RecordForm):
    held_on = DateField(
        label="When was it held, or signed?", called="The day of the meeting", not_after=timezone.localdate
    )
    who_came = LongTextField(label="Who came?", rows=2, required=False)
    outcome = LongTextField(label="What came of it?", rows=5, error_messages={"required": "Enter what came of it"})
    carers_found = OneOfField(
        label="Did the family find somebody who could care for the children?",
        choices=YES_OR_NO,
        inline=True,
        required=False,
    )
    shared_with = TextField(label="With whom was it shared?", required=False, max_length=300)

    @staticmethod
    def says(meeting: Any) -> dict[str, Any]:
        held = {name: getattr(meeting, name) for name in ("held_on", "who_came", "outcome", "shared_with")}
        return {**held, "carers_found": AS_ANSWER[meeting.carers_found]}


class GoalForm(RecordForm):
    kind = OneOfField(label="What is it?", choices=Goal.KINDS, error_messages={"required": "Select what it is"})
    on = DateField(label="As of which day?", called="The day", not_after=timezone.localdate)
    what = LongTextField(
        label="What was reached, or what is different?",
        rows=3,
        error_messages={"required": "Enter what was reached, or what is different"},
    )
    how_known = LongTextField(
        label="How is it known?",
        help_text="Who saw or heard it, and when",
        rows=2,
        error_messages={"required": "Enter how it is known"},
    )


class TransferInForm(RecordForm):
    """A child with a plan elsewhere who has moved here."""

    other_authority = TextField(
        label="Which authority has the plan?",
        max_length=100,
        error_messages={"required": "Enter which authority has the plan"},
    )
    notified_on = DateField(
        label="When did they tell us?",
        help_text="In writing. The conference here is due from this day. For example, 27 3 2019",
        called="The day they told us",
        not_after=timezone.localdate,
    )
    stays = OneOfField(
        label="Has the child moved for good?",
        choices=((YES, "Yes, and a transfer-in conference is called"), ("no", "No, they are here for a time")),
        error_messages={"required": "Select whether the child has moved for good"},
    )
    category = ListField(
        label="Category of the plan there", choices=(("", "Not known"), *CATEGORY_WORDS), required=False
    )
    plan_started_on = DateField(
        label="When did that plan start?", called="The start date", required=False, not_after=timezone.localdate
    )
    note = LongTextField(label="What must be known?", rows=3, required=False)

    def facts(self) -> dict[str, Any]:
        names = ("other_authority", "notified_on", "category", "plan_started_on", "note")
        return {**{name: self.cleaned_data[name] for name in names}, "is_permanent": self.cleaned_data["stays"] == YES}


class TransferOutForm(RecordForm):
    other_authority = TextField(
        label="Which authority is to take the plan?",
        max_length=100,
        error_messages={"required": "Enter which authority is to take the plan"},
    )
    notified_on = DateField(label="When did we tell them?", called="The day we told them", not_after=timezone.localdate)
    note = LongTextField(label="What must they know?", rows=3, required=False)
