"""The ten statistical neighbours of each authority, by the Department for Education's models of 2025 and 2021."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from waypost.datasets.published.authorities import Authority
from waypost.datasets.published.files import rows


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of authority `of`, nearest first, as three-digit codes. `model` is the year of the list."""

    of: str
    model: int
    la_codes: tuple[str, ...]


def neighbours(authority: Authority, model: int | None = None) -> Neighbours | None:
    """The neighbours of an authority by one model, or by the newest that lists it. None where no list has it.

    An invented authority is given those of the authority that its file names as its example.
    """
    of = authority.neighbours_of or authority.la_code
    lists = [known for known in _lists().get(of, ()) if model in (None, known.model)]
    return max(lists, key=lambda known: known.model, default=None)


@cache
def _lists() -> dict[str, list[Neighbours]]:
    ranked: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for row in rows("statistical_neighbours.csv"):
        place = (int(row["rank"]), row["neighbour_la_code"])
        ranked.setdefault((row["la_code"], int(row["model_year"])), []).append(place)
    lists: dict[str, list[Neighbours]] = {}
    for (of, model), places in ranked.items():
        la_codes = tuple(la_code for _, la_code in sorted(places))
        lists.setdefault(of, []).append(Neighbours(of, model, la_codes))
    return lists
