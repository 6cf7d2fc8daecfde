"""Decisions about who may see: sealing, opening in an emergency, interests, reviews and approval."""

from __future__ import annotations

from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.access.rules import YES, Decision, No
from waypost.records.casework import visibility
from waypost.records.casework.models import Approval, BrokenGlass, Child, DeclaredInterest, Person, SealReader
from waypost.records.casework.rules import OUT_OF_SCOPE

NOT_HERE = "There is no such record that you may open."
"""What is said of a record that may not be known to exist, in the same words as of one that does not."""


# ---------------------------------------------------------------- sealed records


def may_seal(by: Actor, child: Child) -> Decision:
    if not _is_open(by, child):
        return No(NOT_HERE)
    if child.is_sealed:
        return No("This record is sealed already.")
    return by.may("seal", child.authority_id)


def may_change_seal(by: Actor, child: Child) -> Decision:
    """Whether someone may lift the seal, or say who reads the record."""
    if not _is_open(by, child):
        return No(NOT_HERE)
    if not child.is_sealed:
        return No("This record is not sealed.")
    return by.may("seal", child.authority_id)


def may_end_reader(by: Actor, reader: SealReader) -> Decision:
    return may_change_seal(by, reader.child)


# ---------------------------------------------------------------- emergencies


def may_break_glass(by: Actor, child: Child) -> Decision:
    if not visibility.closed(by).filter(pk=child.pk).exists():
        return No(NOT_HERE)
    if child.is_sealed and not by.may("seal", child.authority_id):
        return No(NOT_HERE)
    return by.may("break_glass", child.authority_id)


def may_note_told(by: Actor, glass: BrokenGlass) -> Decision:
    return YES if glass.user_id == by.user.pk else No("Only whoever opened the record is told of it in their name.")


def may_review_glass(by: Actor, glass: BrokenGlass) -> Decision:
    if glass.user_id == by.user.pk:
        return No("You opened this record yourself, so somebody else must review it.")
    if glass.reviewed_at:
        return No("This has been reviewed already.")
    return by.may("see_audit", glass.child.authority_id)


def may_close_glass(by: Actor, glass: BrokenGlass) -> Decision:
    """Whoever opened a record in an emergency may close it before its time, and so may its data owner."""
    if glass.ends_at <= timezone.now():
        return No("This record has closed already.")
    return YES if glass.user_id == by.user.pk else by.may("see_audit", glass.child.authority_id)


# ---------------------------------------------------------------- interests


def may_declare_interest(by: Actor, person: Person) -> Decision:
    """Anyone may say that they know someone whose name they have met. It closes records and opens none."""
    return YES if visibility.mentionable(by).filter(pk=person.pk).exists() else No(NOT_HERE)


def may_end_interest(by: Actor, interest: DeclaredInterest) -> Decision:
    """Whoever answers for who looks may end one that was a mistake; the person may not, as it would open records."""
    if interest.user_id == by.user.pk:
        return No("You said this yourself, so somebody else must end it.")
    if not interest.is_true_on(by.today):
        return No("This has ended already.")
    return by.may("see_audit", interest.person.authority_id)


# ---------------------------------------------------------------- approval


def may_ask_approval(by: Actor, record: Recorded, authority: Authority) -> Decision:
    child = record.child_key
    if child is not None and not visibility.children(by).filter(pk=child).exists():
        return No(OUT_OF_SCOPE)
    return by.may("change_person", authority)


def may_decide(by: Actor, approval: Approval) -> Decision:
    """Never by the one who asked, nor of a version that has changed since."""
    if approval.asked_by_id == by.user.pk:
        return No("You asked for this yourself, so somebody else must decide.")
    if approval.state != Approval.WAITING:
        return No("This has been decided already.")
    if approval.child is not None and not visibility.children(by).filter(pk=approval.child).exists():
        return No(OUT_OF_SCOPE)
    if approval.version_now != approval.row_version:
        return No("This has been changed since approval was asked for. It must be asked for again.")
    return by.may("approve", approval.authority_id)


def _is_open(by: Actor, child: Child) -> bool:
    return visibility.children(by).filter(pk=child.pk).exists()
