"""Numbers of sections, tables and figures, given by program so that the contents list can never be wrong.

Sections count 1, 2, 3 and their parts 4.1, 4.2. Appendices are lettered. A table or a figure is numbered by the section
that it stands in: Table 4.3, and Tables 4.6a and 4.6b where a section has several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from string import ascii_lowercase, ascii_uppercase

from waypost.reports.model import Block, Chart, Report, Section, Table


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with their numbers, all the way down."""
    main, appendices = 0, 0
    done = []
    for section in sections:
        if section.is_appendix:
            number, appendices = ascii_uppercase[appendices], appendices + 1
        else:
            main += 1
            number = str(main)
        done.append(_numbered(section, number))
    return tuple(done)


def _numbered(section: Section, number: str) -> Section:
    inner = tuple(_numbered(part, f"{number}.{place}") for place, part in enumerate(section.sections, 1))
    return replace(section, number=number, sections=inner, blocks=_with_numbers(section.blocks, number))


def _with_numbers(blocks: tuple[Block, ...], number: str) -> tuple[Block, ...]:
    tables = _lettered(number, sum(isinstance(block, Table) for block in blocks))
    charts = _lettered(number, sum(isinstance(block, Chart) for block in blocks))
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            block = replace(block, number=tables())
        elif isinstance(block, Chart):
            block = replace(block, number=charts())
        done.append(block)
    return tuple(done)


def _lettered(number: str, count: int) -> Callable[[], str]:
    names = iter([number] if count == 1 else [f"{number}{letter}" for letter in ascii_lowercase[:count]])
    return lambda: next(names)


def labels(report: Report) -> Mapping[str, str]:
    """What each section, table and figure is called, by its key.

    Raises:
        ValueError: two of them have one key.
    """
    found: dict[str, str] = {}
    for key, label in _labelled(report):
        if key in found:
            raise ValueError(f"two parts of the report have the key {key!r}")
        found[key] = label
    return found


def _labelled(report: Report) -> Iterable[tuple[str, str]]:
    for section in report.walk():
        yield section.key, f"{'appendix' if section.is_appendix else 'section'} {section.number}"
    for table in report.tables:
        yield table.key, f"Table {table.number}"
    for chart in report.charts:
        yield chart.key, f"Figure {chart.number}"
