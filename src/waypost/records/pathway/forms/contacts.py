"""What is asked about a contact: what came in, what is decided for each child, and what the referrer is told."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from waypost.access.models import Agency, Team
from waypost.domain.pathway import step
from waypost.records.pathway.actions.contacts import OPEN_CASE, REFERRAL, NewContact, Screened
from waypost.records.pathway.forms.moments import TimeField, moment
from waypost.records.pathway.forms.offers import NOBODY, named
from waypost.records.pathway.models import Contact, ContactChild
from waypost.records.pathway.models.front_door import HOW_TOLD, LEVELS, SOURCES
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField
from waypost.web.forms import RecordForm


def _capital(options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(code, said[:1].upper() + said[1:]) for code, said in options]


class ContactForm(RecordForm):
    """What somebody told the service. The children whom it names are chosen beside it."""

    received_on = DateField(label="Day it came", called="The day it came", not_after=timezone.localdate)
    received_time = TimeField(label="Time it came", called="The time it came")
    how = OneOfField(label="How did it come?", choices=Contact.HOW, error_messages={"required": "Select how it came"})
    source = ListField(
        label="Who made the contact?",
        choices=(NOBODY, *_capital(SOURCES)),
        error_messages={"required": "Select who made the contact"},
    )
    agency = ListField(label="Which agency?", help_text="If it came from one", required=False)
    referrer = TextField(
        label="Name and office of whoever made it",
        help_text="Leave empty if they do not wish to be named",
        required=False,
        max_length=150,
    )
    referrer_reached = TextField(
        label="How can they be told what was decided?",
        help_text="An address, a telephone number or a secure email address",
        required=False,
        max_length=150,
    )
    reason = ListField(
        label="What is it mainly about?",
        choices=(NOBODY, *Contact.REASONS),
        error_messages={"required": "Select what it is mainly about"},
    )
    account = LongTextField(
        label="What were you told?",
        help_text="As it was said. Everyone who may see one of the children reads this, so write nothing here that "
        "concerns one of them alone and must be kept from the others.",
        rows=8,
        error_messages={"required": "Enter what you were told"},
    )
    tried_before = LongTextField(
        label="What has been tried before?",
        help_text="A common assessment, early help, or what the school or the health visitor did",
        required=False,
        rows=3,
    )

    def __init__(self, *given: Any, agencies: Mapping[str, Agency], **named_: Any):
        super().__init__(*given, **named_)
        self.agencies = agencies
        self.offer("agency", named(agencies))

    def new(self) -> NewContact:
        said = self.cleaned_data
        return NewContact(
            received_at=moment(said["received_on"], said["received_time"]),
            agency=self.agencies.get(said["agency"]),
            **{name: said[name] for name in _TOLD},
        )


_TOLD = ("how", "source", "referrer", "referrer_reached", "reason", "account", "tried_before")


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A child whom a contact names, with a decision to come."""

    row: ContactChild
    name: str
    is_open: bool

    @property
    def mark(self) -> str:
        """What its fields end in."""
        return self.row.pk.hex


class ScreenForm(RecordForm):
    """A decision for each child. Why is written once for all, and beside each only what concerns that child alone."""

    why = LongTextField(
        label="Why, for all of the children",
        help_text="What you weighed against the threshold statement",
        rows=4,
        error_messages={"required": "Enter why"},
    )
    team = ListField(label="Which team does a referral go to?", required=False)

    def __init__(self, *given: Any, to_decide: Sequence[ToDecide], teams: Mapping[str, Team], **named_: Any):
        super().__init__(*given, version=0, **named_)
        self.to_decide, self.teams = to_decide, teams
        for each in to_decide:
            self._ask(each)
        self.offer("team", named(teams))
        self.order_fields([name for name in self.fields if name not in ("why", "team")] + ["why", "team"])

    def _ask(self, each: ToDecide) -> None:
        left_out = REFERRAL if each.is_open else OPEN_CASE
        offered = [(id_, says) for id_, says in step("contact").choices if id_ != left_out]
        self.fields[f"decision_{each.mark}"] = OneOfField(
            label=f"Decision for {each.name}",
            choices=offered,
            error_messages={"required": f"Select what is decided for {each.name}"},
        )
        self.fields[f"level_{each.mark}"] = ListField(
            label=f"Threshold level for {each.name}",
            choices=(NOBODY, *((str(number), said) for number, said in LEVELS)),
            error_messages={"required": f"Select the threshold level for {each.name}"},
        )
        self.fields[f"alone_{each.mark}"] = LongTextField(
            label=f"What concerns {each.name} alone", required=False, rows=2
        )

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The name of each child, with the fields that are about them."""
        asked = ("decision", "level", "alone")
        return [(each.name, [self[f"{name}_{each.mark}"] for name in asked]) for each in self.to_decide]

    def decided(self) -> list[Screened]:
        said = self.cleaned_data
        team = self.teams.get(said["team"])
        return [
            Screened(
                each.row,
                said[f"decision_{each.mark}"],
                int(said[f"level_{each.mark}"]),
                "\n\n".join(filter(None, (said["why"], said[f"alone_{each.mark}"]))),
                team,
            )
            for each in self.to_decide
        ]


class TellForm(RecordForm):
    """That the referrer was told, and in what words."""

    told_what = LongTextField(
        label="What they are told",
        help_text="Change it before you send it. What is here is kept as what was sent.",
        rows=14,
        error_messages={"required": "Enter what they are told"},
    )
    told_how = OneOfField(
        label="How were they told?", choices=HOW_TOLD, error_messages={"required": "Select how they were told"}
    )
    told_on = DateField(label="Day they were told", called="The day they were told", not_after=timezone.localdate)
    told_time = TimeField(label="Time they were told", called="The time they were told")


def keys(sent: Sequence[str]) -> list[uuid.UUID]:
    """The keys among what was sent; what is none is left out."""
    found = []
    for each in sent:
        try:
            found.append(uuid.UUID(each))
        except ValueError:
            continue
    return found
