"""Worked examples of each kind of setting, before a change and after it, as the domain works them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from waypost.access.actor import Actor
from waypost.access.local import packaged
from waypost.access.models import Authority
from waypost.domain.arithmetic import rate_per_10000
from waypost.domain.bands import AgeBands
from waypost.domain.calendars import ENGLAND_AND_WALES, OutsideCalendar
from waypost.domain.limits import BACKWARDS, OWN, Limit, TimescaleId
from waypost.domain.local import Kind, Local
from waypost.domain.local.bands import Bands
from waypost.domain.local.times import replacements
from waypost.domain.ni_bands import BandTable
from waypost.domain.periods import FinancialYear
from waypost.domain.publishing import Rule
from waypost.domain.targets import Range, Target
from waypost.domain.timescales import NoLimit, due_on, limit_in_force, timescale
from waypost.web.words import day

COUNTS = (0, 3, 5, 6, 7, 9, 12, 23, 58)
EXAMPLE_CHILDREN = 100
COUNTED_BY_CHOICE = ("conference_minutes", "rcpc_first", "rcpc_repeat", "cp_plan_circulation")
STANDINGS = {"met": "Met", "near": "Near", "not_met": "Not met", None: "No target"}


@dataclass(frozen=True)
class Asked:
    """A change to look at: the settings of an authority as they are and as they would be, on its day or today."""

    authority: Authority
    about: str
    from_on: date
    before: Local
    after: Local
    actor: Actor


@dataclass(frozen=True)
class Effect:
    """What would change, in a sentence and a table. `warns` is what the person must think about first."""

    says: str
    head: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = field(default_factory=tuple)
    warns: str = ""


# ---------------------------------------------------------------- clocks


def limit(asked: Asked) -> Effect:
    """The rule before and after, and a clock that starts the day before, on the day, and today."""
    named, _, when = asked.about.partition("|")
    clock = timescale(named)
    begins = "counted back from" if clock.limits[-1].direction in BACKWARDS else "that starts on"
    rows = [
        (f"A clock {begins} {day(start)}", *(_due(each, named, when, start) for each in (asked.before, asked.after)))
        for start in _starts(asked.from_on, asked.actor.today)
    ]
    then = limit_in_force(named, asked.from_on, when=when or None, **asked.after.rules)
    national = limit_in_force(named, asked.from_on, when=when or None)
    return Effect(
        f"{clock.name}: how clocks would be counted, worked as an example.",
        ("Example", "Due now", "Due after the change"),
        rows,
        " ".join(filter(None, (_longer(then, national), _past(asked)))),
    )


def switch(asked: Asked) -> Effect:
    """Which assessments have a limit on the days around the change."""
    begins = TimescaleId(asked.about)
    clocks = [timescale(each) for each in (begins, *replacements()[begins])]
    starts = _starts(asked.from_on, asked.from_on)
    rows = [
        (
            f"{clock.name}, started on {day(start)}",
            *(_due(each, clock.id, "", start) for each in (asked.before, asked.after)),
        )
        for clock in clocks
        for start in starts
    ]
    return Effect(
        "Which limits hold on the days around the change, worked as an example.",
        ("Example", "Due now", "Due after the change"),
        rows,
    )


def counting(asked: Asked) -> Effect:
    """Limits that the choices bear on."""
    start = asked.from_on
    rows = [
        (
            f"{timescale(named).name}, started on {day(start)}",
            *(_due(each, named, "", start) for each in (asked.before, asked.after)),
        )
        for named in COUNTED_BY_CHOICE
    ]
    return Effect(
        "How limits would be counted, worked as examples. It holds for every clock that is open on the day, and after.",
        ("Example", "Due now", "Due after the change"),
        rows,
    )


def _starts(from_on: date, today: date) -> list[date]:
    """The day before, the day itself, and today where it is later."""
    return sorted({from_on - timedelta(days=1), from_on, max(from_on, today)})


def _due(local: Local, named: str, when: str, start: date) -> str:
    held = limit_in_force(named, start, when=when or None, **local.rules)
    if isinstance(held, NoLimit):
        return f"No limit: {held.why[0].lower()}{held.why[1:]}"
    try:
        due = due_on(named, after=start, calendar=ENGLAND_AND_WALES, when=when or None, **local.clocks)
    except OutsideCalendar:
        return f"Not known yet ({held})"
    if isinstance(due, NoLimit):
        return due.why
    whose = "our own" if held.regime.id == OWN else "national"
    return f"{day(due)} ({held}; {whose})"


def _past(asked: Asked) -> str:
    """A warning where a limit is changed for work that has begun, and may be done."""
    if asked.from_on >= asked.actor.today:
        return ""
    return (
        f"{day(asked.from_on)} is in the past. Work that began since then is judged by the new limit, and what "
        "was done in time may turn out late."
    )


def _longer(then: Limit | NoLimit, national: Limit | NoLimit) -> str:
    """A warning where an own limit gives more time than the national one."""
    if not isinstance(then, Limit) or not isinstance(national, Limit) or then.unit != national.unit:
        return ""
    if (then.n or 0) <= (national.n or 0):
        return ""
    return f"This gives more time than {national.regime.name} does, which says {national}."


# ---------------------------------------------------------------- figures


def target(asked: Asked) -> Effect:
    """How the published figure would stand, and what figures around the two targets would."""
    indicator, _, named = asked.about.partition("|")
    year, code = FinancialYear.parse(named), asked.authority.code
    before, after = (each.targets.of(code, indicator, year) for each in (asked.before, asked.after))
    figure = packaged.known().figure(code, indicator, year)
    rows = [
        (_called(value, figure), _stands(before, value), _stands(after, value))
        for value in sorted({*_around(before), *_around(after), *([figure] if figure is not None else [])})
    ]
    says = (
        "How figures would stand against the target."
        if figure is not None
        else f"No figure of {asked.authority} for {year} is published with Waypost, so no status changes yet. "
        "These show how figures would stand."
    )
    return Effect(says, ("Figure", "Stands now", "Would stand"), rows)


def _called(value: float, figure: float | None) -> str:
    return f"The published figure, {value:g}" if value == figure else f"A figure of {value:g}"


def _stands(held: Target | None, value: float) -> str:
    return STANDINGS[held.standing(value) if held else None]


def _around(held: Target | None) -> set[float]:
    """The ends of the target and of what is near it, and a little beyond each."""
    if held is None:
        return set()
    ends = {end for span in (held.meets, held.near) for end in _ends(span)}
    return {value for end in ends for value in (end, max(end - 1, 0), end + 1)}


def _ends(span: Range) -> list[float]:
    return [end for end in (span.low, span.high) if abs(end) != float("inf")]


def bands(asked: Asked) -> Effect:
    """The bands, one by one."""
    before, after = (_labels(each.bands.get(asked.about)) for each in (asked.before, asked.after))
    length = max(len(before), len(after))
    rows = list(zip(_padded(before, length), _padded(after, length), strict=True))
    return Effect("The bands, one by one.", ("Now", "After the change"), rows)


def _labels(held: Bands | None) -> list[str]:
    match held:
        case None:
            return ["The usual bands"]
        case BandTable():
            return [f"{band.score}: {band.low:g} to {band.high:g}" for band in held.bands]
        case AgeBands():
            return list(held.labels)
        case _:
            return [band.label for band in held]


def _padded(labels: list[str], length: int) -> list[str]:
    return labels + [""] * (length - len(labels))


def publication(asked: Asked) -> Effect:
    """How counts would be printed."""
    usual = packaged.known().rule(asked.authority.code)
    before, after = (each.publication or usual for each in (asked.before, asked.after))
    rows = [(str(count), _printed(before, count), _printed(after, count)) for count in COUNTS]
    return Effect(
        "How counts would be printed in a public edition.", ("Count", "Printed now", "Would be printed"), rows
    )


def _printed(rule: Rule | None, count: int) -> str:
    if rule is None:
        return "Not known"
    return "Withheld" if rule.is_small(count) else f"{rule.rounded(count)}"


def population(asked: Asked) -> Effect:
    """The number, and a rate made with it."""
    year = FinancialYear.parse(asked.about)
    published = packaged.known().population(asked.authority.code, year)
    rows: list[tuple[str, ...]] = []
    told = [_people(each, year, published) for each in (asked.before, asked.after)]
    rows.append(("Children aged 0 to 17", *(f"{value:,} ({source})" if value else source for value, source in told)))
    rows.append(
        (
            f"{EXAMPLE_CHILDREN} children, as a rate for each 10,000",
            *(f"{rate_per_10000(EXAMPLE_CHILDREN, value)}" if value else "None" for value, _ in told),
        )
    )
    return Effect(f"What rates of {year} would be made with.", ("", "Now", "After the change"), rows)


def _people(local: Local, year: FinancialYear, published: packaged.Estimate | None) -> tuple[int, str]:
    own = local.populations.get(year)
    if own:
        return own.value, own.source
    return (published.value, published.source) if published else (0, "No estimate is published")


def name(asked: Asked) -> Effect:
    """What it would be called."""
    rows = [(asked.before.name(asked.about), asked.after.name(asked.about))]
    return Effect("What new pages and reports would call it.", ("Now", "After the change"), rows)


BY_KIND: Mapping[Kind, Callable[[Asked], Effect]] = {
    "limit": limit,
    "switch": switch,
    "counting": counting,
    "target": target,
    "bands": bands,
    "publication": publication,
    "population": population,
    "name": name,
}
