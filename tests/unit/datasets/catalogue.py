"""A child with every group and every element that the field catalogue of the census knows."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from tests.unit.datasets.filings import header
from waypost.domain.codes import ASSESSMENT_FACTORS, CODE_LISTS, TABLES, Field, Table

RECORDS = [table for name, table in TABLES.items() if name != "Header"]


def kind(field: Field) -> str | None:
    """How a value of the field is judged: date, yes/no, number, code; None where any text will do."""
    if field.code_list is not None:
        return "code"
    if field.type.startswith("whole number"):
        return "number"
    return field.type if field.type in ("date", "yes/no") else None


JUDGED = [(table.name, field) for table in RECORDS for field in table.fields if kind(field)]


def codes(field: Field) -> list[str]:
    assert field.code_list is not None
    return list(ASSESSMENT_FACTORS if field.code_list == "assessment_factor" else CODE_LISTS[field.code_list])


def good_values(field: Field) -> tuple[str, str]:
    """Two values that are allowed."""
    match kind(field):
        case "date":
            return "2024-06-03", "2024-06-04"
        case "yes/no":
            return "true", "0"
        case "number":
            return "1", "2"
        case "code":
            first, second, *_ = codes(field)
            return first, second
        case _:
            return "A1", "A2"


def bad_value(field: Field) -> str:
    return {"date": "2024-02-30", "yes/no": "perhaps", "number": "-1", "code": "?"}[kind(field) or ""]


def every_element(id: str) -> Element:
    """A child with two of every group that may repeat, and an allowed value in every element."""
    made = Element("Child")
    _add_groups(made, "/Message/Children/Child")
    for element in made.iter("LAchildID"):
        element.text = id
    return made


def _add_groups(parent: Element, path: str) -> None:
    for table in RECORDS:
        if table.path.rpartition("/")[0] == path:
            for _ in range(2 if table.repeats.startswith(("none or more", "one or more")) else 1):
                _add_group(parent, table)


def _add_group(parent: Element, table: Table) -> None:
    group = SubElement(parent, table.name)
    for field in table.fields:
        for value in good_values(field) if "wrapper" in table.repeats else good_values(field)[:1]:
            SubElement(group, field.element).text = value
    _add_groups(group, table.path)


def places(child: Element, table: str, field: Field) -> list[Element]:
    """Every place in a child where a field of a table stands, as filed."""
    return [leaf for group in child.iter(table) for leaf in group.findall(field.element)]


def message(*children: Element) -> bytes:
    inside = b"".join(tostring(child) for child in children)
    return b"<Message>" + header().encode() + b"<Children>" + inside + b"</Children></Message>"


def each_place(child: Element) -> Iterator[tuple[str, Field, int, Element]]:
    """Every judged element of a child: its table, field, row and itself."""
    for table, field in JUDGED:
        for row, leaf in enumerate(places(child, table, field), start=1):
            yield table, field, row, leaf
