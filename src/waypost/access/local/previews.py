"""What a change of a setting would change, shown before it is made.

Each kind has examples worked by the domain: the same rule before and after. A room that knows more, such as which
clocks are open, registers what it sees; it gives counts and no names, as whoever keeps settings may see no child.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from waypost.access.actor import Actor
from waypost.access.local import examples
from waypost.access.local.actions import checked
from waypost.access.local.examples import Asked as Asked
from waypost.access.local.examples import Effect as Effect
from waypost.access.models import Authority
from waypost.domain.local import Kind, Row, settle

Preview = Callable[[Asked], Effect | None]
_registered: dict[Kind, list[Preview]] = {}


def register(kind: Kind, preview: Preview) -> None:
    """Has a function asked, for each change of a kind, what it would move."""
    held = _registered.setdefault(kind, [])
    if preview not in held:
        held.append(preview)


@dataclass(frozen=True, slots=True)
class Change:
    """The rows of one kind as they are and as they would be, from a day on, about one thing."""

    authority: Authority
    kind: Kind
    about: str
    from_on: date
    before: Sequence[Row]
    after: Sequence[Row]


def of(change: Change, actor: Actor) -> list[Effect]:
    """
    Raises:
        PlainError: what would hold cannot be meant.
    """
    checked(change.after, change.authority, change.from_on)
    on = max(change.from_on, actor.today)
    code = change.authority.code
    asked = Asked(
        authority=change.authority,
        about=change.about,
        from_on=change.from_on,
        before=settle(code, change.before, on=on),
        after=settle(code, change.after, on=on),
        actor=actor,
    )
    found = (preview(asked) for preview in (examples.BY_KIND[change.kind], *_registered.get(change.kind, ())))
    return [effect for effect in found if effect]
