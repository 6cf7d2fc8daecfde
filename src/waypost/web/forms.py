"""Forms: their error summary, which leads to each field, and the version of the record they were opened on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict

from waypost.web.fields import DateField, OneOfField, SomeOfField
from waypost.web.words import day


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of one record: what this person typed, and what someone else saved meanwhile."""

    by: str
    at: datetime
    rows: tuple[tuple[str, str, str], ...]
    """The label of each field that differs, what this person typed, and what the other saved."""


class Form(forms.Form):
    """The form that every page of Waypost asks."""

    use_required_attribute = False
    draft_of: datetime | None = None
    """When what it shows was typed, where it shows a draft."""
    versions: Versions | None = None
    """What someone else saved while this form was open, where someone did."""

    def __init__(self, *given: Any, **named: Any):
        named.setdefault("label_suffix", "")
        super().__init__(*given, **named)

    def offer(self, name: str, options: Iterable[tuple[str, str]]) -> None:
        """Gives a field what may be chosen in it, where that is known only when it is asked."""
        cast(forms.ChoiceField, self.fields[name]).choices = list(options)

    @property
    def summary(self) -> list[dict[str, str | None]]:
        """What is wrong, in the order of the page, each with the place to mend it."""
        found: list[dict[str, str | None]] = [{"text": str(said), "href": None} for said in self.non_field_errors()]
        wrong = [(name, said) for name in self.fields for said in self.errors.get(name, ())]
        return found + [{"text": str(said), "href": f"#{self.place_of(name)}"} for name, said in wrong]

    def place_of(self, name: str) -> str:
        """The id of the first box of a field that is wrong."""
        bound = self[name]
        if isinstance(bound.field, DateField):
            return f"{bound.auto_id}_{('day', 'month', 'year')[min(self.wrong_boxes(name), default=0)]}"
        return str(bound.auto_id)

    def wrong_boxes(self, name: str) -> tuple[int, ...]:
        """Which boxes of a date are at fault: 0 the day, 1 the month, 2 the year."""
        if name not in self.errors:
            return ()
        faults = self.errors[name].as_data()
        return tuple((faults[0].params or {}).get("wrong", (0, 1, 2)))


class RecordForm(Form):
    """A form that changes a record, and knows which version of it was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, version: int, **named: Any):
        super().__init__(*given, **named)
        self.initial["version"] = version

    @property
    def opened(self) -> int:
        """The version that the person saw."""
        return int(self.cleaned_data.get("version") or self.initial["version"])

    def meanwhile(self, saved: Mapping[str, str], *, version: int, by: str, at: datetime) -> None:
        """Shows both versions. What was typed stays in the form, and sending it again is a choice made knowingly.

        `saved` is what the other person saved, in words, by the name of the field.
        """
        rows = [
            (str(self[name].label), self.words(name), said) for name, said in saved.items() if self.words(name) != said
        ]
        self.versions = Versions(by, at, tuple(rows))
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent["version"] = str(version)
        self.data = sent
        self.add_error(None, "Someone else saved this while you had it open. Compare the two, then save again.")

    def words(self, name: str) -> str:
        """What was typed into a field, as it reads."""
        return self.said(name, self.cleaned_data.get(name))

    def said(self, name: str, value: object) -> str:
        """A value of a field, as it reads."""
        named = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return day(value)
        if isinstance(value, list):
            return ", ".join(str(named.get(each, each)) for each in value)
        return str(named.get(value, value if value is not None else ""))


def choices(bound: forms.BoundField) -> list[dict[str, Any]]:
    """The items of radio buttons or check boxes. The first has the field's own id, for the summary to lead to."""
    field = bound.field
    assert isinstance(field, OneOfField | SomeOfField)  # noqa: S101  the two templates that ask are theirs
    chosen = bound.value()
    is_chosen = (lambda value: value in map(str, chosen or ())) if isinstance(field, SomeOfField) else (
        lambda value: value == str(chosen if chosen is not None else "")
    )  # fmt: skip
    return [
        {
            "value": value,
            "text": str(text),
            "id": bound.auto_id if place == 0 else f"{bound.auto_id}_{place}",
            "checked": is_chosen(str(value)),
            "hint": {"text": field.hints[value]} if value in field.hints else None,
        }
        for place, (value, text) in enumerate(cast("list[tuple[str, str]]", field.choices))
    ]
