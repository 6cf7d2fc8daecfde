"""What every row of a record is: known by a key that says nothing, versioned, kept in history, changed by actions only.

History holds each version whole, with who made it, when, why, and the key of its line in the audit trail, so that any
record can be shown as it was known on a date.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import F
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from waypost.access.acting import OutsideAction, doing

M = TypeVar("M", bound="Recorded", covariant=True)


class ChangedSince(Exception):
    """Someone else has saved this record since it was opened. `now` is the record as they left it."""

    def __init__(self, now: Recorded) -> None:
        super().__init__("the record was changed by someone else while it was open")
        self.now = now


class RecordedQuerySet(models.QuerySet[M]):
    """Questions of records. The ways round history that a query has are closed."""

    def _closed(self, *_: Any, **__: Any) -> NoReturn:
        raise OutsideAction(f"{self.model._meta.label} rows are saved one by one, so that each has its history")

    update = _closed
    delete = _closed
    bulk_create = _closed
    bulk_update = _closed
    _raw_delete = _closed


class InHistory(models.Model):
    """What a row of history has beside the record: the key of its line in the audit trail."""

    act = models.UUIDField(null=True)

    class Meta:
        abstract = True


def _user_acting(**_: Any) -> Any:
    return doing().by.user


class Recorded(models.Model):
    """A row of a record. `version` goes up by one with each save."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = RecordedQuerySet.as_manager()
    history = HistoricalRecords(inherit=True, bases=[InHistory], get_user=_user_acting)

    class Meta:
        abstract = True

    @property
    def child_key(self) -> uuid.UUID | None:
        """Whose record this row is in, for the audit trail."""
        return None

    def as_opened(self, version: int) -> Self:
        """The record as the person who now saves it had opened it, so that the save can tell if it has moved on."""
        self.version = version
        return self

    def save(self, *given: Any, **named: Any) -> None:
        """
        Raises:
            OutsideAction: no action is under way.
            ChangedSince: someone else has saved the row since it was read.
        """
        act = doing()
        if not self._state.adding:
            known = type(self)._base_manager.filter(pk=self.pk)
            if not known.filter(version=self.version).update(version=F("version") + 1):
                raise ChangedSince(known.get())
        self.version += 1
        super().save(*given, **named)
        act.changed(self, self.child_key)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise OutsideAction("records are not deleted; an amendment ends them, and retention removes them by class")


@receiver(pre_create_historical_record)
def _sign(sender: type, history_instance: Any, **_: Any) -> None:
    """Each row of history is of the moment of its action, and carries its reason and its line's key."""
    act = doing()
    history_instance.act = act.key
    history_instance.history_date = act.at
    history_instance.history_change_reason = act.because[:100] or act.what
