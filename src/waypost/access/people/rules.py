"""Who may keep whose account. An authority's administrator keeps its own people, and nobody keeps themselves."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from waypost.access.actor import Actor
from waypost.access.models import Authority, RoleHeld, Unit, User
from waypost.access.rules import YES, Decision, No

NOT_YOURSELF = "You cannot change your own account or roles. Ask another administrator."


def accounts(actor: Actor) -> QuerySet[User]:
    """Those of people with a role in the administrator's authorities, and of people who have never had one."""
    places = actor.where("manage_people")
    here = Q(roles_held__authority__in=places) | Q(roles_held__unit__authorities__in=places)
    return User.objects.filter(here | Q(roles_held=None)).distinct().order_by("name", "email") if places else (
        User.objects.none()
    )  # fmt: skip


def authorities_of(held: RoleHeld) -> frozenset[int]:
    """Those that a role is for: one, or all that share its unit."""
    if held.authority_id:
        return frozenset({held.authority_id})
    return frozenset(Authority.objects.filter(units=held.unit_id).values_list("pk", flat=True))


def units(actor: Actor) -> list[Unit]:
    """The units all of whose authorities are the administrator's."""
    places = actor.where("manage_people")
    return list(Unit.objects.filter(authorities__in=places).exclude(authorities__in=_others(places)).distinct())


def _others(places: frozenset[int]) -> QuerySet[Authority]:
    return Authority.objects.exclude(pk__in=places)


def may_open(by: Actor, _: User) -> Decision:
    return by.may("manage_people")


def may_keep(by: Actor, user: User) -> Decision:
    """Whether they may close an account or open it again: they keep every authority that it works for today."""
    if not (may := by.may("manage_people")):
        return may
    if user.pk == by.user.pk:
        return No(NOT_YOURSELF)
    today = user.roles_held.on(by.today)
    if frozenset().union(*(authorities_of(each) for each in today)) <= by.where("manage_people"):
        return YES
    return No("This person also works for another authority. End the roles that they hold in yours instead.")


def may_hand_over(by: Actor, user: User) -> Decision:
    """Whether they may hand over what someone carries, in the authorities that they keep."""
    if not (may := by.may("manage_people")):
        return may
    return No(NOT_YOURSELF) if user.pk == by.user.pk else YES


def may_reset_factor(by: Actor, user: User) -> Decision:
    """Whether they may take away someone's second factors, so that new ones are set up."""
    if not (may := may_keep(by, user)):
        return may
    return YES if user.is_active else No("This account is closed. Open it again first.")


def may_give(by: Actor, held: RoleHeld) -> Decision:
    """Whether they may give or end a role: it is another person's, and for authorities that they keep."""
    if not (may := by.may("manage_people")):
        return may
    if held.user_id == by.user.pk:
        return No(NOT_YOURSELF)
    if authorities_of(held) <= by.where("manage_people"):
        return YES
    return No("You can give and end roles of your own authority only.")
