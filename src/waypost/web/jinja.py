"""Templates: one environment, in which a missing variable is an error and every GOV.UK component is a call.

A template draws a component with `{{ govuk("Button", text="Save") }}`. The components' own macros lean on variables
that are not there, so they have an environment of their own, kept once made: making one takes longer than all the rest
of a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from waypost.web import words
from waypost.web.forms import choices

KIT = "govuk_frontend_jinja"


def environment(**options: Any) -> Environment:
    """What Django makes the pages with."""
    # Django asks for autoescape itself, among the options.
    made = Environment(**{**options, "undefined": StrictUndefined}, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    made.globals |= {"static": static, "url": reverse, "govuk": govuk, "choices": choices}
    made.filters |= {
        "day": words.day,
        "moment": words.moment,
        "plural": words.plural,
        "listed": words.listed,
        "json_script": json_script,
    }
    return made


def around(request: HttpRequest) -> dict[str, Any]:
    """What every page has: who asks, what was just done, and whether the people in it are invented."""
    user = getattr(request, "user", None)
    return {
        "is_training": settings.IS_TRAINING,
        "lock_after": settings.LOCK_AFTER,
        "messages": get_messages(request),
        "user": user,
    }


def govuk(component: str, /, **given: Any) -> Markup:
    """A GOV.UK component, by its name in capitals without spaces: "Button", "ErrorSummary"."""
    # The macro escapes what is given as text; what is given as html is markup from a template already.
    return Markup(mark_safe(str(_macro(component)(_without_none(given)))))  # noqa: S308, S704


@cache
def _kit() -> Environment:
    return Environment(loader=PrefixLoader({KIT: PackageLoader(KIT)}), autoescape=True, auto_reload=False)


@cache
def _macro(component: str) -> Callable[[Mapping[str, Any]], str]:
    kebab = re.sub(r"(?<!^)([A-Z])", r"-\1", component).lower()
    module = _kit().get_template(f"{KIT}/components/{kebab}/macro.html").module
    macro: Callable[[Mapping[str, Any]], str] = getattr(module, f"govuk{component}")
    return macro


def _without_none(given: Any) -> Any:
    """The components take a parameter that is None for one that says "None"."""
    if isinstance(given, Mapping):
        return {name: _without_none(value) for name, value in given.items() if value is not None}
    if isinstance(given, list | tuple):
        return [_without_none(value) for value in given if value is not None]
    return given
