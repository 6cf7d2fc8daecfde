"""Visits to a child, as words: of each only the household's part and this child's own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from waypost.records.pathway.models import ActionProgress, VisitChild
from waypost.web import words


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit in a list. `seen` says whether the child was seen; `is_missed` that nobody was."""

    key: uuid.UUID
    when: str
    purpose: str
    seen: str
    by: str
    is_missed: bool


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit, as far as it concerns one child: facts by name, and how each action of their plan was going."""

    when: str
    facts: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str], ...]
    is_missed: bool


def lines(rows: Iterable[VisitChild]) -> list[VisitLine]:
    """The latest first."""
    ordered = sorted(rows, key=lambda row: row.visit.visited_at, reverse=True)
    return [
        VisitLine(
            key=row.visit_id,
            when=words.moment(row.visit.visited_at),
            purpose=row.visit.get_purpose_display(),
            seen=seen_words(row),
            by=str(row.visit.by),
            is_missed=not row.visit.was_made,
        )
        for row in ordered
    ]


def seen_words(row: VisitChild) -> str:
    if not row.visit.was_made:
        return f"Not made: {row.visit.why_not_made}"
    if not row.seen:
        return "Not seen"
    return {True: "Seen alone", False: "Seen, not alone", None: "Seen"}[row.seen_alone]


def one(row: VisitChild, progress: Iterable[ActionProgress]) -> VisitPage:
    visit = row.visit
    answers = {True: "Yes", False: "No", None: ""}
    told = (
        ("Who visited", str(visit.by)),
        ("What for", visit.get_purpose_display()),
        ("Where", visit.get_place_display()),
        ("Expected by the family", answers[visit.was_announced]),
        ("Who was there", visit.who_was_there),
        ("Child seen", seen_words(row)),
        ("Where the child sleeps was seen", answers[row.bedroom_seen]),
        ("What the child said and did", row.said),
        ("Worries", row.worries),
        ("What changed in the plan", row.changed),
        ("Home seen", answers[visit.home_seen or None]),
        ("What happened", visit.what_happened),
    )
    facts = tuple((name, says) for name, says in told if says)
    actions = tuple((each.action.action, each.get_how_display()) for each in progress)
    return VisitPage(words.moment(visit.visited_at), facts, actions, not visit.was_made)
