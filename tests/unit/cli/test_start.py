"""`./waypost` on a fresh machine: it sets itself up once, says so on stderr only, and survives being stopped half way.

The lock files here are empty, so nothing is fetched; the rest is real.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the script is started by sh")

SAID_ONCE = "Setting Waypost up in .venv. This is done once and takes about a minute.\n"
COMMAND = "import sys\nprint('ran', *sys.argv[1:])\n"
WITHOUT_UV = os.pathsep.join(("/usr/local/bin", "/usr/bin", "/bin"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the script with nothing to install, and a command that says that it ran."""
    shutil.copy(ROOT / "waypost", tmp_path)
    for lock in ("requirements.lock", "requirements-test.lock", "requirements-spark.lock"):
        (tmp_path / lock).write_text("# nothing\n")
    command = tmp_path / "src" / "waypost" / "cli"
    command.mkdir(parents=True)
    (command / "__main__.py").write_text(COMMAND)
    return tmp_path


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    known = {"PATH": WITHOUT_UV, "WAYPOST_PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str, **settings: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [home / "waypost", *words],
            cwd="/",
            env=known | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


Start = Callable[..., "subprocess.Popen[str]"]


def test_it_sets_itself_up_once_and_says_so_on_stderr(start: Start, home: Path) -> None:
    assert start("one", "two words").communicate() == ("ran one two words\n", SAID_ONCE)
    assert start("again").communicate() == ("ran again\n", "")
    (home / "requirements.lock").write_text("# another\n")
    assert start("changed").communicate() == ("ran changed\n", SAID_ONCE)


def test_two_starts_at_once_both_run(start: Start) -> None:
    first, second = start("first"), start("second")
    assert [first.communicate()[0], second.communicate()[0]] == ["ran first\n", "ran second\n"]
    assert start("third").communicate() == ("ran third\n", "")


def test_spark_is_installed_where_it_is_asked_for(start: Start, home: Path) -> None:
    spark = home / ".venv" / ".requirements-spark.lock.stamp"
    assert start("without", WAYPOST_REQUIRE="spark").communicate() == ("ran without\n", SAID_ONCE)
    assert not spark.exists()  # only the tests can require it
    assert start("with", WAYPOST_SPARK="1").communicate() == ("ran with\n", SAID_ONCE)
    assert spark.exists()
    assert start("with", WAYPOST_SPARK="1").communicate() == ("ran with\n", "")


def test_tests_that_require_spark_install_it(start: Start, home: Path) -> None:
    start("test", WAYPOST_REQUIRE="chromium, Spark").communicate()
    assert (home / ".venv" / ".requirements-spark.lock.stamp").exists()


def test_a_set_up_that_was_killed_is_begun_again(start: Start, home: Path) -> None:
    process = start("lost")
    while not (home / ".venv" / ".unfinished").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert start("found").communicate() == ("ran found\n", SAID_ONCE)
    assert not (home / ".venv" / ".unfinished").exists()


def test_a_set_up_that_fails_says_why_in_one_sentence(start: Start, home: Path) -> None:
    (home / "requirements.lock").write_text("no-such-part\n")
    process = start("never")
    out, err = process.communicate()
    assert (process.returncode, out) == (70, "")
    assert err.splitlines()[-1].startswith("Waypost could not be set up, for the reason above;")
    assert "Traceback" not in err


def test_without_a_python_it_says_so(home: Path) -> None:
    done = subprocess.run(["/bin/sh", home / "waypost"], env={"PATH": ""}, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr == "Waypost needs Python 3.11 or later; install it, then run this again.\n"
