"""What the rooms above casework show on a child's pages: where things stand, a first look, and pages of their own.

Casework knows nothing of the pathway. A room registers here what it has to show when its app is made ready.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from waypost.access.actor import Actor
from waypost.records.casework.models import Child, Person
from waypost.web.forms import Form

T = TypeVar("T")


@dataclass
class Look:
    """One look at a child's page: who looks, at whom, now or as it was known at a moment."""

    actor: Actor
    child: Child
    at: datetime | None
    _read: dict[object, Any] = field(default_factory=dict)

    def once(self, read: Callable[[Child, datetime | None], T]) -> T:
        """What a function reads of the child. It is read once, however many parts of the page ask for it."""
        if read not in self._read:
            self._read[read] = read(self.child, self.at)
        found: T = self._read[read]
        return found


@dataclass(frozen=True, slots=True)
class Tab:
    """A page about a child. `view` takes the child's key. `place` orders it among the others."""

    title: str
    view: str
    place: int


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What stands on the child's page before the facts: a template, and what it is drawn from."""

    template: str
    held: Callable[[Look], dict[str, Any]]


Stands = Callable[[Look], str]

_tabs: list[Tab] = [
    Tab("About", "child", 0),
    Tab("Family", "child_family", 30),
    Tab("Professionals", "child_professionals", 40),
    Tab("Documents", "child_documents", 70),
    Tab("Changes", "child_changes", 80),
    Tab("Who has looked", "child_looked", 90),
]
_stands: list[Stands] = []
_first_looks: list[FirstLook] = []

Sentences = Callable[[Child], Mapping[str, Sequence[str]]]
"""What a room has to say beside the fields of a child's record, by their names: person.ethnicity, referral.need."""
_sentences: list[Sentences] = []


def add_tab(tab: Tab) -> None:
    if tab not in _tabs:
        _tabs.append(tab)


def add_stands(says: Stands) -> None:
    """Adds a room's sentence on where things stand; the first that has something to say is shown."""
    if says not in _stands:
        _stands.append(says)


def add_first_look(look: FirstLook) -> None:
    if look not in _first_looks:
        _first_looks.append(look)


def tabs() -> Sequence[Tab]:
    return sorted(_tabs, key=lambda each: each.place)


def where_things_stand(look: Look) -> str:
    """A plain sentence, or nothing where no room has one."""
    return next(filter(None, (says(look) for says in _stands)), "")


def first_looks(look: Look) -> list[tuple[str, dict[str, Any]]]:
    """The template of each first look, with what it is drawn from."""
    return [(each.template, each.held(look)) for each in _first_looks]


def add_sentences(says: Sentences) -> None:
    if says not in _sentences:
        _sentences.append(says)


def say_beside(form: Form, of: Child | Person, kind: str) -> None:
    """Has each field of a form about a child say what the rooms above have to say beside it."""
    child: Child | None = getattr(of, "child", None) if isinstance(of, Person) else of
    if child is None:
        return
    for says in _sentences:
        for name, sentences in says(child).items():
            its_kind, _, field = name.partition(".")
            if its_kind == kind and field in form.fields:
                asked = form.fields[field]
                asked.help_text = " ".join(filter(None, [str(asked.help_text), *sentences]))
