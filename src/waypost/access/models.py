"""The people who use Waypost, the organisations they work for, the roles they hold, and the trail they leave."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from waypost.access.roles import Role, roles


class Authority(models.Model):
    """A local authority with children's services. Each is sovereign: a record belongs to one of them."""

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name_plural = "authorities"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit that several authorities share, such as one safeguarding unit for three boroughs."""

    name = models.CharField(max_length=100, unique=True)
    authorities = models.ManyToManyField(Authority, related_name="units")

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of one authority, in a service. `closed_on` is its last day."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="teams")
    service = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("authority", "name"), name="team_named_once_in_an_authority"),)
        ordering = ("authority__name", "name")

    def __str__(self) -> str:
        return f"{self.name}, {self.authority}"


class FormerTeamName(models.Model):
    """What a team was called, and of what service it was, up to a day."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="former_names")
    service = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    ended_on = models.DateField()

    class Meta:
        ordering = ("-ended_on", "-pk")

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A partner: a school, a health trust, a general practice, the police."""

    KINDS = (
        ("school", "School or college"),
        ("gp", "General practice"),
        ("health", "Health service"),
        ("police", "Police"),
        ("probation", "Probation"),
        ("housing", "Housing"),
        ("voluntary", "Voluntary organisation"),
        ("authority", "Another local authority"),
        ("other", "Other"),
    )
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=KINDS)
    secure_email = models.EmailField(blank=True)

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **given: Any) -> User:
        """An account. Without a password nobody can sign in to it."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **given)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """Someone who signs in. What they may see and do comes from the roles they hold today, and from nothing here.

    `family_name`, `home_lines` and `home_postcode` keep a worker away from the records of their own family.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    family_name = models.CharField(max_length=100, blank=True)
    home_lines = models.CharField(max_length=200, blank=True)
    home_postcode = models.CharField(max_length=8, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="users")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="email_once_in_any_case"),)

    def __str__(self) -> str:
        return self.name


class RolesHeld(models.QuerySet["RoleHeld"]):
    def on(self, day: date) -> RolesHeld:
        """Those held on a day, both ends of the time counted."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day), started_on__lte=day)


class RoleHeld(models.Model):
    """That a person holds a role for an authority or a shared unit, and in a team, from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles_held")
    role_id = models.CharField(max_length=40)
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = RolesHeld.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(authority__isnull=False, unit=None) | Q(authority=None, unit__isnull=False),
                name="role_held_for_an_authority_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="role_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role.name}, {self.authority or self.unit}"

    @property
    def role(self) -> Role:
        return roles()[self.role_id]


class Act(models.Model):
    """One line of the audit trail: who did or looked at what, about which child, when and why.

    It names rows by their kind and key, never by what is in them. Lines are added and never changed; batches of them
    are sealed (`Seal`). `child` is the key of the child's record, kept even when the record is removed.
    """

    READ, CHANGE, REFUSED, ACCESS = "read", "change", "refused", "access"
    KINDS = ((READ, "Looked"), (CHANGE, "Changed"), (REFUSED, "Refused"), (ACCESS, "Signed in or out"))

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=KINDS)
    what = models.CharField(max_length=60)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="acts")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True)
    child = models.UUIDField(null=True)
    rows = models.JSONField(default=list)
    because = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("child", "-at"), name="act_by_child"),
            models.Index(fields=("by", "-at"), name="act_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.what} at {self.at:%Y-%m-%d %H:%M}"


class Seal(models.Model):
    """A hash over a batch of acts and over the seal before it, so that a line changed or taken out later shows.

    One seal alone may follow another, so two that are made at once cannot both be kept.
    """

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    before = models.CharField(max_length=64, blank=True, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("last",)

    def __str__(self) -> str:
        return f"acts {self.first} to {self.last}"


class LookReviewed(models.Model):
    """That what someone did on a day, to one child's record or to several, was looked into and found right or not."""

    user = models.ForeignKey(User, models.PROTECT, related_name="looks_reviewed")
    child = models.UUIDField(null=True)
    day = models.DateField()
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    was_justified = models.BooleanField()
    note = models.TextField()

    class Meta:
        verbose_name_plural = "looks reviewed"
        indexes = (models.Index(fields=("day", "user"), name="look_reviewed_by_day"),)

    def __str__(self) -> str:
        return f"looks of {self.day:%Y-%m-%d}"
