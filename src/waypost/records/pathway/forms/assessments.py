"""What is asked of an assessment: when it begins, each of its parts, who was consulted, its outcome, a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from waypost.access.models import Agency
from waypost.access.reasons import reason
from waypost.domain.codes import CODE_LISTS
from waypost.records.casework.forms.facts import ANSWERS, AS_ANSWER, FROM_ANSWER
from waypost.records.pathway.actions.assessments import WRITTEN
from waypost.records.pathway.forms.offers import named
from waypost.records.pathway.models import Assessment
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, SomeOfField, TextField
from waypost.web.forms import Form, RecordForm

APPROVE, RETURN = "approve", "return"
FACTORS = tuple((code, said[:1].upper() + said[1:]) for code, said in CODE_LISTS["assessment_factor"].items())
OF_THE_BORN = ("seen_on", "seen_alone", "spoken_to_alone", "why_not_seen", "wishes_and_feelings", "is_young_carer")
"""What is not asked of a child who is not born yet."""
ANSWERED = ("seen_alone", "spoken_to_alone", "is_young_carer")


def _part(label: str, hint: str = "", rows: int = 5) -> LongTextField:
    return LongTextField(label=label, help_text=hint, required=False, rows=rows)


class BeginForm(RecordForm):
    """An assessment that no decision opened."""

    on = DateField(label="Day it begins", called="The day it begins", not_after=timezone.localdate)
    kind = OneOfField(
        label="Kind of assessment",
        choices=Assessment.KINDS,
        error_messages={"required": "Select the kind of assessment"},
    )

    def __init__(self, *given: Any, kinds: Sequence[str], **named_: Any):
        super().__init__(*given, **named_)
        if len(kinds) == 1:
            self.initial.setdefault("kind", kinds[0])


class WriteForm(RecordForm):
    """The parts of an assessment. It may be saved with any of them empty, until it is submitted."""

    seen_on = DateField(
        label="Day the child was seen",
        called="The day the child was seen",
        required=False,
        not_after=timezone.localdate,
    )
    seen_alone = OneOfField(label="Were they seen alone?", choices=ANSWERS, required=False, inline=True)
    spoken_to_alone = OneOfField(label="Were they talked to alone?", choices=ANSWERS, required=False, inline=True)
    wishes_and_feelings = _part("The child's wishes and feelings", "In their own words where you can")
    why_not_seen = _part(
        "Why was the child not seen, or why are their wishes not known?", "If either of the two is missing", 2
    )
    needs = _part("What the child needs")
    mothers_capacity = _part("What the mother can do for the child", rows=4)
    fathers_capacity = _part("What the father can do for the child", "Whether or not he lives with the child", 4)
    why_father_not_assessed = _part("If that is not known, why?", rows=2)
    strengths = _part("Strengths, and what protects the child")
    risks = _part("Risks")
    factors = SomeOfField(label="Factors found", help_text="As the census lists them", choices=FACTORS, required=False)
    is_young_carer = OneOfField(label="Is the child a young carer?", choices=ANSWERS, required=False, inline=True)
    household_work = _part("Work in the household", "Who works, and what support there is towards work or benefits", 3)
    what_must_change = _part("What must change for the child to be safe and well")
    analysis = _part("What you make of it all", "And what you would do next", 8)
    done_with = TextField(
        label="Done together with",
        help_text="For example, a mental health worker in the team",
        required=False,
        max_length=300,
    )
    reviewed_on = DateField(
        label="Day of the internal review",
        called="The day of the internal review",
        help_text="When a manager looked at how it goes",
        required=False,
        not_after=timezone.localdate,
    )

    def __init__(self, *given: Any, kind: str, **named_: Any):
        super().__init__(*given, **named_)
        if kind == Assessment.PRE_BIRTH:
            for name in OF_THE_BORN:
                del self.fields[name]

    @classmethod
    def of(cls, row: Assessment) -> dict[str, Any]:
        held = {name: getattr(row, name) for name in WRITTEN}
        return held | {name: AS_ANSWER[held[name]] for name in ANSWERED}

    def facts(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in WRITTEN if name in self.fields}
        return said | {name: FROM_ANSWER[said[name]] for name in ANSWERED if name in said}


class CorrectForm(WriteForm):
    """A correction of what was authorised."""

    because = reason("Why is it corrected?", help_text="Kept with the version that was authorised")


class ConsultForm(RecordForm):
    """Somebody who was asked."""

    who = TextField(
        label="Who was asked?",
        help_text="Name, and what they are to the child",
        max_length=150,
        error_messages={"required": "Enter who was asked"},
    )
    agency = ListField(label="Of which agency?", required=False)
    on = DateField(label="Day they were asked", called="The day they were asked", not_after=timezone.localdate)
    they_said = LongTextField(label="What did they say?", rows=5, error_messages={"required": "Enter what they said"})

    def __init__(self, *given: Any, agencies: Mapping[str, Agency], **named_: Any):
        super().__init__(*given, **named_)
        self.agencies = agencies
        self.offer("agency", named(agencies))

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        agency = self.agencies.get(given["agency"])
        return {"who": given["who"], "on": given["on"], "said": given["they_said"], "agency": agency}


class SubmitForm(RecordForm):
    """That an assessment is ready for a manager. It asks nothing."""


class AuthoriseForm(RecordForm):
    """A manager's answer: authorised with an outcome, or returned."""

    decision = OneOfField(label="What do you decide?", error_messages={"required": "Select what you decide"})
    why = LongTextField(
        label="Why, or what must change",
        rows=5,
        error_messages={"required": "Enter why, or what must change"},
    )

    def __init__(self, *given: Any, outcomes: Sequence[tuple[str, str]], **named_: Any):
        super().__init__(*given, **named_)
        authorised = [(code, f"Authorise. {says}") for code, says in outcomes]
        self.offer("decision", [*authorised, (RETURN, "Return it: something must change first")])


class CorrectionForm(RecordForm):
    """A manager's answer to a correction."""

    decision = OneOfField(
        label="What do you decide?",
        choices=((APPROVE, "Approve the correction"), (RETURN, "Return it: it must be corrected again")),
        error_messages={"required": "Select what you decide"},
    )
    why = LongTextField(label="What must change", help_text="If you return it", required=False, rows=4)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("decision") == RETURN and not given.get("why"):
            self.add_error("why", "Enter what must change")
        return given


class LateFilterForm(Form):
    """Whose assessments are shown."""

    team = ListField(label="Team", required=False)
    worker = ListField(label="Worker", required=False)

    def __init__(
        self, *given: Any, teams: Sequence[tuple[str, str]], workers: Sequence[tuple[str, str]], **named_: Any
    ):
        super().__init__(*given, **named_)
        self.offer("team", [("", "All"), *teams])
        self.offer("worker", [("", "All"), *workers])
