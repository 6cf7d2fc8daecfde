"""What authorities have settled, as values of the domain. Everything that counts or dates by them asks here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from waypost.access.local.models import Setting
from waypost.access.models import Authority
from waypost.domain.local import Local, Row, settle


def settings_of(authority: Authority, on: date) -> Local:
    """What holds for one authority on a day. One question."""
    return settings_for([authority], on)[authority.pk]


def settings_for(authorities: Iterable[Authority], on: date) -> Mapping[int, Local]:
    """What holds for each of several, by the authority's key. One question for all of them."""
    asked = {each.pk: each for each in authorities}
    rows: dict[int, list[Row]] = {}
    for setting in Setting.objects.filter(authority__in=asked, is_withdrawn=False):
        rows.setdefault(setting.authority_id, []).append(setting.row)
    return {key: settle(each.code, rows.get(key, ()), on=on) for key, each in asked.items()}
