"""Joins two records of one person, and takes them apart again (docs/adr/0021-joining-is-a-list-of-values.md).

Every row that points to the record that goes comes to point to the one that is kept, whatever table it is in: the
tables are found by what they point to, so those of rooms built later move too. Each value that changes is written down
in the `Merge`, and to undo it is to put each of those back.
"""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.recorded import Recorded
from waypost.access.rules import Decision
from waypost.records.casework.models import Child, Merge, NotTheSame, Person
from waypost.records.casework.rules import Pair, may_merge, may_undo_merge

FILLED = (
    "born_on", "expected_on", "died_on", "ethnicity", "religion", "language", "needs_interpreter", "disabilities",
)  # fmt: skip
"""Facts of the person themself that the kept record takes from the other where it has none of its own."""

STAY = (Merge, NotTheSame)
"""Rows about the joining itself, which go on naming the records that they were about."""

Moved = list[dict[str, Any]]


@cache
def pointers(to: type[models.Model]) -> tuple[tuple[type[Recorded], models.ForeignKey[Any, Any]], ...]:
    """Every field of a record that points to people, or to children."""
    found: list[tuple[type[Recorded], models.ForeignKey[Any, Any]]] = []
    for model in apps.get_models():
        if issubclass(model, Recorded) and model not in STAY:
            fields = (each for each in model._meta.concrete_fields if each.related_model is to)
            found += [(model, each) for each in fields if isinstance(each, models.ForeignKey)]
    return tuple(found)


@action("join two records", may=may_merge)
def merge(pair: Pair, *, because: str, by: Actor) -> Merge:
    """What is recorded of the one that goes passes to the one that is kept, which is known by both from now on.

    Raises:
        ValidationError: one of them has been joined to another since, or both have work open that a child has one of.
    """
    kept, gone = (Person.objects.select_for_update().get(pk=each.pk) for each in (pair.kept, pair.gone))
    if kept.merged_into_id or gone.merged_into_id:
        raise ValidationError("One of these records has been joined to another already.")
    moved: Moved = []
    _fill(kept, gone, moved)
    _move_record(kept, gone, moved)
    _move_all(Person, gone.pk, kept.pk, moved)
    _set(gone, {"merged_into": kept.pk}, moved)
    joined = Merge(kept=kept, gone=gone, because=because, joined_at=timezone.now(), joined_by=by.user, moved=moved)
    joined.save()
    return joined


def _may_undo(by: Actor, joined: Merge) -> Decision:
    return may_undo_merge(by, Pair(joined.kept, joined.gone))


@action("take two records apart", may=_may_undo)
def undo(joined: Merge, *, because: str, by: Actor) -> Merge:
    """Puts each value back that the joining changed and nobody has changed since. What was added since stays."""
    for each in reversed(joined.moved):
        row = apps.get_model(each["model"])._base_manager.get(pk=each["key"])
        field = row._meta.get_field(each["field"])
        if getattr(row, field.attname) == field.to_python(each["to"]):
            setattr(row, field.attname, field.to_python(each["from"]))
            row.save()
    joined.undone_at, joined.undone_because = timezone.now(), because
    joined.save()
    return joined


@action("tell two people apart", may=may_merge)
def tell_apart(pair: Pair, *, because: str, by: Actor) -> NotTheSame:
    """Says that two people who are alike are two, so that they are not shown as likely duplicates again."""
    one, other = sorted((pair.kept, pair.gone), key=lambda person: person.pk)
    said = NotTheSame.objects.filter(one=one, other=other).first() or NotTheSame(one=one, other=other)
    said.because = because
    said.save()
    return said


def _fill(kept: Person, gone: Person, moved: Moved) -> None:
    """What the kept record does not say of the person, it takes from the other. What both say stays as it is."""
    known = {name: getattr(gone, name) for name in fillable(kept, gone)}
    if known:
        _set(kept, known, moved)


def fillable(kept: Person, gone: Person) -> list[str]:
    """The facts that a kept record would take from the other."""
    taken = [name for name in FILLED if _is_empty(getattr(kept, name)) and not _is_empty(getattr(gone, name))]
    # A child who is born is not expected too, and somebody who died before a birth would be two people.
    if kept.born_on and "expected_on" in taken:
        taken.remove("expected_on")
    born_on, died_on = kept.born_on or gone.born_on, kept.died_on or gone.died_on
    if born_on and died_on and died_on < born_on:
        taken = [name for name in taken if name not in ("born_on", "died_on")]
    if kept.sex == "unknown" and gone.sex != "unknown":
        taken.append("sex")
    return taken


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [])


def _move_record(kept: Person, gone: Person, moved: Moved) -> None:
    """Where both are children of the service, the rows of the one record pass to the other's.

    Where only the one that goes is, its record passes whole, as a row that points to a person.
    """
    of_kept, of_gone = (Child.objects.filter(person=each).first() for each in (kept, gone))
    if of_kept is None or of_gone is None:
        return
    if of_gone.is_sealed and not of_kept.is_sealed:
        _set(of_kept, {"is_sealed": True}, moved)
    _move_all(Child, of_gone.pk, of_kept.pk, moved)


def _move_all(to: type[models.Model], gone: uuid.UUID, kept: uuid.UUID, moved: Moved) -> None:
    for model, field in pointers(to):
        for row in model._base_manager.filter(**{field.attname: gone}).order_by("pk"):
            if _may_point_to(kept, row, field):
                _set(row, {field.name: kept}, moved)
            elif to is Child:
                _refuse_open_work(row)


def _refuse_open_work(row: Recorded) -> None:
    """Work that a child has one of at a time is never left behind on a record that nobody opens any more.

    Raises:
        ValidationError: both records have such work open.
    """
    for rule in row._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and tuple(rule.fields) == ("child",):
            name = row._meta.verbose_name
            raise ValidationError(f"Both records have an open {name}. End or close one of them first, then join them.")


def _may_point_to(kept: uuid.UUID, row: Recorded, field: models.Field[Any, Any]) -> bool:
    """Whether a row can pass to the kept record. What may be there once and is there already stays where it was.

    So does a tie between the two records, which would make somebody a relative of themself.
    """
    before = getattr(row, field.attname)
    setattr(row, field.attname, kept)
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return False
    finally:
        setattr(row, field.attname, before)
    return True


def _set(row: Recorded, values: dict[str, Any], moved: Moved) -> None:
    """Changes values of a row and writes each down with what it was."""
    for name, value in values.items():
        field: Any = row._meta.get_field(name)
        before = getattr(row, field.attname)
        moved.append({"model": row._meta.label_lower, "key": str(row.pk), "field": name, "from": before, "to": value})
        setattr(row, field.attname, value)
    row.save()
