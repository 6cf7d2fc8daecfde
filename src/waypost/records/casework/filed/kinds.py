"""What a file is, told from what is in it. Its name and what the browser says of it are not believed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

OPENING = 4096
ODT = b"application/vnd.oasis.opendocument.text"
HEADER_OF_A_LETTER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?[^\r\n]*\r?\n")
LETTER_HEADERS = (b"from:", b"received:", b"return-path:", b"date:", b"subject:", b"message-id:", b"mime-version:")
NO_ZIP = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError)
NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file that a record takes: its endings, how it is sent back, and how it is known."""

    id: str
    name: str
    endings: tuple[str, ...]
    content_type: str
    fits: Callable[[IO[bytes]], bool]


def sniffed(file: IO[bytes], ending: str) -> Kind | None:
    """What a file is, if it is what its ending says; None if it is anything else."""
    named = by_ending(ending)
    return named if named and named.fits(file) else None


def by_ending(ending: str) -> Kind | None:
    return next((kind for kind in KINDS.values() if ending.lower() in kind.endings), None)


def _opening(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(OPENING)


def _begins(*marks: bytes) -> Callable[[IO[bytes]], bool]:
    return lambda file: _opening(file).startswith(marks)


def _is_docx(file: IO[bytes]) -> bool:
    """A Word document without macros."""
    names = _members(file)
    return "[Content_Types].xml" in names and "word/document.xml" in names and "word/vbaProject.bin" not in names


def _is_odt(file: IO[bytes]) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as held, held.open("mimetype") as said:
            return said.read(len(ODT) + 1).strip() == ODT
    except (*NO_ZIP, KeyError):
        return False


def _members(file: IO[bytes]) -> frozenset[str]:
    """The names in a zip file. None of them is unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as held:
            return frozenset(held.namelist())
    except NO_ZIP:
        return frozenset()


def _is_text(file: IO[bytes]) -> bool:
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not NEVER_IN_TEXT.search(text)


def _is_letter(file: IO[bytes]) -> bool:
    """An email as it was sent: lines of headers, one of them such as every email has."""
    opening = _opening(file)
    first = opening.lower().splitlines()[:20]
    return bool(HEADER_OF_A_LETTER.match(opening)) and any(line.startswith(LETTER_HEADERS) for line in first)


KINDS = {
    kind.id: kind
    for kind in (
        Kind("pdf", "PDF", ("pdf",), "application/pdf", _begins(b"%PDF-")),
        Kind(
            "docx",
            "Word document",
            ("docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _is_docx,
        ),
        Kind("odt", "OpenDocument text", ("odt",), ODT.decode(), _is_odt),
        Kind("png", "PNG picture", ("png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
        Kind("jpeg", "JPEG picture", ("jpg", "jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff")),
        Kind("txt", "Plain text", ("txt",), "text/plain; charset=utf-8", _is_text),
        Kind("eml", "Email", ("eml",), "message/rfc822", _is_letter),
    )
}
