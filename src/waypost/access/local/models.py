"""The settings of authorities."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.access.models import Authority, User
from waypost.access.recorded import Recorded
from waypost.domain.local import Row


class Setting(Recorded):
    """One thing that an authority settled, from a day on.

    `about` says which timescale, indicator, year or name it is of; without a `value` it ends what held before it. One
    that was a mistake is withdrawn, and stays with its history.
    """

    KINDS = (
        ("limit", "Limit"),
        ("switch", "Change of regime"),
        ("counting", "How days are counted"),
        ("target", "Target"),
        ("bands", "Bands"),
        ("publication", "Publication rule"),
        ("population", "Population"),
        ("name", "Name"),
    )

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="settings")
    kind = models.CharField(max_length=12, choices=KINDS)
    about = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    value = models.JSONField(default=dict, blank=True)
    because = models.TextField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="settings_made")
    set_at = models.DateTimeField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "kind", "about", "from_on"),
                condition=Q(is_withdrawn=False),
                name="setting_once_from_a_day",
            ),
        )
        indexes = (models.Index(fields=("authority", "kind", "from_on"), name="setting_by_authority"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.from_on:%Y-%m-%d}"

    @property
    def row(self) -> Row:
        """As the domain reads it."""
        return Row(self.kind, self.about, self.from_on, self.value)  # type: ignore[arg-type]
