"""How numbers, dates and statuses read: the same words in a sentence, a table, a chart and a file."""

from __future__ import annotations

from datetime import date

from waypost.domain.rounding import half_up
from waypost.domain.targets import Standing, Target
from waypost.indicators.results import Status
from waypost.reports.model import Edition, Note, Number

SMALL_BASE = 20

STATUS_WORDS: dict[Status, str] = {
    "final": "not available",
    "provisional": "not available",
    "not_validated": "not available",
    "not_available": "not available",
    "not_applicable": "not applicable",
    "suppressed": "withheld",
    "not_due": "not yet due",
}
"""What stands where there is no number. A figure that says it is final and has no value is not available."""

STANDING_WORDS: dict[Standing, str] = {"met": "Met (G)", "near": "Near (A)", "not_met": "Not met (R)"}
"""How a figure stands against its target: the letter is that of green, amber and red, for those who know them."""

UNIT_WORDS = {
    "count": "number",
    "percent": "per cent",
    "rate_per_10000": "for each 10,000 children aged 0 to 17",
    "working_days": "working days",
}

PROVISIONAL, NOT_VALIDATED, SMALL, OTHER_YEAR, PUBLISHED, PART_MEAN, WITH_CARE = "p", "v", "s", "y", "d", "n", "b"

MARK_WORDS = {
    PROVISIONAL: "Provisional: made with the latest population estimate there is, or with records still to be checked.",
    NOT_VALIDATED: "Not validated: the records have not passed the checks of the return.",
    SMALL: f"Out of fewer than {SMALL_BASE}, so one child more or less moves the share a lot. Read the count.",
    OTHER_YEAR: "The latest published figure is for an earlier year than the row or column it stands in.",
    PUBLISHED: "No census file was given for this year; this is the published figure.",
    PART_MEAN: "The mean of those neighbours that have a figure, who are fewer than all of them.",
    WITH_CARE: "Published on a slightly different basis; compare with care.",
}

SAID_WITH = {PROVISIONAL: "provisional", NOT_VALIDATED: "not validated", PUBLISHED: "published", SMALL: "small base"}
"""The marks that a sentence says in words beside the figure; the others are noted under the tables of its section."""

STATUS_MARKS: dict[Status, str] = {
    "final": "",
    "provisional": PROVISIONAL,
    "not_validated": NOT_VALIDATED,
    "not_available": "x",
    "not_applicable": "z",
    "suppressed": "c",
    "not_due": "f",
}
"""A letter for each status, for where its words have no room. No other mark has the same."""

STATUS_NAMES: dict[Status, str] = STATUS_WORDS | {
    "final": "a number alone",
    "provisional": "provisional",
    "not_validated": "not validated",
}
STATUS_MEANINGS: dict[Status, str] = {
    "final": "The records have passed their checks, and nothing it was made with is still to change. 0 is nil: it was "
    "counted, and there were none.",
    "provisional": "Made with the latest population estimate there is, or with records still to be checked.",
    "not_validated": "The records have not passed the checks of the return.",
    "not_available": "The files, or the publication, do not hold what the figure needs.",
    "not_applicable": "There was nothing to divide by.",
    "suppressed": "A small number, or one that would give a small number away, held back so that nobody is recognised.",
    "not_due": "The period has not ended, so there is nothing to count yet.",
}
"""What a figure of each status is called, and what that means."""

EDITION_WORDS: dict[Edition, str] = {
    "internal": "Internal: holds small numbers. Not for publication.",
    "public": "Public edition",
}
"""What each page of an edition is marked with."""

POLARITY_WORDS = {
    "high": "Higher is better",
    "low": "Lower is better",
    "plateau": "Neither very high nor very low is good",
    "neutral": "Neither high nor low is good in itself",
}


def value_words(value: float | int, unit: str) -> str:
    """The value as it is printed: 1,391 · 48.4% · 33.8. Counts that are means keep one decimal."""
    if unit == "percent":
        return f"{_minus(value, 1)}%"
    if unit == "rate_per_10000" or half_up(value) != value:
        return _minus(value, 1)
    return _minus(value, 0)


def _minus(value: float | int, places: int) -> str:
    return f"{half_up(value, places):,.{places}f}".replace("-", "\N{MINUS SIGN}")


def number_words(number: Number) -> str:
    """The number as it is printed, or the words that say why there is none."""
    if number.value is None or not number.is_known:
        return STATUS_WORDS[number.status]
    return value_words(number.value, number.unit)


def range_words(low: float, high: float, unit: str) -> str:
    """ "9.1% to 22.4%"."""
    return f"{value_words(low, unit)} to {value_words(high, unit)}"


def target_words(target: Target, unit: str) -> str:
    """ "90.0% or more", "15.0% or less", "10.0% to 15.0%"."""
    match target.good:
        case "high":
            return f"{value_words(target.meets.low, unit)} or more"
        case "low":
            return f"{value_words(target.meets.high, unit)} or less"
        case "plateau":
            return range_words(target.meets.low, target.meets.high, unit)


def count_words(value: float | int | None) -> str:
    return "not available" if value is None else value_words(value, "count")


def notes_on(marks: set[str]) -> tuple[Note, ...]:
    """The note that belongs to each mark, in the order the marks are listed here."""
    return tuple(Note(words, mark) for mark, words in MARK_WORDS.items() if mark in marks)


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def month_words(day: date) -> str:
    return f"{day:%b %Y}"


def listed(words: list[str]) -> str:
    """Words as a sentence lists them: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
