"""The annual report of the small authority as a Word document, and a small report of all kinds of blocks."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document

from tests.unit.reports.docx.small import small_report
from waypost.reports.docx import write
from waypost.reports.model import Report


def opened(written: bytes) -> Document:
    return docx.Document(BytesIO(written))


@pytest.fixture(scope="session")
def written(report: Report) -> bytes:
    return write(report)


@pytest.fixture
def document(written: bytes) -> Document:
    return opened(written)


@pytest.fixture(scope="session")
def small() -> Report:
    return small_report()


@pytest.fixture
def small_document(small: Report) -> Document:
    return opened(write(small))
