"""What is asked about strategy discussions, section 47 enquiries, medicals and criminal matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from waypost.access.models import Agency
from waypost.domain.pathway import step
from waypost.records.pathway.forms.families import ANSWERS, AS_ANSWER, YES, YES_OR_NO, FamilyForm, Member
from waypost.records.pathway.forms.moments import TimeField, moment
from waypost.records.pathway.models import CriminalMatter, Enquiry, StrategyDiscussion
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, SomeOfField, TextField
from waypost.web.forms import RecordForm

STRATEGY, ENQUIRY = step("strategy_discussion"), step("section47_enquiry")
CAME, DID_NOT = "came", "did_not"
FIRST = ("police", "health")
SECTORS = tuple(
    sorted((kind for kind in Agency.KINDS if kind[0] != "other"), key=lambda kind: (kind[0] not in FIRST, kind[1]))
)
"""Those who must take part in a strategy discussion stand first."""

TOOK_PART = (("", "Not asked"), (CAME, "Took part"), (DID_NOT, "Asked, and did not come"))


class StrategyForm(FamilyForm):
    """A strategy discussion about brothers and sisters: once what was shared, and for each child what was decided."""

    none_ticked = "Tick the children whom the discussion was about"

    needed_on = DateField(
        label="When was it seen to be needed?",
        called="The day on which it was needed",
        required=False,
        not_after=timezone.localdate,
        help_text="Leave empty if it was held at once. For example, 27 3 2019",
    )
    on = DateField(label="When was it held?", called="The day of the discussion", not_after=timezone.localdate)
    at = TimeField(
        label="At what time?",
        called="The time",
        help_text="For example, 3:30pm",
        error_messages={"required": "Enter the time of the discussion"},
    )
    kind = OneOfField(label="How was it held?", choices=StrategyDiscussion.KINDS, inline=True)
    chair = ListField(label="Who chaired it?", required=False)
    seniority = ListField(
        label="What is the chair's post?",
        help_text="A discussion that decides on an enquiry is chaired by a team manager, or somebody above one.",
        choices=StrategyDiscussion.SENIORITIES,
    )
    shared = LongTextField(
        label="What information was shared?",
        help_text="Of the family as a whole. Whoever sees the record of one of the children reads this.",
        error_messages={"required": "Enter what information was shared"},
        rows=6,
    )
    actions = LongTextField(label="What was agreed, who does it, and by when?", rows=4, required=False)

    def __init__(
        self, *given: Any, chairs: list[tuple[str, str]], out_of_order: Mapping[str, str], **named: Any
    ):  # fmt: skip
        self.out_of_order = out_of_order
        super().__init__(*given, **named)
        self.offer("chair", [("", "Somebody who is not in the list"), *chairs])
        for sector, says in SECTORS:
            self.fields[f"came_{sector}"] = OneOfField(label=says, choices=TOOK_PART, inline=True, required=False)
            self.fields[f"who_{sector}"] = TextField(label=f"Who, from: {says.lower()}", required=False, max_length=150)

    def of_child(self, member: Member) -> dict[str, forms.Field]:
        asked: dict[str, forms.Field] = {
            "decision": OneOfField(
                label=f"What was decided for {member.first}?", choices=STRATEGY.choices, required=False
            ),
            "why": LongTextField(label="Why?", rows=3, required=False),
            "reasonable_cause": LongTextField(
                label=f"What gives reasonable cause to suspect that {member.first} suffers significant harm, or may?",
                help_text="If there is to be an enquiry",
                rows=3,
                required=False,
            ),
            "is_joint": OneOfField(
                label="If there is to be an enquiry, who makes it?",
                choices=(("", "Not decided"), ("no", "Social care alone"), (YES, "Together with the police")),
                inline=True,
                required=False,
            ),
            "alternatives": LongTextField(
                label="What else was considered?",
                help_text="For example, a family group conference, MARAC, or help that prevents harm",
                rows=2,
                required=False,
            ),
        }
        if complaint := self.out_of_order.get(member.key):
            asked["why_out_of_order"] = LongTextField(label=f"Why is it held now? {complaint}", rows=2, required=False)
        return asked

    @property
    def sectors(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"came_{sector}"], self[f"who_{sector}"]) for sector, _ in SECTORS]

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Each kind of agency that was asked to take part, as the action takes it."""
        given = self.cleaned_data
        return [
            {"sector": sector, "who": given[f"who_{sector}"], "took_part": given[f"came_{sector}"] == CAME}
            for sector, _ in SECTORS
            if given[f"came_{sector}"]
        ]

    @property
    def held_at(self) -> Any:
        return moment(self.cleaned_data["on"], self.cleaned_data["at"])

    def complain_of(self, member: Member, said: Mapping[str, Any]) -> None:
        if not said.get("decision"):
            self.complain(member, "decision", f"Select what was decided for {member.first}")
        if not said.get("why"):
            self.complain(member, "why", f"Enter why this was decided for {member.first}")
        if member.key in self.out_of_order and not said.get("why_out_of_order"):
            self.complain(member, "why_out_of_order", f"Enter why it is held now for {member.first}")
        if said.get("decision") == "section47_enquiry" and not said.get("reasonable_cause"):
            self.complain(
                member, "reasonable_cause", f"Enter what gives reasonable cause to enquire about {member.first}"
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        on, at = given.get("on"), given.get("at")
        if on and at and moment(on, at) > timezone.now():
            self.add_error("at", "The time of the discussion must be in the past")
        if on and given.get("needed_on") and given["needed_on"] > on:
            self.add_error("needed_on", "The day on which it was needed must be on or before the day it was held")
        return given


def decision_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was decided for one child, as the action takes it."""
    names = ("decision", "why", "reasonable_cause", "alternatives", "why_out_of_order")
    held = {name: said.get(name, "") for name in names}
    return {**held, "is_joint": ANSWERS[said["is_joint"]]}


class EnquiryForm(RecordForm):
    """What an enquiry has found so far."""

    is_joint = OneOfField(
        label="Who makes the enquiry?",
        choices=(("no", "Social care alone"), (YES, "Social care together with the police")),
    )
    seen_on = DateField(
        label="When was the child seen?",
        called="The day on which the child was seen",
        required=False,
        not_after=timezone.localdate,
    )
    seen_alone = OneOfField(label="Was the child seen alone?", choices=YES_OR_NO, inline=True, required=False)
    took_part = SomeOfField(label="Which agencies took part in the enquiry?", choices=SECTORS, required=False)
    findings = LongTextField(label="What was found?", rows=8, required=False)
    alternatives = LongTextField(
        label="What was considered instead of a conference?",
        help_text="For example, a family group conference, MARAC, or help that prevents harm",
        rows=3,
        required=False,
    )

    @staticmethod
    def says(enquiry: Enquiry) -> dict[str, Any]:
        held = {name: getattr(enquiry, name) for name in ("seen_on", "took_part", "findings", "alternatives")}
        alone, joint = AS_ANSWER[enquiry.seen_alone], AS_ANSWER[enquiry.is_joint]
        return {**held, "seen_alone": alone, "is_joint": joint}

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        held = {name: given[name] for name in ("seen_on", "took_part", "findings", "alternatives")}
        return {**held, "seen_alone": ANSWERS[given["seen_alone"]], "is_joint": given["is_joint"] == YES}


class SubmitForm(RecordForm):
    """The outcome of an enquiry, for a manager to approve."""

    outcome = OneOfField(
        label="What is the outcome?",
        choices=ENQUIRY.choices,
        error_messages={"required": "Select the outcome of the enquiry"},
    )
    why = LongTextField(label="Why?", rows=5, error_messages={"required": "Enter why this is the outcome"})
    on = DateField(label="When was it finished?", called="The day it was finished", not_after=timezone.localdate)


class DecideForm(RecordForm):
    """A manager's answer."""

    APPROVE, RETURN = "approve", "return"
    answer = OneOfField(
        label="Do you agree with the outcome?",
        choices=((APPROVE, "Yes, I approve it"), (RETURN, "No, it goes back to the worker")),
        error_messages={"required": "Select whether you agree"},
    )
    on = DateField(
        label="If you agree, when does the enquiry end?", called="The day it ends", required=False,
        not_after=timezone.localdate,
    )  # fmt: skip
    because = LongTextField(label="If it goes back, what must change?", rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == self.APPROVE and not given.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day on which the enquiry ends")
        if given.get("answer") == self.RETURN:
            self.errors.pop("on", None)
            if not given.get("because"):
                self.add_error("because", "Enter what must change")
        return given


class MedicalAskForm(RecordForm):
    on = DateField(label="When was the medical asked for?", called="The day", not_after=timezone.localdate)


class MedicalForm(RecordForm):
    held_on = DateField(
        label="When was it held?", called="The day of the medical", required=False, not_after=timezone.localdate
    )
    reported_on = DateField(
        label="When did the report come?", called="The day of the report", required=False, not_after=timezone.localdate
    )
    findings = LongTextField(label="What did it find?", rows=4, required=False)


class CriminalForm(RecordForm):
    """A fact of the police or a court. A court date may be to come."""

    kind = ListField(label="What is it?", choices=CriminalMatter.KINDS)
    on = DateField(label="When was it, or when will it be?", called="The day")
    what = LongTextField(
        label="What happened, or is to happen?",
        help_text="What matters to the child, and no more",
        rows=3,
        error_messages={"required": "Enter what happened, or is to happen"},
    )
    support = LongTextField(label="What supports the child in it?", rows=2, required=False)
