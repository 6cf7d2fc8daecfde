"""The name of a file as it was on someone's machine, made safe to show and to give back."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
FOLDERS = re.compile(r"[/\\]")
NOT_IN_A_NAME = re.compile(r'[<>:"|?*]')


def tidied(name: str) -> str:
    """The last part of a path, without what no name should hold: controls, turned text, leading dots."""
    last = FOLDERS.split(unicodedata.normalize("NFC", name))[-1]
    # Control and format characters are of the categories C*: among them those that turn the order of letters round.
    plain = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C"))
    plain = NOT_IN_A_NAME.sub("", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST] or "file"
    return f"{(stem or 'file')[: LONGEST - len(ending) - 1]}.{ending}"[-LONGEST:]


def ending(name: str) -> str:
    """What stands after the last dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""
