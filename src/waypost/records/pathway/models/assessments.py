"""Assessments: initial, core, single and pre-birth, each under the rules of its day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Agency, Team, User
from waypost.records.casework.models import Child
from waypost.records.pathway.models.case import Decided, OfCase
from waypost.records.pathway.models.front_door import Referral


class Assessment(OfCase, Decided):
    """An assessment of one child. It is written by `author`, and finished when a manager authorises it.

    `decision` is its outcome, a decision of the step "assessment". `form_version` is of the form it was written on.
    """

    INITIAL, CORE, SINGLE, PRE_BIRTH = "initial", "core", "single", "pre_birth"
    KINDS = (
        (INITIAL, "Initial assessment"),
        (CORE, "Core assessment"),
        (SINGLE, "Child and family assessment"),
        (PRE_BIRTH, "Pre-birth assessment"),
    )

    child = models.ForeignKey(Child, models.PROTECT, related_name="assessments")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=9, choices=KINDS)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="assessments")
    started_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)
    spoken_to_alone = models.BooleanField(null=True, blank=True)
    why_not_seen = models.TextField(blank=True)
    wishes_and_feelings = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    mothers_capacity = models.TextField(blank=True)
    fathers_capacity = models.TextField(blank=True)
    why_father_not_assessed = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    what_must_change = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    factors = models.JSONField(default=list, blank=True)
    is_young_carer = models.BooleanField(null=True, blank=True)
    household_work = models.TextField(blank=True)
    done_with = models.TextField(blank=True)
    form_version = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True, blank=True)
    authorised_on = models.DateField(null=True, blank=True)
    authorised_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Decided.Meta):
        constraints = (
            *Decided.Meta.constraints,
            models.CheckConstraint(
                condition=Q(authorised_on=None) | Q(authorised_on__gte=F("started_on")),
                name="assessment_ends_after_it_starts",
            ),
        )
        indexes = (
            models.Index(fields=("child", "-started_on"), name="assessment_by_child"),
            models.Index(fields=("author", "authorised_on"), name="assessment_by_author"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        return self.authorised_on is None


class Consulted(OfCase):
    """Somebody who was asked for an assessment: a relative or an agency, when, and what they said."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="consulted")
    who = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    said = models.TextField()

    class Meta:
        verbose_name_plural = "consulted"

    def __str__(self) -> str:
        return "Consulted"
