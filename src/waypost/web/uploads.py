"""Files that are sent: set down in the data folder while they are looked at, and never without end.

What comes beyond the limit is counted and thrown away, so that the form can say that the file is too large, and the
disk is not filled in finding out.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST = 50 * 1024 * 1024
"""The size of the largest file that is taken, in bytes."""

OWNER_ONLY = 0o700


def incoming() -> Path:
    """The folder of files that are not kept yet. Each of them is gone when its request is over."""
    folder = Path(storages["default"].path("incoming"))
    folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    return folder


def size_words(size: int) -> str:
    """50 MB · 12 KB · 300 bytes"""
    for unit, name in ((1024 * 1024, "MB"), (1024, "KB")):
        if size >= unit:
            return f"{round(size / unit):,} {name}"
    return f"{size:,} bytes"


class SetDown(FileUploadHandler):
    """Writes each file of a form to a temporary one of our own. The limit is of all that one request sends."""

    total = 0

    def new_file(self, *given: Any, **named: Any) -> None:
        super().new_file(*given, **named)
        self.file = tempfile.NamedTemporaryFile(dir=incoming(), prefix="sent-")  # noqa: SIM115  the request closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.total += len(raw_data)
        if self.total <= MOST:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        is_whole = self.total <= MOST
        size = file_size if is_whole else max(file_size, MOST + 1)
        return UploadedFile(self.file, self.file_name, self.content_type, size, self.charset)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
