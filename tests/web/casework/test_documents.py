"""Documents: what is taken and what is refused, where files are kept, who opens which, and what is scanned."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Team
from waypost.access.rules import NotAllowed
from waypost.records.casework.actions import children
from waypost.records.casework.actions.documents import change_sensitivity
from waypost.records.casework.filed.names import tidied
from waypost.records.casework.models import Child, Document
from waypost.web import uploads
from waypost.web.uploads import size_words

pytestmark = pytest.mark.django_db

SCANNER = """import pathlib, sys
held = pathlib.Path(sys.argv[-1]).read_bytes()
sys.exit(7 if b"BREAKS THE SCANNER" in held else 1 if b"AN INVENTED VIRUS" in held else 0)
"""
LETTER = b"From: school@example.org\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\nSubject: A letter\r\n\r\nDear team,\r\n"


def zipped(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as held:
        for name, text in members.items():
            held.writestr(name.replace("__", "/").replace("Types", "[Content_Types].xml"), text)
    return made.getvalue()


def picture() -> bytes:
    """A PNG of one white point."""

    def part(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", zlib.compress(b"\0\xff")) + part(b"IEND", b"")


DOCX = zipped(Types="<Types/>", **{"word__document.xml": "<document/>"})
MACRO = zipped(Types="<Types/>", **{"word__document.xml": "<document/>", "word__vbaProject.bin": "run"})
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<text/>"})
FILES = {
    "report.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "letter.docx": DOCX,
    "notes.odt": ODT,
    "drawing.PNG": picture(),
    "photo.jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "photo.jpg": b"\xff\xd8\xff\xdb\x00\x43",
    "said.txt": "What Maya said: “I like school.”".encode(),
    "sent.eml": LETTER,
}
WRONG = {
    "a program as a report": ("report.pdf", b"MZ\x90\x00 a program"),
    "a picture as a report": ("report.pdf", picture()),
    "a spreadsheet as a letter": ("letter.docx", zipped(Types="<Types/>", **{"xl__workbook.xml": "<workbook/>"})),
    "a letter with a macro": ("letter.docx", MACRO),
    "a broken zip": ("letter.docx", b"PK\x03\x04 and no more"),
    "a letter as notes": ("notes.odt", DOCX),
    "a program as text": ("said.txt", b"MZ\x90\x00 a program"),
    "text that is no email": ("sent.eml", b"Dear team,\r\n"),
    "a page": ("page.html", b"<script>alert(1)</script>"),
    "a program": ("run.exe", b"MZ"),
    "no ending": ("report", b"%PDF-1.7"),
    "two endings": ("report.pdf.exe", b"%PDF-1.7"),
}


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> Path:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "documents"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    settings.SCANNER = ""
    return tmp_path / "documents"


@pytest.fixture
def clerk(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("contact_worker", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


@pytest.fixture
def send(client: Client, maya: Child, clerk: Actor) -> Callable[..., Any]:
    """Sends a file as a worker of first response does."""
    client.force_login(clerk.user)

    def sent(name: str, held: bytes, **given: str) -> Any:
        said = {"title": "Letter from school", "kind": "letter", "sensitivity": "ordinary"}
        said |= {"dated_on_day": "2", "dated_on_month": "3", "dated_on_year": "2026", **given}
        file = SimpleUploadedFile(name, held, content_type="text/html")
        return client.post(f"/children/{maya.pk}/documents/new", {**said, "file": file})

    return sent


def kept_files(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_kept_by_its_hash_and_given_back_as_it_was(
    name: str, send: Callable[..., Any], client: Client, maya: Child, store: Path
) -> None:
    assert send(name, FILES[name])["Location"] == f"/children/{maya.pk}/documents"
    found = Document.objects.get()
    assert found.sha256 == hashlib.sha256(FILES[name]).hexdigest()
    assert (found.size, found.file_name, found.scan) == (len(FILES[name]), name, Document.NOT_SCANNED)
    (kept,) = kept_files(store)
    assert (kept.name, stat.S_IMODE(kept.stat().st_mode), stat.S_IMODE(kept.parent.stat().st_mode)) == (
        found.sha256,
        0o600,
        0o700,
    )
    answer = client.get(f"/children/{maya.pk}/documents/{found.pk}")
    assert b"".join(answer.streaming_content) == FILES[name]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert "html" not in answer["Content-Type"]
    line = Act.objects.get(kind=Act.READ, what="document")
    assert (line.child, line.rows) == (maya.pk, [f"casework.document:{found.pk}"])


@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_that_is_not_what_it_says_is_refused(wrong: str, send: Callable[..., Any], store: Path) -> None:
    page = send(*WRONG[wrong]).content.decode()
    assert "Files of this type cannot be kept" in page or "what is in it is something else" in page
    assert "<title>Error: Add a document" in page
    assert 'href="#id_file"' in page
    assert not Document.objects.exists()
    assert kept_files(store) == []


def test_an_empty_file_and_none_are_refused(send: Callable[..., Any], client: Client, maya: Child) -> None:
    assert "The file is empty" in send("said.txt", b"").content.decode()
    assert "Choose a file" in client.post(f"/children/{maya.pk}/documents/new", {"title": "x"}).content.decode()


def test_a_file_that_is_too_large_is_refused_and_not_written_out(
    send: Callable[..., Any], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waypost.records.casework.forms import documents

    for module in (uploads, documents):
        monkeypatch.setattr(module, "MOST", 100_000)
    written: list[int] = []
    complete = uploads.SetDown.file_complete

    def watched(handler: uploads.SetDown, size: int) -> Any:
        written.append(Path(handler.file.name).stat().st_size)
        return complete(handler, size)

    monkeypatch.setattr(uploads.SetDown, "file_complete", watched)
    assert "The file is larger than" in send("report.pdf", b"%PDF-" + b"0" * 300_000).content.decode()
    assert written[0] <= 100_000
    assert kept_files(store) == []
    assert send("report.pdf", b"%PDF-" + b"0" * 99_000).status_code == 302


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/etc/shadow.txt", "shadow.txt"),
        ("...txt", "txt"),
        ("a\x00b\r\nSet-Cookie: x.txt", "abSet-Cookie x.txt"),
        ("harmless\u202efdp.txt", "harmlessfdp.txt"),
        ('say "no".txt', "say no.txt"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        ("", "file"),
    ],
)
def test_a_name_that_plays_tricks_is_made_plain(name: str, tidy: str) -> None:
    assert tidied(name) == tidy


def test_no_name_leads_out_of_the_folder(send: Callable[..., Any], store: Path, tmp_path: Path) -> None:
    send("../../../../escaped.txt", b"hello")
    assert Document.objects.get().file_name == "escaped.txt"
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(kept_files(store))


def test_the_same_file_on_two_records_is_kept_once(send: Callable[..., Any], store: Path) -> None:
    send("said.txt", b"hello")
    send("other.txt", b"hello")
    assert Document.objects.count() == 2
    assert len(kept_files(store)) == 1


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_file_that_is_not_what_was_kept_is_not_given(
    harm: str, send: Callable[..., Any], client: Client, maya: Child, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    send("said.txt", b"hello")
    (kept,) = kept_files(store)
    kept.chmod(0o600)
    kept.write_bytes(b"jello") if harm == "changed" else kept.unlink()
    answer = client.get(f"/children/{maya.pk}/documents/{Document.objects.get().pk}")
    assert answer.status_code == 500
    assert "This file cannot be opened" in answer.content.decode()
    assert "a kept file is missing or is not what was kept" in caplog.messages


# ---------------------------------------------------------------- scanning


@pytest.fixture
def scanner(settings: Settings, tmp_path: Path) -> None:
    """A real program, which knows one invented virus."""
    script = tmp_path / "a scanner.py"
    script.write_text(SCANNER)
    settings.SCANNER = f"{sys.executable} '{script}' --quiet"


def test_without_a_scanner_the_page_says_so(send: Callable[..., Any], client: Client, maya: Child) -> None:
    assert "Files are not scanned for viruses here" in client.get(f"/children/{maya.pk}/documents/new").content.decode()
    send("said.txt", b"hello")
    assert "Not scanned for viruses" in client.get(f"/children/{maya.pk}/documents").content.decode()


def test_a_clean_file_is_kept_as_scanned(scanner: None, send: Callable[..., Any], client: Client, maya: Child) -> None:
    assert "not scanned" not in client.get(f"/children/{maya.pk}/documents/new").content.decode()
    send("said.txt", b"hello")
    assert Document.objects.get().scan == Document.CLEAN
    assert "Not scanned" not in client.get(f"/children/{maya.pk}/documents").content.decode()


def test_an_infected_file_is_refused_and_logged(
    scanner: None, send: Callable[..., Any], maya: Child, clerk: Actor, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = send("said.txt", b"hello AN INVENTED VIRUS").content.decode()
    assert "The virus scanner found something in this file, so it was not kept" in page
    assert kept_files(store) == []
    assert not Document.objects.exists()
    line = Act.objects.get(kind=Act.REFUSED, what="infected file")
    assert (line.child, line.by) == (maya.pk, clerk.user)
    assert "an infected file was refused" in caplog.messages


@pytest.mark.parametrize("broken", ["fails", "is not there"])
def test_a_scanner_that_gives_no_answer_is_not_a_yes(
    broken: str, scanner: None, settings: Settings, send: Callable[..., Any], store: Path
) -> None:
    if broken == "is not there":
        settings.SCANNER = "no-such-scanner"
    page = send("said.txt", b"hello BREAKS THE SCANNER").content.decode()
    assert "could not be scanned for viruses, so it was not kept" in page
    assert kept_files(store) == []


# ---------------------------------------------------------------- who opens which


def named(sensitivity: str) -> dict[str, str]:
    return {"title": f"A {sensitivity} one", "sensitivity": sensitivity}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("team_manager", {"ordinary", "confidential", "third_party"}),
        ("conference_chair", {"ordinary", "confidential"}),
        ("performance_analyst", {"ordinary"}),
        ("allocated", {"ordinary", "confidential", "third_party"}),
        ("stranger", set()),
    ],
)
def test_who_sees_which(
    role: str,
    seen: set[str],
    send: Callable[..., Any],
    client: Client,
    maya: Child,
    ashdown: Authority,
    brookvale: Authority,
    team: Team,
    worker: Callable[..., Actor],
) -> None:
    for sensitivity in ("ordinary", "confidential", "third_party"):
        send("said.txt", b"hello", **named(sensitivity))
    by = {"allocated": "social_worker", "stranger": "team_manager"}.get(role, role)
    asking = worker(by, brookvale if role == "stranger" else ashdown)
    if role == "allocated":
        manager = worker("team_manager", ashdown)
        children.allocate(maya, team=team, worker=asking.user, since=date(2026, 1, 5), by=manager)
    client.force_login(asking.user)
    page = client.get(f"/children/{maya.pk}/documents").content.decode()
    for document in Document.objects.all():
        is_seen = document.sensitivity in seen
        assert (document.title in page) == is_seen
        answer = client.get(f"/children/{maya.pk}/documents/{document.pk}")
        assert answer.status_code == (200 if is_seen else 404)


def test_whoever_added_a_document_sees_it(send: Callable[..., Any], client: Client, maya: Child) -> None:
    send("said.txt", b"hello", **named("third_party"))
    assert "A third_party one" in client.get(f"/children/{maya.pk}/documents").content.decode()


def test_a_document_is_not_reached_through_another_child(
    send: Callable[..., Any], client: Client, ashdown: Authority, child: Callable[..., Child]
) -> None:
    send("said.txt", b"hello")
    other = child(ashdown, given="Rowan")
    assert client.get(f"/children/{other.pk}/documents/{Document.objects.get().pk}").status_code == 404


def test_who_only_reads_may_add_none(
    client: Client, maya: Child, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("performance_analyst", ashdown).user)
    assert client.get(f"/children/{maya.pk}/documents/new").status_code == 403
    assert "Add a document" not in client.get(f"/children/{maya.pk}/documents").content.decode()


def test_the_list_asks_a_fixed_number_of_questions(
    send: Callable[..., Any], client: Client, maya: Child, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    send("said.txt", b"hello")
    client.get(f"/children/{maya.pk}/documents")
    send("said.txt", b"hello")
    with django_assert_num_queries(36):
        client.get(f"/children/{maya.pk}/documents")


def test_a_draft_keeps_what_was_typed_and_no_file(send: Callable[..., Any], client: Client, maya: Child) -> None:
    send("said.txt", b"hello secret", _draft="1")
    page = client.get(f"/children/{maya.pk}/documents/new").content.decode()
    assert 'value="Letter from school"' in page
    assert "A file is not kept with it: choose it again." in page
    assert not Document.objects.exists()


def test_a_size_in_words() -> None:
    assert [size_words(size) for size in (12, 2048, 50 * 1024 * 1024)] == ["12 bytes", "2 KB", "50 MB"]


# ---------------------------------------------------------------- who may open it, changed


def test_who_may_open_it_is_changed_with_a_reason(
    send: Callable[..., Any], client: Client, maya: Child, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    send("report.pdf", FILES["report.pdf"], sensitivity="ordinary")
    document = Document.objects.get()
    at = f"/children/{maya.pk}/documents/{document.pk}/who"
    assert at in client.get(f"/children/{maya.pk}/documents").content.decode()
    why = "It names the neighbour who told us."
    said = client.post(at, {"sensitivity": "ordinary", "because": why, "version": "1"}).content.decode()
    assert said.count("It is so already") == 2
    assert client.post(at, {"sensitivity": "third_party", "because": ""}).content.decode().count("Enter why") >= 2
    client.post(at, {"sensitivity": "third_party", "because": why, "version": "1"})
    document.refresh_from_db()
    assert document.sensitivity == "third_party"
    assert document.history.latest().history_change_reason == why
    assert Act.objects.get(what="change who may open document").child == maya.pk
    client.force_login(worker("reviewing_officer", ashdown).user)
    assert client.get(at).status_code in (403, 404)


def test_two_people_who_change_it_see_both_versions(send: Callable[..., Any], client: Client, maya: Child) -> None:
    send("report.pdf", FILES["report.pdf"], sensitivity="ordinary")
    document = Document.objects.get()
    at = f"/children/{maya.pk}/documents/{document.pk}/who"
    why = "It names the neighbour who told us."
    client.post(at, {"sensitivity": "third_party", "because": why, "version": "1"})
    both = client.post(at, {"sensitivity": "confidential", "because": why, "version": "1"}).content.decode()
    assert "Someone else saved this while you had it open" in both
    document.refresh_from_db()
    assert document.sensitivity == "third_party"


def test_whoever_may_not_open_it_may_not_change_it(
    send: Callable[..., Any], client: Client, maya: Child, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    send("report.pdf", FILES["report.pdf"], sensitivity="third_party")
    document = Document.objects.get()
    someone = worker("contact_worker", ashdown)
    client.force_login(someone.user)
    at = f"/children/{maya.pk}/documents/{document.pk}/who"
    assert client.post(at, {"sensitivity": "ordinary", "because": "I would like to see it."}).status_code == 404
    with pytest.raises(NotAllowed):
        change_sensitivity(document, to="ordinary", because="I would like to see it.", by=someone)
