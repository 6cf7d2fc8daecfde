"""What was found in a return, where somebody asked for it to be kept."""

from __future__ import annotations

from django.db import models

from waypost.access.models import Authority, User
from waypost.access.recorded import Recorded


class KeptCheck(Recorded):
    """What the rules of one collection found in one file. Neither the file nor anything of a child is in it.

    `rules` has each rule that found something: its code, title and severity, and how many issues and children it found.
    `sha256` tells whether two results are of one file.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    collection = models.CharField(max_length=7)
    sha256 = models.CharField(max_length=64)
    children = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    queries = models.PositiveIntegerField()
    rules = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("authority", "-kept_at"), name="kept_check_by_day"),)

    def __str__(self) -> str:
        return f"{self.name} {self.collection}"
