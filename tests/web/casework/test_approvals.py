"""Approval is another person's, and of what they saw: never one's own, never of a version that has moved on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.rules import NotAllowed
from waypost.records.casework.actions import people
from waypost.records.casework.actions.approvals import approve, ask_approval, return_for_changes
from waypost.records.casework.models import Approval, Child, PersonName

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def other(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def name(ashdown: Authority, child: Callable[..., Child], asker: Actor) -> PersonName:
    return people.add_name(child(ashdown).person, kind="alias", given="May", family="Marlowe", by=asker)


def asked(name: PersonName, by: Actor, authority: Authority) -> Approval:
    return ask_approval(name, what="Approve name", authority=authority, by=by)


def test_another_person_approves(name: PersonName, asker: Actor, other: Actor, ashdown: Authority) -> None:
    approval = asked(name, asker, ashdown)
    approve(approval, by=other)
    approval.refresh_from_db()
    assert (approval.state, approval.decided_by) == (Approval.APPROVED, other.user)
    assert approval.child == name.person.child.pk


def test_nobody_approves_their_own(name: PersonName, asker: Actor, other: Actor, ashdown: Authority) -> None:
    approval = asked(name, asker, ashdown)
    with pytest.raises(NotAllowed, match="You asked for this yourself"):
        approve(approval, by=asker)
    # And the database refuses it to whoever finds another way.
    with pytest.raises(IntegrityError, match="nobody_approves_their_own_work"):
        Approval._base_manager.filter(pk=approval.pk).update(decided_by=asker.user, state="approved")


def test_a_version_that_has_moved_on_is_asked_for_again(
    name: PersonName, asker: Actor, other: Actor, ashdown: Authority
) -> None:
    from waypost.access.acting import action
    from waypost.access.rules import YES

    @action("change name", may=lambda by, name: YES)
    def change(name: PersonName, *, by: Actor) -> None:
        name.given = "Mae"
        name.save()

    approval = asked(name, asker, ashdown)
    change(name, by=asker)
    with pytest.raises(NotAllowed, match="changed since approval was asked for"):
        approve(approval, by=other)
    approve(asked(name, asker, ashdown), by=other)


def test_it_is_returned_with_a_reason_and_decided_once(
    name: PersonName, asker: Actor, other: Actor, ashdown: Authority
) -> None:
    approval = asked(name, asker, ashdown)
    return_for_changes(approval, because="Her mother spells it Mae.", by=other)
    assert approval.history.latest().history_change_reason == "Her mother spells it Mae."
    with pytest.raises(NotAllowed, match="decided already"):
        approve(approval, by=other)


def test_a_role_that_approves_nothing_approves_nothing(
    name: PersonName, asker: Actor, ashdown: Authority, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    approval = asked(name, asker, ashdown)
    for someone in (worker("contact_worker", ashdown), worker("team_manager", brookvale)):
        with pytest.raises(NotAllowed):
            approve(approval, by=someone)
