"""Visits: made once for brothers and sisters, with what concerns each child in a row of that child's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.access.models import User
from waypost.records.casework.models import Child
from waypost.records.pathway.models.case import OfCase, OfFamily


class Visit(OfFamily):
    """A visit, or an attempt at one. `what_happened` is of the household, and holds nothing of one child alone."""

    PURPOSES = (
        ("statutory", "Visit under the plan"),
        ("assessment", "For an assessment"),
        ("enquiry", "For a section 47 enquiry"),
        ("unannounced", "Unannounced"),
        ("support", "Support"),
        ("other", "Other"),
    )
    PLACES = (
        ("home", "Home"),
        ("school", "School or nursery"),
        ("other_home", "Another household"),
        ("other", "Other"),
    )

    visited_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="visits")
    purpose = models.CharField(max_length=11, choices=PURPOSES)
    place = models.CharField(max_length=10, choices=PLACES)
    was_announced = models.BooleanField(default=True)
    who_was_there = models.TextField(blank=True)
    home_seen = models.BooleanField(default=False)
    what_happened = models.TextField(blank=True)
    was_made = models.BooleanField(default=True)
    why_not_made = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("by", "-visited_at"), name="visit_by_worker"),
            models.Index(fields=("authority", "-visited_at"), name="visit_by_day"),
        )

    def __str__(self) -> str:
        return "Visit"


class VisitChild(OfCase):
    """What a visit says of one child."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="visits")
    on = models.DateField()
    seen = models.BooleanField()
    seen_alone = models.BooleanField(null=True, blank=True)
    bedroom_seen = models.BooleanField(null=True, blank=True)
    said = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    changed = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("visit", "child"), name="child_once_in_a_visit"),
            models.CheckConstraint(condition=Q(seen=True) | ~Q(seen_alone=True), name="seen_alone_is_seen"),
        )
        indexes = (models.Index(fields=("child", "-on"), name="visit_by_child"),)

    def __str__(self) -> str:
        return "Visit to a child"
