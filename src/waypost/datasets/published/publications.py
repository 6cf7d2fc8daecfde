"""Published files by the name that a reader knows them by."""

from __future__ import annotations

import re

_NAMES = (
    (re.compile(r"^LAIT\b"), "Department for Education, Local Authority Interactive Tool"),
    (re.compile(r"^([bcd]\d)_"), "Department for Education, Characteristics of children in need, table {}"),
    (re.compile(r"^ons_mid"), "Office for National Statistics, mid-year population estimates"),
)
_MADE = re.compile(r"^(worked out from |typed from )?(.*)$", re.DOTALL)


def publication(source: str) -> str:
    """The publications that a source names, without file names: "Department for Education, ... table C4".

    A file that is not known here keeps its own name.
    """
    return "; ".join(dict.fromkeys(_one(part) for part in source.split("; ")))


def _one(source: str) -> str:
    made = _MADE.match(source)
    prefix, listed = (made[1] or "", made[2]) if made else ("", source)
    names = dict.fromkeys(_title(file.strip()) for file in listed.split(" + "))
    return prefix + " and ".join(names)


def _title(file: str) -> str:
    for pattern, title in _NAMES:
        if match := pattern.match(file):
            return title.format(match[1].upper()) if match.groups() else title
    return file
