"""The draft rules of 2026-27, on pre-proceedings and family group decision making."""

from __future__ import annotations

from .filed import Census, Group
from .rule import each, whole

DRAFT = "2026-27"
TABLE = "PreProceedingsandFGDM"


def outside_or_before(group: Group, name: str, earlier: str) -> bool:
    """Outside the year, or earlier than another date of the group where there is one."""
    day, other = group.date(name), group.date(earlier)
    return day is not None and (group.census.outside_year(day) or (other is not None and day < other))


@whole("8995Q", since=DRAFT)
def none_at_all(census: Census) -> bool:
    return not census.all(TABLE)


@whole("9000Q", since=DRAFT)
def no_start_at_all(census: Census) -> bool:
    """No group of the file has a start."""
    return all(group.date("PPStartDate") is None for group in census.all(TABLE))


@each(TABLE, "9005", since=DRAFT)
def start(group: Group) -> bool:
    return group.census.outside_year(group.date("PPStartDate"))


@each(TABLE, "9006", since=DRAFT)
def letter(group: Group) -> bool:
    return outside_or_before(group, "LBPSentDate", "PPStartDate")


@each(TABLE, "9007", since=DRAFT)
def offer_not_said(group: Group) -> bool:
    return group.date("LBPSentDate") is not None and group.text("FGDMMeetingOffer") is None


@each(TABLE, "9008", since=DRAFT)
def first_meeting(group: Group) -> bool:
    return group.census.outside_year(group.date("InitialPPMeetingDate"))


@each(TABLE, "9009", since=DRAFT)
def decision(group: Group) -> bool:
    return outside_or_before(group, "StepDecisionDate", "PPStartDate")


@each(TABLE, "9010Q", since=DRAFT)
def meeting_not_said(group: Group) -> bool:
    return group.is_yes("FGDMMeetingOffer") and group.text("FGDMMeetingFac") is None


@each(TABLE, "9011", since=DRAFT)
def outcome(group: Group) -> bool:
    return group.text("PPOutcome") not in (None, "A", "B", "C")


@each(TABLE, "9012", since=DRAFT)
def court(group: Group) -> bool:
    return outside_or_before(group, "CourtAppDate", "StepDecisionDate")


@each(TABLE, "9013", since=DRAFT)
def proceedings_letter(group: Group) -> bool:
    return outside_or_before(group, "LetterInitCPDate", "CourtAppDate")


@each(TABLE, "9015Q", since=DRAFT)
def reviews_not_counted(group: Group) -> bool:
    return group.date("InitialPPMeetingDate") is not None and group.text("ReviewMeetingsCount") is None
