"""A report as one HTML file that needs nothing else: styles and pictures are inside it, and it has no script.

Its own content policy forbids it to fetch anything, so a copy sent by email shows the same as one on a server.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from waypost.reports import charts
from waypost.reports.model import Chart, Column, Report
from waypost.reports.numbering import labels
from waypost.reports.words import OTHER_YEAR, day_words

SIZES: tuple[charts.Size, ...] = ("wide", "narrow")
COLUMNS_ON_A_PHONE = 3
COLUMNS_UPRIGHT = 9
ROWS_KEPT_TOGETHER = 20


def write(report: Report) -> str:
    """The whole page."""
    page = environment().get_template("report.html.jinja")
    return page.render(report=report, labels=labels(report), picture=_picture, chart_sizes=SIZES, **style())


@cache
def environment() -> Environment:
    """The templates of every page that reports makes. A missing variable is an error, never a silent blank."""
    made = Environment(
        loader=PackageLoader("waypost.reports"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"kind": _kind, "day": day_words, "headings": headings}
    made.globals |= {
        "OTHER_YEAR": OTHER_YEAR,
        "COLUMNS_ON_A_PHONE": COLUMNS_ON_A_PHONE,
        "COLUMNS_UPRIGHT": COLUMNS_UPRIGHT,
        "ROWS_KEPT_TOGETHER": ROWS_KEPT_TOGETHER,
    }
    return made


def headings(columns: tuple[Column, ...]) -> list[tuple[str, int]]:
    """The upper row of a table's head: each group with how many columns it spans, and "" over those without one."""
    found: list[tuple[str, int]] = []
    for column in columns:
        if found and column.group and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1] + 1)
        else:
            found.append((column.group, 1))
    return found


def _kind(block: object) -> str:
    return type(block).__name__


def _picture(chart: Chart, size: charts.Size) -> Markup:
    # The one piece of markup that is not from a template: a drawing by our own chart writer, with its words escaped.
    return Markup(charts.svg(chart, size))  # noqa: S704


@cache
def style() -> dict[str, Any]:
    """The style sheet, and the policy that lets the page use it and nothing else."""
    sheet = (files("waypost.reports.theme") / "report.css").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return {"css": Markup(sheet), "policy": policy}  # noqa: S704  our own style sheet
