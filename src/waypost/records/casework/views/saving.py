"""How every form of a record saves: what is wrong is told, and what someone else saved meanwhile is shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import OutsideAction
from waypost.access.recorded import ChangedSince, Recorded
from waypost.web.forms import Form, RecordForm


def saved(form: RecordForm, save: Callable[[], object], says: Callable[[Any], Mapping[str, Any]]) -> bool:
    """Whether it was saved. If not, the form says why.

    `says` turns the record into the first values of the form's fields, as it did when the page was opened. Where
    someone else has saved the record since then, that is how both versions come to be shown.
    """
    try:
        save()
    except ChangedSince as changed:
        _show_both(form, changed.now, says(changed.now))
    except ValidationError as wrong:
        _complain(form, wrong)
    else:
        return True
    return False


def taken(form: Form, do: Callable[[], object]) -> bool:
    """Whether an action took what a form holds. If not, the form says why. For what is new, and so has no version."""
    try:
        do()
    except ValidationError as wrong:
        _complain(form, wrong)
        return False
    return True


def _show_both(form: RecordForm, now: Recorded, theirs: Mapping[str, Any]) -> None:
    last: Any = now.history.select_related("history_user").first()
    if last is None:
        raise OutsideAction("a record was saved and left no history")
    told = {name: form.said(name, value) for name, value in theirs.items() if name in form.cleaned_data}
    told.pop("version", None)
    form.meanwhile(
        told, version=now.version, by=str(last.history_user or "Waypost"), at=last.history_date or timezone.now()
    )


def _complain(form: Form, wrong: ValidationError) -> None:
    """Beside the field that it is about, where the complaint says which."""
    if hasattr(wrong, "error_dict"):
        for name, said in wrong.error_dict.items():
            form.add_error(name if name in form.fields else None, said)
    else:
        form.add_error(None, wrong)
