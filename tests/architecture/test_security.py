"""The list of security requirements leads to tests that exist, and leaves no chapter out."""

from __future__ import annotations

import re

from tests.architecture.house import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))
CHAPTERS = range(1, 15)


def test_every_test_that_it_names_exists() -> None:
    assert len(NAMED) > 50
    gone = []
    for path, name in NAMED:
        file = ROOT / "tests" / path
        if not file.exists() or f"\ndef {name}(" not in file.read_text(encoding="utf-8"):
            gone.append(f"{path}::{name}")
    assert not gone


def test_every_chapter_is_there_and_has_an_answer_for_each_line() -> None:
    chapters = re.findall(r"^## V(\d+) ", PAGE, flags=re.MULTILINE)
    assert [int(number) for number in chapters] == list(CHAPTERS)
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert [row for row in rows if len(row) != 3 or not all(cell.strip() for cell in row)] == []


def test_no_requirement_stands_twice() -> None:
    found: list[str] = []
    for cell in re.findall(r"^\| (\d[^|]*) \|", PAGE, flags=re.MULTILINE):
        for part in cell.split(", "):
            first, _, last = part.strip().partition("\N{EN DASH}")
            chapter, section, number = first.split(".")
            ends = int((last or first).split(".")[2])
            found += [f"{chapter}.{section}.{each}" for each in range(int(number), ends + 1)]
    assert len(found) == len(set(found)) > 200
