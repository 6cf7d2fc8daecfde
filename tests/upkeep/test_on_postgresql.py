"""On PostgreSQL: a record is moved there whole, backed up while people write, put back, and outlives being killed."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest

from tests.postgresql import server
from tests.tools import postgresql
from tests.upkeep.conftest import MAYA
from tests.upkeep.killed import KILLS, LOOK, WRITES, Writer, killed_again_and_again
from tests.upkeep.service import Browser, answers, serving, waypost

pytestmark = pytest.mark.skipif(postgresql() is None, reason="PostgreSQL was not found.")

TABLES = """
from waypost.upkeep import rows
found = rows.tables("default", lambda sentence: None)
print(json.dumps({name: [table.rows, table.hash] for name, table in found.items()}))
"""
NEXT = """
from waypost.access.models import Act, Agency, Seal
made = Agency.objects.create(name="Another School", kind="school")
line = Act.objects.create(at="2026-03-02T10:00:00Z", kind="access", what="a line")
print(json.dumps({"agencies": Agency.objects.filter(pk__gt=made.pk).count(), "line": line.pk}))
made.delete()
line.delete()
"""


@dataclass(frozen=True)
class There:
    """A record that was moved: its folder and its database; what the folder held, and what the move said."""

    data: Path
    database: str
    before: dict[str, Any]
    said: str


@pytest.fixture(scope="module")
def there(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    data = shutil.copytree(filled, tmp_path_factory.mktemp("moved") / "data")
    before = answers(TABLES, data)
    with server() as database:
        done = waypost("move", "--to", database, data=data)
        assert done.returncode == 0, done.stdout + done.stderr
        yield There(data, database, before, done.stdout)


def tables(there: There) -> dict[str, Any]:
    return answers(TABLES, there.data, there.database)


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_every_row_arrives_and_the_trail_holds(there: There) -> None:
    assert changed(there.before, tables(there)) == {"access_act"}, "the trail has a line of the move"
    assert tables(there)["access_act"][0] == there.before["access_act"][0] + 1
    assert "both sides hold the same" in there.said
    verified = waypost("audit", "verify", data=there.data, database=there.database)
    assert (verified.returncode, verified.stdout.endswith(" 0 faults.\n")) == (0, True)
    assert not verified.stdout.startswith("0 lines")


def test_new_rows_take_keys_after_those_that_came(there: There) -> None:
    found = answers(NEXT, there.data, there.database)
    assert found["agencies"] == 0
    assert found["line"] > there.before["access_act"][0]


def test_the_old_database_is_kept_and_is_not_opened_by_mistake(there: There) -> None:
    kept = there.data / "waypost.moved-to-postgresql.db"
    with sqlite3.connect(kept) as old:
        assert old.execute("SELECT count(*) FROM access_user").fetchone()[0] > 20
    mistaken = waypost("serve", data=there.data)
    assert mistaken.returncode == 2
    assert "was moved to PostgreSQL" in mistaken.stderr


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("", "is not empty"),
        ("sqlite:///other.db", "must be a PostgreSQL database"),
        ("postgresql://nobody@127.0.0.1:1/none", "does not answer"),
        ("a database", "--to"),
    ],
)
def test_a_move_to_nowhere_changes_nothing(there: There, data: Path, to: str, says: str) -> None:
    held = tables(there) if not to else {}
    done = waypost("move", "--to", to or there.database, data=data)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert says in done.stderr
    assert (data / "waypost.db").exists()
    assert not held or tables(there) == held


def test_a_row_that_does_not_go_in_moves_nothing(there: There, data: Path) -> None:
    with psycopg.connect(there.database, autocommit=True) as asked:
        asked.execute("CREATE DATABASE another")
    with sqlite3.connect(data / "waypost.db") as old:
        old.execute("UPDATE access_team SET name = ? WHERE id = 1", ["North " * 100])
    another = there.database.rpartition("/")[0] + "/another"
    done = waypost("move", "--to", another, data=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert "does not take a row of access_team" in done.stderr
    with psycopg.connect(another) as asked:
        assert asked.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    assert (data / "waypost.db").exists()


def test_the_drill_while_people_write(there: There, tmp_path: Path) -> None:
    where, backup = answers(MAYA, there.data, there.database), tmp_path / "backup.tar.zst"
    with serving(there.data, there.database) as (port, _):
        browser = Browser(port)
        browser.sign_in()
        writer = Writer(50, browser, where)
        writer.start()
        while len(writer.taken) < 10:
            Event().wait(0.01)
        before = list(writer.taken)
        made = waypost("backup", backup, data=there.data, database=there.database)
        writer.enough.set()
        writer.join()
    assert (made.returncode, made.stderr) == (0, "")
    held = tables(there)
    over = waypost("restore", backup, data=there.data, database=there.database)
    assert (over.returncode, over.stdout) == (2, "")
    assert "There is a record in" in over.stderr
    assert tables(there) == held
    done = waypost("restore", backup, "--replace", data=there.data, database=there.database)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "and the database's schema waypost_before_" in done.stdout
    looked = answers(LOOK, there.data, there.database, taken=before)
    assert looked["wrong"] == []
    assert len(before) <= looked["there"] <= len(writer.taken) + 1
    for path in (each for each in (there.data / "documents").rglob("*") if each.is_file()):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def test_every_row_is_as_it_was_in_another_database(there: There, tmp_path: Path) -> None:
    backup, fresh = tmp_path / "backup.tar.zst", tmp_path / "fresh"
    with psycopg.connect(there.database, autocommit=True) as asked:
        asked.execute("CREATE DATABASE fresh")
    another = there.database.rpartition("/")[0] + "/fresh"
    assert waypost("backup", backup, data=there.data, database=there.database).returncode == 0
    before = tables(there)
    done = waypost("restore", backup, data=fresh, database=another)
    assert done.returncode == 0, done.stdout + done.stderr
    gone = {"django_session", "usersessions_usersession"}
    assert changed(before, answers(TABLES, fresh, another)) - gone == {"access_act"}
    assert waypost("restore", backup, data=tmp_path / "lite").returncode == 2
    assert not (tmp_path / "lite").exists()


def test_killed_nothing_that_was_taken_is_lost(there: There) -> None:
    found = killed_again_and_again(there.data, there.database)
    assert found["wrong"] == []
    assert found["taken"] >= WRITES // KILLS * KILLS
