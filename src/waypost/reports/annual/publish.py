"""Makes a public edition and keeps what it showed, so that those after it do not give away what it withheld."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from waypost import __version__
from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear
from waypost.reports import publications
from waypost.reports.annual import KIND
from waypost.reports.annual.public import Shown
from waypost.reports.answers import Answers
from waypost.reports.model import Report


def publish(
    make: Callable[..., Report], datasets: Sequence[Dataset], year: FinancialYear, answers: Answers, data_dir: Path
) -> Report:
    """The public edition of the first dataset, with the others beside it. `make` is `annual.build` of all the rest.

    It is kept before it is given out: to have kept one that nobody saw does no harm, the other way round does.

    Raises:
        PlainError: as `annual.build` does, or because an edition that is out is missing from the data folder.
    """
    freezes = tuple(one.id for one in datasets)
    own = datasets[0].authority
    making = publications.Making(KIND, own, year, freezes, answers.digest, f"Waypost {__version__}")
    out = {one.authority: publications.earlier(data_dir, making, one.authority) for one in datasets}

    def keep(shown: Shown) -> None:
        for code, edition in shown.items():
            publications.keep(data_dir, making, edition, tuple(out[code]))

    earlier = {code: tuple(editions.values()) for code, editions in out.items()}
    return make(edition="public", earlier=earlier, keep=keep)
