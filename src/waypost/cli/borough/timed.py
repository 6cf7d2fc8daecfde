"""Searches and lists timed on one database: `python -m waypost.cli.borough.timed FOLDER PEOPLE TIMES`.

Fills the service of a folder (or the database that WAYPOST_DATABASE names) with invented people, asks its pages as a
browser would, then again of a crowd so many times as large. Prints what each took. A page is asked within the process:
from the request to the last byte of the answer, all that a server does but the network.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from waypost.cli.service import made_ready

if TYPE_CHECKING:
    from django.test import Client

    from waypost.access.models import Authority

SEARCHES, LISTS = 60, 3
LONG_AGO = date(2020, 4, 1)
SEARCHER, MERGER = "social_worker", "team_manager"


def main(folder: str, people: int, times: int) -> None:
    made_ready(Path(folder), is_training=True)
    logging.disable(logging.INFO)
    from waypost.access.models import Authority
    from waypost.demo import crowd

    authority = Authority.objects.create(code="991", name="Ashdown")
    clients = {role: _signed_in(role, authority) for role in (SEARCHER, MERGER)}
    found = [_measured(crowd.gather(authority, people), clients)]
    if times > 1:
        crowd.repeat(times)
        found.append(_measured(found[0]["people"] * times, clients))
    print(json.dumps(found))


def _signed_in(role: str, authority: Authority) -> Client:
    from django.test import Client

    from waypost.access.models import RoleHeld, Team, User

    team, _ = Team.objects.get_or_create(authority=authority, name="North", service="Family support")
    user = User.objects.create_user(f"{role}@example.org", "Sunniva Vale")
    RoleHeld.objects.create(user=user, role_id=role, authority=authority, team=team, started_on=LONG_AGO)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _measured(people: int, clients: dict[str, Client]) -> dict[str, Any]:
    """Every question is asked once before the clock runs, so that the database has read what it keeps in memory."""
    questions = _questions(SEARCHES)
    searches: dict[str, list[float]] = {}
    for kind, typed in [*questions, *questions]:
        took = _clocked(lambda typed=typed: clients[SEARCHER].post("/people", {"typed": typed}))  # type: ignore[misc]
        searches.setdefault(kind, []).append(took)
    kept = {kind: took[len(took) // 2 :] for kind, took in searches.items()}
    lists = [_clocked(lambda: clients[MERGER].get("/duplicates")) for _ in range(LISTS)]
    return {"people": people, "searches": kept, "duplicates": lists}


def _clocked(asked: Callable[[], Any]) -> float:
    started = time.perf_counter()
    answer = asked()
    took = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"a page answered {answer.status_code}")
    return took


def _questions(count: int) -> Sequence[tuple[str, str]]:
    """What people type, about some of those who are there: in turn, a question of each kind."""
    from waypost.records.casework.models import Person

    chance = Random(7)  # noqa: S311  a choice of questions
    wanted = Person.objects.order_by("pk")[:: max(1, Person.objects.count() // count)]
    found = []
    for place, person in enumerate(islice(wanted, count)):
        name, home = person.names.get(), person.addresses.select_related("address").get().address
        said = {
            "a whole name": str(name),
            "a name by its sound": f"{name.given} {_misspelt(name.family, chance)}",
            "the beginnings of a name": f"{name.given[:3]} {name.family[:4]}",
            "a family name and half a postcode": f"{name.family} {home.postcode.split()[0]}",
            "a name and a date of birth": f"{name} {person.born_on:%d/%m/%Y}",
            "a number": person.identifiers.get().value,
        }
        kinds = list(said)
        found.append((kinds[place % len(kinds)], said[kinds[place % len(kinds)]]))
    return found


def _misspelt(name: str, chance: Random) -> str:
    """With one vowel another."""
    places = [place for place, letter in enumerate(name) if letter in "aeiou" and place]
    place = chance.choice(places)
    return f"{name[:place]}{'e' if name[place] != 'e' else 'i'}{name[place + 1 :]}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
