"""Decisions: yes, or no in a sentence. One decision shows the button, guards the action and words the refusal."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """What was asked is not allowed; it carries the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and why not."""

    is_yes: bool
    because: str = ""

    def __bool__(self) -> bool:
        return self.is_yes

    def or_refuse(self) -> None:
        """
        Raises:
            NotAllowed: the decision is no.
        """
        if not self.is_yes:
            raise NotAllowed(self.because)


YES = Decision(is_yes=True)


def No(because: str) -> Decision:  # noqa: N802  it reads as its opposite does
    """No, for this reason."""
    return Decision(is_yes=False, because=because)
