"""How far long work has come, in a line now and then. Work that is soon done says nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_AFTER, NEXT_AFTER = 2.0, 5.0
"""Seconds."""

Say = Callable[[str], None]


class Progress:
    def __init__(self, say: Say) -> None:
        self._say = say
        self._next = time.monotonic() + FIRST_AFTER

    def __call__(self, sentence: str) -> None:
        """Says it if it is time to say something again."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + NEXT_AFTER
            self._say(sentence)
