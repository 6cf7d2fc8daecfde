"""Strategy discussions and section 47 enquiries."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Agency, User
from waypost.access.recorded import Recorded
from waypost.records.casework.models import Child
from waypost.records.pathway.models.assessments import Assessment
from waypost.records.pathway.models.case import Decided, OfCase, OfFamily
from waypost.records.pathway.models.front_door import Referral

LATE_REASONS = (
    ("partner_dates", "Agencies could not come sooner"),
    ("family_dates", "The family could not come sooner"),
    ("assessment", "The assessment was not finished"),
    ("enquiry", "The enquiry was not finished"),
    ("staff", "Illness or absence of staff"),
    ("term", "School holidays"),
    ("interpreter", "No interpreter was free"),
    ("moved", "The family moved"),
    ("request_late", "The conference was asked for late"),
    ("other", "Other"),
)


class StrategyDiscussion(OfFamily):
    """A discussion of several agencies about one child or several. Each child has a decision of its own."""

    KINDS = (("discussion", "By telephone"), ("meeting", "Meeting"), ("online", "Online meeting"))
    SENIORITIES = (
        ("team_manager", "Team manager"),
        ("service_manager", "Service manager"),
        ("head_of_service", "Head of service"),
        ("practice_manager", "Practice or assistant team manager"),
        ("other", "Other"),
    )

    SENIOR_ENOUGH = frozenset({"team_manager", "service_manager", "head_of_service"})
    """A discussion that decides on an enquiry is held by a team manager or somebody above one."""

    needed_on = models.DateField(null=True, blank=True)
    held_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=KINDS)
    chair = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    seniority = models.CharField(max_length=20, choices=SENIORITIES)
    shared = models.TextField()
    actions = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("authority", "-held_at"), name="strategy_by_day"),)

    def __str__(self) -> str:
        return "Strategy discussion"

    @property
    def is_senior_enough(self) -> bool:
        return self.seniority in self.SENIOR_ENOUGH


class StrategyParticipant(Recorded):
    """An agency that was asked to take part, who came for it, and what it brought."""

    discussion = models.ForeignKey(StrategyDiscussion, models.PROTECT, related_name="participants")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(max_length=10, choices=Agency.KINDS)
    who = models.CharField(max_length=150, blank=True)
    took_part = models.BooleanField(default=True)

    def __str__(self) -> str:
        return "Taking part in a strategy discussion"


class StrategyChild(OfCase, Decided):
    """What a strategy discussion decided for one child, and on what ground.

    `is_joint` says that the enquiry it decides on is made with the police.
    """

    discussion = models.ForeignKey(StrategyDiscussion, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="strategy_discussions")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="strategy_discussions")
    reasonable_cause = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    is_joint = models.BooleanField(null=True, blank=True)

    class Meta(Decided.Meta):
        constraints = (
            *Decided.Meta.constraints,
            models.UniqueConstraint(fields=("discussion", "child"), name="child_discussed_once"),
        )

    def __str__(self) -> str:
        return "Strategy discussion of a child"


class Enquiry(OfCase, Decided):
    """A section 47 enquiry about one child. `decision` is its outcome, agreed by a manager from `ended_on` on.

    `started_on` is the day of the strategy discussion that began it. `conference_target_on` is the limit for the
    initial conference as it stood when the enquiry began, which the census asks for. `took_part` are the kinds of
    agency that worked on it.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="enquiries")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="enquiries")
    strategy = models.ForeignKey(StrategyChild, models.PROTECT, null=True, blank=True, related_name="enquiries")
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, blank=True, related_name="enquiries")
    worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_on = models.DateField()
    conference_target_on = models.DateField(null=True, blank=True)
    is_joint = models.BooleanField(default=False)
    seen_on = models.DateField(null=True, blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)
    findings = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    took_part = models.JSONField(default=list, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    authorised_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Decided.Meta):
        verbose_name_plural = "enquiries"
        constraints = (
            *Decided.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="enquiry_ends_after_it_starts"
            ),
        )
        indexes = (models.Index(fields=("child", "-started_on"), name="enquiry_by_child"),)

    def __str__(self) -> str:
        return "Section 47 enquiry"

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class Medical(OfCase):
    """A child protection medical: asked for, held, and its report received."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="medicals")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, blank=True, related_name="medicals")
    asked_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(held_on__gte=F("asked_on")), name="medical_held_after_it_was_asked_for"
            ),
        )

    def __str__(self) -> str:
        return "Child protection medical"


class CriminalMatter(OfCase):
    """Police and court facts that matter to the child: an interview, a charge, a court date, support as a witness."""

    KINDS = (
        ("interview", "Interview of the child by police"),
        ("arrest", "Arrest"),
        ("charge", "Charge"),
        ("court", "Court date"),
        ("witness", "The child is a witness"),
        ("no_action", "Police take no further action"),
        ("other", "Other"),
    )

    child = models.ForeignKey(Child, models.PROTECT, related_name="criminal_matters")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, blank=True, related_name="criminal_matters")
    kind = models.CharField(max_length=10, choices=KINDS)
    on = models.DateField()
    what = models.TextField()
    support = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()
