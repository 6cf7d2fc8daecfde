"""Rules of pupil numbers."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import child, episode, upn
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked(
        "1510",
        fails=child(episode(), UPN="A201000012001"),
        passes=child(episode(), UPN=upn("201000012001")),
        because="each digit by its place, added and divided by 23, leaves the place of that letter",
    ),
    worked(
        "1520",
        fails=(child(episode(), UPN=upn()), child(episode(), UPN=upn())),
        passes=(child(episode(), UPN=upn()), child(episode(), UPN=upn("201000012002"))),
        at="ChildIdentifiers 1, ChildIdentifiers 1",
    ),
    worked(
        "1530",
        fails=child(episode(), UPN=upn("944000012001")),
        passes=child(episode(), UPN=upn("942000012001")),
    ),
    worked(
        "1530",
        fails=child(episode(), UPN=upn("942000012001")),
        passes=child(episode(), UPN=upn("201000012001")),
        because="942 and 943 are accepted from 2023-24",
        collection="2022-23",
    ),
    worked("1540", fails=child(episode(), UPN="A201O00012001"), passes=child(episode(), UPN=upn())),
    worked(
        "1550",
        fails=child(episode(), UPN="A20100001200O"),
        passes=child(episode(), UPN="A20100001200B"),
        because="a temporary number may end in a letter, but not in I, O or S",
    ),
    worked("1560Q", fails=child(episode(), FormerUPN="A20100001200B"), passes=child(episode(), FormerUPN=upn())),
    worked(
        "8770Q",
        fails=child(episode(), UPN=None, UPNunknown="UN1", PersonBirthDate="2020-08-31"),
        passes=child(episode(), UPN=None, UPNunknown="UN1", PersonBirthDate="2020-09-01"),
    ),
    worked(
        "8770Q",
        fails=child(episode(), UPN=None, PersonBirthDate="2017-03-30", Sex=None, GenderCurrent="1"),
        passes=child(episode(), UPN=None, PersonBirthDate="2017-03-31", Sex=None, GenderCurrent="1"),
        collection="2022-23",
    ),
    worked(
        "8772",
        fails=child(episode(ReferralNFA="0"), UPN=None, UPNunknown="UN7"),
        passes=child(episode(ReferralNFA="1"), UPN=None, UPNunknown="UN7"),
        at="CINdetails 1",
    ),
)
