"""Logs: one JSON object a line, with what was done and how it went, and nothing that says about whom.

A log line names the view and never the address, because an address may hold what a person typed. Of a fault it keeps
the places in the code and the kind of the error, never its words, which may hold a value from a record.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

KEPT = ("request", "view", "method", "status", "milliseconds")


class AsJson(logging.Formatter):
    """A record as a line of JSON. Arguments of the message are not written."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        # The message as it stands in the code: what is put into its places may be a name.
        line["event"] = str(record.msg)
        line |= {name: getattr(record, name) for name in KEPT if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["places"] = [f"{part.filename}:{part.lineno}" for part in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": AsJson}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own line of a refused or missing page holds its address.
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        # What axes has to say, the audit trail says better.
        "axes": {"level": "ERROR"},
        # Each task, begun and done; the library's words hold keys only, and one that failed is an error.
        "django_tasks": {"level": "ERROR"},
        "django_tasks_db": {"level": "WARNING"},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
