"""Who the families are: invented names, a home, a mother and sometimes a father, and the children as they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from waypost.access.actor import Actor
from waypost.access.models import Authority, Team
from waypost.demo.chance import Chance
from waypost.demo.lives import Child as Life
from waypost.demo.lives import Family
from waypost.demo.upn import upn
from waypost.domain.identifiers import starts_school_on
from waypost.records.casework.actions import children, people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.models import Child, Person

FAMILY_NAMES = (
    "Ashby Birchall Calloway Dunmore Eastlake Fenwick Garrow Hollis Ivers Jessop Kestrel Larkin Mossley Northam Oakden "
    "Pellow Quayle Redfern Sallow Tarrant Underhill Verrin Wexcombe Yarley Zeller Amberley Brackwell Corrin Dellow "
    "Emberton Farraday Goswick Harrowell Inskip Jarrold Kittering Lowick Marchmont Nethersole Ormsley"
).split()
GIVEN = {
    "F": "Ada Briony Cleo Della Esme Fern Greta Hazel Iris Juno Kezia Lark Mabel Nell Opal Pearl Romy Suki Tansy Una "
    "Vesper Willa Xanthe Yara Zinnia".split(),
    "M": "Abel Basil Caleb Dov Eben Felix Gus Hal Ivo Jago Kit Leif Milo Ned Orin Perry Quill Rafe Seth Tam Ulric "
    "Verne Wilf Xavi Yorick Zeb".split(),
}
MOTHERS = "Annis Beatrix Corisande Dorcas Elowen Fenella Gwenda Hester Isolde Jocasta Kerensa Lowenna Morwenna".split()
FATHERS = "Ambrose Barnaby Crispin Denzil Everard Fabian Gawain Humphrey Ignatius Jasper Kenver Lorcan".split()
STREETS = "Alder Row, Beck Lane, Cinder Path, Dray Street, Elm Steps, Fuller Road, Glebe Walk, Hatch Lane".split(", ")
WARDS = ("Northfield", "Southgate", "Weirside", "Ferry")
SEXES = {"F": "female", "M": "male"}
FATHER_IS_THERE = 0.55
SINCE = date(2012, 1, 1)


@dataclass
class Household:
    """A family as the record holds it. `known` are the children whose record is open, by their number."""

    family: Family
    name: str
    authority: Authority
    team: Team
    letter: str
    address: tuple[str, str, str]
    mother: Person
    father: Person | None
    known: dict[int, Child] = field(default_factory=dict)

    def child(self, life: Life, *, on: date, by: Actor, chance: Chance) -> Child:
        """The record of a child, opened on the first day that it is asked for."""
        if life.number not in self.known:
            self.known[life.number] = self._register(life, on, by, chance)
        return self.known[life.number]

    def _register(self, life: Life, on: date, by: Actor, chance: Chance) -> Child:
        born = life.born_on <= on
        new = NewPerson(
            given=given(life, chance) if born else "",
            family=self.name,
            born_on=life.born_on if born else None,
            expected_on=None if born else life.expected_on,
            sex=SEXES.get(life.sex, "unknown") if born else "unknown",
            ethnicity=life.ethnicity,
            disabilities=life.disabilities,
        )
        person = people.register_person(self.authority, new=new, by=by)
        child = children.open_record(person, local_id=f"{self.letter}{life.number:07d}", by=by)
        lines, postcode, ward = self.address
        since = max(life.born_on, SINCE) if born else on
        people.move_home(person, lines=lines, postcode=postcode, ward=ward, since=since, by=by)
        people.relate(self.mother, other=person, kind="mother", has_parental_responsibility=True, by=by)
        if self.father is not None:
            is_responsible = chance.happens(0.7)
            people.relate(self.father, other=person, kind="father", has_parental_responsibility=is_responsible, by=by)
        if born and not life.why_no_upn and starts_school_on(life.born_on) <= on:
            people.add_identifier(person, kind="upn", value=upn(life.number, life.born_on), by=by)
        return child


def given(life: Life, chance: Chance) -> str:
    names = GIVEN.get(life.sex, GIVEN["F"])
    return names[chance.between(0, len(names) - 1)]


def household(family: Family, *, authority: Authority, team: Team, letter: str, by: Actor, chance: Chance) -> Household:
    """Registers the parents of a family and where they live. Its children come when somebody asks about them."""

    def one(names: Sequence[str]) -> str:
        return names[chance.between(0, len(names) - 1)]

    name = one(FAMILY_NAMES)
    area = {"A": "AA", "B": "BB", "C": "CC"}[letter]
    postcode = f"{area}{chance.between(1, 9)} {chance.between(1, 9)}{one('ABDEFGHJLN')}{one('PQRSTUWXYZ')}"
    address = (f"{chance.between(1, 180)} {one(STREETS)}", postcode, one(WARDS))
    eldest = family.children[0].born_on
    mother = _parent(one(MOTHERS), name, "female", eldest, authority, by, chance)
    is_there = chance.happens(FATHER_IS_THERE)
    father = _parent(one(FATHERS), name, "male", eldest, authority, by, chance) if is_there else None
    for parent in filter(None, (mother, father)):
        lines, code, ward = address
        people.move_home(parent, lines=lines, postcode=code, ward=ward, since=SINCE, by=by)
    return Household(family, name, authority, team, letter, address, mother, father)


def _parent(
    given_name: str, name: str, sex: str, eldest: date, authority: Authority, by: Actor, chance: Chance
) -> Person:
    born_on = date(eldest.year - chance.between(18, 38), chance.between(1, 12), chance.between(1, 28))
    new = NewPerson(given=given_name, family=name, born_on=born_on, sex=sex)
    return people.register_person(authority, new=new, by=by)
