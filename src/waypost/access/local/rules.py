"""Who may keep the settings of which authority."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from waypost.access.actor import Actor
from waypost.access.local.models import Setting
from waypost.access.models import Authority
from waypost.access.rules import Decision, No
from waypost.domain.local import Kind, Row


@dataclass(frozen=True)
class Proposal:
    """What someone would settle, before it is."""

    authority: Authority
    kind: Kind
    about: str
    from_on: date
    value: dict[str, Any] = field(default_factory=dict)

    @property
    def authority_id(self) -> int:
        """Whose trail a refusal stands in."""
        return self.authority.pk

    @property
    def row(self) -> Row:
        return Row(self.kind, self.about, self.from_on, self.value)


def authorities(actor: Actor) -> QuerySet[Authority]:
    """Those whose settings someone keeps."""
    return Authority.objects.filter(pk__in=actor.where("keep_settings"))


def settings(actor: Actor) -> QuerySet[Setting]:
    """The settings that someone keeps, those withdrawn among them."""
    return Setting.objects.filter(authority__in=actor.where("keep_settings"))


def may_settle(by: Actor, proposal: Proposal) -> Decision:
    return by.may("keep_settings", proposal.authority)


def may_withdraw(by: Actor, setting: Setting) -> Decision:
    if setting.is_withdrawn:
        return No("This setting has been withdrawn already.")
    return by.may("keep_settings", setting.authority_id)
