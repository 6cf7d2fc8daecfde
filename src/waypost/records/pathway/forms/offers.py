"""What a form offers that stands in the record: agencies, teams, workers, each by its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waypost.access.models import Agency, RoleHeld, Team, User
from waypost.access.roles import roles

NOBODY = ("", "Choose")


def agencies() -> dict[str, Agency]:
    return {str(each.pk): each for each in Agency.objects.all()}


def teams(authority: int) -> dict[str, Team]:
    return {str(each.pk): each for each in Team.objects.filter(authority=authority).order_by("name")}


def workers(authority: int) -> dict[str, User]:
    """Those whose role of today lets them work with children of an authority."""
    able = [role.id for role in roles().values() if "work_case" in role.may]
    held = RoleHeld.objects.filter(authority=authority, role_id__in=able, ended_on=None)
    return {str(each.pk): each for each in User.objects.filter(roles_held__in=held, is_active=True).distinct()}


def named(offered: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Options for a list, which begins with none chosen."""
    return [NOBODY, *((key, _name(each)) for key, each in offered.items())]


def _name(each: object) -> str:
    if isinstance(each, Agency):
        return f"{each.name} ({each.get_kind_display().lower()})"
    return each.name if isinstance(each, Team) else str(each)
