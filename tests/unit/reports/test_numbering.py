from __future__ import annotations

from dataclasses import replace

import pytest

from waypost.reports.model import Cell, Column, Note, Report, Row, Section, Table
from waypost.reports.numbering import labels, numbered


def table(key: str) -> Table:
    row = Row("Plans", (Cell("1"),))
    return Table(key, "Plans", "Number", "Year", "All", "Files.", "What", (Column("Year"),), (row,), (Note("None."),))


def test_sections_are_counted_and_appendices_lettered() -> None:
    made = numbered(
        [
            Section("one", "One"),
            Section("two", "Two", sections=(Section("a", "A"), Section("b", "B"))),
            Section("words", "Words", is_appendix=True),
            Section("people", "People", is_appendix=True),
        ]
    )
    assert [section.number for section in made] == ["1", "2", "A", "B"]
    assert [section.number for section in made[1].sections] == ["2.1", "2.2"]


def test_a_table_has_the_number_of_its_section_and_a_letter_among_several() -> None:
    alone, two = numbered([Section("x", "X", (table("p"),)), Section("y", "Y", (table("q"), table("r")))])
    assert [block.number for block in alone.blocks] == ["1"]  # type: ignore[union-attr]
    assert [block.number for block in two.blocks] == ["2a", "2b"]  # type: ignore[union-attr]


def test_every_part_of_the_report_has_a_label_of_its_own(report: Report) -> None:
    known = labels(report)
    assert known["rate"] == "section 4.3"
    assert known["rate-table"] == "Table 4.3"
    assert known["ages-table"] == "Table 4.6b"
    assert known["definitions"] == "appendix A"
    assert len(set(known.values())) == len(known)


def test_two_parts_with_one_key_are_refused(report: Report) -> None:
    twice = replace(report, sections=(*report.sections, report.sections[0]))
    with pytest.raises(ValueError, match="summary"):
        labels(twice)
