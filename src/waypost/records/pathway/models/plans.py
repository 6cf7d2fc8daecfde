"""Plans: for a child in need, and for a child who must be protected, with their actions, core groups and meetings."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Agency, User
from waypost.records.casework.models import Child, Person
from waypost.records.casework.models.dated import Dated
from waypost.records.pathway.models.case import OfCase, OfFamily
from waypost.records.pathway.models.conferences import CATEGORY_WORDS, Conference
from waypost.records.pathway.models.front_door import Referral
from waypost.records.pathway.models.visits import Visit

_ENDS = models.CheckConstraint(
    condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="%(class)s_ends_after_it_starts"
)


VISIT_DAYS = (("calendar_day", "Days"), ("working_day", "Working days"))
"""How the days between visits are counted. Two weeks and 10 working days differ around bank holidays."""


class CinPlan(OfCase):
    """A child in need plan, with how often the child is to be visited. `ended_by` is a decision of its step."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="cin_plans")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="cin_plans")
    lead_worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_on = models.DateField()
    aims = models.TextField(blank=True)
    visit_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    visit_days = models.CharField(max_length=12, choices=VISIT_DAYS, default="calendar_day")
    is_step_down = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=30, blank=True)
    why_ended = models.TextField(blank=True)

    class Meta:
        constraints = (
            _ENDS,
            models.UniqueConstraint(fields=("child",), condition=Q(ended_on=None), name="one_open_cin_plan_a_child"),
        )
        indexes = (models.Index(fields=("child", "-started_on"), name="cin_plan_by_child"),)

    def __str__(self) -> str:
        return "Child in need plan"


class CinReview(OfCase):
    """A review of a child in need plan."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    plan = models.ForeignKey(CinPlan, models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    says = models.TextField()
    next_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return "Review of a child in need plan"


class ProtectionPlan(OfCase):
    """A child protection plan. `ended_by` is a decision of its step.

    A temporary plan is another authority's, for a child who stays here for a time: it is no plan of ours, and is
    counted in no figure. `previous_elsewhere` are plans before this one that no record here holds.
    """

    REPEAT_REASONS = (
        ("domestic_abuse", "Domestic abuse again"),
        ("neglect", "Neglect again"),
        ("substance", "Drugs or alcohol again"),
        ("mental_health", "A parent's mental health"),
        ("rehoused", "The family came back after being rehoused"),
        ("proceedings", "The child came home after proceedings"),
        ("new_partner", "A new partner in the household"),
        ("new_baby", "A new baby"),
        ("ended_early", "The plan before it ended too early"),
        ("other", "Other"),
    )
    LONG_REASONS = (
        ("new_household", "The household changed"),
        ("improving", "Neglect that is getting better slowly"),
        ("mental_health", "A parent's mental health"),
        ("proceedings", "Proceedings are under way"),
        ("new_baby", "A new baby"),
        ("other", "Other"),
    )

    child = models.ForeignKey(Child, models.PROTECT, related_name="protection_plans")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="protection_plans")
    started_on = models.DateField()
    is_temporary = models.BooleanField(default=False)
    other_authority = models.CharField(max_length=100, blank=True)
    previous_elsewhere = models.PositiveSmallIntegerField(default=0)
    repeat_reason = models.CharField(max_length=14, choices=REPEAT_REASONS, blank=True)
    long_reason = models.CharField(max_length=14, choices=LONG_REASONS, blank=True)
    visit_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    visit_days = models.CharField(max_length=12, choices=VISIT_DAYS, default="calendar_day")
    worried_since = models.DateField(null=True, blank=True)
    danger = models.TextField(blank=True)
    contingency = models.TextField(blank=True)
    contingency_by = models.DateField(null=True, blank=True)
    is_refused_by_parents = models.BooleanField(default=False)
    early_help_before = models.BooleanField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=30, blank=True)
    why_ended = models.TextField(blank=True)

    class Meta:
        constraints = (
            _ENDS,
            models.UniqueConstraint(
                fields=("child",), condition=Q(ended_on=None), name="one_open_protection_plan_a_child"
            ),
        )
        indexes = (
            models.Index(fields=("child", "-started_on"), name="plan_by_child"),
            models.Index(fields=("ended_on", "started_on"), name="plan_by_day"),
        )

    def __str__(self) -> str:
        return "Child protection plan"

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class OfPlan(Dated):
    """A dated fact of a protection plan."""

    plan: models.ForeignKey[ProtectionPlan, ProtectionPlan]

    class Meta(Dated.Meta):
        abstract = True

    @property
    def child_key(self) -> uuid.UUID:
        return self.plan.child_id


class PlanCategory(OfPlan):
    """The category of a plan, from one day to another. The first is the initial category, the last the latest."""

    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, related_name="categories")
    category = models.CharField(max_length=3, choices=CATEGORY_WORDS)

    class Meta(OfPlan.Meta):
        verbose_name_plural = "plan categories"

    def __str__(self) -> str:
        return self.get_category_display()


class KeyWorker(OfPlan):
    """The social worker who is the key worker of a plan."""

    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, related_name="key_workers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return "Key worker"


class CoreGroupMember(OfPlan):
    """Somebody in the core group: of the family, of an agency, or the key worker. `tasks` is what they agreed to do."""

    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, related_name="core_group")
    name = models.CharField(max_length=150)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    tasks = models.TextField(blank=True)

    def __str__(self) -> str:
        return "Member of the core group"


class PlanAction(OfPlan):
    """One thing to be done under a plan: the risk, what will be different, who does what by when, how it is known.

    `started_on` is when it was agreed and `ended_on` when it was done or dropped.
    """

    OWNERS = (("family", "The family"), ("worker", "The social worker"), ("agency", "Another agency"))
    STATES = (("open", "Not done yet"), ("done", "Done"), ("dropped", "No longer needed"))

    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, related_name="actions")
    risk = models.TextField()
    outcome = models.TextField()
    action = models.TextField()
    owner = models.CharField(max_length=150)
    owner_kind = models.CharField(max_length=6, choices=OWNERS)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    measure = models.TextField()
    state = models.CharField(max_length=7, choices=STATES, default="open")

    def __str__(self) -> str:
        return "Action of a plan"


class CoreGroup(OfFamily):
    """A meeting of the core group of one child or of brothers and sisters."""

    held_on = models.DateField()
    where = models.CharField(max_length=150, blank=True)
    notes = models.TextField(blank=True)
    held_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("authority", "-held_on"), name="core_group_by_day"),)

    def __str__(self) -> str:
        return "Core group"


class CoreGroupChild(OfCase):
    """What a core group says of one child's plan, and what it changed in it."""

    core_group = models.ForeignKey(CoreGroup, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="core_groups")
    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, related_name="core_groups")
    progress = models.TextField(blank=True)
    changes = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("core_group", "plan"), name="plan_once_in_a_core_group"),)

    def __str__(self) -> str:
        return "Core group of a child"


class CoreGroupAttendance(OfPlan):
    """Whether a member came to a core group; its day is the meeting's."""

    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, related_name="+")
    core_group = models.ForeignKey(CoreGroup, models.PROTECT, related_name="attendance")
    member = models.ForeignKey(CoreGroupMember, models.PROTECT, related_name="attendance")
    came = models.BooleanField()
    sent_word = models.BooleanField(default=False)

    class Meta(OfPlan.Meta):
        verbose_name_plural = "core group attendance"

    def __str__(self) -> str:
        return "Attendance at a core group"


class ActionProgress(OfPlan):
    """How an action is going, as said at a core group, a conference or a visit."""

    HOW = (
        ("done", "Done"),
        ("on_track", "On track"),
        ("slow", "Slower than agreed"),
        ("not_begun", "Not begun"),
        ("changed", "Changed"),
    )

    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, related_name="+")
    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="progress")
    core_group = models.ForeignKey(CoreGroup, models.PROTECT, null=True, blank=True, related_name="+")
    conference = models.ForeignKey(Conference, models.PROTECT, null=True, blank=True, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="progress")
    on = models.DateField()
    how = models.CharField(max_length=9, choices=HOW)
    says = models.TextField(blank=True)

    class Meta(OfPlan.Meta):
        verbose_name_plural = "progress of actions"

    def __str__(self) -> str:
        return self.get_how_display()


class Goal(OfCase):
    """Something that the family reached, or a difference that was made to the child's life, and how it is known."""

    KINDS = (("goal", "Goal reached by the family"), ("difference", "Difference made for the child"))

    child = models.ForeignKey(Child, models.PROTECT, related_name="goals")
    kind = models.CharField(max_length=10, choices=KINDS)
    on = models.DateField()
    what = models.TextField()
    how_known = models.TextField()

    def __str__(self) -> str:
        return self.get_kind_display()


class FamilyMeeting(OfFamily):
    """A family group conference, a team around the child, or another family meeting."""

    KINDS = (
        ("fgc", "Family group conference"),
        ("tac", "Team around the child"),
        ("network", "Family network meeting"),
        ("agreement", "Written agreement"),
    )

    kind = models.CharField(max_length=9, choices=KINDS)
    referred_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    who_came = models.TextField(blank=True)
    shared_with = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    carers_found = models.BooleanField(null=True, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class FamilyMeetingChild(OfCase):
    """A child whom a family meeting is about."""

    meeting = models.ForeignKey(FamilyMeeting, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="family_meetings")

    def __str__(self) -> str:
        return "Family meeting of a child"


class Transfer(OfCase):
    """A move of a child with a plan into the area or out of it.

    `notified_on` starts the clock of a transfer in. The sending authority keeps the plan until `accepted_on`.
    """

    IN, OUT = "in", "out"
    DIRECTIONS = ((IN, "Into our area"), (OUT, "Out of our area"))

    child = models.ForeignKey(Child, models.PROTECT, related_name="transfers")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="transfers")
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    other_authority = models.CharField(max_length=100)
    is_permanent = models.BooleanField(null=True, blank=True)
    notified_on = models.DateField()
    category = models.CharField(max_length=3, choices=CATEGORY_WORDS, blank=True)
    plan_started_on = models.DateField(null=True, blank=True)
    conference = models.ForeignKey(Conference, models.PROTECT, null=True, blank=True, related_name="transfers")
    plan = models.ForeignKey(ProtectionPlan, models.PROTECT, null=True, blank=True, related_name="transfers")
    accepted_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("child", "-notified_on"), name="transfer_by_child"),)

    def __str__(self) -> str:
        return f"Transfer, {self.get_direction_display().lower()}"
