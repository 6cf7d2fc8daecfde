"""The one door from the record to the numbers: a dataset of one authority, now or as it was known on a day.

    dataset = extract("991")
    dataset = extract("991", as_known_on=date(2025, 9, 30))

A dataset from here equals the one that is read from the census files written of it (docs/adr/0031). What becomes what:

    children             a child of the authority who has an episode in the year; sealed ones too, for they are
                         children and are counted, though no list names them
    referrals            Referral; no further action is any decision that closes it without an assessment
    assessments          Assessment of any kind, with its factors once it is authorised
    cin_plans            CinPlan
    section47_enquiries  Enquiry, until its conference is held or it is decided that none is needed
    initial_conferences  ConferenceChild of any first conference held: initial, pre-birth, transfer-in, or a review at
                         which a brother or sister was added; after an enquiry, or alone in the episode
    protection_plans     ProtectionPlan that is not temporary, with its PlanCategory rows
    plan_reviews         ConferenceChild of a review held of the plan
    pre_proceedings      nothing yet

Every table of the record is read by one question, whatever its size, and all of them at one moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from waypost.access.models import Act, Authority
from waypost.datasets.dataset import Dataset, Source, known_until
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.engines.duckdb import DuckDB
from waypost.extract import years
from waypost.extract.contract import contract
from waypost.extract.groups import child_groups
from waypost.extract.identities import identities
from waypost.extract.known import close_of, one_moment
from waypost.extract.reading import Record, read
from waypost.extract.rows import COLLECTIONS
from waypost.extract.span import collections, span

LIVE = "live record"
SECOND = timedelta(seconds=1)

__all__ = ["LIVE", "extract", "last_changed"]


def extract(code: str, *, as_known_on: date | None = None, with_groups: bool = False) -> Dataset:
    """The dataset of an authority's live record, over every year that the record holds whole.

    `with_groups` reads what figures can be grouped by from the live record alone as well.

    Raises:
        WrongUse: there is no such authority in the record, it holds no referral, or the day has not come yet.
    """
    today = timezone.localdate()
    if as_known_on is not None and as_known_on > today:
        raise WrongUse(f"Nobody knows yet what will be known on {as_known_on}; --as-known-on is a day up to {today}.")
    last = as_known_on or today
    before = close_of(as_known_on) if as_known_on else None
    with one_moment():
        authority = _authority(code)
        record = read(authority, before)
        over = span(record, last)
        groups = child_groups(authority, record, over, last, before) if with_groups else {}
        changed_on = _changed(authority, before).date()
    name = f"{LIVE} as known on {as_known_on}" if as_known_on else LIVE
    as_at = min(before - SECOND if before else timezone.now(), timezone.now())
    until = known_until(changed_on, over[-1]) if last < over[-1].end else None
    dataset = _dataset(authority.code, record, over, as_at=_in_utc(as_at), name=name)
    return replace(
        dataset,
        beside={**dataset.beside, **groups},
        known_until=until,
        notes=(*dataset.notes, *_not_over(over[-1], until)),
    )


def last_changed(code: str, *, as_known_on: date | None = None) -> datetime:
    """When the record of an authority was last changed, up to a day: what is made from it stands as at that moment."""
    return _changed(_authority(code), close_of(as_known_on) if as_known_on else None)


def _changed(authority: Authority, before: datetime | None) -> datetime:
    changes = Act.objects.filter(authority=authority, kind=Act.CHANGE)
    if before:
        changes = changes.filter(at__lt=before)
    latest: datetime | None = changes.aggregate(latest=Max("at"))["latest"]
    return _in_utc(latest or timezone.now())


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _authority(code: str) -> Authority:
    found = Authority.objects.filter(code=code).first()
    if found is None:
        held = ", ".join(f"{each.code} {each.name}" for each in Authority.objects.all()) or "none yet"
        raise WrongUse(f"The live record holds no authority {code}; it holds {held}.")
    return found


def _dataset(
    code: str,
    record: Record,
    over: tuple[FinancialYear, ...],
    *,
    as_at: datetime,
    name: str,
) -> Dataset:
    with DuckDB() as engine:
        engine.load({**record.tables, COLLECTIONS.get_name(): collections(over)})
        made = contract(engine, code)
        crowded_out = engine.rows(years.crowded_out()).column("more")[0].as_py()
        who = identities(engine, code)
    dataset = Dataset(
        authority=code,
        years=over,
        tables=made,
        sources=(),
        as_at=as_at,
        notes=tuple(_notes(record, crowded_out)),
        beside={"identities": who},
    )
    content = hashlib.sha256(dataset.id.encode()).hexdigest()
    return replace(dataset, sources=(Source(name, content),))


def _not_over(year: FinancialYear, until: date | None) -> Iterator[str]:
    if until:
        yield f"{year} is not over: its figures are of what was recorded up to {until}."


def _notes(record: Record, crowded_out: int) -> list[str]:
    found = []
    if without := record.who.without_id:
        one = "1 child has" if without == 1 else f"{without:,} children have"
        found.append(f"{one} no local identifier, or one that another child has, and are known by another number here.")
    if crowded_out:
        found.append(
            f"{crowded_out:,} conferences without an enquiry are left out: the census has room for one in an episode."
        )
    return found
