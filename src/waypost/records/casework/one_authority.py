"""What is put together must be of one authority: each is sovereign, and a record of one leads to none of another.

An action asks these before it writes. No page offers what they refuse.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from waypost.access.models import Authority, RoleHeld, Team, User
from waypost.records.casework.models import Child, Person


def must_be_together(one: Person, other: Person) -> None:
    """
    Raises:
        ValidationError: two people are in the records of two authorities.
    """
    if one.authority_id != other.authority_id:
        raise ValidationError("These records belong to two authorities. Add the relative to this one's own record.")


def must_take(team: Team, child: Child, since: date) -> None:
    """
    Raises:
        ValidationError: the team is of another authority than the child, or is closed.
    """
    if team.authority_id != child.authority_id:
        raise ValidationError("Choose a team of the authority whose record this is.")
    if team.closed_on and since >= team.closed_on:
        raise ValidationError("This team is closed. Choose another.")


def must_work_for(authority: Authority, user: User, *days: date) -> None:
    """
    Raises:
        ValidationError: someone has no role for the authority on any of some days.
    """
    theirs = Q(authority=authority) | Q(unit__authorities=authority)
    if not any(RoleHeld.objects.on(day).filter(theirs, user=user).exists() for day in days):
        raise ValidationError(f"{user} does not work for the authority whose record this is. Choose somebody who does.")
