"""The service does on PostgreSQL what it does on SQLite: the tests of its pages are run again there."""

from __future__ import annotations

import pytest

from tests.postgresql import run, server
from tests.tools import postgresql

LONGEST = 1200
NOT_AGAIN = (
    "tests/web/test_every_address.py",  # who may ask for what is decided before the database is
    "tests/web/access/test_verify.py",  # it starts services of its own, each on a file
)


@pytest.mark.skipif(postgresql() is None, reason="PostgreSQL was not found, so the service was tested on SQLite alone.")
def test_every_page_on_postgresql(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = ["tests/web", "tests/extract", "-q", "--no-header"]
    words.append(f"--basetemp={tmp_path_factory.mktemp('postgresql') / 'kept'}")
    words += [f"--ignore={each}" for each in NOT_AGAIN]
    if request.config.getoption("nomigrations"):
        words.append("--no-migrations")
    with server() as address:
        done = run(address, *words, capture_output=True, timeout=LONGEST)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
