"""The file itself: the same parts in the same order with the same stamps, so that a report gives the same bytes."""

from __future__ import annotations

from datetime import UTC
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from waypost.reports.model import Report
from waypost.reports.words import day_words

TEMPLATE = "report.docx"
LANGUAGE = "en-GB"
FIRST = "[Content_Types].xml"
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP archive can say."""


def template() -> Document:
    """An empty document with our styles. `tools/make_word_template.py` makes it."""
    with (files("waypost.reports.theme") / TEMPLATE).open("rb") as file:
        return docx.Document(file)


def describe(document: Document, report: Report) -> None:
    """The document's properties; its dates are those of the records, for it says nothing newer than they do."""
    moment = report.freeze.as_at.astimezone(UTC)
    told = document.core_properties
    told.title = f"{report.title} {report.year}: {report.authority}"
    told.subject = f"Child protection, for the year to {day_words(report.year.end)}"
    told.author = report.authority
    told.last_modified_by = report.authority
    told.comments = f"Made by {report.software}"
    told.category = report.kind
    told.content_status = f"{report.edition.capitalize()} edition"
    told.identifier = report.freeze.id
    told.language = LANGUAGE
    told.created = told.modified = moment
    told.revision = 1


def packed(document: Document) -> bytes:
    """The document as a file."""
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return archived(parts)


def archived(parts: dict[str, bytes]) -> bytes:
    """The parts by name as one archive. The list of content types stands first, where readers look for it."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            entry = ZipInfo(name, NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return file.getvalue()
