"""A report as JSON: the whole model, each figure with its indicator, period, base, status and origin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from waypost.domain.periods import FinancialYear, Period
from waypost.reports.model import Number, Report


def write(report: Report) -> str:
    """The report as text. Each part of it says in `kind` what it is: Paragraph, Table, Chart, Prompt and so on."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n"


def as_data(value: Any) -> Any:
    """A part of the model as plain lists and mappings. Years and dates are as the fixed interface writes them."""
    match value:
        case FinancialYear():
            return str(value)
        case Period():
            return {"period_start": value.start.isoformat(), "period_end": value.end.isoformat()}
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case tuple() | list():
            return [as_data(item) for item in value]
        case Mapping():
            return {key: as_data(item) for key, item in value.items()}
        case Number():
            held = {f.name: as_data(getattr(value, f.name)) for f in fields(value)}
            return {"kind": "Number"} | held | {"interval": as_data(value.interval)}
        case _ if is_dataclass(value):
            return {"kind": type(value).__name__} | {f.name: as_data(getattr(value, f.name)) for f in fields(value)}
        case _:
            return value
