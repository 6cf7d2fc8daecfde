"""Both files of a whole report: the same sheets, cells and words, as the good practice for published tables asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from string import ascii_uppercase
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from tests.unit.reports.sheets.conftest import WRITERS, Cells, read, table_of
from waypost.reports.model import Report
from waypost.reports.sheets import workbook
from waypost.reports.sheets.shapes import Amount, Sheet, Workbook
from waypost.reports.words import count_words, number_words

NOTE = re.compile(r"\[note \d+\]")
OPEN = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def book(report: Report) -> Workbook:
    return workbook(report)


@pytest.fixture(scope="module")
def sheets(written: Mapping[str, bytes]) -> dict[str, dict[str, Cells]]:
    return {kind: read(file) for kind, file in written.items()}


def parts(file: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


# ---------------------------------------------------------------- what they hold


def test_both_files_hold_the_same(sheets: Mapping[str, dict[str, Cells]]) -> None:
    assert sheets["xlsx"] == sheets["ods"]


def test_each_cell_is_what_was_described(sheets: Mapping[str, dict[str, Cells]], book: Workbook, kind: str) -> None:
    assert list(sheets[kind]) == ["Cover", *(sheet.name for sheet in book.sheets)]
    for sheet in book.sheets:
        told = [[sheet.title], *([line] for line in sheet.lines), [column.head for column in sheet.columns]]
        told += [[value.value if isinstance(value, Amount) else value for value in row] for row in sheet.rows]
        assert sheets[kind][sheet.name] == told


def test_every_number_of_the_report_is_a_number_on_its_sheet(
    sheets: Mapping[str, dict[str, Cells]], report: Report, kind: str
) -> None:
    checked = 0
    for table in report.tables:
        held = {value for row in table_of(sheets[kind][_name(table.number)]) for value in row}
        for cell in (cell for row in table.rows for cell in row.cells):
            number = cell.number
            if (
                number is not None
                and number.is_known
                and cell.words in (number_words(number), count_words(number.value))
            ):
                assert number.value in held, (table.number, cell.words)
                checked += 1
    assert checked > 100


def test_every_number_placed_in_a_table_is_among_the_figures(
    sheets: Mapping[str, dict[str, Cells]], report: Report, kind: str
) -> None:
    head, *rows = table_of(sheets[kind]["Figures"])
    figures = {
        tuple(dict(zip(head, row, strict=True))[name] for name in ("Indicator", "Place", "Period end", "Value"))
        for row in rows
    }
    numbers = [cell.number for table in report.tables for row in table.rows for cell in row.cells if cell.number]
    placed = {(n.indicator, n.place, n.period.end, n.value) for n in numbers if n.is_known}
    assert placed <= figures
    assert all(type(row[head.index("Period start")]) is date for row in rows)


def test_each_table_has_a_sheet_that_says_what_it_is(
    sheets: Mapping[str, dict[str, Cells]], report: Report, kind: str
) -> None:
    for table in report.tables:
        sheet = sheets[kind][_name(table.number)]
        assert sheet[0][0].startswith(f"Table {table.number}: {table.title}")
        above = [row[0] for row in sheet[: len(sheet) - len(table_of(sheet))]]
        for name, words in (("Unit", table.unit), ("Period", table.period), ("Base", table.base)):
            assert f"{name}: {words}" in above
        assert f"Source: {table.source}" in above
        for note in table.notes:
            assert [line for line in above if NOTE.sub("", line).strip() == note.words]


def test_the_contents_name_every_sheet_after_them(sheets: Mapping[str, dict[str, Cells]], kind: str) -> None:
    named = [row[0] for row in table_of(sheets[kind]["Contents"])[1:]]
    assert named == list(sheets[kind])[2:]
    assert named[-1] == "Figures"


def test_names_of_sheets_differ_and_are_short_and_plain(book: Workbook) -> None:
    names = [sheet.name for sheet in book.sheets]
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_]{1,31}", name) for name in names)


def test_every_mark_is_explained(sheets: Mapping[str, dict[str, Cells]], kind: str) -> None:
    explained = {row[0]: row[2].split(", ") for row in table_of(sheets[kind]["Notes"])[1:]}
    assert all(len(row) == 3 and row[1] for row in table_of(sheets[kind]["Notes"]))
    for name, rows in list(sheets[kind].items())[3:]:
        words = [value for row in rows for value in row if isinstance(value, str)]
        used = {mark for value in words for mark in NOTE.findall(value)}
        used |= {value for value in words if re.fullmatch(r"\[[a-z ]+\]", value)}
        assert not [mark for mark in used if name not in explained[mark]]


def test_no_cell_of_a_table_is_blank(sheets: Mapping[str, dict[str, Cells]], kind: str) -> None:
    for rows in list(sheets[kind].values())[1:]:
        head, *others = table_of(rows)
        assert all(len(row) == len(head) and "" not in row for row in others)
        assert len({each.lower() for each in head}) == len(head)


def test_the_cover_says_what_this_is_and_how_it_was_made(
    sheets: Mapping[str, dict[str, Cells]], report: Report, kind: str
) -> None:
    lines = [row[0] for row in sheets[kind]["Cover"]]
    assert lines[0] == "Annual child protection report 2024-25: Ashdown"
    assert "Internal: holds small numbers. Not for publication." in lines
    assert "Period: 1 April 2024 to 31 March 2025" in lines
    assert f"Freeze: {report.freeze.id}" in [re.sub("Freeze of Ashdown", "Freeze", line) for line in lines]
    for source in report.freeze.sources:
        assert [line for line in lines if source.name in line and source.sha256 in line]
    assert lines[-1].startswith("To be written by Report author: Whom should a reader ask?")


def test_a_public_edition_is_marked_on_every_sheet(report: Report, kind: str) -> None:
    file = WRITERS[kind](replace(report, edition="public"))
    for rows in read(file).values():
        lines = [row[0] for row in rows]
        assert "Public edition" in lines
        assert not [line for line in lines if f"{line}".startswith("Internal")]


# ---------------------------------------------------------------- how they are made


def test_the_same_report_makes_the_same_bytes(written: Mapping[str, bytes], report: Report, kind: str) -> None:
    assert WRITERS[kind](report) == written[kind]


def test_nothing_is_merged_hidden_or_frozen(written: Mapping[str, bytes]) -> None:
    xlsx, ods = parts(written["xlsx"]), parts(written["ods"])
    pages = [part for name, part in xlsx.items() if name.startswith("xl/worksheets/sheet")]
    assert pages
    assert not [part for part in pages if re.search(rb"mergeCell|hidden|<pane", part)]
    content = ods["content.xml"]
    assert not re.search(rb"spanned|covered-table-cell|visibility|table:display=\"false\"", content)


def test_each_sheet_of_an_xlsx_marks_one_table(written: Mapping[str, bytes], book: Workbook) -> None:
    held = parts(written["xlsx"])
    tables = [etree.fromstring(part) for name, part in held.items() if name.startswith("xl/tables/")]
    assert {table.get("name") for table in tables} == {f"{sheet.name}_data" for sheet in book.sheets}
    pages = [etree.fromstring(held[f"xl/worksheets/sheet{place}.xml"]) for place in range(1, len(book.sheets) + 2)]
    assert [len(page.findall(f".//{SPREADSHEET}tablePart")) for page in pages] == [0] + [1] * len(book.sheets)
    for table, sheet in zip(sorted(tables, key=lambda each: int(each.get("id"))), book.sheets, strict=True):
        heads = [column.get("name") for column in table.iter(f"{SPREADSHEET}tableColumn")]
        assert heads == [column.head for column in sheet.columns]


def test_each_sheet_of_an_ods_marks_one_table_and_its_head(written: Mapping[str, bytes], book: Workbook) -> None:
    content = etree.fromstring(parts(written["ods"])["content.xml"])
    ranges = content.findall(".//table:database-range", OPEN)
    told = [each.get(f"{{{OPEN['table']}}}target-range-address") for each in ranges]
    assert told == [_address(sheet) for sheet in book.sheets]
    tables = content.findall(".//table:table", OPEN)
    assert [len(table.findall("table:table-header-rows", OPEN)) for table in tables] == [0] + [1] * len(book.sheets)


def test_links_of_the_contents_lead_to_sheets(written: Mapping[str, bytes], book: Workbook) -> None:
    names = [sheet.name for sheet in book.sheets][1:]
    xlsx, ods = parts(written["xlsx"]), parts(written["ods"])
    assert re.findall(rb"location=\"'(\w+)'!A1\"", xlsx["xl/worksheets/sheet2.xml"]) == [n.encode() for n in names]
    assert re.findall(rb'xlink:href="#(\w+)\.A1"', ods["content.xml"]) == [name.encode() for name in names]


def test_an_ods_says_its_type_first_and_lists_its_parts(written: Mapping[str, bytes]) -> None:
    with ZipFile(BytesIO(written["ods"])) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        kind = package.read("mimetype").decode()
        names = set(package.namelist()) - {"mimetype", "META-INF/manifest.xml"}
        manifest = etree.fromstring(package.read("META-INF/manifest.xml"))
    assert kind == "application/vnd.oasis.opendocument.spreadsheet"
    assert written["ods"][38:].startswith(kind.encode())
    path, media = (f"{{{OPEN['manifest']}}}{name}" for name in ("full-path", "media-type"))
    listed = {entry.get(path): entry.get(media) for entry in manifest}
    assert listed == {"/": kind} | dict.fromkeys(names, "text/xml")


def test_every_style_that_an_ods_names_is_there(written: Mapping[str, bytes]) -> None:
    held = parts(written["ods"])
    content, styles = etree.fromstring(held["content.xml"]), etree.fromstring(held["styles.xml"])
    name, used = f"{{{OPEN['style']}}}name", f"{{{OPEN['table']}}}style-name"
    known = {each.get(name) for root in (content, styles) for each in root.iter(f"{{{OPEN['style']}}}style")}
    assert {each.get(used) for each in content.iter() if each.get(used)} <= known
    assert {row.get(used) for row in content.iter(f"{{{OPEN['table']}}}table-cell")} >= {"Words", "Whole", "OneDecimal"}


def test_the_documents_say_whose_they_are_and_when_of(written: Mapping[str, bytes], report: Report) -> None:
    moment = f"{report.freeze.as_at:%Y-%m-%dT%H:%M:%SZ}"
    core, meta = parts(written["xlsx"])["docProps/core.xml"], parts(written["ods"])["meta.xml"]
    for root in map(etree.fromstring, (core, meta)):
        assert root.findtext(".//dc:title", namespaces=OPEN) == "Annual child protection report 2024-25: Ashdown"
        assert root.findtext(".//dc:creator", namespaces=OPEN) == "Ashdown"
        assert [each.text for each in root.iter() if each.tag.endswith(("}created", "}creation-date"))] == [moment]
    assert etree.fromstring(meta).findtext(".//dc:language", namespaces=OPEN) == "en-GB"
    default = etree.fromstring(parts(written["ods"])["styles.xml"]).find(".//style:default-style/*", OPEN)
    assert (default.get(f"{{{OPEN['fo']}}}language"), default.get(f"{{{OPEN['fo']}}}country")) == ("en", "GB")


def _name(number: str) -> str:
    return f"Table_{number.replace('.', '_')}"


def _address(sheet: Sheet) -> str:
    first = len(sheet.lines) + 2
    letters = [*ascii_uppercase, *(f"A{letter}" for letter in ascii_uppercase)]
    last = f"{letters[len(sheet.columns) - 1]}{first + len(sheet.rows)}"
    return f"{sheet.name}.A{first}:{sheet.name}.{last}"
