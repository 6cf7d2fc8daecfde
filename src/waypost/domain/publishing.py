"""What a publication rule is: the least count that an authority shows, and what it rounds counts to."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.domain.errors import PlainError
from waypost.domain.rounding import exact, half_up


class RuleRefused(PlainError, ValueError):
    """A publication rule says what cannot be kept."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts from 1 up to one less than `least_shown` are withheld; the others are rounded to `rounded_to`.

    `least_width` is how far apart the lowest and highest number must lie that a withheld count could be. `words` tell
    the reader of a report.

    Raises:
        RuleRefused: what is withheld could not be kept by the rule itself.
    """

    id: str
    least_shown: int
    rounded_to: int
    least_width: int
    words: str
    source: str

    def __post_init__(self) -> None:
        if not 1 <= self.least_width <= self.most_withheld - 1 or self.rounded_to < 1:
            raise RuleRefused(
                f"{self.id}: the width must be from 1 to {self.most_withheld - 1}, the rounding 1 or more"
            )

    @property
    def most_withheld(self) -> int:
        return self.least_shown - 1

    def is_small(self, count: int) -> bool:
        return 1 <= count <= self.most_withheld

    def rounded(self, count: int) -> int:
        """The count as it is shown."""
        return self.rounded_to * half_up(exact(count) / self.rounded_to)

    def behind(self, shown: int) -> tuple[int, int]:
        """The lowest and highest count that is shown so. Nought is never rounded to; a small count is not shown."""
        if shown == 0:
            return 0, 0
        reach = range(shown - self.rounded_to, shown + self.rounded_to + 1)
        counts = [count for count in reach if count >= self.least_shown and self.rounded(count) == shown]
        return counts[0], counts[-1]
