"""Worked examples of the rules of a return: for each rule one that fails and one that passes.

    worked(
        "8925",
        fails=plan(CPPstartDate="2025-06-09", CPPendDate="2025-06-03"),
        passes=plan(CPPstartDate="2025-06-09", CPPendDate="2025-06-10"),
    )

`at` says where the failing example's issues stand, each as its group and row, where they are not one.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.spec.returns.cin_census.filed import Example

LATEST = "2025-26"


@dataclass(frozen=True)
class Worked:
    """One rule, with a file that breaks it and one that does not."""

    code: str
    fails: Example
    passes: Example
    because: str
    collection: str
    at: str


def worked(
    code: str,
    *,
    fails: Example,
    passes: Example,
    because: str = "",
    collection: str = LATEST,
    at: str = "",
) -> Worked:
    return Worked(code, fails, passes, because, collection, at)
