"""What is asked about a referral and what belongs to its episode."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from waypost.access.models import Agency, Team
from waypost.domain.pathway import step
from waypost.records.pathway.actions.referrals import NewEmergency, NewRequest, ReferralDecided
from waypost.records.pathway.forms.moments import TimeField, moment
from waypost.records.pathway.forms.offers import NOBODY, named
from waypost.records.pathway.models import EmergencyAction, InformationRequest, Referral
from waypost.records.pathway.models.front_door import CLOSURES, LEVELS, NEEDS, SOURCES
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField, TickField
from waypost.web.forms import Form, RecordForm

STATES = (
    ("", "All"),
    ("undecided", "Not decided yet"),
    ("open", "Open"),
    ("not_assessed", "Never assessed, and nobody said why"),
    ("untold", "The referrer was never told"),
    ("pilot", "Handled by a pilot team"),
)


def _capital(code: str, said: str) -> tuple[str, str]:
    return code, said[:1].upper() + said[1:]


SOURCES_SAID = [_capital(*each) for each in SOURCES]
NEEDS_SAID = [_capital(*each) for each in NEEDS]
CLOSURES_SAID = [_capital(*each) for each in CLOSURES]


class RegisterFilterForm(Form):
    """Which referrals of the register are shown."""

    state = ListField(label="Show", choices=STATES, required=False)
    team = ListField(label="Team", required=False)
    source = ListField(label="Source", choices=(("", "All"), *SOURCES_SAID), required=False)

    def __init__(self, *given: Any, teams: Mapping[str, Team], **named_: Any):
        super().__init__(*given, **named_)
        self.offer("team", [("", "All"), *((key, each.name) for key, each in teams.items())])


class DecideForm(RecordForm):
    """A manager's decision on a referral."""

    decision = OneOfField(
        label="Decision", choices=step("referral").choices, error_messages={"required": "Select what is decided"}
    )
    level = ListField(
        label="Threshold level",
        choices=(NOBODY, *((str(number), said) for number, said in LEVELS)),
        error_messages={"required": "Select the threshold level"},
    )
    need = ListField(
        label="What the child needs most help with",
        help_text="The primary need, as the census counts it",
        choices=(NOBODY, *NEEDS_SAID),
        error_messages={"required": "Select what the child needs most help with"},
    )
    why = LongTextField(
        label="Why?",
        help_text="Where no assessment is to be made, say why none is",
        rows=4,
        error_messages={"required": "Enter why"},
    )
    team = ListField(label="Which team works with the child?", required=False)
    is_pilot = TickField(
        label="A pilot or redesign team handles it",
        help_text="Totals without it are shown as provisional",
        required=False,
    )

    def __init__(self, *given: Any, teams: Mapping[str, Team], **named_: Any):
        super().__init__(*given, **named_)
        self.teams = teams
        self.offer("team", named(teams))

    @classmethod
    def of(cls, referral: Referral) -> dict[str, Any]:
        return {
            "level": str(referral.level or ""),
            "need": referral.need,
            "team": str(referral.team_id or ""),
            "is_pilot": referral.is_pilot,
        }

    def decided(self) -> ReferralDecided:
        said = self.cleaned_data
        return ReferralDecided(
            decision=said["decision"],
            why=said["why"],
            level=int(said["level"]),
            need=said["need"],
            team=self.teams.get(said["team"]),
            is_pilot=said["is_pilot"],
        )


class ResponseForm(RecordForm):
    """The first response."""

    on = DateField(
        label="Day of the first response", called="The day of the first response", not_after=timezone.localdate
    )

    @classmethod
    def of(cls, referral: Referral) -> dict[str, Any]:
        return {"on": referral.responded_on}


class AmendForm(RecordForm):
    """What may be added to a referral after its decision."""

    why_not_assessed = LongTextField(label="Why is there no assessment?", required=False, rows=3)
    is_pilot = TickField(label="A pilot or redesign team handles it", required=False)

    @classmethod
    def of(cls, referral: Referral) -> dict[str, Any]:
        return {"why_not_assessed": referral.why_not_assessed, "is_pilot": referral.is_pilot}


class CloseForm(RecordForm):
    """The end of an episode."""

    on = DateField(label="Day the case closes", called="The day the case closes", not_after=timezone.localdate)
    reason = ListField(
        label="Why does it close?",
        choices=(NOBODY, *CLOSURES_SAID),
        error_messages={"required": "Select why it closes"},
    )
    because = LongTextField(label="In your words", help_text="Kept in the history", required=False, rows=3)


class EmergencyForm(RecordForm):
    """What was done at once."""

    power = OneOfField(
        label="Under which power?",
        choices=EmergencyAction.POWERS,
        error_messages={"required": "Select under which power it was done"},
    )
    began_on = DateField(label="Day it began", called="The day it began", not_after=timezone.localdate)
    began_time = TimeField(label="Time it began", called="The time it began")
    what = LongTextField(label="What was done?", rows=4, error_messages={"required": "Enter what was done"})
    decided_by = TextField(
        label="Who decided it?",
        help_text="Name and office",
        max_length=150,
        error_messages={"required": "Enter who decided it"},
    )
    ended_on = DateField(
        label="Day it ended", called="The day it ended", required=False, not_after=timezone.localdate,
        help_text="Leave empty if it goes on",
    )  # fmt: skip
    ended_time = TimeField(label="Time it ended", called="The time it ended", required=False)
    outcome = LongTextField(label="What came of it?", required=False, rows=3)

    def new(self) -> NewEmergency:
        said = self.cleaned_data
        return NewEmergency(
            began_at=moment(said["began_on"], said["began_time"]),
            power=said["power"],
            what=said["what"],
            decided_by=said["decided_by"],
            ended_at=moment(said["ended_on"], said["ended_time"]) if said["ended_on"] else None,
            outcome=said["outcome"],
        )


class EmergencyEndForm(RecordForm):
    """The end of what was done at once."""

    ended_on = DateField(label="Day it ended", called="The day it ended", not_after=timezone.localdate)
    ended_time = TimeField(label="Time it ended", called="The time it ended")
    outcome = LongTextField(label="What came of it?", rows=3, error_messages={"required": "Enter what came of it"})

    def ended_at(self) -> datetime:
        return moment(self.cleaned_data["ended_on"], self.cleaned_data["ended_time"])


class AskForm(RecordForm):
    """A question put to an agency, or by one."""

    direction = OneOfField(
        label="Who asks?",
        choices=InformationRequest.DIRECTIONS,
        error_messages={"required": "Select who asks"},
    )
    agency = ListField(label="Which agency?", required=False)
    who = TextField(
        label="Name and office of whoever is asked, or asks",
        max_length=150,
        error_messages={"required": "Enter who is asked, or who asks"},
    )
    what = LongTextField(label="What is asked?", rows=4, error_messages={"required": "Enter what is asked"})
    power = ListField(label="Under which power?", choices=InformationRequest.POWERS, required=False)
    asked_on = DateField(label="Day it was asked", called="The day it was asked", not_after=timezone.localdate)

    def __init__(self, *given: Any, agencies: Mapping[str, Agency], **named_: Any):
        super().__init__(*given, **named_)
        self.agencies = agencies
        self.offer("agency", named(agencies))

    def new(self) -> NewRequest:
        said = {**self.cleaned_data, "agency": self.agencies.get(self.cleaned_data["agency"])}
        return NewRequest(**{name: said[name] for name in NewRequest.__slots__})


class AnswerForm(RecordForm):
    """The answer."""

    answer = LongTextField(label="What was answered?", rows=4, error_messages={"required": "Enter what was answered"})
    on = DateField(label="Day of the answer", called="The day of the answer", not_after=timezone.localdate)
