"""Form fields that draw themselves as GOV.UK components: label, hint, error and all.

A page says `{{ form.born_on.as_field_group() }}` and nothing more. Each field is an ordinary Django field with a
template, and its `width` or `hint` where it has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

MONTHS = ("january february march april may june july august september october november december").split()


class Drawn(forms.Field):
    """A field that is drawn by its class's own template."""

    drawn_by: str

    def __init__(self, **given: Any):
        super().__init__(template_name=self.drawn_by, **given)


class TextField(Drawn, forms.CharField):
    """One line of text. `width` is how many characters it is drawn for: 2, 3, 4, 5, 10, 20 or 30."""

    drawn_by = "fields/text.jinja"

    def __init__(self, *, width: int | None = None, autocomplete: str = "off", spelling: bool = False, **given: Any):
        super().__init__(**given)
        self.width, self.autocomplete, self.spelling = width, autocomplete, spelling


class PasswordField(TextField):
    """A password, which is never sent back to the page."""

    drawn_by = "fields/password.jinja"
    widget = forms.PasswordInput


class LongTextField(Drawn, forms.CharField):
    """Several lines of text."""

    drawn_by = "fields/long_text.jinja"
    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **given: Any):
        super().__init__(**given)
        self.rows = rows


class OneOfField(Drawn, forms.ChoiceField):
    """One of a few: radio buttons. `hints` are by value."""

    drawn_by = "fields/one_of.jinja"
    widget = forms.RadioSelect

    def __init__(self, *, hints: dict[str, str] | None = None, inline: bool = False, **given: Any):
        super().__init__(**given)
        self.hints, self.inline = hints or {}, inline


class ListField(Drawn, forms.ChoiceField):
    """One of many: a list to choose from."""

    drawn_by = "fields/list.jinja"


class SomeOfField(Drawn, forms.MultipleChoiceField):
    """Any of a few: check boxes."""

    drawn_by = "fields/some_of.jinja"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, hints: dict[str, str] | None = None, **given: Any):
        super().__init__(**given)
        self.hints = hints or {}


class TickField(Drawn, forms.BooleanField):
    """A single statement to tick."""

    drawn_by = "fields/tick.jinja"


class FileField(Drawn, forms.FileField):
    """A file to choose. `accept` are the endings that the browser offers; what is sent is looked at anyway.

    One that `takes_drops` can be dropped on the page too, where scripts run.
    """

    drawn_by = "fields/file.jinja"
    widget = forms.FileInput

    def __init__(self, *, accept: str = "", takes_drops: bool = False, **given: Any):
        super().__init__(**given)
        self.accept, self.takes_drops = accept, takes_drops


class DateBoxes(forms.Widget):
    """Three boxes: day, month and year. A month may be written as a word."""

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> list[str]:
        return [str(data.get(f"{name}_{part}", "")).strip() for part in ("day", "month", "year")]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in ("day", "month", "year"))

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}_day"


class DateField(Drawn, forms.Field):
    """A date. `called` begins its complaints: "The date of birth must include a year".

    `wrong` says which of the boxes are at fault, so that the page can mark those and lead to the first of them.
    """

    drawn_by = "fields/date.jinja"
    widget = DateBoxes

    def __init__(self, *, called: str, not_after: Any = None, **given: Any):
        super().__init__(**given)
        self.called, self.not_after = called, not_after
        self.error_messages["required"] = f"Enter {called[0].lower()}{called[1:]}"

    def prepare_value(self, value: date | Sequence[str] | None) -> list[str]:
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return list(value or ("", "", ""))

    def clean(self, value: Sequence[str]) -> date | None:
        if not any(value):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required", params={"wrong": (0, 1, 2)})
            return None
        found = self._real(value)
        if self.not_after is not None and found > (limit := self.not_after()):
            said = f"{self.called} must be on or before {limit.day} {limit:%B %Y}"
            raise ValidationError(said, code="late", params={"wrong": (0, 1, 2)})
        return found

    def _real(self, value: Sequence[str]) -> date:
        missing = [place for place, part in enumerate(value) if not part]
        if missing:
            names = " and ".join(f"a {('day', 'month', 'year')[place]}" for place in missing)
            raise ValidationError(f"{self.called} must include {names}", code="part", params={"wrong": tuple(missing)})
        day, month, year = _whole(value[0]), _month(value[1]), _whole(value[2])
        if year is None or not 1900 <= year <= 2199:
            said = f"{self.called} must have a year of four digits, such as 2024"
            raise ValidationError(said, code="year", params={"wrong": (2,)})
        if month is None or not 1 <= month <= 12:
            raise ValidationError(f"{self.called} must be a real date", code="unreal", params={"wrong": (1,)})
        try:
            return date(year, month, day or 0)
        except ValueError:
            raise ValidationError(f"{self.called} must be a real date", code="unreal", params={"wrong": (0,)}) from None


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _month(text: str) -> int | None:
    named = [place for place, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text.lower())]
    return named[0] if named else _whole(text)
