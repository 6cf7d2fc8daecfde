"""A report as an ODS workbook, which LibreOffice, Excel and the statistical packages open.

An ODS file is a zip of a few XML files, of which the first says its type uncompressed. They are made here with lxml:
libraries that write ODS take forty times as long for a large sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from waypost.reports.model import Report
from waypost.reports.sheets import workbook
from waypost.reports.sheets.shapes import COVER_WIDTH, Amount, Column, Cover, Sheet, Value, Workbook, depth, shown_as

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    "office": f"{OASIS}:office:1.0",
    "style": f"{OASIS}:style:1.0",
    "text": f"{OASIS}:text:1.0",
    "table": f"{OASIS}:table:1.0",
    "meta": f"{OASIS}:meta:1.0",
    "manifest": f"{OASIS}:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
ROOTS = ("office:document-content", "office:document-meta", "manifest:manifest")
VERSION = "1.3"
LANGUAGE = "en-GB"
SHEET = "sheet"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE_BY_ALL = 0o644 << 16
UNIX = 3

COVER_PARTS = ("Introductory information", "About these data", "Contact")
"""Headed as gptables heads them in the XLSX workbook."""
CM_PER_CHARACTER, CM_PER_LINE = 0.215, 0.556
OF_DECIMALS = {None: "Number", 0: "Whole", 1: "OneDecimal"}


def write(report: Report) -> bytes:
    """The workbook of a report."""
    return drawn(workbook(report))


def drawn(book: Workbook) -> bytes:
    """The bytes of an ODS file, the same for the same workbook."""
    parts = {"content.xml": _content(book), "styles.xml": _styles(book), "meta.xml": _meta(book)}
    file = BytesIO()
    with ZipFile(file, "w") as package:
        _put(package, "mimetype", MIMETYPE.encode(), ZIP_STORED)
        for name, root in {**parts, "META-INF/manifest.xml": _manifest(parts)}.items():
            _put(package, name, etree.tostring(root, xml_declaration=True, encoding="UTF-8"), ZIP_DEFLATED)
    return file.getvalue()


def _put(package: ZipFile, name: str, data: bytes, how: int) -> None:
    entry = ZipInfo(name, ZIP_EPOCH)
    entry.create_system, entry.external_attr, entry.compress_type = UNIX, READABLE_BY_ALL, how
    package.writestr(entry, data)


def _manifest(parts: Iterable[str]) -> etree._Element:
    entries = {"/": MIMETYPE} | dict.fromkeys(parts, "text/xml")
    return _element(
        "manifest:manifest",
        {"manifest:version": VERSION},
        *(
            _element("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
            for path, kind in entries.items()
        ),
    )


def _meta(book: Workbook) -> etree._Element:
    moment = f"{book.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    told = {
        "meta:generator": book.software,
        "dc:title": book.title,
        "dc:description": book.mark,
        "meta:initial-creator": book.authority,
        "dc:creator": book.authority,
        "meta:creation-date": moment,
        "dc:date": moment,
        "dc:language": LANGUAGE,
    }
    held = _element("office:meta", {}, *(_element(name, {}, words) for name, words in told.items()))
    return _element("office:document-meta", {"office:version": VERSION}, held)


def _styles(book: Workbook) -> etree._Element:
    sheet = (files("waypost.reports.theme") / "spreadsheet.xml").read_bytes()
    root = etree.fromstring(sheet, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    for side, words in {"left": book.title, "right": book.mark}.items():
        (place,) = root.iterfind(f".//style:header/style:region-{side}/text:p", SPACES)
        place.text = words
    return root


# ---------------------------------------------------------------- sheets


def _content(book: Workbook) -> etree._Element:
    tables = [_cover(book.cover), *map(_sheet, book.sheets)]
    ranges = _element("table:database-ranges", {}, *map(_range, book.sheets))
    body = _element("office:body", {}, _element("office:spreadsheet", {}, *tables, ranges))
    return _element("office:document-content", {"office:version": VERSION}, _sizes(book), body)


def _sizes(book: Workbook) -> etree._Element:
    """Every width of a column and depth of a row that there is, and the page that sheets are printed on."""
    widths = {COVER_WIDTH, *(column.width for sheet in book.sheets for column in sheet.columns)}
    depths = {*_depths(book.cover), *(lines for sheet in book.sheets for lines in sheet.depths)}
    sizes = [_size("table", SHEET, {"table:display": "true"}, {"style:master-page-name": "Page"})]
    for width in sorted(widths):
        told = {"style:column-width": f"{width * CM_PER_CHARACTER:.2f}cm"}
        sizes.append(_size("table-column", f"width-{width}", told))
    for lines in sorted(depths):
        told = {"style:row-height": f"{lines * CM_PER_LINE:.2f}cm", "style:use-optimal-row-height": "false"}
        sizes.append(_size("table-row", f"depth-{lines}", told))
    return _element("office:automatic-styles", {}, *sizes)


def _size(family: str, name: str, told: Mapping[str, str], of_style: Mapping[str, str] | None = None) -> etree._Element:
    style = {"style:name": name, "style:family": family, **(of_style or {})}
    return _element("style:style", style, _element(f"style:{family}-properties", told))


def _cover(cover: Cover) -> etree._Element:
    rows = [_row([_words(cover.title, "CoverTitle")])]
    for head, lines in zip(COVER_PARTS, cover.parts, strict=True):
        rows.append(_row([_words(head, "Subtitle")]))
        rows += [_row([_words(line, "Words")], depth(line, COVER_WIDTH)) for line in lines]
    return _table(cover.name, [COVER_WIDTH], rows)


def _depths(cover: Cover) -> list[int]:
    return [depth(line, COVER_WIDTH) for lines in cover.parts for line in lines]


def _sheet(sheet: Sheet) -> etree._Element:
    depths = iter(sheet.depths)
    rows = [_row([_words(sheet.title, "Title")])]
    rows += [_row([_words(line, "Words" if sheet.wraps(line) else "Line")], next(depths)) for line in sheet.lines]
    heads = [_words(column.head, f"{_style(column)}Head") for column in sheet.columns]
    rows.append(_element("table:table-header-rows", {}, _row(heads, next(depths))))
    rows += [_row(map(_cell, values, sheet.columns), lines) for values, lines in zip(sheet.rows, depths, strict=True)]
    return _table(sheet.name, [column.width for column in sheet.columns], rows)


def _range(sheet: Sheet) -> etree._Element:
    """Marks the cells of a sheet as a table with a head, as XLSX tables are marked."""
    first, last = len(sheet.lines) + 2, len(sheet.lines) + 2 + len(sheet.rows)
    address = f"{sheet.name}.A{first}:{sheet.name}.{_letters(len(sheet.columns))}{last}"
    told = {"table:name": f"{sheet.name}_data", "table:target-range-address": address}
    return _element("table:database-range", told | {"table:contains-header": "true"})


def _letters(count: int) -> str:
    """The letters of the column that stands so many from the left: A, Z, AA."""
    above, place = divmod(count - 1, 26)
    return (_letters(above) if above else "") + chr(ord("A") + place)


def _table(name: str, widths: Iterable[int], rows: Iterable[etree._Element]) -> etree._Element:
    columns = [_element("table:table-column", {"table:style-name": f"width-{width}"}) for width in widths]
    return _element("table:table", {"table:name": name, "table:style-name": SHEET}, *columns, *rows)


def _row(cells: Iterable[etree._Element], lines: int | None = None) -> etree._Element:
    """A row as deep as so many lines, or as deep as what is in it."""
    return _element("table:table-row", {"table:style-name": f"depth-{lines}"} if lines else {}, *cells)


def _cell(value: Value, column: Column) -> etree._Element:
    match value:
        case Amount(number, places):
            told = {"office:value-type": "float", "office:value": f"{number}"}
            return _typed(told, OF_DECIMALS[places], shown_as(value))
        case date():
            told = {"office:value-type": "date", "office:date-value": value.isoformat()}
            return _typed(told, "Date", shown_as(value))
        case _ if column.kind == "link":
            link = _element("text:a", {"xlink:type": "simple", "xlink:href": f"#{value}.A1"}, value)
            return _typed({"office:value-type": "string"}, "Link", link)
    return _words(value, _style(column))


def _style(column: Column) -> str:
    if column.kind in ("number", "date"):
        return "Number"
    return "WordsApart" if column.is_apart else "Words"


def _words(words: str, style: str) -> etree._Element:
    """Text and never a formula, which would stand in an attribute of its own."""
    return _typed({"office:value-type": "string"}, style, words)


def _typed(told: Mapping[str, str], style: str, held: etree._Element | str) -> etree._Element:
    return _element("table:table-cell", {**told, "table:style-name": style}, _element("text:p", {}, held))


# ---------------------------------------------------------------- XML


def _element(name: str, attributes: Mapping[str, str], *held: etree._Element | str) -> etree._Element:
    made = etree.Element(
        _named(name), {_named(key): value for key, value in attributes.items()}, nsmap=SPACES if name in ROOTS else None
    )
    for part in held:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


@cache
def _named(name: str) -> str:
    space, _, local = name.partition(":")
    return f"{{{SPACES[space]}}}{local}"
