"""A lost second factor: an administrator who has checked who somebody is takes it away, and a new one is set up."""

from __future__ import annotations

from functools import partial

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from waypost.access import notices
from waypost.access.acting import action, doing
from waypost.access.actor import Actor
from waypost.access.models import User
from waypost.access.people.rules import authorities_of, may_reset_factor

CHECKS = (
    ("seen", "I saw them in person, with their staff card"),
    ("called", "I called them back on the number in the staff directory, not one that they gave me"),
    ("manager", "Their manager, whom I know, was with them and confirmed who they are"),
)


def has_one(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def reset_factor(user: User, *, checked: str, note: str, where: str, by: Actor) -> User:
    """Takes away the second factors of someone who has lost theirs. `checked` is how it was known who they are.

    They and the data owners of their authorities are told; `where` is the page that the notice leads to.
    """
    return _reset(user, where=where, because=f"{dict(CHECKS)[checked]}. {note}", by=by)


@action("reset second factor", may=may_reset_factor)
def _reset(user: User, *, where: str, because: str, by: Actor) -> User:
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    doing().changed(user)
    transaction.on_commit(partial(_tell, user, where, by))
    return user


def _tell(user: User, where: str, by: Actor) -> None:
    notices.tell(
        [user],
        "Your second factor was removed",
        "An administrator removed the second factor of your account, and you are signed out everywhere. The next time "
        "that you sign in you set up a new one. If you did not ask for this, tell your administrator at once.",
        where,
    )
    places = frozenset[int]().union(*(authorities_of(held) for held in user.roles_held.on(by.today)))
    owners = {owner for place in places for owner in notices.who_may("see_audit", place, today=by.today)}
    notices.tell(
        sorted(owners - {user, by.user}, key=str),
        "A second factor was removed",
        "An administrator removed the second factor of an account. The audit trail says whose, by whom and why.",
        where,
    )
