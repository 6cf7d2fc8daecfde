"""Documents on a child's record: what each is, who may open it, and where its file is kept."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from waypost.access.models import User
from waypost.access.recorded import Recorded
from waypost.records.casework.models.children import Child


class Document(Recorded):
    """A file that somebody put on a child's record. The file is kept by its hash; what is said of it is kept here.

    Who may open it beside the record itself is in `documents.py`. A file that was kept where nothing scans files is
    marked so, for good.
    """

    KINDS = (
        ("report", "Report"),
        ("assessment", "Assessment"),
        ("plan", "Plan"),
        ("minutes", "Minutes"),
        ("letter", "Letter or email"),
        ("legal", "Legal document"),
        ("health", "Health document"),
        ("school", "School document"),
        ("picture", "Picture"),
        ("other", "Other"),
    )
    ORDINARY, CONFIDENTIAL, THIRD_PARTY = "ordinary", "confidential", "third_party"
    SENSITIVITIES = (
        (ORDINARY, "Ordinary"),
        (CONFIDENTIAL, "Confidential"),
        (THIRD_PARTY, "About or from someone else"),
    )
    CLEAN, NOT_SCANNED = "clean", "not_scanned"
    SCANS = ((CLEAN, "Scanned, nothing found"), (NOT_SCANNED, "Not scanned"))

    child = models.ForeignKey(Child, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=KINDS)
    sensitivity = models.CharField(max_length=12, choices=SENSITIVITIES, default=ORDINARY)
    dated_on = models.DateField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="documents_added")
    added_at = models.DateTimeField()
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=11, choices=SCANS)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),)
        indexes = (models.Index(fields=("child", "-dated_on"), name="document_by_child"),)

    def __str__(self) -> str:
        return "Document"

    @property
    def child_key(self) -> uuid.UUID:
        return self.child_id
