"""Rules of section 47 enquiries and initial conferences."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import assessment, child, enquiry, episode
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked(
        "1104",
        fails=episode(enquiry(DateOfInitialCPC="2025-05-09"), CINreferralDate="2025-05-12"),
        passes=episode(enquiry(DateOfInitialCPC="2025-05-12"), CINreferralDate="2025-05-12"),
        at="Section47 1",
    ),
    worked(
        "2884",
        fails=child(
            episode(enquiry(DateOfInitialCPC="2025-06-09")),
            episode(CINreferralDate="2025-11-03", DateOfInitialCPC="2025-06-09"),
        ),
        passes=child(
            episode(enquiry(DateOfInitialCPC="2025-06-09")),
            episode(CINreferralDate="2025-11-03", DateOfInitialCPC="2025-12-01"),
        ),
        at="Section47 1",
    ),
    worked(
        "2889",
        fails=episode(enquiry(S47ActualStartDate="2025-05-11"), CINreferralDate="2025-05-12"),
        passes=episode(enquiry(S47ActualStartDate="2025-05-12"), CINreferralDate="2025-05-12"),
        at="Section47 1",
    ),
    worked("2991Q", fails=episode(enquiry()), passes=episode(assessment(), enquiry()), at="Section47 1"),
    worked(
        "8615",
        fails=enquiry(S47ActualStartDate=None, DateOfInitialCPC="2025-06-09"),
        passes=enquiry(S47ActualStartDate="2025-06-09", DateOfInitialCPC="2025-06-09"),
    ),
    worked(
        "8675Q",
        fails=enquiry(S47ActualStartDate="2026-03-10", DateOfInitialCPC=None, ICPCnotRequired="false"),
        passes=enquiry(S47ActualStartDate="2026-03-11", DateOfInitialCPC=None, ICPCnotRequired="false"),
        because="from 11 to 31 March 2026 is 15 working days, both counted",
    ),
    worked("8715", fails=enquiry(DateOfInitialCPC="2025-03-31"), passes=enquiry(DateOfInitialCPC="2025-04-01")),
    worked(
        "8740",
        fails=enquiry(S47ActualStartDate="2025-03-31", DateOfInitialCPC=None, ICPCnotRequired="false"),
        passes=enquiry(S47ActualStartDate="2025-04-01", DateOfInitialCPC=None, ICPCnotRequired="false"),
    ),
    worked(
        "8839",
        fails=(
            enquiry(DateOfInitialCPC=None, ICPCnotRequired="0"),
            enquiry(DateOfInitialCPC=None, ICPCnotRequired=None),
            enquiry(DateOfInitialCPC=None, ICPCnotRequired="1"),
        ),
        passes=(
            enquiry(DateOfInitialCPC=None, ICPCnotRequired="0"),
            enquiry(DateOfInitialCPC=None, ICPCnotRequired="1"),
        ),
        because="all those without a conference are shown, so that each can be looked at",
        at="Section47 1, Section47 2, Section47 3",
    ),
    worked(
        "8868",
        fails=episode(enquiry(DateOfInitialCPC="2025-06-09", ICPCnotRequired="1"), CINclosureDate="2025-09-01"),
        passes=episode(enquiry(DateOfInitialCPC=None, ICPCnotRequired="1"), CINclosureDate="2025-09-01"),
        because="to have both a conference and a word that none was required is as wrong as to have neither",
        at="Section47 1",
    ),
    worked("8870Q", fails=enquiry(InitialCPCtarget="2025-06-14"), passes=enquiry(InitialCPCtarget="2025-12-25")),
    worked("8875", fails=enquiry(DateOfInitialCPC="2025-06-15"), passes=enquiry(DateOfInitialCPC="2025-12-25")),
    worked(
        "8890",
        fails=(
            enquiry(S47ActualStartDate="2025-05-20", DateOfInitialCPC=None, ICPCnotRequired=None),
            enquiry(S47ActualStartDate="2025-06-09", DateOfInitialCPC="2025-06-20"),
        ),
        passes=(
            enquiry(S47ActualStartDate="2025-05-20", DateOfInitialCPC=None, ICPCnotRequired="1"),
            enquiry(S47ActualStartDate="2025-06-09", DateOfInitialCPC="2025-06-20"),
        ),
        because="an enquiry that needs no conference ends without one",
        at="Section47 2",
    ),
)
