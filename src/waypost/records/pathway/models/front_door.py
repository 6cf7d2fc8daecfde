"""The front door: contacts, referrals, early help, and what is asked of and by others."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Agency, Team, User
from waypost.domain.codes import CODE_LISTS
from waypost.records.casework.models import Child
from waypost.records.pathway.models.case import Decided, OfCase, OfFamily

SOURCES = tuple(CODE_LISTS["referral_source"].items())
NEEDS = tuple(CODE_LISTS["primary_need"].items())
CLOSURES = tuple(CODE_LISTS["reason_for_closure"].items())
HOW_TOLD = (("letter", "Letter"), ("email", "Secure email"), ("phone", "Telephone"), ("meeting", "Face to face"))
LEVELS = (
    (1, "Level 1: universal services meet the need"),
    (2, "Level 2: early help"),
    (3, "Level 3: a child in need"),
    (4, "Level 4: likely to suffer significant harm"),
)
"""The levels of the published threshold statement, by which a decision says how serious it took things to be."""


class Contact(OfFamily):
    """Something that somebody told the service about one child or several, as it came in."""

    HOW = (
        ("phone", "Telephone"),
        ("form", "Online form"),
        ("email", "Email"),
        ("notice", "Police notification"),
        ("visit", "In person"),
        ("letter", "Letter"),
    )
    REASONS = (
        ("domestic_abuse", "Domestic abuse"),
        ("neglect", "Neglect"),
        ("physical", "Physical harm"),
        ("sexual", "Sexual harm"),
        ("emotional", "Emotional harm"),
        ("parenting", "Parenting capacity"),
        ("substance", "Drugs or alcohol of a parent"),
        ("mental_health", "Mental health of a parent"),
        ("behaviour", "The child's behaviour"),
        ("offending", "Offending"),
        ("exploitation", "Exploitation"),
        ("missing", "Missing from home or school"),
        ("housing", "Housing or money"),
        ("disability", "Disability or illness"),
        ("unborn", "Worry about a child not born yet"),
        ("information", "Asks for information"),
        ("other", "Other"),
    )

    received_at = models.DateTimeField()
    is_out_of_hours = models.BooleanField(default=False)
    how = models.CharField(max_length=10, choices=HOW)
    source = models.CharField(max_length=2, choices=SOURCES)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    referrer = models.CharField(max_length=150, blank=True)
    referrer_reached = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=20, choices=REASONS)
    account = models.TextField()
    tried_before = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("authority", "-received_at"), name="contact_by_day"),)

    def __str__(self) -> str:
        return "Contact"


class ContactChild(OfCase, Decided):
    """A child who is named in a contact, and what was decided for that child."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="contacts")
    level = models.PositiveSmallIntegerField(null=True, blank=True, choices=LEVELS)
    told_at = models.DateTimeField(null=True, blank=True)
    told_how = models.CharField(max_length=10, choices=HOW_TOLD, blank=True)
    told_what = models.TextField(blank=True)

    class Meta(Decided.Meta):
        constraints = (
            *Decided.Meta.constraints,
            models.UniqueConstraint(fields=("contact", "child"), name="child_named_once_in_a_contact"),
        )
        indexes = (
            models.Index(fields=("child", "contact"), name="contact_by_child"),
            models.Index(fields=("decision",), condition=Q(decision=""), name="contact_undecided"),
            models.Index(
                fields=("decided_at",), condition=Q(told_at=None, decided_at__isnull=False), name="contact_untold"
            ),
        )

    def __str__(self) -> str:
        return "Contact about a child"


class Referral(OfCase, Decided):
    """A request for a service for a child, and the episode of need that it opens. `closed_on` ends the episode."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="referrals")
    contact = models.ForeignKey(ContactChild, models.PROTECT, null=True, blank=True, related_name="referrals")
    stepped_up_from = models.ForeignKey(
        "pathway.EarlyHelp", models.PROTECT, null=True, blank=True, related_name="stepped_up_to"
    )
    received_at = models.DateTimeField()
    received_on = models.DateField()
    source = models.CharField(max_length=2, choices=SOURCES)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    need = models.CharField(max_length=2, choices=NEEDS, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True, choices=LEVELS)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="referrals")
    is_pilot = models.BooleanField(default=False)
    responded_on = models.DateField(null=True, blank=True)
    why_not_assessed = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=3, choices=CLOSURES, blank=True)

    class Meta(Decided.Meta):
        constraints = (
            *Decided.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("received_on")), name="referral_closes_after_it_comes"
            ),
            models.UniqueConstraint(fields=("child",), condition=Q(closed_on=None), name="one_open_referral_a_child"),
        )
        indexes = (
            models.Index(fields=("child", "-received_on"), name="referral_by_child"),
            models.Index(fields=("team", "-received_on"), name="referral_by_team"),
            models.Index(fields=("-received_on",), name="referral_by_day"),
        )

    def __str__(self) -> str:
        return "Referral"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class EarlyHelp(OfCase):
    """Help for a child's family outside the statutory service. `criteria` are the entry criteria that it meets."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="early_help")
    contact = models.ForeignKey(ContactChild, models.PROTECT, null=True, blank=True, related_name="early_help")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="early_help")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    lead_worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    locality = models.CharField(max_length=60, blank=True)
    criteria = models.JSONField(default=list, blank=True)
    plan = models.TextField(blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=30, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "early help"
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="early_help_ends_after_it_opens"
            ),
        )
        indexes = (
            models.Index(fields=("child", "-opened_on"), name="early_help_by_child"),
            models.Index(fields=("locality", "opened_on"), condition=Q(closed_on=None), name="early_help_open"),
        )

    def __str__(self) -> str:
        return "Early help"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class EmergencyAction(OfCase):
    """What was done at once where the risk was immediate: under which power, when, and who decided."""

    POWERS = (
        ("police_protection", "Police protection, section 46"),
        ("epo", "Emergency protection order, section 44"),
        ("section20", "Accommodation agreed with the parents, section 20"),
        ("agreement", "Agreed with the family, no power used"),
        ("other", "Other"),
    )

    child = models.ForeignKey(Child, models.PROTECT, related_name="emergency_actions")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    power = models.CharField(max_length=20, choices=POWERS)
    what = models.TextField()
    outcome = models.TextField(blank=True)
    decided_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.get_power_display()


class InformationRequest(OfCase):
    """A question put to an agency, or by one. `power` is the law relied on where somebody must answer."""

    OURS, THEIRS = "ours", "theirs"
    DIRECTIONS = ((OURS, "We ask"), (THEIRS, "They ask"))
    POWERS = (("", "None"), ("section47", "Section 47 (duty to help with enquiries)"), ("section10", "Section 10"),
              ("section27", "Section 27"), ("board", "Safeguarding board's power to ask"))  # fmt: skip

    child = models.ForeignKey(Child, models.PROTECT, related_name="information_requests")
    direction = models.CharField(max_length=6, choices=DIRECTIONS)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    who = models.CharField(max_length=150)
    what = models.TextField()
    power = models.CharField(max_length=10, choices=POWERS, blank=True)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")), name="answered_after_it_was_asked"
            ),
        )
        indexes = (models.Index(fields=("child", "-asked_on"), name="information_by_child"),)

    def __str__(self) -> str:
        return "Request for information"
