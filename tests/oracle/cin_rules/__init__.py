"""A second, plain reading of the rules of the children in need census, kept apart from Waypost to check it.

It holds a file as a tree and looks at one child at a time. It takes nothing from Waypost, is slow, and is meant to be
read beside the catalogue of rules: each rule is one short function whose docstring says when it fails.

Where the catalogue is silent:

* a date that is not one is blank in every rule, whether it is compared or only looked for;
* where an element stands twice in its group, the first counts, even if it is blank;
* letters are A to Z in either case, digits are 0 to 9, and a whole number is digits alone, so "2.0" and "+1" are not;
* the ends of time are the first and the last date there is;
* a factor that is blank is no factor, so 8869 does not set 21 against it;
* 2026-27 has the rules of 2025-26 and the draft ones.

A rule that sets a group against its episode, its plan or its child is reported on the group. One that sets a group
against others that overlap it or come later is reported on the group that begins in another's time, or is passed over
by it, since "two groups with the same start both fail" (4014). 2884 is reported on the enquiries, and 8540 on each
disability that is no code, or on the child where none is said.
"""

from __future__ import annotations

from pathlib import Path

from . import assessments, children, cin_plans, enquiries, episodes, pre_proceedings, protection_plans, whole_file
from .filed import read
from .rule import COLLECTIONS, RULES, Found, codes, found_in

__all__ = ["COLLECTIONS", "RULES", "Found", "codes", "issues"]

_ = (assessments, children, cin_plans, enquiries, episodes, pre_proceedings, protection_plans, whole_file)


def issues(path: Path, collection: str) -> list[Found]:
    """Everything that a file breaks: the rule, the child's id, the table and the row, once for each group."""
    return found_in(read(path, collection), collection)
