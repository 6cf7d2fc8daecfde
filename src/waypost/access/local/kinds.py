"""The kinds of setting: the page of each, what its form is, how a setting of it reads, and what it leaves as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from waypost.access.local import forms, packaged
from waypost.domain.local import Kind
from waypost.domain.local.names import NAMES
from waypost.domain.local.times import UNITS
from waypost.domain.periods import FinancialYear

Value = Mapping[str, Any]
MADE = "Reports that were made and returns that were sent stay as they were, and can be made again as they were."


@dataclass(frozen=True, slots=True)
class KindPage:
    """`part` is its place in the address. `leaves` is what a change of this kind does not change.

    `of` says in words what a setting is of, and `says` what it says. `usual` is said where there is none.
    """

    kind: Kind
    part: str
    title: str
    says_what: str
    form: type[forms.SettingForm]
    of: Callable[[str], str]
    says: Callable[[Value], str]
    ends: str
    usual: str
    leaves: str


def _limit_says(value: Value) -> str:
    unit = UNITS.get(value["unit"], str(value["unit"]))
    return f"{value['n']} {unit.removesuffix('s') if value['n'] == 1 else unit}"


def _counting_says(value: Value) -> str:
    return ". ".join(f"{what}: {options[value[name]].lower()}" for name, (what, options) in forms.COUNTED.items())


def _target_of(about: str) -> str:
    indicator, _, year = about.partition("|")
    known = packaged.known().indicators().get(indicator)
    return f"{known.name if known else indicator}, {year}"


def _target_says(value: Value) -> str:
    if value["target"] == "none":
        return "No target"
    said = forms.TargetForm.first("", value)
    side = {"high": "{} or more", "low": "{} or less", "plateau": "{}"}[str(value["good"])]
    near = f"; {side.format(said['amber'])} is near it" if "amber" in said else ""
    return f"{side.format(said['target'])}{near}"


def _bands_says(value: Value) -> str:
    good = f" ({forms.GOODS[value['good']].lower()})" if value.get("good") else ""
    return ", ".join(line.strip() for line in value["lines"].splitlines() if line.strip()) + good


def _publication_says(value: Value) -> str:
    rounded = "" if value["rounded_to"] == 1 else f"; the others are rounded to the nearest {value['rounded_to']}"
    return f"Counts from 1 to {value['least_shown'] - 1} are withheld{rounded}"


def _population_of(about: str) -> str:
    year = FinancialYear.parse(about)
    return f"Children aged 0 to 17 in {year} (the middle of {year.ends - 1})"


PAGES: tuple[KindPage, ...] = (
    KindPage(
        "limit", "limits", "Limits of our own",
        "A limit shorter than the national one, or one where no national number is set.",
        forms.LimitForm, lambda about: forms.limits().get(about, about), _limit_says,
        "The national limit", "The national limits hold for every clock.",
        "A clock that started before this day keeps its limit. National figures and returns go by the national limit "
        f"whatever is set here. {MADE}",
    ),
    KindPage(
        "switch", "regimes", "Days of changing over",
        "The day on which the authority took up an assessment or a rule before or after the rest of the country.",
        forms.SwitchForm, lambda about: forms.switches().get(about, about), lambda value: "Taken up on this day",
        "With the rest of the country", "Everything was taken up with the rest of the country.",
        f"What was recorded, and when it was recorded, stays as it is. {MADE}",
    ),
    KindPage(
        "counting", "counting", "How days are counted",
        "How the authority reads limits whose source leaves open how they are counted.",
        forms.CountingForm, lambda about: "How days are counted", _counting_says,
        "The usual way of counting", "Days are calendar days, months calendar months, hours those that have passed.",
        f"Limits that say how they are counted stay as they are. {MADE}",
    ),
    KindPage(
        "target", "targets", "Targets",
        "What a figure should be in a year, and how far from it is still near.",
        forms.TargetForm, _target_of, _target_says,
        "No target", "No target is set.",
        f"The figures themselves stay as they are, and so do the targets of other years. {MADE}",
    ),
    KindPage(
        "bands", "bands", "Bands",
        "How waits, lengths, ages and scores are grouped.",
        forms.BandsForm, lambda about: forms.band_sets().get(about, about), _bands_says,
        "The usual bands", "The usual bands are used.",
        f"National figures and returns keep the national bands. {MADE}",
    ),
    KindPage(
        "publication", "publication", "Publication rule",
        "Which small counts are withheld in public editions, and how the others are rounded.",
        forms.PublicationForm, lambda about: "Public editions", _publication_says,
        "The packaged rule", "The packaged rule holds.",
        "Public editions that are out stay as they are, and what they withheld stays withheld. Internal editions show "
        "every count.",
    ),
    KindPage(
        "population", "populations", "Populations",
        "Our own number of children for a year, with its source, in place of the published estimate.",
        forms.PopulationForm, _population_of, lambda value: f"{value['value']:,}. Source: {value['source']}",
        "The published estimate", "The published estimates are used.",
        f"Counts and shares stay as they are: only rates are made with it, and each says so. {MADE}",
    ),
    KindPage(
        "name", "names", "Names of boards and services",
        "What the partnership and the services are called, and from when.",
        forms.NameForm, lambda about: NAMES.get(about, about), lambda value: str(value["name"]),
        "The usual name", "The usual names are used.",
        "Who may see or do anything stays as it is. Reports that were made keep the name of their day.",
    ),
)  # fmt: skip

BY_PART: Mapping[str, KindPage] = MappingProxyType({page.part: page for page in PAGES})
BY_KIND: Mapping[str, KindPage] = MappingProxyType({page.kind: page for page in PAGES})
