"""What the kit keeps: drafts of forms."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What someone has typed into the form at an address and not sent yet. One for each person and address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    address = models.CharField(max_length=200)
    typed = models.TextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "address"), name="one_draft_of_a_form"),)

    def __str__(self) -> str:
        return f"draft of {self.saved_at:%Y-%m-%d %H:%M}"
