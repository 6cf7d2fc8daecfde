"""The annual child protection report to cabinet, made from census files.

Its sections follow the order in which cabinets have been given them: what was done from referral to plan, how many
plans there are, how long and for whom, how reviews and repeats stand, then what people have to say. What figures cannot
give stands as a question to the person who can answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from waypost import __version__
from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear, periods
from waypost.domain.targets import NO_TARGETS, Targets
from waypost.indicators import disclosure
from waypost.reports.annual import activity, children, definitions, gather, measures, narrative, opening, plans, public
from waypost.reports.annual import beside as others
from waypost.reports.annual.reconciliation import reconciled
from waypost.reports.answers import NO_ANSWERS, Answers, answered, check_answered
from waypost.reports.checks import must_hold
from waypost.reports.model import Edition, Freeze, FrontLine, Report, Section
from waypost.reports.numbering import numbered
from waypost.reports.numbers import Numbers, months

KIND = "annual-report"


def build(
    dataset: Dataset,
    year: FinancialYear,
    *,
    compare: Sequence[str] = (),
    beside: Sequence[Dataset] = (),
    edition: Edition = "internal",
    answers: Answers = NO_ANSWERS,
    earlier: public.Editions | None = None,
    keep: Callable[[public.Shown], None] | None = None,
    targets: Targets = NO_TARGETS,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """The report of one authority and year. `compare` holds codes of authorities to set beside it.

    `beside` holds the records of further authorities, which are counted from them rather than published. A public
    edition does not undo the `earlier` public ones, by authority, and tells `keep` what it shows of each. `targets` are
    those that the authority set itself.

    Raises:
        ReportRefused: opening, started, ended and closing plans do not add up, or the text says what figures do not.
        DoesNotAddUp: nor do they of an authority beside it.
        NotAnswered: a public edition has a question without an answer.
        CannotKeep: earlier editions give a small count away whatever a public edition withholds.
        WrongUse: a code is unknown.
    """
    results = gather.gather(dataset, year, progress)
    filed = others.filed(beside, dataset.authority, year)
    files = frozenset(dataset.years)
    if year in files:
        reconciled(results, periods(year, "year")[0], months(year))
    numbers = Numbers(dataset.authority, year, results, files, tuple(dict.fromkeys(compare)), filed, targets)
    if edition == "public":
        placed = public.noted(numbers)
        check_answered(_report(placed, dataset, answers, edition), answers)
        shown = public.protected(placed, dataset, earlier or {})
        numbers = public.shown(numbers, shown)
        if keep:
            keep(shown)
    return _report(numbers, dataset, answers, edition)


def _report(numbers: Numbers, dataset: Dataset, answers: Answers, edition: Edition) -> Report:
    front, sections = _drawn(numbers, dataset, answers)
    is_public = edition == "public"
    if is_public:
        sections = public.told(sections, disclosure.rule_of(numbers.code))
    report = Report(
        kind=KIND,
        title="Annual child protection report",
        authority=numbers.name,
        code=dataset.authority,
        year=numbers.year,
        edition=edition,
        freeze=Freeze(dataset.id, dataset.as_at, dataset.sources),
        software=f"Waypost {__version__}",
        front=front,
        sections=numbered(sections),
        unread=() if is_public else dataset.unread,
        beside=others.freezes(numbers),
    )
    return must_hold(report)


def _drawn(numbers: Numbers, dataset: Dataset, answers: Answers) -> tuple[tuple[FrontLine, ...], tuple[Section, ...]]:
    """The front page, and the sections in reading order; those that list what the others used are made last."""
    summary = opening.summary(numbers)
    performance = _performance(numbers)
    introduction = opening.introduction(numbers, dataset)
    sections = (
        summary,
        introduction,
        narrative.background(),
        performance,
        *narrative.later_sections(),
        *narrative.closing_sections(),
    )
    front, sections = answered(narrative.front(numbers), sections, answers, numbers)
    place = len(sections) - len(narrative.closing_sections())
    return front, (*sections[:place], definitions.definitions(numbers), *sections[place:])


def _performance(numbers: Numbers) -> Section:
    """4"""
    return Section(
        "performance",
        "Child protection in figures",
        sections=(
            activity.referrals(numbers),
            activity.funnel(numbers),
            activity.rate(numbers),
            activity.change(numbers),
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
