"""The data-quality list: what is missing or wrong in the records that are open to someone, by team and by rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from waypost.access.asked import Asked
from waypost.records.pathway.models import RecordChecked, Shortcoming
from waypost.records.pathway.presenters import quality as words

MOST = 100
"""How many lines the page shows. The counts above them are of all."""
WEEK = timedelta(days=7)


def page(request: Asked) -> HttpResponse:
    """What is to be put right before the return, the errors first and the oldest of those."""
    request.actor.may("list_shortcomings").or_refuse()
    today, every = request.actor.today, request.scope.shortcomings
    rows = every.filter(gone_on=None)
    teams = words.teams(_by_team(rows), today)
    asked = _team_asked(request)
    chosen = _of_team(rows, asked)
    rules = list(_by_rule(chosen))
    then = _of_team(every, asked).filter(found_on__lte=today - WEEK).exclude(gone_on__lte=today - WEEK).count()
    named = chosen.select_related("child__person").prefetch_related("child__person__names")
    now = sum(each["number"] for each in rules)
    held: dict[str, Any] = {
        "teams": teams,
        "asked": asked,
        "rules": rules,
        "total": now,
        "trend": words.since_last_week(now, then),
        "lines": [words.line(row, today) for row in named.order_by("severity", "found_on", "rule", "pk")[:MOST]],
        "checked": RecordChecked.objects.filter(authority__in=request.actor.where("list_shortcomings"))
        .exclude(rules="").select_related("authority").order_by("authority__code"),
    }  # fmt: skip
    return render(request, "pathway/quality/list.jinja", held)


def _team_asked(request: Asked) -> int | None:
    """The team that the page is asked for, by its key; 0 is for children of none."""
    asked = request.GET.get("team", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def _of_team(rows: QuerySet[Shortcoming], team: int | None) -> QuerySet[Shortcoming]:
    return rows if team is None else rows.filter(team=team or None)


def _by_team(rows: QuerySet[Shortcoming]) -> QuerySet[Shortcoming, dict[str, Any]]:
    counted = rows.values("team", "team__name", "authority__name").annotate(
        errors=Count("pk", filter=Q(severity=Shortcoming.ERROR)),
        queries=Count("pk", filter=Q(severity=Shortcoming.QUERY)),
        oldest=Min("found_on"),
    )
    return counted.order_by("-errors", "-queries", "team__name")


def _by_rule(rows: QuerySet[Shortcoming]) -> QuerySet[Shortcoming, dict[str, Any]]:
    return rows.values("rule", "title", "severity").annotate(number=Count("pk")).order_by("severity", "-number", "rule")
