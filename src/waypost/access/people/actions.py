"""Every change to an account or a role. Each leaves its line in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from waypost.access.acting import action, doing
from waypost.access.actor import Actor
from waypost.access.models import RoleHeld, Team, User
from waypost.access.people import carried
from waypost.access.people.carried import Heir
from waypost.access.people.leaving import all_of, left_by_ending, teams_left
from waypost.access.people.rules import may_give, may_hand_over, may_keep, may_open

Heirs = Mapping[int, Heir]
NOBODY: Heirs = {}


@dataclass(frozen=True, slots=True)
class About:
    """Who someone is. Where they live keeps them from the records of their own family."""

    name: str
    family_name: str
    home_lines: str
    home_postcode: str


@action("open account", may=may_open)
def open_account(user: User, *, by: Actor) -> User:
    """Opens an account without a password; its person sets one by the link of the invitation."""
    user.set_unusable_password()
    return _saved(user)


@action("change account", may=may_keep)
def change_account(user: User, *, about: About, by: Actor) -> User:
    """Their name or their home has changed, or was recorded wrongly."""
    user.name, user.family_name = about.name, about.family_name
    user.home_lines, user.home_postcode = about.home_lines, about.home_postcode
    return _saved(user)


@action("close account", may=may_keep)
def close_account(user: User, *, heirs: Heirs = NOBODY, by: Actor) -> User:
    """Nobody can sign in to it, whoever is signed in is out at their next page, and what they carried has passed on.

    Raises:
        ValidationError: nobody is named to take over something that they carry.
    """
    leaving, within = all_of(user, by)
    carried.hand_over(user, heirs, since=by.today, leaving=leaving, within=within)
    user.is_active = False
    return _saved(user)


@action("reopen account", may=may_keep)
def reopen_account(user: User, *, by: Actor) -> User:
    user.is_active = True
    return _saved(user)


@action("hand over work", may=may_hand_over)
def hand_over(user: User, *, heirs: Heirs, by: Actor) -> User:
    """What someone carries passes on, and their account and roles stay.

    Raises:
        ValidationError: nobody is named to take over something that they carry.
    """
    leaving, within = all_of(user, by)
    if not leaving:
        raise ValidationError("They carry nothing that can be handed over.")
    carried.hand_over(user, heirs, since=by.today, leaving=leaving, within=within)
    doing().changed(user)
    return user


@action("give role", may=may_give)
def give_role(held: RoleHeld, *, by: Actor) -> RoleHeld:
    """Gives the role that `held` says: whose, for what authority or unit, in what team, from when to when.

    Raises:
        ValidationError: the team is of another authority, or is closed.
    """
    if held.team and (held.team.authority_id != held.authority_id or held.team.closed_on):
        raise ValidationError("Choose a team of that authority that is open.")
    held.save()
    doing().changed(held)
    doing().changed(held.user)
    return held


@action("end role", may=may_give)
def end_role(held: RoleHeld, *, on: date, heirs: Heirs = NOBODY, by: Actor) -> RoleHeld:
    """Ends a role. Its last day is counted, and what it let them carry has passed on.

    Raises:
        ValidationError: nobody is named to take over something, or the role ends on a later day than today and there
            is something to take over.
    """
    leaving = left_by_ending(held, on, by)
    if leaving and on > by.today:
        raise ValidationError(LATER)
    if on <= by.today:
        carried.hand_over(held.user, heirs, since=by.today, leaving=leaving, within=teams_left(held, on))
    held.ended_on = on
    held.save()
    doing().changed(held)
    doing().changed(held.user)
    return held


@action("move to another team", may=may_give)
def move(held: RoleHeld, *, team: Team, since: date, heirs: Heirs = NOBODY, by: Actor) -> RoleHeld:
    """The person has the same role in another team from a day on; what they carried goes with them or passes on.

    Raises:
        ValidationError: the team is closed or of another authority, the day cannot be, or nobody is named to take
            over something.
    """
    if team.authority_id != held.authority_id or team.closed_on or team.pk == held.team_id:
        raise ValidationError("Choose another team of the same authority that is open.")
    if not held.started_on < since <= by.today:
        raise ValidationError(
            "The first day in the new team must be after the first day in the old one, and not to come."
        )
    last = since - date.resolution
    leaving = left_by_ending(held, last, by)
    carried.hand_over(held.user, heirs, since=by.today, leaving=leaving, within=teams_left(held, last))
    new = RoleHeld(
        user=held.user,
        role_id=held.role_id,
        authority_id=held.authority_id,
        team=team,
        started_on=since,
        ended_on=held.ended_on,
    )
    held.ended_on = last
    for each in (held, new):
        each.save()
        doing().changed(each)
    doing().changed(held.user)
    return new


LATER = (
    "They carry work in this role. End it on the day itself, when you say who takes the work over, or hand the work "
    "over first."
)


def _saved(user: User) -> User:
    user.save()
    doing().changed(user)
    return user
