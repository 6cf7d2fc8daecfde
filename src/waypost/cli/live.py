"""The live record as a source of figures, and as what a command changes: opened under the data folder."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.cli.service import share, woken
from waypost.domain.errors import CannotRead, WrongUse

if TYPE_CHECKING:
    from waypost.datasets.dataset import Dataset


def opened(data_dir: Path) -> None:
    """Wakes Django on the record in a data folder.

    Raises:
        WrongUse: there is no record there, or an older Waypost made it and it has not been brought up to date.
        CannotRead: it is not a database, or cannot be reached.
    """
    woken(data_dir, must_exist=True)
    share(data_dir)
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise CannotRead(f"The record in {data_dir} cannot be read; is its database there, and whole?") from error
    if is_behind:
        raise WrongUse(
            f"The record in {data_dir} was kept by an older Waypost; start waypost serve once to bring it up to date."
        )


def read_live(options: Namespace) -> Dataset:
    """The dataset of one authority's live record, now or as it was known on a day."""
    opened(options.data_dir)
    from waypost.extract import extract
    from waypost.indicators.groups import LIVE_FIELDS

    with_groups = any(name in LIVE_FIELDS for name in getattr(options, "group_by", ()))
    code = options.authority or _only_authority(options.data_dir)
    return extract(code, as_known_on=options.as_known_on, with_groups=with_groups)


def _only_authority(data_dir: Path) -> str:
    from waypost.access.models import Authority

    held = list(Authority.objects.order_by("code"))
    if not held:
        raise WrongUse(f"The record in {data_dir} holds no authority yet.")
    if len(held) > 1:
        named = ", ".join(f"{each.code} {each.name}" for each in held)
        raise WrongUse(f"The record in {data_dir} is of several authorities ({named}); choose one with --authority.")
    return held[0].code
