"""Every change to an account or a role. Each leaves its line in the audit trail."""

from __future__ import annotations

from datetime import date

from waypost.access.acting import action, doing
from waypost.access.actor import Actor
from waypost.access.models import RoleHeld, User
from waypost.access.people.rules import may_give, may_keep, may_open


@action("open account", may=may_open)
def open_account(user: User, *, by: Actor) -> User:
    """Opens an account without a password; its person sets one by the link of the invitation."""
    user.set_unusable_password()
    return _saved(user)


@action("close account", may=may_keep)
def close_account(user: User, *, by: Actor) -> User:
    """Nobody can sign in to it, and whoever is signed in is out at their next page."""
    user.is_active = False
    return _saved(user)


@action("reopen account", may=may_keep)
def reopen_account(user: User, *, by: Actor) -> User:
    user.is_active = True
    return _saved(user)


@action("give role", may=may_give)
def give_role(held: RoleHeld, *, by: Actor) -> RoleHeld:
    """Gives the role that `held` says: whose, for what authority or unit, in what team, from when to when."""
    held.save()
    doing().changed(held)
    doing().changed(held.user)
    return held


@action("end role", may=may_give)
def end_role(held: RoleHeld, *, on: date, by: Actor) -> RoleHeld:
    """Ends a role. Its last day is counted."""
    held.ended_on = on
    held.save()
    doing().changed(held)
    doing().changed(held.user)
    return held


def _saved(user: User) -> User:
    user.save()
    doing().changed(user)
    return user
