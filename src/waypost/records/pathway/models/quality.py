"""What is missing or wrong in a child's record, as a rule found it. Who asks the rules is not this room's to know."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.access.models import Authority, Team
from waypost.records.casework.models import Child


class Shortcoming(models.Model):
    """That a child's record breaks a rule, from the day it was found to the day it was found no more.

    It is found again from the record at any time, so it has no history of its own. `fields` name what the rule read, as
    "person.ethnicity"; `times` is how many rows of the record break the rule.
    """

    ERROR, QUERY = "error", "query"
    SEVERITIES = ((ERROR, "Error"), (QUERY, "Query"))

    child = models.ForeignKey(Child, models.CASCADE, related_name="shortcomings")
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    rule = models.CharField(max_length=10)
    severity = models.CharField(max_length=5, choices=SEVERITIES)
    title = models.CharField(max_length=200)
    says = models.CharField(max_length=500)
    put_right = models.CharField(max_length=500)
    fields = models.JSONField(default=list)
    times = models.PositiveSmallIntegerField(default=1)
    found_on = models.DateField()
    gone_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("child", "rule"), condition=Q(gone_on=None), name="shortcoming_open_once"),
        )
        indexes = (
            models.Index(fields=("authority", "team", "found_on"), condition=Q(gone_on=None), name="shortcoming_open"),
            models.Index(fields=("child",), condition=Q(gone_on=None), name="shortcoming_by_child"),
        )

    def __str__(self) -> str:
        return self.title


class ToCheck(models.Model):
    """That a child's record has changed since the rules were asked of it."""

    child = models.OneToOneField(Child, models.CASCADE, primary_key=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "to check"

    def __str__(self) -> str:
        return "Record to check"


class RecordChecked(models.Model):
    """When the rules were last asked of an authority's record, and which."""

    authority = models.OneToOneField(Authority, models.CASCADE, primary_key=True, related_name="+")
    rules = models.CharField(max_length=100)
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "records checked"

    def __str__(self) -> str:
        return self.rules
