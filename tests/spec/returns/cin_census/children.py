"""Rules of who the child is."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import child, episode
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked("1570", fails=child(episode(), LAchildID="A" * 21), passes=child(episode(), LAchildID="A" * 20)),
    worked("1580", fails=child(episode(), LAchildID="A/12"), passes=child(episode(), LAchildID="A12")),
    worked(
        "4180",
        fails=child(episode(), Sex="m"),
        passes=child(episode(), Sex="M"),
        because="codes are compared as written, capitals and all",
    ),
    worked(
        "4180",
        fails=child(episode(), Sex=None, GenderCurrent="M"),
        passes=child(episode(), Sex=None, GenderCurrent="9"),
        collection="2023-24",
    ),
    worked(
        "4220",
        fails=child(episode(), without=("ChildCharacteristics",)),
        passes=child(episode(), Ethnicity="NOBT"),
        at="ChildCharacteristics 1",
    ),
    worked("8500", fails=child(episode(), LAchildID=None), passes=child(episode(), LAchildID="A12")),
    worked(
        "8510",
        fails=(child(episode(), LAchildID="A12"), child(episode(), LAchildID="A12")),
        passes=(child(episode(), LAchildID="A12"), child(episode(), LAchildID="A13")),
        at="ChildIdentifiers 1, ChildIdentifiers 1",
    ),
    worked(
        "8520",
        fails=child(episode(), PersonBirthDate="2026-04-01"),
        passes=child(episode(), PersonBirthDate="2026-03-31"),
    ),
    worked(
        "8525Q",
        fails=child(episode(), PersonBirthDate="2025-09-01", ExpectedPersonBirthDate="2025-09-08"),
        passes=child(episode(), PersonBirthDate=None, ExpectedPersonBirthDate="2026-06-01"),
    ),
    worked(
        "8530Q",
        fails=child(episode(), PersonBirthDate=None, ExpectedPersonBirthDate="2027-01-01"),
        passes=child(episode(), PersonBirthDate=None, ExpectedPersonBirthDate="2026-12-31"),
        because="the range is from 30 days before the end of the year to nine months after it, both ends in",
    ),
    worked(
        "8535Q",
        fails=child(episode(), PersonBirthDate=None, PersonDeathDate="2025-09-01"),
        passes=child(episode(), PersonBirthDate="2025-09-01", PersonDeathDate="2025-09-01"),
    ),
    worked(
        "8540",
        fails=child(episode(ReferralNFA="0"), disabilities=()),
        passes=child(episode(ReferralNFA="1"), disabilities=()),
        because="nothing is asked of a child whose referrals all ended in no further action",
        at="ChildIdentifiers 1",
    ),
    worked(
        "8540",
        fails=child(episode(ReferralNFA="0"), disabilities=("LD", "ld")),
        passes=child(episode(ReferralNFA="0"), disabilities=("LD", "AUT")),
        at="Disabilities 2",
    ),
    worked(
        "8545Q",
        fails=child(episode(), PersonDeathDate="2025-03-31"),
        passes=child(episode(), PersonDeathDate="2025-04-01"),
    ),
    worked("8590", fails=child(), passes=child(episode()), at="ChildIdentifiers 1"),
    worked(
        "8750",
        fails=child(episode(), Sex="F", PersonBirthDate=None, ExpectedPersonBirthDate="2026-06-01"),
        passes=child(episode(), Sex="U", PersonBirthDate=None, ExpectedPersonBirthDate="2026-06-01"),
    ),
    worked(
        "8750",
        fails=child(episode(), Sex=None, PersonBirthDate=None, ExpectedPersonBirthDate="2023-06-01"),
        passes=child(
            episode(), Sex=None, GenderCurrent="0", PersonBirthDate=None, ExpectedPersonBirthDate="2023-06-01"
        ),
        collection="2022-23",
    ),
    worked(
        "8775Q",
        fails=child(episode(CINclosureDate="2026-02-02", ReasonForClosure="RC7"), PersonBirthDate="2001-02-01"),
        passes=child(episode(CINclosureDate="2026-02-01", ReasonForClosure="RC7"), PersonBirthDate="2001-02-01"),
        at="CINdetails 1",
    ),
    worked(
        "8790",
        fails=child(episode(), disabilities=("none", "LD")),
        passes=child(episode(), disabilities=("LD", "AUT")),
        at="Disabilities 2",
    ),
    worked(
        "8794",
        fails=child(episode(), disabilities=("LD", "AUT", "LD")),
        passes=child(episode(), disabilities=("LD", "AUT")),
        at="Disabilities 1, Disabilities 3",
    ),
)
