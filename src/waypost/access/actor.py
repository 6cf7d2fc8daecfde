"""Who is asking, and what their roles of today let them do. Worked out anew for each request and never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waypost.access.models import Authority, RoleHeld, User
from waypost.access.roles import VERBS, Reach
from waypost.access.rules import YES, Decision, No


@dataclass(frozen=True)
class Actor:
    """A person with the roles they hold today. `authorities` are those that each role is for, by the role's own key."""

    user: User
    today: date
    held: tuple[RoleHeld, ...]
    authorities: dict[int, frozenset[int]]

    @classmethod
    def of(cls, user: User, *, today: date) -> Actor:
        """Two questions of the database: the roles, and the authorities of shared units."""
        held = tuple(user.roles_held.on(today).select_related("authority", "unit", "team"))
        of_units = _of_units(each.unit_id for each in held if each.unit_id)
        found = {
            each.pk: frozenset({each.authority_id})
            if each.authority_id
            else of_units.get(each.unit_id or 0, frozenset())
            for each in held
        }
        return cls(user, today, held, found)

    def may(self, verb: str, authority: Authority | int | None = None) -> Decision:
        """Whether a role lets them do something, anywhere or in one authority."""
        if self.where(verb) if authority is None else _key(authority) in self.where(verb):
            return YES
        return No(f"Your role does not let you {VERBS[verb]}.")

    def where(self, verb: str) -> frozenset[int]:
        """The authorities in which a role lets them do something."""
        return frozenset().union(*(self.authorities[each.pk] for each in self.held if verb in each.role.may))

    def home(self, verb: str) -> Authority:
        """The authority that a new record of theirs belongs to: the first in which they may do it.

        Raises:
            NotAllowed: there is none.
        """
        self.may(verb).or_refuse()
        return Authority.objects.filter(pk__in=self.where(verb)).order_by("pk")[0]

    def reached(self, reach: Reach, verb: str = "see_child") -> frozenset[int]:
        """The authorities that roles of one reach open."""
        held = (each for each in self.held if each.role.reach == reach and verb in each.role.may)
        return frozenset().union(*(self.authorities[each.pk] for each in held))

    def teams(self, verb: str = "see_child") -> frozenset[int]:
        return frozenset(each.team_id for each in self.held if each.team_id and verb in each.role.may)


def _key(authority: Authority | int) -> int:
    return authority if isinstance(authority, int) else authority.pk


def _of_units(units: Iterable[int]) -> dict[int, frozenset[int]]:
    asked = set(units)
    if not asked:
        return {}
    found: dict[int, set[int]] = {}
    for authority, unit in Authority.objects.filter(units__in=asked).values_list("pk", "units"):
        found.setdefault(unit, set()).add(authority)
    return {unit: frozenset(keys) for unit, keys in found.items()}
