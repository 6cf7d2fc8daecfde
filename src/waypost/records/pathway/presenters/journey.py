"""The journey of a child as a picture of time: lanes of what went on, points for what was held, and the open clocks.

Plain values in, plain values out: the template draws them as they are. The picture is `WIDTH` wide, so it prints on one
page, and a day is so much of it however long the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waypost.domain.dates import add_months
from waypost.records.pathway.clocks import ShownClock
from waypost.records.pathway.events import Event
from waypost.web import words

WIDTH, MARGIN_LEFT, MARGIN_RIGHT = 960, 150, 16
TOP, BAR, GAP, LANE_GAP, TICKS = 26, 18, 5, 12, 20
CLOCK = 10
NARROWEST = 4
LETTERS = 7
"""Roughly the width of a letter of the picture's text, by which it is known whether a name fits in its bar."""

LANES = (
    ("referral", "Referral and assessment"),
    ("enquiry", "Enquiry"),
    ("plan", "Plan"),
    ("meetings", "Visits and meetings"),
    ("moves", "Moves"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    width: int
    says: str
    label: str
    kind: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int
    says: str
    kind: str


@dataclass(frozen=True, slots=True)
class ClockBar:
    """`due_x` is where the limit stands and `used` how far the bar is filled; both are places in the picture."""

    x: int
    y: int
    width: int
    used: int
    due_x: int
    says: str
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table that says the same as the picture."""

    when: str
    what: str
    says: str


@dataclass(frozen=True, slots=True)
class Journey:
    width: int
    height: int
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    clocks: tuple[ClockBar, ...]
    ticks: tuple[Tick, ...]
    today_x: int
    says: str
    lines: tuple[Line, ...]


class _Scale:
    """Days to places in the picture."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._a_day = (WIDTH - MARGIN_LEFT - MARGIN_RIGHT) / max((last - first).days, 1)

    def x(self, day: date) -> int:
        kept = min(max(day, self.first), self.last)
        return round(MARGIN_LEFT + (kept - self.first).days * self._a_day)


def journey(events: Sequence[Event], clocks: Sequence[ShownClock], *, name: str, today: date) -> Journey | None:
    """The picture and its table; None of a child with whom nothing has happened yet."""
    if not events:
        return None
    running = [each for each in clocks if each.is_open and each.due_on]
    dues = [each.due_on for each in running if each.due_on]
    last = max([today, *dues, *(each.ended_on for each in events if each.ended_on)]) + timedelta(days=14)
    scale = _Scale(min(each.on for each in events) - timedelta(days=7), last)
    lanes: list[Lane] = []
    bars: list[Bar] = []
    points: list[Point] = []
    y = TOP
    for lane, title in LANES:
        held = [each for each in events if each.lane == lane]
        if held:
            height = _lane(held, scale, today, y, bars, points)
            lanes.append(Lane(title, y, height))
            y += height + LANE_GAP
    drawn = [_clock(each, scale, today, y + place * (CLOCK + GAP)) for place, each in enumerate(running)]
    if drawn:
        height = len(drawn) * (CLOCK + GAP)
        lanes.append(Lane("Clocks", y, height))
        y += height + LANE_GAP
    return Journey(
        width=WIDTH,
        height=y + TICKS,
        lanes=tuple(lanes),
        bars=tuple(bars),
        points=tuple(points),
        clocks=tuple(drawn),
        ticks=tuple(_ticks(scale)),
        today_x=scale.x(today),
        says=_summary(events, running, name, today),
        lines=tuple(_line(each) for each in reversed(events)),
    )


def _lane(held: Sequence[Event], scale: _Scale, today: date, y: int, bars: list[Bar], points: list[Point]) -> int:
    """Puts a lane's bars into as few rows as do not overlap, its points on the last row; how high it came out."""
    rows: list[int] = []
    for each in (event for event in held if event.lasts):
        x = scale.x(each.on)
        width = max(scale.x(each.ended_on or today) - x, NARROWEST)
        row = next((place for place, end in enumerate(rows) if end < x), len(rows))
        rows[row : row + 1] = [x + width]
        label = each.title if len(each.title) * LETTERS < width else ""
        bars.append(Bar(x, y + row * (BAR + GAP), width, _says(each), label, each.kind, each.ended_on is None))
    moments = [event for event in held if not event.lasts]
    row = len(rows)
    points.extend(Point(scale.x(each.on), y + row * (BAR + GAP) + BAR // 2, _says(each), each.kind) for each in moments)
    return (len(rows) + bool(moments)) * (BAR + GAP)


def _clock(clock: ShownClock, scale: _Scale, today: date, y: int) -> ClockBar:
    due = clock.due_on or today
    x = scale.x(clock.started_on)
    end = max(scale.x(max(due, today)), x + NARROWEST)
    state = "overdue" if clock.is_overdue else "soon" if clock.is_soon else "open"
    used = min(max(scale.x(today) - x, 0), end - x)
    return ClockBar(x, y, end - x, used, scale.x(due), clock.working, clock.asks, state)


def _ticks(scale: _Scale) -> list[Tick]:
    """Years where the time is long, quarters where it is not, months where it is short."""
    days = (scale.last - scale.first).days
    months = 12 if days > 1100 else 3 if days > 270 else 1
    first = date(scale.first.year, 1, 1)
    found = []
    for place in range(0, 12 * 40, months):
        day = add_months(first, place)
        if day > scale.last:
            break
        if day >= scale.first:
            found.append(Tick(scale.x(day), f"{day:%Y}" if months == 12 else f"{day:%b %Y}"))
    return found[:: max(len(found) // 12, 1)]


def _says(event: Event) -> str:
    return f"{event.title}, {_when(event)}. {event.says}".strip()


def _when(event: Event) -> str:
    if not event.lasts:
        return words.day(event.on)
    return f"{words.day(event.on)} to {words.day(event.ended_on)}" if event.ended_on else f"Since {words.day(event.on)}"


def _line(event: Event) -> Line:
    return Line(_when(event), event.title, event.says)


def _summary(events: Sequence[Event], running: Sequence[ShownClock], name: str, today: date) -> str:
    """The picture in words, for whoever does not see it."""
    open_ = [each.title.lower() for each in events if each.lasts and each.ended_on is None]
    overdue = sum(each.is_overdue for each in running)
    parts = [f"The journey of {name} from {words.day(events[0].on)} to today, {words.day(today)}."]
    parts.append(f"Open now: {words.listed(open_)}." if open_ else "Nothing is open now.")
    if running:
        parts.append(f"{words.plural(len(running), 'clock runs', 'clocks run')}, {overdue} overdue.")
    return " ".join(parts)
