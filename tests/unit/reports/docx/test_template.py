"""The template that is shipped is the one that its tool makes."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from tools.make_word_template import STYLES, parts


def test_the_template_is_as_its_tool_makes_it() -> None:
    shipped = (files("waypost.reports.theme") / "report.docx").read_bytes()
    with ZipFile(BytesIO(shipped)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == parts()


def test_every_style_is_based_on_one_that_is_there() -> None:
    known = {style.id for style in STYLES} | {"Normal"}
    assert len(known) == len(STYLES) + 1
    assert all(style.based in known and (not style.next or style.next in known) for style in STYLES)
