"""Every change to a setting: it is settled from a day on, put right, or withdrawn. Each gives its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.local import packaged
from waypost.access.local.models import Setting
from waypost.access.local.rules import Proposal, may_settle, may_withdraw
from waypost.access.models import Authority
from waypost.domain.local import Row, settle


@action("change a setting", may=may_settle)
def keep_setting(proposal: Proposal, *, because: str, by: Actor) -> Setting:
    """From its day on it holds. One of the same thing from the same day is put right, and its history keeps both.

    Raises:
        PlainError: it says what cannot be meant, or contradicts another setting.
    """
    checked(with_it(proposal), proposal.authority, proposal.from_on)
    held = of_kind(proposal.authority, proposal.kind).filter(about=proposal.about, from_on=proposal.from_on).first()
    setting = held or Setting(
        authority=proposal.authority, kind=proposal.kind, about=proposal.about, from_on=proposal.from_on
    )
    setting.value, setting.because = proposal.value, because
    setting.set_by, setting.set_at = by.user, timezone.now()
    setting.save()
    return setting


@action("withdraw a setting", may=may_withdraw)
def withdraw(setting: Setting, *, because: str, by: Actor) -> Setting:
    """It was a mistake: what held before it holds again.

    Raises:
        PlainError: the settings that are left contradict each other.
        ChangedSince: someone else has changed it since it was opened.
    """
    checked(without(setting), setting.authority, setting.from_on)
    setting.is_withdrawn, setting.because = True, because
    setting.set_by, setting.set_at = by.user, timezone.now()
    setting.save()
    return setting


# ---------------------------------------------------------------- what would hold


def of_kind(authority: Authority, kind: str) -> QuerySet[Setting]:
    """The settings of one kind that hold, have held or will hold."""
    return Setting.objects.filter(authority=authority, kind=kind, is_withdrawn=False)


def with_it(proposal: Proposal) -> list[Row]:
    """The rows of its kind as they would be."""
    held = of_kind(proposal.authority, proposal.kind)
    others = held.exclude(about=proposal.about, from_on=proposal.from_on)
    return [*(each.row for each in others), proposal.row]


def without(setting: Setting) -> list[Row]:
    """The rows of its kind as they would be if it were withdrawn."""
    return [each.row for each in of_kind(setting.authority, setting.kind).exclude(pk=setting.pk)]


def checked(rows: Iterable[Row], authority: Authority, from_on: date) -> None:
    """That the rows can be meant, on the day from which one of them changes and on each later day that another does.

    Raises:
        PlainError: they cannot.
    """
    held = list(rows)
    for day in sorted({from_on, *(row.from_on for row in held if row.from_on > from_on)}):
        local = settle(authority.code, held, on=day)
        for target in local.targets.held.values():
            packaged.known().must_fit(target)
