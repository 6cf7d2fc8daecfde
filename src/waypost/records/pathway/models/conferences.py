"""Child protection conferences as facts of the pathway: asked for, held, and what was decided for each child."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.access.models import User
from waypost.domain.codes import CATEGORIES
from waypost.records.casework.models import Child
from waypost.records.pathway.models.case import Decided, OfCase, OfFamily
from waypost.records.pathway.models.enquiries import LATE_REASONS, Enquiry
from waypost.records.pathway.models.front_door import Referral

CATEGORY_WORDS = (
    ("NEG", "Neglect"),
    ("EMO", "Emotional abuse"),
    ("PHY", "Physical abuse"),
    ("SAB", "Sexual abuse"),
    ("MUL", "More than one category"),
)
if {code for code, _ in CATEGORY_WORDS} != set(CATEGORIES):
    raise ValueError("the categories of a plan are not those of the census")


class Conference(OfFamily):
    """A conference about one child or several, from the request for it on. It has been held when `held_on` is given."""

    INITIAL, REVIEW, TRANSFER_IN, PRE_BIRTH = "initial", "review", "transfer_in", "pre_birth"
    KINDS = (
        (INITIAL, "Initial conference"),
        (PRE_BIRTH, "Pre-birth conference"),
        (TRANSFER_IN, "Transfer-in conference"),
        (REVIEW, "Review conference"),
    )

    kind = models.CharField(max_length=11, choices=KINDS)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    planned_on = models.DateField(null=True, blank=True)
    chair = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    why_cancelled = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(cancelled_on=None), name="conference_held_or_cancelled"
            ),
        )
        indexes = (models.Index(fields=("authority", "held_on"), name="conference_by_day"),)

    def __str__(self) -> str:
        return self.get_kind_display()


class ConferenceChild(OfCase, Decided):
    """A child for whom a conference is asked, and its decision for that child.

    `decision` is one of the step "initial_conference" or "review_conference". `late_reason` says why the conference was
    held after its limit.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="conferences")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="conferences")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, blank=True, related_name="conferences")
    plan = models.ForeignKey(
        "pathway.ProtectionPlan", models.PROTECT, null=True, blank=True, related_name="conferences"
    )
    category = models.CharField(max_length=3, choices=CATEGORY_WORDS, blank=True)
    late_reason = models.CharField(max_length=13, choices=LATE_REASONS, blank=True)

    class Meta(Decided.Meta):
        constraints = (
            *Decided.Meta.constraints,
            models.UniqueConstraint(fields=("conference", "child"), name="child_once_in_a_conference"),
        )
        indexes = (models.Index(fields=("child", "conference"), name="conference_by_child"),)

    def __str__(self) -> str:
        return "Conference about a child"
