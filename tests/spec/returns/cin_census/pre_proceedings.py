"""The draft rules of pre-proceedings."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import Group, episode, pre_proceedings
from tests.spec.returns.cin_census.worked import Worked, worked

DRAFT = "2026-27"


def _draft(code: str, *, fails: Group, passes: Group, because: str = "") -> Worked:
    return worked(code, fails=fails, passes=passes, because=because, collection=DRAFT)


EXAMPLES = (
    _draft("8995Q", fails=episode(), passes=episode(pre_proceedings())),
    _draft("9000Q", fails=pre_proceedings(), passes=pre_proceedings(PPStartDate="2026-05-11")),
    _draft("9005", fails=pre_proceedings(PPStartDate="2026-03-31"), passes=pre_proceedings(PPStartDate="2026-04-01")),
    _draft(
        "9006",
        fails=pre_proceedings(PPStartDate="2026-05-11", LBPSentDate="2026-05-10"),
        passes=pre_proceedings(PPStartDate="2026-05-11", LBPSentDate="2026-05-11"),
    ),
    _draft(
        "9007",
        fails=pre_proceedings(LBPSentDate="2026-05-11"),
        passes=pre_proceedings(LBPSentDate="2026-05-11", FGDMMeetingOffer="0"),
    ),
    _draft(
        "9008",
        fails=pre_proceedings(InitialPPMeetingDate="2027-04-01"),
        passes=pre_proceedings(InitialPPMeetingDate="2027-03-31"),
    ),
    _draft(
        "9009",
        fails=pre_proceedings(StepDecisionDate="2027-04-01"),
        passes=pre_proceedings(StepDecisionDate="2027-03-31"),
        because="the year is looked at even where PPStartDate is missing",
    ),
    _draft(
        "9010Q",
        fails=pre_proceedings(FGDMMeetingOffer="TRUE"),
        passes=pre_proceedings(FGDMMeetingOffer="TRUE", FGDMMeetingFac="0"),
    ),
    _draft("9011", fails=pre_proceedings(PPOutcome="D"), passes=pre_proceedings()),
    _draft(
        "9012",
        fails=pre_proceedings(StepDecisionDate="2026-09-02", CourtAppDate="2026-09-01"),
        passes=pre_proceedings(StepDecisionDate="2026-09-02", CourtAppDate="2026-09-02"),
    ),
    _draft(
        "9013",
        fails=pre_proceedings(CourtAppDate="2026-09-02", LetterInitCPDate="2026-09-01"),
        passes=pre_proceedings(CourtAppDate="2026-09-02", LetterInitCPDate="2026-09-02"),
    ),
    _draft(
        "9015Q",
        fails=pre_proceedings(InitialPPMeetingDate="2026-06-08"),
        passes=pre_proceedings(InitialPPMeetingDate="2026-06-08", ReviewMeetingsCount="0"),
    ),
)
