"""What an authority's boards and services are called. They change, and a report names them as they were."""

from __future__ import annotations

from collections.abc import Mapping

from waypost.domain.local.rows import Row, SettingRefused, text_of

NAMES: Mapping[str, str] = {
    "board": "Safeguarding children partnership",
    "children": "Children's services",
    "front_door": "Front door",
    "assessment": "Assessment service",
    "protection": "Child protection service",
    "conferences": "Child protection conference service",
    "early_help": "Early help",
    "scrutiny": "Children's scrutiny committee",
}
"""Each by its id, and what it is called where the authority does not say."""

LONGEST = 100


def name_of(row: Row) -> str:
    if row.about not in NAMES:
        raise SettingRefused(f"There is no board or service {row.about!r} whose name is kept.")
    name = text_of(row, "name", "what it is called")
    if len(name) > LONGEST:
        raise SettingRefused(f"The name has {len(name)} letters; write at most {LONGEST}.")
    return name
