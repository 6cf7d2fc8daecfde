"""Whoever holds every public edition cannot work out a small number that was withheld."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.unit.reports.public.conftest import Opens, Published
from tests.unit.reports.public.reader import Edition, Reader

LEAST_WIDTH = 2
"""As the publication rules say."""


def reader_of(editions: Iterable[Published], rounded_to: int = 1) -> Reader:
    reader = Reader(rounded_to)
    for each in editions:
        Edition(each.public, each.internal, reader).take_in()
    return reader


@pytest.mark.parametrize("seed", [11])
def test_three_years_and_a_revised_edition(opened: Opens, tmp_path: Path, seed: int) -> None:
    publisher = opened("991", seed)
    put_right = corrected(publisher.files[2], tmp_path)
    out = [publisher.publish(2023), publisher.publish(2024), publisher.publish(2024, put_right)]
    out.append(publisher.publish(2025, put_right))
    reader = reader_of(out)
    assert len(reader.secret) > 100
    assert reader.worked_out() == {}
    assert min(reader.widths().values()) >= LEAST_WIDTH


def corrected(path: Path, folder: Path) -> Path:
    """The file once records were put right: some categories of abuse changed, and one child's sex."""
    text = path.read_text(encoding="utf-8")
    pattern = r"<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>"
    text = re.sub(pattern, pattern.replace("NEG", "PHY"), text, count=4)
    text = text.replace("<Sex>M</Sex>", "<Sex>F</Sex>", 1)
    changed = folder / path.name
    changed.write_text(text, encoding="utf-8")
    return changed


def test_rounded_counts(opened: Opens) -> None:
    publisher = opened("993", 5)
    out = [publisher.publish(ends) for ends in (2024, 2025)]
    reader = reader_of(out, rounded_to=5)
    assert reader.secret
    assert reader.worked_out() == {}


def test_the_reader_wins_where_only_small_numbers_are_withheld(opened: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the tests above can fail."""
    for part in ("find_worlds", "prove"):
        monkeypatch.setattr(f"waypost.indicators.disclosure.{part}", lambda *_: None)
    reader = reader_of([opened("991", 12).publish(2024)])
    assert len(reader.worked_out()) > 3
