"""Pages of this room: each one file, with its style inside it and no script.

A page's own content policy forbids it to fetch anything, so a copy sent by email shows the same as one on a server.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

FIELDS_ON_A_PHONE = 1
"""A table of more may have to be moved sideways, and is then reached by keyboard too."""


def render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values, **_style()).lstrip() + "\n"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("waypost.returns"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["thousands"] = _thousands
    made.globals["FIELDS_ON_A_PHONE"] = FIELDS_ON_A_PHONE
    return made


def _thousands(number: int) -> str:
    return f"{number:,}"


@cache
def _style() -> dict[str, Any]:
    """The style sheet, and the policy that lets the page use it and nothing else."""
    sheet = (files("waypost.returns.theme") / "returns.css").read_text(encoding="utf-8").lstrip("\ufeff").strip()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return {"css": Markup(sheet), "policy": policy}  # noqa: S704  our own style sheet
