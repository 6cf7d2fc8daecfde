"""Results that somebody asked to keep: by whom, when, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.rules import YES, Decision, No
from waypost.performance.models import KeptCheck

KEEPS = ("code", "severity", "title", "issues", "children")


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found. `authority` is the one that the file says it is of, where there is such a one here."""

    found: Mapping[str, Any]
    authority: Authority | None

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Result:
        return cls(found, Authority.objects.filter(code=found["authority"]).first())


def may_keep(actor: Actor, result: Result) -> Decision:
    """Whether someone may keep a result. It is kept under the authority that the file says it is of."""
    if not (decision := actor.may("check_returns")):
        return decision
    if not result.found["authority"]:
        return No("The file does not say which authority it is of (LEA in its header), so its result cannot be kept.")
    if result.authority is None or not actor.may("check_returns", result.authority):
        return No("The file is of another authority than yours, so its result cannot be kept here.")
    return YES


@action("keep the result of checking a return", may=may_keep)
def keep(result: Result, *, by: Actor) -> KeptCheck:
    """Keeps what each rule found, in numbers."""
    found = result.found
    kept = KeptCheck(
        authority=result.authority,
        name=found["return"],
        collection=found["collection"],
        sha256=found["sha256"],
        children=found["children"],
        errors=found["error"],
        queries=found["query"],
        rules=[{name: rule[name] for name in KEEPS} for rule in found["rules"]],
        kept_at=timezone.now(),
        kept_by=by.user,
    )
    kept.save()
    return kept


def readable(actor: Actor) -> QuerySet[KeptCheck]:
    """The results that someone may read, the latest first."""
    found: QuerySet[KeptCheck] = KeptCheck.objects.filter(authority__in=actor.where("check_returns"))
    return found.select_related("authority", "kept_by").order_by("-kept_at")


def before(kept: KeptCheck) -> KeptCheck | None:
    """The result of the same return and authority that was kept before this one."""
    found: QuerySet[KeptCheck] = KeptCheck.objects.filter(
        authority=kept.authority_id, name=kept.name, kept_at__lt=kept.kept_at
    )
    return found.select_related("kept_by").order_by("-kept_at").first()


def latest(result: Result) -> KeptCheck | None:
    """The result that was kept last, of the authority of one that is not kept."""
    found: QuerySet[KeptCheck] = KeptCheck.objects.filter(authority=result.authority, name=result.found["return"])
    return found.select_related("kept_by").order_by("-kept_at").first() if result.authority else None


# ---------------------------------------------------------------- what changed


@dataclass(frozen=True, slots=True)
class Change:
    """One rule, with how many issues it found then and now."""

    code: str
    title: str
    severity: str
    was: int
    now: int

    @property
    def says(self) -> str:
        """12 more · 3 fewer · new · gone"""
        if not self.was or not self.now:
            return "new" if self.now else "gone"
        return f"{abs(self.now - self.was):,} {'more' if self.now > self.was else 'fewer'}"


def changes(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[Change]:
    """The rules that find more or fewer than they did, those that rose first."""
    then = {rule["code"]: rule for rule in was}
    since = {rule["code"]: rule for rule in now}
    found = [
        Change(
            code,
            (since.get(code) or then[code])["title"],
            (since.get(code) or then[code])["severity"],
            then[code]["issues"] if code in then else 0,
            since[code]["issues"] if code in since else 0,
        )
        for code in {**then, **since}
    ]
    return sorted((each for each in found if each.was != each.now), key=lambda each: (each.was - each.now, each.code))
