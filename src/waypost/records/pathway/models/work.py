"""What is due, what left the usual order, and what a chronology says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.access.models import Authority, Team, User
from waypost.records.casework.models import Child
from waypost.records.pathway.models.case import OfCase


class Clock(models.Model):
    """A limit that runs for a child: what it is, the day it began, the day it is due, and the day it was done.

    It is worked out from the record after each action and can be made again from it at any time (`clocks.py`), so that
    lists of work are read from an index. The rule itself is `domain/timescales`. `due_on` is null where no number is
    set. `row` is the row that it is about; `family` is shared by brothers and sisters for whom it is one thing to do.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="clocks")
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    timescale = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    row = models.UUIDField()
    family = models.UUIDField()
    started_on = models.DateField()
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    worker = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("child", "timescale", "row", "started_on"), name="clock_runs_once"),
        )
        indexes = (
            models.Index(fields=("worker", "due_on"), condition=Q(done_on=None), name="clock_open_by_worker"),
            models.Index(fields=("team", "due_on"), condition=Q(done_on=None), name="clock_open_by_team"),
            models.Index(fields=("authority", "due_on"), condition=Q(done_on=None), name="clock_open_by_authority"),
            models.Index(fields=("child", "started_on"), name="clock_by_child"),
        )

    def __str__(self) -> str:
        return self.timescale


class OutOfOrder(OfCase):
    """That a step was begun without the one that the law puts before it, and why."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    step = models.CharField(max_length=30)
    row = models.UUIDField()
    complaint = models.CharField(max_length=300)
    why = models.TextField()

    class Meta:
        verbose_name_plural = "out of order"

    def __str__(self) -> str:
        return "Step out of the usual order"


class ChronologyEntry(OfCase):
    """An entry of a child's chronology that a worker wrote, or an event that they chose and put in their own words.

    `kind` and `row` name the event that it comes from, where it comes from one.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="chronology")
    on = models.DateField()
    says = models.TextField()
    means = models.TextField(blank=True)
    source = models.CharField(max_length=150, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    row = models.UUIDField(null=True, blank=True)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "chronology entries"
        indexes = (models.Index(fields=("child", "on"), name="chronology_by_child"),)

    def __str__(self) -> str:
        return "Chronology entry"
