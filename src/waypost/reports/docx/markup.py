"""Pieces of WordprocessingML: runs, paragraphs, links, bookmarks and fields.

Sizes are in twips, twentieths of a point, as the format wants them; borders are in eighths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

TWIPS_IN_A_MILLIMETRE = 1440 / 25.4
LONGEST_NAME = 40
NO_BREAK_SPACE, NO_BREAK_HYPHEN = "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def w(tag: str, /, *inside: Any, **values: str | int) -> Any:
    """One element, its attributes in the format's own namespace: w("spacing", after=120)."""
    made = OxmlElement(f"w:{tag}", attrs={qn(f"w:{name}"): str(value) for name, value in values.items()})
    made.extend(inside)
    return made


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_IN_A_MILLIMETRE)


def run(words: str, *styles: str, is_bold: bool = False) -> Any:
    """Words in a character style, if one is named. What no XML can hold is shown as the mark of a lost character."""
    look = [w("rStyle", val=style) for style in styles] + ([w("b")] if is_bold else [])
    return w("r", *([w("rPr", *look)] if look else []), *_texts(words))


def _texts(words: str) -> Iterator[Any]:
    """The format has an element of its own for a hyphen at which no line is broken, which every font can show."""
    for place, part in enumerate(words.split(NO_BREAK_HYPHEN)):
        if place:
            yield w("noBreakHyphen")
        text = w("t")
        text.text = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", part)
        text.set(qn("xml:space"), "preserve")
        yield text


def tab() -> Any:
    return w("r", w("tab"))


def line_break() -> Any:
    return w("r", w("br"))


def unbroken(words: str) -> str:
    """The words, which then stay on one line."""
    return whole_words(words.replace(" ", NO_BREAK_SPACE))


def whole_words(words: str) -> str:
    """Words that are parted at spaces and never inside, so that 2024-25 stays whole."""
    return words.replace("-", NO_BREAK_HYPHEN)


def paragraph(style: str, *inside: Any, keeps_next: bool = False, starts_page: bool = False) -> Any:
    """A paragraph in a named style; `keeps_next` holds it on the page of what follows.

    One that starts a page stands at its top, without the space that the style has above it.
    """
    look = [w("pStyle", val=style)]
    look += [w("keepNext")] if keeps_next else []
    look += [w("pageBreakBefore"), w("spacing", before=0)] if starts_page else []
    return w("p", w("pPr", *look), *inside)


def link(key: str, *runs: Any) -> Any:
    """Runs that lead to the part of the document with this key."""
    return w("hyperlink", *runs, anchor=bookmark_name(key), history=1)


def field_of(instruction: str, words: str) -> Any:
    """A field that the word processor fills, with what it shows until then."""
    return w("fldSimple", run(words), instr=instruction)


def field_start(instruction: str) -> list[Any]:
    """The opening of a field whose result is whole paragraphs; `field_end` closes it."""
    told = w("instrText")
    told.text = instruction
    return [w("r", w("fldChar", fldCharType="begin")), w("r", told), w("r", w("fldChar", fldCharType="separate"))]


def field_end() -> Any:
    return w("r", w("fldChar", fldCharType="end"))


class Bookmarks:
    """Puts bookmarks into a document and numbers them."""

    def __init__(self) -> None:
        self._numbers = count()

    def around(self, key: str, *inside: Any) -> list[Any]:
        number = next(self._numbers)
        return [w("bookmarkStart", id=number, name=bookmark_name(key)), *inside, w("bookmarkEnd", id=number)]


def bookmark_name(key: str) -> str:
    """The key as Word allows it: letters, digits and underscores, and no more than forty of them."""
    name = re.sub(r"\W", "_", key)
    if len(name) <= LONGEST_NAME:
        return name
    digest = sha256(key.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}_{digest}"
