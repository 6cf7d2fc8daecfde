"""The years that the demonstration lives through, and what goes on in it today: made by the actions, and coherent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from waypost.access.models import Act, Authority
from waypost.demo.service.fill import fill
from waypost.records.pathway.models import (
    Assessment,
    Clock,
    ConferenceChild,
    ContactChild,
    Enquiry,
    ProtectionPlan,
    Referral,
    VisitChild,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A handful of families of each authority, and the cast's own."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(share=0.001, seed=4)
        yield
        transaction.set_rollback(True)


def test_each_authority_has_its_years() -> None:
    for authority in Authority.objects.all():
        days = Referral.objects.filter(child__authority=authority).values_list("received_on", flat=True)
        assert days, authority
    assert min(Referral.objects.values_list("received_on", flat=True)) < date(2023, 4, 1)


def test_nothing_lies_in_the_future() -> None:
    today = timezone.localdate()
    assert not Referral.objects.filter(received_on__gt=today).exists()
    assert not Assessment.objects.filter(authorised_on__gt=today).exists()
    assert not VisitChild.objects.filter(on__gt=today).exists()


def test_each_change_is_of_its_own_day() -> None:
    """So that the record as it was known on a day of the past holds what had happened by then."""
    for referral in Referral.objects.filter(child__person__identifiers__value__regex="^[ABC]0")[:20]:
        first = referral.history.earliest("history_date")
        assert timezone.localdate(first.history_date) == referral.received_on
    assert Act.objects.filter(at__date__lt=date(2024, 1, 1)).exists()


def test_whoever_wrote_it_did_not_approve_it() -> None:
    assert Assessment.objects.filter(authorised_on__isnull=False).exists()
    assert not Assessment.objects.filter(authorised_by=F("author"), authorised_on__isnull=False).exists()


def test_every_plan_came_of_a_conference_and_has_its_category_and_key_worker() -> None:
    plans = ProtectionPlan.objects.filter(is_temporary=False)
    assert plans.exists()
    for plan in plans:
        assert ConferenceChild.objects.filter(plan=plan, conference__held_on=plan.started_on).exists()
        assert plan.categories.exists()
        assert plan.key_workers.exists()


def test_every_enquiry_that_asked_for_a_conference_has_one() -> None:
    for enquiry in Enquiry.objects.filter(decision="conference"):
        assert enquiry.conferences.exists()


def test_there_is_work_today() -> None:
    today = timezone.localdate()
    open_ = Clock.objects.filter(done_on=None, due_on__isnull=False)
    assert open_.filter(due_on__lt=today).exists()
    assert open_.filter(due_on__gte=today).exists()
    assert ContactChild.objects.filter(decision="").exists()
    assert ProtectionPlan.objects.filter(ended_on=None, child__person__born_on=None).exists(), "an unborn child's"
