"""What is asked about early help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from waypost.access.models import Team, User
from waypost.domain.pathway import step
from waypost.domain.pathway.early_help import criteria
from waypost.records.pathway.forms.offers import named
from waypost.records.pathway.models import EarlyHelp
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, SomeOfField, TextField
from waypost.web.forms import RecordForm


class EarlyHelpForm(RecordForm):
    """Where, for whom, on what ground and how a family is helped."""

    opened_on = DateField(label="Day it opens", called="The day it opens", not_after=timezone.localdate)
    criteria = SomeOfField(
        label="What the family meets",
        choices=tuple(criteria().items()),
        error_messages={"required": "Select at least one of these"},
    )
    locality = TextField(label="Locality", help_text="For example, north, central or south", max_length=60, width=20)
    team = ListField(label="Team", required=False)
    lead_worker = ListField(label="Lead worker", required=False)
    plan = LongTextField(
        label="Plan", help_text="What will be different, and who does what by when", required=False, rows=8
    )

    def __init__(
        self, *given: Any, teams: Mapping[str, Team], workers: Mapping[str, User], is_new: bool, **named_: Any
    ):
        super().__init__(*given, **named_)
        self.teams, self.workers = teams, workers
        self.offer("team", named(teams))
        self.offer("lead_worker", named(workers))
        if not is_new:
            del self.fields["opened_on"]

    @classmethod
    def of(cls, case: EarlyHelp) -> dict[str, Any]:
        return {
            "criteria": case.criteria,
            "locality": case.locality,
            "team": str(case.team_id or ""),
            "lead_worker": str(case.lead_worker_id or ""),
            "plan": case.plan,
        }

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "criteria": said["criteria"],
            "locality": said["locality"],
            "team": self.teams.get(said["team"]),
            "lead_worker": self.workers.get(said["lead_worker"]),
            "plan": said["plan"],
        }


class EarlyHelpEndForm(RecordForm):
    """How early help ends."""

    decision = OneOfField(
        label="How does it end?",
        choices=step("early_help").choices,
        hints={"step_up": "A referral opens at once, with the link to this early help"},
        error_messages={"required": "Select how it ends"},
    )
    on = DateField(label="Last day", called="The last day", not_after=timezone.localdate)
    why = LongTextField(label="Why?", rows=4, error_messages={"required": "Enter why"})
