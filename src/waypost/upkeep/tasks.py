"""The work that is done behind the service. Each task may be run twice without harm, and says how much it did."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from waypost.records.casework.actions import emergencies
from waypost.upkeep import seals
from waypost.web import drafts

LOST_AFTER = timedelta(hours=1)
"""A task that has run for as long was left by a worker that was killed."""
KEPT_FOR = timedelta(days=7)
"""For which it is still to be seen when a task was done, and whether it went well."""


class WorkerWasKilled(Exception):
    """The worker that had begun a task is gone."""


@task()
def seal_trail() -> int:
    return seals.seal()


@task()
def tell_data_owners() -> int:
    """Of records that were opened in an emergency, where the notice could not be sent at once."""
    return emergencies.tell_again()


@task()
def forget_drafts() -> int:
    return drafts.forget_old()


@task()
def end_sessions() -> int:
    """Sessions that have run out, and the lines of them on the page where people see where they are signed in."""
    SessionStore.clear_expired()
    a_day_ago = timezone.now() - timedelta(days=1)
    ended = UserSession.objects.filter(last_seen_at__lt=a_day_ago)
    return int(ended.exclude(session_key__in=Session.objects.values("session_key")).delete()[0])


@task()
def check_records() -> int:
    """Asks the rules of the return of each record that has changed, and of every record once a day."""
    from waypost.performance import quality

    return quality.check_due()


@task()
def forget_checks() -> int:
    """Of returns, with what was found in them, where nobody has signed out."""
    from waypost.performance.checks import place

    return place.forget_old(settings.CHECKING_DIR)


@task()
def tidy_tasks() -> int:
    """Tasks that were done a while ago, and those that a killed worker left for ever under way."""
    now = timezone.now()
    for lost in DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER):
        lost.set_failed(WorkerWasKilled())
    return int(DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()[0])
