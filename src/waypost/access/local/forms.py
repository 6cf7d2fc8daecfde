"""What is asked about each kind of setting. A form gives what a setting is of, and its value, as the domain has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, get_type_hints

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.local import packaged
from waypost.access.reasons import reason
from waypost.domain.limits import facts
from waypost.domain.local import ROUNDINGS
from waypost.domain.local.bands import SCORES, SETS
from waypost.domain.local.names import LONGEST, NAMES
from waypost.domain.local.times import UNITS, limit_key, replacements, whens
from waypost.domain.ni_bands import TABLES
from waypost.domain.periods import FinancialYear
from waypost.domain.timescales import CountingChoices, timescale
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, TextField
from waypost.web.forms import Form

OURS, NONE = "ours", "none"
NEAR = "The furthest from the target that counts as near. Leave it empty if nothing is near"
GOODS = {"high": "High is good", "low": "Low is good", "plateau": "What lies between two numbers is good"}
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,3})?")
BETWEEN = re.compile(rf"({NUMBER.pattern})\s*(?:to|-|\u2013)\s*({NUMBER.pattern})")
COUNTED = {
    "unspecified_days": (
        "Limits that say days and not which days", {"calendar_day": "Calendar days", "working_day": "Working days"}
    ),
    "months": ("Limits of 3 and of 6 months", {"calendar_month": "Calendar months", "days_91_183": "91 and 183 days"}),
    "hours": ("Limits of hours", {"elapsed": "Hours that have passed", "working_day": "Working days of 24 hours"}),
}  # fmt: skip
"""Each choice of how time is counted: what it is about, and its options in words."""


class SettingForm(Form):
    """What every setting has: whether it is theirs or ends what they had, the day from which it holds, and why."""

    own = OneOfField()
    from_on = DateField(label="From which day does it hold?", called="The day from which it holds")
    because = reason("Why is it changed?", missing="Enter why it is changed", rows=3)

    of: ClassVar[Mapping[str, str]] = {}
    """The fields that must be filled in where the setting is theirs, and what is said where one is not."""
    choice: ClassVar[tuple[str, str]] = ("Set our own", "Go back to what holds where we set nothing")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial.setdefault("from_on", timezone.localdate())
        self.initial.setdefault("own", OURS)
        self.fields["own"].label = "What do you want to do?"
        self.offer("own", zip((OURS, NONE), self.choice, strict=True))
        self.order_fields([*(name for name in self.fields if name not in ("from_on", "because")), "from_on", "because"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("own") == OURS:
            for name, missing in self.of.items():
                if name not in self.errors and not given.get(name):
                    self.add_error(name, missing)
        return given

    def key(self) -> str:
        """What it is of, as the domain names it."""
        return str(self.cleaned_data.get("about", ""))

    def value(self) -> dict[str, Any]:
        """What it says, as the domain reads it. Empty where it ends what held before."""
        return self.ours() if self.cleaned_data["own"] == OURS else {}

    def ours(self) -> dict[str, Any]:
        raise NotImplementedError

    @classmethod
    def first(cls, about: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """The first values of the form where it shows a setting that there is."""
        return {"about": about, "own": OURS if value else NONE, **value}


def _about(label: str, missing: str) -> ListField:
    return ListField(label=label, error_messages={"required": missing})


def _number(given: str, what: str) -> int | float:
    if not NUMBER.fullmatch(given.strip()):
        raise ValidationError(f"{what} must be a number, such as 85 or 7.5")
    found = float(given)
    return int(found) if found.is_integer() else found


class LimitForm(SettingForm):
    about = _about("Which limit?", "Select which limit")
    n = TextField(label="How many?", width=4, required=False)
    unit = ListField(label="Of what?", required=False, choices=(("", "Select one"), *UNITS.items()))
    of: ClassVar = {"n": "Enter how many", "unit": "Select what the limit is counted in"}
    choice: ClassVar = ("Set a limit of our own", "Go back to the national limit")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer("about", [("", "Select one"), *sorted(limits().items(), key=lambda each: each[1])])

    def clean_n(self) -> int | None:
        typed = str(self.cleaned_data["n"]).strip()
        if typed and not typed.isdecimal():
            raise ValidationError("How many must be a whole number, such as 10")
        return int(typed) if typed else None

    def ours(self) -> dict[str, Any]:
        return {"n": self.cleaned_data["n"], "unit": self.cleaned_data["unit"]}


def limits() -> dict[str, str]:
    """What a limit may be set on: each timescale, or each kind of case of it, in words."""
    found = {}
    for clock in facts().timescales.values():
        for when in whens(clock) or ("",):
            found[limit_key(clock.id, when)] = f"{clock.name}: {when}" if when else clock.name
    return found


class SwitchForm(SettingForm):
    about = _about("What did the authority take up?", "Select what the authority took up")
    choice: ClassVar = (
        "Give the day on which we took it up",
        "We took it up on the same day as the rest of the country",
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["from_on"].label = "On which day was it taken up?"
        self.offer("about", [("", "Select one"), *switches().items()])

    def ours(self) -> dict[str, Any]:
        return {"own": True}


def switches() -> dict[str, str]:
    """The timescales that took the place of others, in words."""
    return {
        begins: f"{timescale(begins).name}, in place of: {', '.join(timescale(each).name for each in ends).lower()}"
        for begins, ends in replacements().items()
    }


class CountingForm(SettingForm):
    unspecified_days = OneOfField(label=COUNTED["unspecified_days"][0], choices=COUNTED["unspecified_days"][1].items())
    months = OneOfField(label=COUNTED["months"][0], choices=COUNTED["months"][1].items())
    hours = OneOfField(label=COUNTED["hours"][0], choices=COUNTED["hours"][1].items())
    choice: ClassVar = ("Count as we choose below", "Go back to the usual way of counting")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in COUNTED:
            self.initial.setdefault(name, getattr(CountingChoices(), name))

    def ours(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in get_type_hints(CountingChoices)}


class TargetForm(SettingForm):
    indicator = _about("Which figure?", "Select which figure")
    year = _about("For which year?", "Select which year")
    good = OneOfField(label="Which way is good?", choices=GOODS.items(), required=False)
    target = TextField(
        label="Target", width=10, required=False, help_text="A number, or two where what lies between is good: 10 to 15"
    )
    amber = TextField(
        label="Still near it", width=10, required=False, help_text=NEAR
    )  # fmt: skip
    of: ClassVar = {"good": "Select which way is good", "target": "Enter the target"}
    choice: ClassVar = ("Set a target", "Say that there is no target in this year")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = packaged.known().indicators()
        self.offer(
            "indicator",
            [
                ("", "Select one"),
                *sorted(((id_, each.name) for id_, each in known.items()), key=lambda each: each[1].lower()),
            ],
        )
        self.offer("year", [("", "Select one"), *years(before=3, after=3)])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name, what in (("target", "The target"), ("amber", "Still near it")):
            if given.get("own") == OURS and given.get(name) and name not in self.errors:
                try:
                    given[name] = _of_target(str(given[name]), given.get("good", ""), what)
                except ValidationError as wrong:
                    self.add_error(name, wrong)
        return given

    def key(self) -> str:
        return f"{self.cleaned_data['indicator']}|{self.cleaned_data['year']}"

    def value(self) -> dict[str, Any]:
        if self.cleaned_data["own"] == OURS:
            return self.ours()
        known = packaged.known().indicators()[self.cleaned_data["indicator"]]
        return {"good": known.good or self.cleaned_data.get("good") or "high", "target": "none"}

    def ours(self) -> dict[str, Any]:
        given = self.cleaned_data
        amber = {} if given["amber"] == "" else {"amber": given["amber"]}
        return {"good": given["good"], "target": given["target"], **amber}

    @classmethod
    def first(cls, about: str, value: Mapping[str, Any]) -> dict[str, Any]:
        indicator, _, year = about.partition("|")
        own = NONE if value.get("target") == "none" else OURS
        said = {name: _target_words(value[name]) for name in ("target", "amber") if name in value and own == OURS}
        return {"indicator": indicator, "year": year, "own": own, "good": value.get("good"), **said}


def _of_target(typed: str, good: str, what: str) -> int | float | list[int | float]:
    if good != "plateau":
        return _number(typed, what)
    found = BETWEEN.fullmatch(typed.strip())
    if found is None:
        raise ValidationError(f"{what} must be two numbers, such as 10 to 15")
    return [_number(found[1], what), _number(found[2], what)]


def _target_words(value: Any) -> str:
    return " to ".join(f"{each:g}" for each in value) if isinstance(value, list) else f"{value:g}"


def years(*, before: int, after: int) -> list[tuple[str, str]]:
    """The financial years around this one, as a list offers them."""
    now = FinancialYear.holding(timezone.localdate())
    return [(str(year), str(year)) for year in (FinancialYear(now.ends + step) for step in range(-before, after + 1))]


class BandsForm(SettingForm):
    about = _about("Which bands?", "Select which bands")
    good = OneOfField(label="Which way is good? (for scores only)", choices=GOODS.items(), required=False)
    lines = LongTextField(
        label="Bands",
        required=False,
        help_text="One band to a line: “0 to 10”, “11 to 15”, “16 or more”. For scores: “5: 10 to 15”.",
    )
    of: ClassVar = {"lines": "Enter the bands, one to a line"}
    choice: ClassVar = ("Set bands of our own", "Go back to the usual bands")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer("about", [("", "Select one"), *band_sets().items()])

    def ours(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "lines": given["lines"].strip(),
            **({"good": given["good"]} if given["about"].startswith(SCORES) else {}),
        }


def band_sets() -> dict[str, str]:
    """The sets of bands that an authority may set, in words."""
    return {**SETS, **{f"{SCORES}{indicator}": f"Scores of {indicator}, 1 to 5" for indicator in TABLES}}


class PublicationForm(SettingForm):
    least_shown = TextField(
        label="What is the least count that is shown?",
        help_text="Counts from 1 up to one less than this are withheld. It must be 6 or more.",
        width=3,
        required=False,
    )
    rounded_to = OneOfField(
        label="How are the other counts rounded?",
        choices=tuple((str(each), "Not rounded" if each == 1 else f"To the nearest {each}") for each in ROUNDINGS),
        required=False,
    )
    of: ClassVar = {"least_shown": "Enter the least count that is shown", "rounded_to": "Select how counts are rounded"}
    choice: ClassVar = ("Publish by a rule of our own", "Go back to the packaged rule")

    def clean_least_shown(self) -> int | None:
        typed = str(self.cleaned_data["least_shown"]).strip()
        if typed and not (typed.isdecimal() and len(typed) < 4):
            raise ValidationError("The least count that is shown must be a whole number, such as 6")
        return int(typed) if typed else None

    def ours(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"least_shown": given["least_shown"], "rounded_to": int(given["rounded_to"])}

    @classmethod
    def first(cls, about: str, value: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().first(about, value), **({"rounded_to": str(value["rounded_to"])} if value else {})}


class PopulationForm(SettingForm):
    about = _about("For which year?", "Select which year")
    children = TextField(label="Children aged 0 to 17", width=10, required=False)
    source = TextField(
        label="Where does the number come from?",
        help_text="For example, a projection and its date",
        max_length=200,
        required=False,
    )
    of: ClassVar = {
        "children": "Enter the number of children aged 0 to 17",
        "source": "Enter where the number comes from",
    }
    choice: ClassVar = ("Use a number of our own", "Go back to the published estimate")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer("about", [("", "Select one"), *years(before=6, after=2)])

    def clean_children(self) -> int | None:
        typed = str(self.cleaned_data["children"]).replace(",", "").replace(" ", "")
        if typed and not (typed.isdecimal() and 0 < int(typed) < 10_000_000):
            raise ValidationError("The number of children must be a whole number above nought, such as 31,900")
        return int(typed) if typed else None

    def ours(self) -> dict[str, Any]:
        return {"value": self.cleaned_data["children"], "source": self.cleaned_data["source"]}

    @classmethod
    def first(cls, about: str, value: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().first(about, value), **({"children": f"{value['value']:,}"} if value else {})}


class NameForm(SettingForm):
    about = _about("Which name?", "Select which name")
    name = TextField(label="What is it called?", max_length=LONGEST, required=False, spelling=True)
    of: ClassVar = {"name": "Enter what it is called"}
    choice: ClassVar = ("Give it its name here", "Go back to what it is usually called")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer("about", [("", "Select one"), *NAMES.items()])

    def ours(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"]}
