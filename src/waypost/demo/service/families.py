"""Invented families: enough of each kind to see what the record can hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of a family. `known` are further names, `lives` the household; a child of the service has `local_id`."""

    id: str
    given: str
    family: str
    born_on: date | None = None
    expected_on: date | None = None
    sex: str = "unknown"
    ethnicity: str = ""
    local_id: str = ""
    names: tuple[tuple[str, str, str], ...] = ()
    lives: str = "home"
    language: str = ""
    needs_interpreter: bool | None = None
    school: str = ""
    practice: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """What one person is to another, by their ids."""

    person: str
    kind: str
    other: str
    has_parental_responsibility: bool | None = None
    started_on: date | None = None
    safe_contact: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """`homes` are households by name: lines, postcode, ward and the day they moved in."""

    authority: str
    people: tuple[Someone, ...]
    ties: tuple[Tie, ...]
    homes: dict[str, tuple[str, str, str, date]] = field(default_factory=dict)
    team: str = "North"
    worker: str = ""
    is_sealed: bool = False


def parents_of(mother: str, father: str, *children: str, father_is_responsible: bool = True) -> tuple[Tie, ...]:
    """A mother and a father of several children."""
    of_mother = (Tie(mother, "mother", child, has_parental_responsibility=True) for child in children)
    of_father = (Tie(father, "father", child, has_parental_responsibility=father_is_responsible) for child in children)
    return (*of_mother, *of_father)


MARLOWE = Family(
    authority="991",
    people=(
        Someone("delphine", "Delphine", "Marlowe", date(1990, 2, 11), sex="female", ethnicity="WBRI",
                names=(("former", "Delphine", "Ashby"),), practice="Millbrook Surgery"),
        Someone("corin", "Corin", "Marlowe", date(1988, 9, 30), sex="male", ethnicity="WBRI"),
        Someone("bastian", "Bastian", "Crewe", date(1985, 6, 2), sex="male", lives="away"),
        Someone("rowan", "Rowan", "Marlowe", date(2011, 7, 19), sex="female", ethnicity="WBRI", local_id="ASH00101",
                school="Hollow Lane Academy", practice="Millbrook Surgery"),
        Someone("maya", "Maya", "Marlowe", date(2018, 5, 4), sex="female", ethnicity="WBRI", local_id="ASH00102",
                names=(("known_as", "May", "Marlowe"),), school="Alder Primary School", practice="Millbrook Surgery"),
        Someone("teddy", "Teddy", "Marlowe", date(2021, 11, 23), sex="male", ethnicity="WBRI", local_id="ASH00103",
                practice="Millbrook Surgery"),
        Someone("unborn", "", "Marlowe", expected_on=date(2027, 1, 15), local_id="ASH00104"),
    ),
    ties=(
        Tie("delphine", "mother", "rowan", has_parental_responsibility=True),
        Tie("bastian", "father", "rowan", has_parental_responsibility=False,
            safe_contact="Write only. Do not say where Rowan lives."),
        *parents_of("delphine", "corin", "maya", "teddy", "unborn"),
        Tie("delphine", "spouse", "corin", started_on=date(2016, 5, 21)),
        Tie("rowan", "half_sibling", "maya"),
        Tie("rowan", "half_sibling", "teddy"),
        Tie("maya", "sibling", "teddy"),
    ),
    homes={
        "home": ("14 Alder Row", "AA1 1AB", "Northfield", date(2019, 8, 1)),
        "away": ("3 Quarry Steps", "AA4 2CD", "Southgate", date(2014, 3, 1)),
    },
    worker="Sunniva Vale",
)  # fmt: skip

ADEYO = Family(
    authority="991",
    people=(
        Someone("ifeoluwa", "Ifeoluwa", "Adeyo", date(1992, 12, 1), sex="female", ethnicity="BAFR", language="Yoruba",
                needs_interpreter=False),
        Someone("ayo", "Ayo", "Adeyo", date(2016, 3, 8), sex="male", ethnicity="BAFR", local_id="ASH00105",
                school="Alder Primary School"),
        Someone("simi", "Simi", "Adeyo", date(2019, 10, 14), sex="female", ethnicity="BAFR", local_id="ASH00106",
                school="Alder Primary School"),
        Someone("grace", "Grace", "Adeyo", date(1961, 4, 22), sex="female", ethnicity="BAFR", lives="grandmother"),
    ),
    ties=(
        Tie("ifeoluwa", "mother", "ayo", has_parental_responsibility=True),
        Tie("ifeoluwa", "mother", "simi", has_parental_responsibility=True),
        Tie("grace", "grandparent", "ayo"),
        Tie("grace", "grandparent", "simi"),
        Tie("ayo", "sibling", "simi"),
    ),
    homes={
        "home": ("Flat 6, 20 Weir Street", "AA2 3EF", "Weirside", date(2022, 2, 4)),
        "grandmother": ("9 Tanner Close", "AA2 9GH", "Weirside", date(2001, 1, 1)),
    },
    team="South",
    worker="Idris Penhallow",
)  # fmt: skip

KOSTOV = Family(
    authority="991",
    people=(
        Someone("milena", "Milena", "Kostova", date(1995, 8, 17), sex="female", ethnicity="WOTH", language="Bulgarian",
                needs_interpreter=True, names=(("alias", "Mila", "Kosta"),)),
        Someone("damyan", "Damyan", "Kostov", date(2023, 2, 27), sex="male", ethnicity="WOTH", local_id="ASH00107"),
    ),
    ties=(Tie("milena", "mother", "damyan", has_parental_responsibility=True),),
    homes={"home": ("Room 4, 51 Ferry Road", "AA3 5JK", "Ferry", date(2024, 6, 10))},
)  # fmt: skip

SEALED = Family(
    authority="991",
    people=(
        Someone("orla", "Orla", "Thistle", date(1987, 1, 5), sex="female", ethnicity="WIRI"),
        Someone("finn", "Finn", "Thistle", date(2014, 9, 9), sex="male", ethnicity="WIRI", local_id="ASH00108"),
    ),
    ties=(Tie("orla", "mother", "finn", has_parental_responsibility=True),),
    homes={"home": ("2 Larch Court", "AA1 7LM", "Northfield", date(2020, 1, 1))},
    worker="Sunniva Vale",
    is_sealed=True,
)

NEIGHBOURS = (
    Family(
        authority="992",
        people=(
            Someone("hanna", "Hanna", "Brightwell", date(1991, 3, 3), sex="female", ethnicity="WBRI"),
            Someone("jonah", "Jonah", "Brightwell", date(2015, 12, 12), sex="male", ethnicity="WBRI",
                    local_id="BRO00201"),
        ),
        ties=(Tie("hanna", "mother", "jonah", has_parental_responsibility=True),),
        homes={"home": ("77 Mill Lane", "BB1 2NP", "Mill", date(2018, 1, 1))},
        worker="Nerys Brook",
    ),
    Family(
        authority="993",
        people=(
            Someone("aiko", "Aiko", "Summerby", date(1993, 7, 7), sex="female", ethnicity="OOTH"),
            Someone("wren", "Wren", "Summerby", date(2017, 4, 1), sex="female", ethnicity="MOTH", local_id="CAL00301"),
        ),
        ties=(Tie("aiko", "mother", "wren", has_parental_responsibility=True),),
        homes={"home": ("5 Chapel Yard", "CC1 4QR", "Chapel", date(2021, 9, 1))},
        worker="Wynn Calloway",
    ),
)  # fmt: skip

FAMILIES = (MARLOWE, ADEYO, KOSTOV, SEALED, *NEIGHBOURS)
