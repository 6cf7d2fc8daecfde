"""Which file is which: the authority, the year each file is the own file of, and which of two is read.

As `cin_reading.files` of the indicator catalogue says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from waypost.datasets.load.cin_census.reader import EPISODES, Filing
from waypost.datasets.load.cin_census.values import NOT_A_DATE, NOT_A_NUMBER, as_date, as_whole_number
from waypost.datasets.unread import Unread
from waypost.domain.errors import CannotRead, WrongUse
from waypost.domain.periods import FinancialYear

EARLIEST = datetime(1, 1, 1)  # noqa: DTZ001  as filed, without a time zone
FIRST_YEAR, LAST_YEAR = FinancialYear(1901), FinancialYear(2099)
"""A file that says another year, or whose referrals do, has mistyped it."""


@dataclass(frozen=True)
class Header:
    """What a file says of itself. What it does not say, or not so that it can be read, is None."""

    authority: str | None
    year: FinancialYear | None
    made_at: datetime | None
    unread: tuple[Unread, ...]


def header_of(filing: Filing) -> Header:
    unread: list[Unread] = []

    def refuse(field: str, reason: str) -> None:
        value = filing.header.get(field, "")
        unread.append(Unread(filing.name, None, "Header", None, field, value, reason))

    authority = filing.header.get("LEA")
    if authority is None or not re.fullmatch(r"\d{3}", authority, re.ASCII):
        refuse("LEA", "not a three-digit authority code" if authority else "missing")
        authority = None
    year = _year(filing, refuse)
    if year is None and "ReferenceDate" not in filing.header:
        refuse("ReferenceDate", "missing")
    made_at = _moment(filing.header.get("DateTime"))
    if made_at is None and "DateTime" in filing.header:
        refuse("DateTime", "not a real date and time")
    return Header(authority, year, made_at, tuple(unread))


def _year(filing: Filing, refuse: Callable[[str, str], None]) -> FinancialYear | None:
    """By the ReferenceDate, its 31 March; by the Header Year where that is blank."""
    text = filing.header.get("ReferenceDate")
    reference = as_date(text) if text else None
    if text and reference is None:
        refuse("ReferenceDate", NOT_A_DATE)
    if reference is not None:
        year = FinancialYear.holding(reference)
        if _is_census_year(year) and reference == year.end:
            return year
        refuse("ReferenceDate", "not the 31 March of a census year")
    text = filing.header.get("Year")
    ends = as_whole_number(text) if text else None
    if text and (ends is None or not _is_census_year(FinancialYear(ends))):
        refuse("Year", NOT_A_NUMBER)
        ends = None
    return FinancialYear(ends) if ends else None


def _is_census_year(year: FinancialYear) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def one_authority(filings: Sequence[Filing], headers: Sequence[Header], given: str | None) -> str:
    """The authority that all the files are of.

    Raises:
        WrongUse: the files disagree, or disagree with the one given, or none says and none was given.
    """
    named = {header.authority: filing.name for filing, header in zip(filings, headers, strict=True) if header.authority}
    if len(named) > 1:
        said = " and ".join(f"{name} is of {code}" for code, name in named.items())
        raise WrongUse(f"The files are of different authorities: {said}. Give the files of one authority at a time.")
    if not named and given is None:
        raise WrongUse(f"{filings[0].name} does not say whose it is: its header has no LEA. Give it with --authority.")
    found = next(iter(named), given or "")
    if given is not None and found != given:
        raise WrongUse(
            f"{named[found]} is of authority {found}, not {given}. Leave out --authority or give the other file."
        )
    return found


def year_of(filing: Filing, header: Header, given: FinancialYear | None) -> tuple[FinancialYear, str | None]:
    """The year that a file is the own file of, and a note where the file did not say.

    A file whose header gives no year is taken to be of the year that was asked for and, where none was, of the year
    that its latest referral falls in.
    """
    if header.year is not None:
        return header.year, None
    year = given or _latest_referral(filing)
    if year is None:
        raise CannotRead(f"{filing.name} says no year in its header, and holds no referral to tell it by. Give --year.")
    return year, f"{filing.name} says no year in its header; it was read as the file of {year}."


def _latest_referral(filing: Filing) -> FinancialYear | None:
    texts = filing.tables[EPISODES].column("CINreferralDate")
    years = {FinancialYear.holding(day) for day in map(as_date, {text for text in texts if text}) if day is not None}
    return max(filter(_is_census_year, years), default=None)


def own_files(
    filed: Iterable[tuple[Filing, Header, FinancialYear]],
) -> tuple[dict[FinancialYear, Filing], list[str]]:
    """The one file of each year, in order of year, with a note for each that was left out.

    Of two for one year, the one with the later Header DateTime is read or, on a tie, the one named later.
    """
    own: dict[FinancialYear, tuple[Filing, datetime]] = {}
    notes = []
    for filing, header, year in filed:
        made_at = header.made_at or EARLIEST
        other = own.get(year)
        if other is None or made_at >= other[1]:
            own[year] = (filing, made_at)
            left_out = other[0] if other else None
        else:
            left_out = filing
        if left_out:
            notes.append(f"{left_out.name} was left out: {own[year][0].name} is the later file for {year}.")
    return {year: own[year][0] for year in sorted(own)}, notes
