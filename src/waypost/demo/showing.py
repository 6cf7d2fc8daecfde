"""Makes the demonstration: the census files of the three invented authorities, their annual reports, and an index page.

The folder is made beside its place and put there whole, so a crash half way leaves what was there before. It is made
again only when the seed or any part of Waypost has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import waypost
from waypost.datasets.dataset import Dataset
from waypost.demo import census
from waypost.demo.characters import CHARACTERS
from waypost.domain.periods import FinancialYear
from waypost.reports.files import WRITERS, write
from waypost.reports.index import Entry, entry
from waypost.reports.index import write as write_index
from waypost.reports.model import Edition
from waypost.reports.words import listed

REPORT_YEARS = (FinancialYear(2026), FinancialYear(2025))
ABOUT = (
    "Six years of children in need census files, about nobody. In each report the other two authorities stand beside, "
    "counted from their own files. The published figures that stand beside them are real."
)
TARGETS = Path(__file__).with_name("targets.yaml")
EARLIER = ("html",)
"""An earlier year's report is there to be read beside the latest; making every format of it would double the wait."""
STAMP = "made.json"
DRAFT = "demo-draft-"
ABANDONED_AFTER = 3600

Say = Callable[[str], None]
Wanted = tuple[str, FinancialYear, Edition]


def prepare(data_dir: Path, *, seed: int, say: Say) -> Path:
    """Makes the demonstration where it is not there as asked for, and returns the folder of its pages.

    `say` is told what is being done, in words.
    """
    home = data_dir / "demo"
    wanted = {"seed": seed, "made_by": _fingerprint()}
    if _is_made(home, wanted):
        say("The demonstration was made before and is used again.")
        return home / "reports"
    data_dir.mkdir(parents=True, exist_ok=True)
    _sweep(data_dir)
    with tempfile.TemporaryDirectory(prefix=DRAFT, dir=data_dir) as name:
        draft = Path(name) / "demo"
        _make(draft, seed, say)
        (draft / STAMP).write_text(json.dumps(wanted), encoding="utf-8")
        _put(draft, home, Path(name) / "before")
    return home / "reports"


def _make(home: Path, seed: int, say: Say) -> None:
    (home / "reports").mkdir(parents=True)
    shown: list[Entry] = []
    wanted = _wanted()
    say(f"Inventing three authorities and {len(census.COLLECTIONS)} years of census files.")
    workers = min(len(wanted), os.cpu_count() or 1)
    with get_context("spawn").Pool(workers, initializer=_leave_stopping_to_us) as pool:
        filed = dict(zip(CHARACTERS, pool.map(partial(_census_of, home, seed), CHARACTERS), strict=True))
        say(f"Making {len(wanted)} annual reports, those of {REPORT_YEARS[0]} as {listed(list(WRITERS))}.")
        for done, made in enumerate(pool.imap_unordered(partial(_report_of, home, filed), wanted), 1):
            shown.append(made)
            say(f"{made.authority} {made.year}, {made.edition} edition: {done} of {len(wanted)}.")
    page = write_index(shown, title="Three invented authorities", lead=f"{ABOUT} Made with seed {seed}.")
    (home / "reports" / "index.html").write_text(page, encoding="utf-8")


def _wanted() -> list[Wanted]:
    """Internal editions of every authority, and public ones of the latest year where the questions are answered."""
    internal: list[Wanted] = [(la_code, year, "internal") for la_code in CHARACTERS for year in REPORT_YEARS]
    public: list[Wanted] = [
        (la_code, REPORT_YEARS[0], "public") for la_code in CHARACTERS if _answers(la_code).exists()
    ]
    return public + internal


def _answers(la_code: str) -> Path:
    return Path(__file__).with_name("answers") / f"{la_code}.yaml"


def _census_of(home: Path, seed: int, la_code: str) -> list[Path]:
    return census.write(home / "census" / la_code, authority=la_code, seed=seed)


def _report_of(home: Path, filed: Mapping[str, Sequence[Path]], wanted: Wanted) -> Entry:
    """The report of one authority and year, with the others beside it, each from its files up to that year."""
    from waypost.reports.annual import build
    from waypost.reports.answers import NO_ANSWERS
    from waypost.reports.answers import read as read_answers
    from waypost.reports.targets import load

    la_code, year, edition = wanted
    known = census.COLLECTIONS.index(year) + 1
    held = {code: _read(tuple(files[:known])) for code, files in filed.items()}
    own = held.pop(la_code)
    answers = read_answers(_answers(la_code)) if edition == "public" else NO_ANSWERS
    report = build(own, year, beside=tuple(held.values()), edition=edition, answers=answers, targets=load(TARGETS))
    formats = tuple(WRITERS) if year == REPORT_YEARS[0] else EARLIER
    return entry(report, write(report, home / "reports", formats=formats))


@cache
def _read(files: tuple[Path, ...]) -> Dataset:
    """Each process reads a file once, however many reports it makes of it."""
    from waypost.datasets.load.cin_census import read

    return read(files)


def _leave_stopping_to_us() -> None:
    """Ctrl-C reaches every process; only the first should answer it, by ending the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


# ---------------------------------------------------------------- whether it is made, and where it lies


def _is_made(home: Path, wanted: dict[str, object]) -> bool:
    stamp = home / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == json.dumps(wanted)


@cache
def _fingerprint() -> str:
    """A hash of every file of Waypost, so that pages are never older than what would make them."""
    room = Path(waypost.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in room.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(str(path.relative_to(room)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _put(draft: Path, home: Path, before: Path) -> None:
    if home.exists():
        home.rename(before)
    draft.rename(home)


def _sweep(data_dir: Path) -> None:
    """Removes what a start that was killed left behind, and not what another start is making now."""
    for path in data_dir.glob(f"{DRAFT}*"):
        if time.time() - path.stat().st_mtime > ABANDONED_AFTER:
            shutil.rmtree(path, ignore_errors=True)
