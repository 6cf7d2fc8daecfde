"""What a person may see: every read of a record starts here, so that nothing out of scope can be fetched by its key.

`request.scope.children` is a question of the database that already knows who asks. Each room of records says what it
opens by registering a reader under a name; a page that asks for a name nobody registered fails at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet

from waypost.access.actor import Actor

Reader = Callable[[Actor], QuerySet[Any]]


class Scope:
    """What one person may read, by name."""

    _readers: ClassVar[dict[str, Reader]] = {}

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @classmethod
    def register(cls, name: str, reader: Reader) -> None:
        """Makes `scope.<name>` the answer of a reader, which is given who asks."""
        if cls._readers.get(name, reader) is not reader:
            raise ValueError(f"two rooms register {name!r} in the scope")
        cls._readers[name] = reader

    def __getattr__(self, name: str) -> QuerySet[Any]:
        try:
            return self._readers[name](self.actor)
        except KeyError:
            raise AttributeError(f"nothing is registered in the scope as {name!r}") from None
