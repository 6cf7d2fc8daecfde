"""Rules of the file as a whole."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import child, enquiry, episode, file, many, plan
from tests.spec.returns.cin_census.worked import worked

SEVEN = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR")

EXAMPLES = (
    worked(
        "100",
        fails=file(child(episode()), Year="2026", ReferenceDate="2025-03-31"),
        passes=file(child(episode()), Year="2026", ReferenceDate="2026-03-31"),
    ),
    worked(
        "2883",
        fails=file(
            child(episode(plan(CPPstartDate="2025-06-09"))), about="one plan started in the year, and no conference"
        ),
        passes=file(
            child(episode(enquiry(DateOfInitialCPC="2025-06-09"), plan(CPPstartDate="2025-06-09"))),
            about="one plan started in the year, and one conference",
        ),
    ),
    worked(
        "2886Q",
        fails=file(
            *many(2, Sex=None), *many(1, Sex="U"), *many(97), about="of 100 children 2 have no Sex, and 1 has U"
        ),
        passes=file(*many(2, Sex="U"), *many(98), about="of 100 children 2 have U for their Sex"),
        because="2% is not more than 2%",
    ),
    worked(
        "2886Q",
        fails=file(
            *many(2, Sex=None, GenderCurrent="0"),
            *many(97, Sex=None, GenderCurrent="1"),
            about="of 99 children 2 have 0 for GenderCurrent",
        ),
        passes=file(
            *many(2, Sex=None, GenderCurrent="0"),
            *many(98, Sex=None, GenderCurrent="1"),
            about="of 100 children 2 have 0 for GenderCurrent",
        ),
        collection="2023-24",
    ),
    worked(
        "2887Q",
        fails=file(child(episode(), disabilities=SEVEN), about="seven different codes besides NONE"),
        passes=file(child(episode(), disabilities=(*SEVEN, "VIS")), about="eight different codes besides NONE"),
    ),
    worked(
        "2888Q",
        fails=file(
            child(episode(), disabilities=("LD",)),
            child(episode(), disabilities=("NONE",)),
            about="one child with LD, one with NONE",
        ),
        passes=file(child(episode(), disabilities=("LD", "AUT")), about="one child with LD and AUT"),
    ),
)
