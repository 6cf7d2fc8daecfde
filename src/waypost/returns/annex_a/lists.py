"""Who is in each list of Annex A, and what its columns hold.

The lists are of the six months before a day, or of that day. What happened after the day is left out, and what was
open on it is shown open. A column that these records cannot fill is there and says so in every row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.datasets.dataset import Dataset
from waypost.domain.codes import CODE_LISTS
from waypost.domain.dates import add_months, age_on
from waypost.domain.periods import FinancialYear

Record = Mapping[str, Any]
Value = str | int | date
NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
MONTHS, MONTHS_OF_HISTORY = 6, 12

SEXES = {"male": "a) Male", "female": "b) Female", None: "c) Not stated/recorded"}
ETHNICITIES = {code: f"{chr(97 + place)}) {code}" for place, code in enumerate(CODE_LISTS["ethnicity"])}
YES_NO = {True: "a) Yes", False: "b) No", None: NOT_AVAILABLE}
DISABLED = {"yes": "a) Yes", "no": "b) No", None: NOT_AVAILABLE}


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its number and name, who is in it in words, its columns and its rows, which are in order."""

    number: int
    name: str
    who: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def empty_columns(self) -> tuple[str, ...]:
        """The columns that these records cannot fill, of a list that has rows."""
        across = zip(*self.rows, strict=True)
        return tuple(name for name, cells in zip(self.columns, across, strict=False) if set(cells) == {NOT_AVAILABLE})


CHILD = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
DISABILITY = "Does the Child have a Disability"
WORKERS = ("Allocated Team", "Allocated Worker")


def lists(dataset: Dataset, as_at: date) -> tuple[Listed, ...]:
    """The lists that can be filled, 3 to 7, in order."""
    picture = _Picture(dataset, as_at)
    return (
        picture.referrals(),
        picture.assessments(),
        picture.enquiries(),
        picture.children_in_need(),
        picture.protection_plans(),
    )


class _Picture:
    """The records of the year that a day is in, as they were on the day, with those of other years as history."""

    def __init__(self, dataset: Dataset, as_at: date) -> None:
        self._as_at, self._since = as_at, add_months(as_at, -MONTHS)
        collection = FinancialYear.holding(as_at).ends
        every = {name: table.to_pylist() for name, table in dataset.tables.items()}
        self._records: dict[str, list[Record]] = {
            name: [record for record in records if record["collection"] == collection]
            for name, records in every.items()
        }
        self._children = {record["child"]: record for record in self._records["children"]}
        self._days = {
            "referrals": _days(every["referrals"], "referred_on"),
            "enquiries": _days(every["section47_enquiries"], "started_on"),
            "conferences": _days(every["initial_conferences"], "held_on"),
        }
        self._reviews: dict[tuple[str, date | None], list[date]] = defaultdict(list)
        for record in self._records["plan_reviews"]:
            if record["held_on"] and record["held_on"] <= as_at:
                self._reviews[record["child"], record["plan_started_on"]].append(record["held_on"])
        self._grouped: dict[str, dict[int, list[Record]]] = {}
        self._plan_starts = {(record["episode"], record["started_on"]) for record in self._records["protection_plans"]}

    # ---------------------------------------------------------------- the lists

    def referrals(self) -> Listed:
        found = [record for record in self._records["referrals"] if self._is_recent(record["referred_on"])]
        return self._listed(
            3,
            "Referrals",
            f"Every referral {self._in_six_months}.",
            (
                *("Date of referral", "Referral Source", "Referral NFA?", "Number of Referrals in last 12 months"),
                *WORKERS,
            ),
            found,
            lambda record: (
                _day(record["referred_on"]),
                _code("referral_source", record["source"]),
                YES_NO[record["is_no_further_action"]],
                self._before("referrals", record["child"], record["referred_on"]),
                *(NOT_AVAILABLE, NOT_AVAILABLE),
            ),
            is_about_disability=False,
        )

    def assessments(self) -> Listed:
        found = [
            record
            for record in self._records["assessments"]
            if self._was_open(record["started_on"], record["authorised_on"])
        ]
        return self._listed(
            4,
            "Assessments",
            f"Every assessment begun, open or completed {self._in_six_months}.",
            (
                "Continuous Assessment Start Date",
                "Child Seen During Continuous Assessment",
                "Continuous Assessment Date of Authorisation",
                "Was the child assessed as requiring LA children's social care support?",
                *WORKERS,
            ),
            found,
            lambda record: (
                _day(record["started_on"]),
                NOT_AVAILABLE,
                self._end(record["authorised_on"]),
                *(NOT_AVAILABLE, NOT_AVAILABLE, NOT_AVAILABLE),
            ),
        )

    def enquiries(self) -> Listed:
        found = [record for record in self._records["section47_enquiries"] if self._is_recent(record["started_on"])]
        return self._listed(
            5,
            "Section 47 and ICPC",
            f"Every section 47 enquiry begun {self._in_six_months}, with the initial conference that followed it.",
            (
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "Was an Initial Child Protection Conference deemed unnecessary?",
                "Date of Initial Child Protection Conference",
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                "Number of Section 47 Enquiries in the last 12 months",
                "Number of ICPCs in the last 12 months",
                *WORKERS,
            ),
            found,
            self._enquiry,
        )

    def _enquiry(self, record: Record) -> tuple[Value, ...]:
        child, start, held_on = record["child"], record["started_on"], record["conference_on"]
        is_held = held_on is not None and held_on <= self._as_at
        led_to_plan = YES_NO[(record["episode"], held_on) in self._plan_starts] if is_held else NOT_APPLICABLE
        return (
            _day(start),
            YES_NO[record["is_conference_not_required"]],
            held_on if is_held else NOT_APPLICABLE,
            led_to_plan,
            self._before("enquiries", child, start),
            self._before("conferences", child, start),
            *(NOT_AVAILABLE, NOT_AVAILABLE),
        )

    def children_in_need(self) -> Listed:
        found = [
            record
            for record in self._records["referrals"]
            if self._was_open(record["referred_on"], record["closed_on"]) and self._is_more_than_referred(record)
        ]
        return self._listed(
            6,
            "Children in need",
            f"Every episode {self._open_or('closed')}, with more than a referral.",
            (
                *("CIN Start Date", "Primary Need Code", "Date Child Was Last Seen", "CIN Closure Date"),
                *("Reason for Closure", "Case Status", *WORKERS),
            ),
            found,
            lambda record: (
                _day(record["referred_on"]),
                _code("primary_need", record["primary_need"]),
                NOT_AVAILABLE,
                self._end(record["closed_on"]),
                _code("reason_for_closure", record["closure_reason"]) if self._is_over(record) else NOT_APPLICABLE,
                self._status(record),
                *(NOT_AVAILABLE, NOT_AVAILABLE),
            ),
        )

    def protection_plans(self) -> Listed:
        found = [
            record
            for record in self._records["protection_plans"]
            if self._was_open(record["started_on"], record["ended_on"])
        ]
        return self._listed(
            7,
            "Child protection",
            f"Every child protection plan {self._open_or('ended')}.",
            (
                *("Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse"),
                *("Date of the Last Statutory Visit", "Was the Child Seen Alone?", "Date of latest review conference"),
                "Child Protection Plan End Date",
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
                *("Number of Previous Child Protection Plans", *WORKERS),
            ),
            found,
            lambda record: (
                _day(record["started_on"]),
                (record["initial_category"] or NOT_AVAILABLE).capitalize(),
                (record["latest_category"] or NOT_AVAILABLE).capitalize(),
                *(NOT_AVAILABLE, NOT_AVAILABLE),
                max(self._reviews[record["child"], record["started_on"]], default=NOT_APPLICABLE),
                self._end(record["ended_on"]),
                NOT_AVAILABLE,
                NOT_AVAILABLE if record["previous_plans"] is None else record["previous_plans"],
                *(NOT_AVAILABLE, NOT_AVAILABLE),
            ),
        )

    # ---------------------------------------------------------------- when

    @property
    def _in_six_months(self) -> str:
        return f"in the six months to {in_words(self._as_at)}"

    def _open_or(self, over: str) -> str:
        return f"open on {in_words(self._as_at)} or {over} {self._in_six_months}"

    def _is_recent(self, day: date | None) -> bool:
        return day is not None and self._since < day <= self._as_at

    def _was_open(self, start: date | None, end: date | None) -> bool:
        """Open on the day, or ended in the six months before it."""
        return start is not None and start <= self._as_at and (end is None or end > self._since)

    def _end(self, day: date | None) -> Value:
        return day if day is not None and day <= self._as_at else NOT_APPLICABLE

    def _before(self, kind: str, child: str, day: date | None) -> Value:
        """How many of the child's others there were in the twelve months before."""
        if day is None:
            return NOT_AVAILABLE
        since = add_months(day, -MONTHS_OF_HISTORY)
        return sum(since <= other < day for other in self._days[kind][child])

    # ---------------------------------------------------------------- children in need

    def _is_over(self, episode: Record) -> bool:
        return episode["closed_on"] is not None and episode["closed_on"] <= self._as_at

    def _is_more_than_referred(self, episode: Record) -> bool:
        return not episode["is_no_further_action"] and any(
            self._of(name, episode)
            for name in ("assessments", "cin_plans", "section47_enquiries", "initial_conferences", "protection_plans")
        )

    def _of(self, name: str, episode: Record) -> list[Record]:
        """The records of a table that belong to an episode. A table is gathered by episode when it is first asked."""
        if name not in self._grouped:
            self._grouped[name] = defaultdict(list)
            for record in self._records[name]:
                self._grouped[name][record["episode"]].append(record)
        return self._grouped[name].get(episode["episode"], [])

    def _status(self, episode: Record) -> str:
        """The most that is in hand for the child on the day. Whether they are looked after is not known here."""
        if self._is_over(episode):
            return "Closed episode"
        if self._has_open("protection_plans", episode, "ended_on"):
            return "Child protection plan"
        if self._has_open("cin_plans", episode, "ended_on"):
            return "Child in need plan"
        if self._has_open("assessments", episode, "authorised_on"):
            return "Open assessment"
        return "Open, without a plan or an open assessment"

    def _has_open(self, name: str, episode: Record, end: str) -> bool:
        return any(
            record["started_on"] and record["started_on"] <= self._as_at < (record[end] or date.max)
            for record in self._of(name, episode)
        )

    # ---------------------------------------------------------------- rows

    def _listed(
        self,
        number: int,
        name: str,
        who: str,
        columns: Sequence[str],
        records: Sequence[Record],
        row: Callable[[Record], tuple[Value, ...]],
        *,
        is_about_disability: bool = True,
    ) -> Listed:
        """The list, each row beginning with the child, in the order of the children and of the first day shown."""
        heads = (*CHILD, DISABILITY) if is_about_disability else CHILD
        made = [(*self._child(record["child"])[: len(heads)], *row(record)) for record in records]
        made.sort(key=lambda values: (str(values[0]), str(values[len(heads)])))
        return Listed(number, name, who, (*heads, *columns), tuple(made))

    def _child(self, key: str) -> tuple[Value, ...]:
        child = self._children[key]
        born_on: date | None = child["born_on"]
        is_unborn = born_on is None and child["expected_on"] is not None
        unknown = NOT_APPLICABLE if is_unborn else NOT_AVAILABLE
        return (
            NOT_AVAILABLE if key.startswith(" ") else key,
            SEXES[child["sex"]],
            ETHNICITIES.get(child["ethnicity"] or "", NOT_AVAILABLE),
            born_on or unknown,
            unknown if born_on is None else max(age_on(born_on, self._as_at), 0),
            DISABLED[child["disability"]],
        )


def _days(records: Sequence[Record], name: str) -> dict[str, set[date]]:
    """Each child's days of a kind, in every year; one that two years have is one."""
    found: dict[str, set[date]] = defaultdict(set)
    for record in records:
        if record[name]:
            found[record["child"]].add(record[name])
    return found


def _day(day: date | None) -> Value:
    return day or NOT_AVAILABLE


def _code(codes: str, code: str | None) -> str:
    """A code with its meaning."""
    return f"{code} {CODE_LISTS[codes][code]}" if code else NOT_AVAILABLE


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
