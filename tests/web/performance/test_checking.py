"""A census is checked in the browser by those who send returns, and nothing of it is kept unless they ask."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.web.performance.census import census, child
from waypost.access.actor import Actor
from waypost.access.models import Act, Authority
from waypost.access.roles import roles
from waypost.performance.checks import ask, begin, kept, place
from waypost.performance.checks.place import Place
from waypost.performance.models import KeptCheck
from waypost.web import uploads

pytestmark = pytest.mark.django_db
BORN_LATER = child("ASH00108", born="2026-03-01")
BEFORE_BIRTH = "8606"
"""A referral more than 40 weeks before the birth."""
MAY = {"performance_analyst", "quality_manager", "head_of_service"}


@pytest.fixture(autouse=True)
def here(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Checks lie in a folder of the test's own, and are done in its own process."""
    settings.CHECKING_DIR = tmp_path / "checking"
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path / "documents"
    monkeypatch.setattr(begin, "start", lambda found, collection: ask.ask(found.folder, collection))
    return tmp_path / "checking"


@pytest.fixture
def analyst(client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> Client:
    client.force_login(worker("performance_analyst", ashdown).user)
    return client


def sent(client: Client, content: bytes, *, name: str = "cin.xml", collection: str = "2025-26") -> str:
    """The page after a file was sent, as text."""
    file = SimpleUploadedFile(name, content, content_type="text/xml")
    answer = client.post("/returns/check", {"file": file, "collection": collection}, follow=True)
    return answer.content.decode()


def lying(here: Path) -> list[Path]:
    return [each for each in here.rglob("*") if each.is_file()]


def test_who_checks_returns() -> None:
    assert {role.id for role in roles().values() if "check_returns" in role.may} == MAY


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "partner", "administrator"])
def test_nobody_else_does(role: str, client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> None:
    client.force_login(worker(role, ashdown).user)
    for address in ("check", "check/result", "check/download/csv", "kept"):
        assert client.get(f"/returns/{address}").status_code == 403
    for address in ("check", "check/forget", "check/keep"):
        assert client.post(f"/returns/{address}").status_code == 403


def test_what_is_wrong_is_said_in_words_with_the_rows_that_break_the_rule(analyst: Client) -> None:
    page = sent(analyst, census(child(), BORN_LATER))
    assert "To put it right:" in page
    assert "ASH00108" in page
    assert "2026-03-01" in page
    assert "breaks the rule" in page
    assert "The return cannot be sent in until the errors are put right." in page


def test_the_page_says_what_the_validator_says(analyst: Client, here: Path) -> None:
    sent(analyst, census(child(), BORN_LATER))
    (folder,) = here.iterdir()
    found = Place(folder).found
    assert found is not None
    issues = json.loads(analyst.get("/returns/check/download/json").getvalue())
    assert issues["counts"] == {"error": found["error"], "query": found["query"]}
    assert sum(rule["issues"] for rule in found["rules"]) == len(issues["issues"])
    only = {each["rule"] for each in issues["issues"] if each["child_id"] == "ASH00108"}
    assert only - {each["rule"] for each in issues["issues"] if each["child_id"] == "ASH00107"} == {BEFORE_BIRTH}


@pytest.mark.parametrize(("name", "begins"), [("csv", "\ufeffrule,severity"), ("json", "{"), ("html", "<!DOCTYPE")])
def test_what_was_found_can_be_taken_along(name: str, begins: str, analyst: Client) -> None:
    sent(analyst, census(BORN_LATER))
    answer = analyst.get(f"/returns/check/download/{name}")
    assert answer.getvalue().decode().startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="census-check.{name}"'
    assert analyst.get("/returns/check/download/exe").status_code == 404


def test_the_table_has_every_issue(analyst: Client) -> None:
    sent(analyst, census(*(child(f"ASH0020{number}", born="2026-03-01") for number in range(5))))
    rows = list(csv.DictReader(io.StringIO(analyst.get("/returns/check/download/csv").getvalue().decode("utf-8-sig"))))
    assert {f"ASH0020{number}" for number in range(5)} <= {row["child_id"] for row in rows}


# ---------------------------------------------------------------- bad files


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cin.xml is empty. Export the census again and give the new file."),
        (b"not a census at all", "cin.xml"),
        (b"<Report></Report>", "cin.xml is not a children in need census: its outer element is Report, not Message."),
        (census(child())[:-60], "cin.xml"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Message></Message>', "declares a document type"),
        (b"\x00\xff\xfe" * 50, "cin.xml"),
    ],
)
def test_what_is_no_census_is_said_beside_the_field(content: bytes, says: str, analyst: Client, here: Path) -> None:
    page = sent(analyst, content, collection="2024-25")
    assert "There is a problem" in page
    assert re.search(r'value="2024-25"\s+selected', page), "the collection that was chosen stays chosen"
    assert "Error: Check a return" in page
    assert says in page.partition('id="id_file-error"')[2]
    assert lying(here) == []


def test_a_file_beyond_the_limit_is_refused_in_a_sentence(
    analyst: Client, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waypost.performance.checks.forms.MOST", 100)
    monkeypatch.setattr(uploads, "MOST", 100)
    page = sent(analyst, census(child()))
    assert "which is the most that is checked here" in page
    assert lying(here) == []


@pytest.mark.parametrize(
    ("given", "says"), [({"collection": "2025-26"}, "Choose a census file"), ({}, "Select a collection")]
)
def test_what_is_missing_is_asked_for(given: dict[str, str], says: str, analyst: Client) -> None:
    assert says in analyst.post("/returns/check", given).content.decode()


def test_a_collection_that_there_is_not_is_refused(analyst: Client, here: Path) -> None:
    assert "There is a problem" in sent(analyst, census(child()), collection="1999-00")
    assert lying(here) == []


def test_too_many_at_once_wait(analyst: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(begin, "MOST_AT_ONCE", 0)
    assert "Wait a minute" in sent(analyst, census(child()))


# ---------------------------------------------------------------- how far it is


def test_a_page_shows_how_far_a_long_check_is(analyst: Client, monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    monkeypatch.setattr(begin, "start", lambda found, collection: None)
    page = sent(analyst, census(child()))
    assert "Checking the file" in page
    (folder,) = here.iterdir()
    Place(folder).say("far.json", {"read": 512, "of": 1024})
    assert 'value="50"' in analyst.get("/returns/check/result").content.decode()
    Place(folder).say("far.json", {"read": 1024, "of": 1024})
    assert "Its rules are being checked." in analyst.get("/returns/check/result").content.decode()


def test_a_check_that_was_cut_off_says_so(analyst: Client, monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    monkeypatch.setattr(begin, "start", lambda found, collection: None)
    sent(analyst, census(child()))
    (folder,) = here.iterdir()
    long_ago = time.time() - 1200
    os.utime(folder / "far.json", (long_ago, long_ago))
    page = analyst.get("/returns/check/result").content.decode()
    assert "The check did not end." in page
    assert lying(here) == []


def test_a_check_in_a_process_of_its_own_ends_the_same(here: Path, settings: Settings) -> None:
    """The real thing, once: a program beside this one."""
    found = place.made(here)
    (found.filed / "cin.xml").write_bytes(census(BORN_LATER))
    found.say("far.json", {"read": 0, "of": 1})
    real = Place(found.folder)
    _really_started(real)
    assert real.found is not None
    assert real.found["error"] > 0
    assert not real.filed.exists()


def _really_started(found: Place) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "waypost.performance.checks.ask", str(found.folder), "2025-26"]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0


# ---------------------------------------------------------------- nothing is kept unasked


def test_the_file_is_gone_as_soon_as_it_was_read(analyst: Client, here: Path) -> None:
    sent(analyst, census(BORN_LATER))
    assert not list(here.rglob("*.xml"))
    assert lying(here)


@pytest.mark.parametrize("way", ["forgotten", "signed out", "another file", "an hour"])
def test_what_was_found_is_gone(way: str, analyst: Client, here: Path) -> None:
    sent(analyst, census(BORN_LATER))
    (folder,) = here.iterdir()
    if way == "forgotten":
        assert "are gone" in analyst.post("/returns/check/forget", follow=True).content.decode()
    elif way == "signed out":
        analyst.post("/sign-out")
    elif way == "another file":
        sent(analyst, census(child()))
    else:
        long_ago = time.time() - 3700
        os.utime(folder, (long_ago, long_ago))
        assert place.forget_old(here) == 1
        assert "What was found" not in analyst.get("/returns/check/result", follow=True).content.decode()
    assert not folder.exists()


def test_another_session_sees_none_of_it(
    analyst: Client, ashdown: Authority, worker: Callable[..., Actor], here: Path
) -> None:
    sent(analyst, census(BORN_LATER))
    other = Client()
    other.force_login(worker("performance_analyst", ashdown).user)
    assert "ASH00108" not in other.get("/returns/check/result", follow=True).content.decode()
    assert other.get("/returns/check/download/csv").status_code == 404


def test_no_number_of_a_child_reaches_an_address_a_log_a_cookie_or_the_trail(
    analyst: Client, caplog: pytest.LogCaptureFixture
) -> None:
    sent(analyst, census(BORN_LATER), name="ASH00108.xml")
    analyst.post("/returns/check/keep", follow=True)
    cookies = "".join(each.value for each in analyst.cookies.values())
    session = json.dumps(dict(analyst.session.items()), default=str)
    lines = str(list(Act.objects.values_list("what", "rows", "because")))
    for said in (caplog.text, cookies, session, lines, str(list(KeptCheck.objects.values()))):
        assert "ASH00108" not in said


def test_the_folder_is_open_to_the_service_alone(analyst: Client, here: Path) -> None:
    sent(analyst, census(BORN_LATER))
    (folder,) = here.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    assert here.stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- what somebody asked to keep


def test_the_numbers_are_kept_with_who_and_when(analyst: Client, ashdown: Authority) -> None:
    sent(analyst, census(child(), BORN_LATER))
    page = analyst.post("/returns/check/keep", follow=True).content.decode()
    row = KeptCheck.objects.get()
    assert (row.authority, row.children, row.kept_by.name) == (ashdown, 2, row.kept_by.name)
    assert row.errors == sum(each["issues"] for each in row.rules if each["severity"] == "error")
    assert row.kept_by.name in page
    assert Act.objects.filter(what="keep the result of checking a return", authority=ashdown).count() == 1
    assert row.kept_by.name in analyst.get("/returns/kept").content.decode()


@pytest.mark.parametrize(
    ("authority", "says"), [("992", "is of another authority than yours"), ("", "does not say which authority")]
)
def test_the_result_of_another_authority_is_not_kept(
    authority: str, says: str, analyst: Client, brookvale: Authority
) -> None:
    page = sent(analyst, census(BORN_LATER, authority=authority))
    assert says in page
    assert "Keep the result" not in page
    assert analyst.post("/returns/check/keep").status_code == 403
    assert not KeptCheck.objects.exists()


def test_a_kept_result_of_another_authority_is_not_there(
    analyst: Client, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    other = Client()
    other.force_login(worker("performance_analyst", brookvale).user)
    sent(other, census(BORN_LATER, authority="992"))
    other.post("/returns/check/keep")
    row = KeptCheck.objects.get()
    assert other.get(f"/returns/kept/{row.pk}").status_code == 200
    assert analyst.get(f"/returns/kept/{row.pk}").status_code == 404


def test_what_changed_since_the_last_that_was_kept(analyst: Client) -> None:
    sent(analyst, census(child(), BORN_LATER))
    analyst.post("/returns/check/keep")
    page = sent(analyst, census(child(), child("ASH00108")))
    assert "What changed since the result kept on" in page
    assert "gone" in page.partition("What changed since")[2]
    kept_page = analyst.post("/returns/check/keep", follow=True).content.decode()
    assert "gone" in kept_page.partition("What changed since")[2]


def test_changes_are_in_words() -> None:
    def rule(code: str, issues: int) -> dict[str, Any]:
        return {"code": code, "title": f"Rule {code}", "severity": "error", "issues": issues}

    found = kept.changes([rule("1", 4), rule("2", 3), rule("3", 1), rule("5", 2)], [rule("1", 9), rule("2", 1),
                         rule("4", 2), rule("5", 2)])  # fmt: skip
    assert [(each.code, each.says) for each in found] == [
        ("1", "5 more"),
        ("4", "new"),
        ("3", "gone"),
        ("2", "2 fewer"),
    ]


@pytest.mark.parametrize(("address", "queries"), [("check", 0), ("check/result", 2), ("kept", 1)])
def test_how_many_questions_each_page_asks(
    address: str, queries: int, analyst: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sent(analyst, census(BORN_LATER))
    analyst.post("/returns/check/keep")
    with django_assert_num_queries(AROUND + queries):
        analyst.get(f"/returns/{address}")


AROUND = 6
"""Who asks: the session, the user, the roles and what is theirs."""
