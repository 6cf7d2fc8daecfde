"""Words that come from files are written letter for letter: never as a formula, a link or a note of the library."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.unit.reports.sheets.conftest import WRITERS, holding, read, table_of
from waypost.reports.model import Cell, Column, Note, Row, Table

HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "{=1+1}",
    '=HYPERLINK("http://a.test","x")',
    "http://a.test",
    "[words](http://a.test)",
    "[one](http://a.test) [two](http://b.test)",
    "internal:'Cover'!A1",
    "$$note$$ and $$other$$",
    "??",
    "<b>&amp;</b>",
    "_x0041_",
    "[c]",
    "31/02/2012",
    "1,000",
]


def table(words: list[str]) -> Table:
    columns = (Column("Value", "code"), Column("Said", "words"), Column("Number"))
    rows = tuple(Row(each, (Cell(each), Cell(each), Cell("1"))) for each in words)
    said = " ".join(HOSTILE)
    return Table("t", said, said, said, said, said, "=Head", columns, rows, (Note(said),))


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    return {name: write(holding(table(HOSTILE))) for name, write in WRITERS.items()}


def test_hostile_words_are_read_back_as_they_were(written: dict[str, bytes], kind: str) -> None:
    sheets = read(written[kind])
    head, *rows = table_of(sheets["Table_1_1"])
    assert head == ["=Head", "Value", "Said", "Number"]
    assert rows == [[each, each, each, 1] for each in HOSTILE]
    said = " ".join(HOSTILE)
    assert sheets["Table_1_1"][0] == [f"Table 1.1: {said} [note 1]"]
    assert [f"Source: {said}"] in sheets["Table_1_1"]
    assert ["[note 1]", said, "Table_1_1"] in sheets["Notes"]


def test_no_formula_and_no_link_outside_is_made(written: dict[str, bytes]) -> None:
    for file in written.values():
        with ZipFile(BytesIO(file)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        assert not [name for name, part in parts.items() if b"<f>" in part or b"<f " in part or b":formula" in part]
        assert not [name for name, part in parts.items() if b'TargetMode="External"' in part]
        assert not [name for name, part in parts.items() if b'href="http' in part]


def test_what_no_cell_can_hold_is_put_right(kind: str) -> None:
    words = ["a\x00b\ud800c", "  two\t words\n", "x" * 40_000]
    rows = table_of(read(WRITERS[kind](holding(table(words))))["Table_1_1"])[1:]
    assert [row[1] for row in rows[:2]] == ["a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c", "two words"]
    assert len(rows[2][1]) == 32_767
    assert rows[2][1].endswith("x\N{HORIZONTAL ELLIPSIS}")
