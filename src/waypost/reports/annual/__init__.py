"""The annual child protection report to cabinet, made from census files.

Its sections follow the order in which cabinets have been given them: what was done from referral to plan, how many
plans there are, how long and for whom, how reviews and repeats stand, then what people have to say. What figures cannot
give stands as a question to the person who can answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from waypost import __version__
from waypost.datasets.dataset import Dataset
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear, periods
from waypost.reports.annual import activity, children, definitions, gather, measures, narrative, opening, plans
from waypost.reports.annual.reconciliation import Flow, flows, reconciled
from waypost.reports.model import Edition, Freeze, Report, Section
from waypost.reports.numbering import numbered
from waypost.reports.numbers import Numbers, months

KIND = "annual-report"


def build(
    dataset: Dataset,
    year: FinancialYear,
    *,
    compare: Sequence[str] = (),
    edition: Edition = "internal",
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """The report of one authority and year. `compare` holds codes of authorities to set beside it.

    Raises:
        ReportRefused: opening, started, ended and closing plans do not add up.
        WrongUse: a code is unknown, or the edition cannot be made.
    """
    if edition != "internal":
        raise WrongUse("Only the internal edition can be made: small numbers are not yet withheld for a public one.")
    results = gather.gather(dataset, year, progress)
    numbers = Numbers(dataset.authority, year, results, frozenset(dataset.years), tuple(dict.fromkeys(compare)))
    flow, parts = _flow(numbers)
    sections = numbered(_sections(numbers, dataset, flow, parts))
    return Report(
        kind=KIND,
        title="Annual child protection report",
        authority=numbers.name,
        code=dataset.authority,
        year=year,
        edition=edition,
        freeze=Freeze(dataset.id, dataset.as_at, dataset.sources),
        software=f"Waypost {__version__}",
        front=narrative.front(numbers),
        sections=sections,
        unread=dataset.unread,
    )


def _flow(numbers: Numbers) -> tuple[Flow | None, tuple[Flow, ...]]:
    if numbers.year not in numbers.files:
        return None, ()
    whole, own = periods(numbers.year, "year")[0], months(numbers.year)
    return reconciled(numbers.results, whole, own), flows(numbers.results, own) or ()


def _sections(numbers: Numbers, dataset: Dataset, flow: Flow | None, parts: tuple[Flow, ...]) -> tuple[Section, ...]:
    """In reading order; those that list what the others used are made last."""
    summary = opening.summary(numbers, flow)
    performance = _performance(numbers, flow, parts)
    introduction = opening.introduction(numbers, dataset, flow)
    return (
        summary,
        introduction,
        narrative.background(),
        performance,
        *narrative.later_sections(),
        definitions.definitions(numbers),
        *narrative.closing_sections(),
    )


def _performance(numbers: Numbers, flow: Flow | None, parts: tuple[Flow, ...]) -> Section:
    """4"""
    return Section(
        "performance",
        "Child protection in figures",
        sections=(
            activity.referrals(numbers),
            activity.funnel(numbers),
            activity.rate(numbers),
            activity.change(numbers, flow, parts),
            activity.rates(numbers),
            plans.time_and_age(numbers),
            narrative.older_children(),
            plans.categories(numbers),
            *narrative.court(),
            *(measures.measure(numbers, indicator) for indicator in ("ni64", "ni65", "ni67")),
            children.sex(numbers),
            children.ethnicity(numbers),
            children.disability(numbers),
            children.factors(numbers),
        ),
    )
