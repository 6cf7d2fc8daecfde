"""Fills a scratch service with as many invented people as are asked for, to measure it by. Never through actions.

Rows are written straight into the tables, without history and without a trail, so nobody may work with such a service.
People come as families at an address: two parents, and children of whom half are children of the service. Names are
put together of syllables, and some are far commoner than others, as names are. A larger crowd is the first repeated
with other keys: in ten times the people, each name is borne by ten times as many.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection, models, transaction

from waypost.access.models import Authority
from waypost.records.casework.models import (
    Address,
    AddressHeld,
    Child,
    Identifier,
    Person,
    PersonName,
    Relationship,
    SearchTerm,
)
from waypost.records.casework.search.index import number, of_name, of_postcode, signs

TABLES: tuple[type[models.Model], ...] = (
    Person, Address, PersonName, Identifier, AddressHeld, Relationship, Child, SearchTerm,
)  # fmt: skip
GIVEN, FAMILY = 900, 6_000
COMMON = 2.5
"""How much commoner the first names are than the last; 1 is not at all."""
STARTS = "b br c ch d dr f fl g gr h j k l m n p qu r s sh st t th tr v w z".split()
VOWELS = "a ae e ea i ie o oa u".split()
ENDS = "bel ben dra fin gan la leth lin lo mar men mund na nell ra rick sa ston ther vale ven wick win worth".split()
ADULTS = (date(1950, 1, 1), date(2007, 12, 31))
CHILDREN = (date(2008, 1, 1), date(2025, 12, 31))
MOST_COPIES = 99

Rows = dict[type[models.Model], list[dict[str, Any]]]


@dataclass
class Crowd:
    """Families of one authority, as rows of tables that are still to be written."""

    authority: int
    chance: Random
    rows: Rows = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.given = _made(GIVEN, 1, self.chance)
        self.family = _made(FAMILY, 2, self.chance)

    def add_family(self) -> None:
        chance = self.chance
        family = self._one_of(self.family)
        code = f"ZZ{chance.randint(1, 30)} {chance.randint(1, 9)}{chance.choice('ABDEFGH')}{chance.choice('JLNPQ')}"
        home = self._add(Address, lines=f"{chance.randint(1, 200)} Invented Row", postcode=code)
        parents = [self._add_person(family, home, code, *ADULTS) for _ in range(2)]
        for place in range(chance.randint(1, 3)):
            child = self._add_person(family, home, code, *CHILDREN)
            for parent, kind in zip(parents, ("mother", "father"), strict=True):
                self._add(Relationship, person_id=parent, other_id=child, kind=kind)
            if place % 2 == 0:
                self._add(Child, person_id=child, authority_id=self.authority)

    def _add_person(self, family: str, home: str, code: str, first: date, last: date) -> str:
        born_on = first + timedelta(days=self.chance.randrange((last - first).days))
        person = self._add(Person, authority_id=self.authority, born_on=born_on.isoformat())
        given, called = self._one_of(self.given), f"Z{self.chance.randrange(10**9):09}"
        self._add(PersonName, person_id=person, given=given, family=family)
        self._add(AddressHeld, person_id=person, address_id=home)
        self._add(Identifier, person_id=person, kind=Identifier.OTHER, value=called)
        name = f"{given} {family}"
        found = [*of_name(name, f"Legal name: {name}"), of_postcode(code, "Lives at"), *signs([name], born_on, ())]
        found.append((SearchTerm.NUMBER, number(called), f"Other identifier {called}"))
        for kind, term, says in dict.fromkeys(found):
            self.rows[SearchTerm].append({"person_id": person, "kind": kind, "term": term, "says": says})
        return person

    def _add(self, model: type[models.Model], **given: Any) -> str:
        # The first two letters are left for the copies.
        key = f"00{uuid.UUID(int=self.chance.getrandbits(128)).hex[2:]}"
        self.rows[model].append({"id": key, "version": 1, **given})
        return key

    def _one_of(self, names: Sequence[str]) -> str:
        return names[int(len(names) * self.chance.random() ** COMMON)]


def _made(count: int, middles: int, chance: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [chance.choice(STARTS) + chance.choice(VOWELS) for _ in range(chance.randint(1, middles))]
        found.setdefault(("".join(parts) + chance.choice(ENDS)).capitalize())
    return list(found)


# ---------------------------------------------------------------- into the database


def gather(authority: Authority, count: int, *, seed: int = 1) -> int:
    """Adds so many people, and a few more where the last family is not whole. Gives how many."""
    crowd = Crowd(authority.pk, Random(seed))  # noqa: S311  names, and no secrets
    while len(crowd.rows[Person]) < count:
        crowd.add_family()
    with transaction.atomic(), connection.cursor() as cursor:
        for model in TABLES:
            _write(cursor, model, crowd.rows[model])
    _look_over()
    return len(crowd.rows[Person])


def repeat(times: int) -> None:
    """Makes the crowd so many times as large: everyone again, with keys of their own."""
    if times > MOST_COPIES:
        raise ValueError(f"a crowd is repeated {MOST_COPIES} times at most")
    with transaction.atomic(), connection.cursor() as cursor:
        for model in TABLES:
            fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.BigAutoField)]
            columns = ", ".join(f'"{each.column}"' for each in fields)
            table = f'"{model._meta.db_table}"'
            key = '"person_id"' if model is SearchTerm else '"id"'
            for copy in range(1, times):
                chosen = ", ".join(_again(each, copy) for each in fields)
                asked = f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {table} WHERE {_first(key)}"  # noqa: S608
                cursor.execute(asked)
    _look_over()


def _again(column: models.Field[Any, Any], copy: int) -> str:
    """The same value; a key of the crowd's own rows has the copy's number at its start."""
    name = f'"{column.column}"'
    is_ours = column.primary_key or column.related_model in TABLES
    if not is_ours or column.name == "merged_into":
        return name
    text = f"'{copy:02}' || substr({name if connection.vendor == 'sqlite' else f'{name}::text'}, 3)"
    return text if connection.vendor == "sqlite" else f"({text})::uuid"


def _first(key: str) -> str:
    text = key if connection.vendor == "sqlite" else f"{key}::text"
    return f"substr({text}, 1, 2) = '00'"


def _write(cursor: Any, model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.BigAutoField)]
    plain = {each.attname: each.get_db_prep_save(each.get_default(), connection) for each in fields}
    values = ([row.get(each.attname, plain[each.attname]) for each in fields] for row in rows)
    table, columns = f'"{model._meta.db_table}"', ", ".join(f'"{each.column}"' for each in fields)
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as taken:
            for row in values:
                taken.write_row(row)
        return
    asked = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    cursor.executemany(asked, values)


def _look_over() -> None:
    """Has the database count what there is, as it does by itself where it runs for long."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
