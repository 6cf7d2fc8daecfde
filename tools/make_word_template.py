"""Write the Word template that Waypost ships: an empty A4 document with every style that a report uses.

Run when the look of a report changes, after the style sheet (`frontend/`), whose colours it reads:

    PYTHONPATH=src python tools/make_word_template.py

Sizes here are as people speak of them: points for type and space, millimetres for indents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from waypost.reports.docx.columns import DENSE_SIZE, PADDING, SIZE
from waypost.reports.docx.markup import twips, w
from waypost.reports.docx.package import LANGUAGE, TEMPLATE, archived
from waypost.reports.docx.pages import SIDEWAYS, UPRIGHT

ROOT = Path(__file__).parents[1]
HERE = ROOT / "src/waypost/reports/theme" / TEMPLATE

FONT, CODE_FONT = "Arial", "Courier New"
ALIKE = {
    FONT: ("Liberation Sans", "swiss", "020B0604020202020204"),
    CODE_FONT: ("Liberation Mono", "modern", "02070309020205020404"),
}
"""Each font, with the free one that is as wide letter for letter."""

MEASURE = 122
"""How wide text is set, in millimetres: some 66 characters to the line."""
NAMES = 48
"""Where the answers of the front page and the lines of a definition begin."""


def _colours() -> dict[str, str]:
    sheet = (ROOT / "frontend/report/_colours.scss").read_text(encoding="utf-8")
    return {name: colour.upper() for name, colour in re.findall(r"\$([\w-]+): #(\w{6});", sheet)}


COLOURS = _colours()
BLUE, PALE, LINE, INK, GREY = (COLOURS[name] for name in ("dark-blue", "quiet", "line", "ink", "second"))
PINK, PALE_PINK, YELLOW, BROWN, INSET = "801650", "FBF3F8", "FFEE80", "7A3C1C", "CECECE"
"""Of prompts, of the edition's mark, and of what is set in, as in the style sheet."""


@dataclass(frozen=True)
class Style:
    """A paragraph style, or one for characters. What is not given is as in the style it is based on."""

    id: str
    name: str
    based: str = "Normal"
    kind: str = "paragraph"
    next: str = ""
    size: float | None = None
    bold: bool | None = None
    colour: str = ""
    font: str = ""
    fill: str = ""
    caps: bool = False
    underline: bool = False
    edge: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    right: float | None = None
    hanging: float = 0
    align: str = ""
    borders: Mapping[str, tuple[str, float, float, str]] = field(default_factory=dict)
    tabs: tuple[tuple[str, float, str], ...] = ()
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    bullet: bool = False


TEXT_INDENT = UPRIGHT.width - 40 - MEASURE
SIDES = ("top", "left", "bottom", "right", "between")
DASHED = dict.fromkeys(SIDES, ("dashed", 1.5, 6, PINK))
UNDER = {"bottom": ("single", 0.5, 3, LINE)}


def _heading(level: int, size: float, before: float, after: float, **more: Any) -> Style:
    told = {"bold": True, "keep_next": True, "keep_lines": True, "outline": level - 1, "next": "BodyText", "line": 1.15}
    return Style(f"Heading{level}", f"heading {level}", size=size, before=before, after=after, **{**told, **more})


def _ends(page: str, across: float) -> tuple[Style, Style]:
    right = (("right", across, ""),)
    small: dict[str, Any] = {"size": 8, "colour": GREY, "tabs": right, "after": 0, "line": 1}
    names = (f"Header {page.lower()}", f"Footer {page.lower()}") if page else ("header", "footer")
    return (
        Style(f"Header{page}", names[0], borders={"bottom": ("single", 2, 4, BLUE)}, **small),
        Style(f"Footer{page}", names[1], borders={"top": ("single", 0.5, 4, LINE)}, **small),
    )


def _table_styles(ending: str, called: str, size: float) -> tuple[Style, ...]:
    """The words of a table. The figures of Arial are all of one width, so numbers set to the right stand in columns."""
    words, head = f"TableWords{ending}", f"TableHead{ending}"
    return (
        Style(words, f"Table words{called}", size=size, line=1.12),
        Style(f"TableNumber{ending}", f"Table number{called}", words, align="right"),
        Style(f"TableCode{ending}", f"Table code{called}", words, size=size - 1.5, font=CODE_FONT),
        Style(f"TableRowHead{ending}", f"Table row head{called}", words),
        Style(head, f"Table head{called}", words, bold=True, keep_next=True),
        Style(f"TableHeadNumber{ending}", f"Table head number{called}", head, align="right"),
        Style(f"TableGroup{ending}", f"Table group{called}", head, align="center"),
    )


STYLES = (
    # text
    Style("BodyText", "Body Text", after=8, right=TEXT_INDENT),
    Style("Callout", "Callout", "BodyText", before=6, after=12, left=6, borders={"left": ("single", 6, 10, INSET)}),
    Style("Prompt", "Prompt", "BodyText", size=9.5, before=6, after=14, left=3, right=TEXT_INDENT, borders=DASHED,
          fill=PALE_PINK, keep_lines=True),
    # headings
    Style("Title", "Title", size=26, bold=True, after=10, line=1.1, next="BodyText"),
    Style("Subtitle", "Subtitle", size=18, colour=GREY, after=2, line=1.1, keep_next=True, next="Title"),
    _heading(1, 18, 26, 10, borders={"top": ("single", 2.25, 8, BLUE)}, left=12, hanging=12, tabs=(("left", 12, ""),)),
    _heading(2, 13, 18, 7, left=12, hanging=12, tabs=(("left", 12, ""),)),
    _heading(3, 11, 14, 5),
    _heading(4, 10.5, 10, 4),
    Style("TermHeading", "Term heading", "Heading2", size=10.5, before=12, after=3, left=0, outline=1, next="TermLine"),
    # front page
    Style("Edition", "Edition", after=24),
    Style("Lead", "Lead", size=14, after=18),
    Style("FrontLine", "Front line", size=10.5, before=5, after=5, left=NAMES, hanging=NAMES, borders=UNDER),
    Style("FrontPrompt", "Front prompt", size=9.5, before=5, after=5, left=NAMES, hanging=NAMES - 3, right=3,
          borders=DASHED, fill=PALE_PINK, keep_lines=True),
    Style("FrontNote", "Front note", size=9, colour=GREY, before=4, after=4, right=TEXT_INDENT),
    # contents
    Style("TOCHeading", "TOC Heading", size=18, bold=True, after=10, keep_next=True),
    Style("TOC1", "toc 1", bold=True, size=10.5, before=7, after=2, left=12, hanging=12,
          tabs=(("left", 12, ""), ("right", 170, "dot"))),
    Style("TOC2", "toc 2", size=10, after=2, left=24, hanging=12, tabs=(("left", 24, ""), ("right", 170, "dot"))),
    # tables and charts
    Style("Caption", "caption", size=11, bold=True, before=14, after=2, line=1.15, keep_next=True, keep_lines=True),
    Style("Unit", "Unit", size=9.5, colour=GREY, after=3, line=1.15, keep_next=True, keep_lines=True),
    Style("Picture", "Picture", before=4, after=4, line=1, keep_next=True),
    Style("Source", "Source", size=8.5, colour=GREY, before=3, after=0, line=1.2, right=20, keep_lines=True),
    Style("LastSource", "Last source", "Source", after=16),
    Style("Note", "Note", "Source", before=1, left=4.5, hanging=4.5, bullet=True),
    Style("LastNote", "Last note", "Note", after=16),
    *_table_styles("", "", SIZE),
    *_table_styles("Dense", " dense", DENSE_SIZE),
    Style("HeadlineNumber", "Headline number", "TableWords", size=22, bold=True, colour=BLUE, line=1),
    # definitions
    Style("TermLine", "Term line", size=8.5, before=2, after=2, left=NAMES, hanging=NAMES, line=1.15, borders=UNDER,
          keep_lines=True),
    # header and footer
    *_ends("", 170),
    *_ends(SIDEWAYS.name, 257),
    # characters
    Style("Strong", "Strong", kind="character", bold=True),
    Style("Hyperlink", "Hyperlink", kind="character", colour=BLUE, underline=True),
    Style("Label", "Label", kind="character", bold=True, colour=INK),
    Style("Number", "Number", kind="character", colour=GREY),
    Style("PlacedNumber", "Placed number", kind="character"),
    Style("Aside", "Aside", kind="character", size=8, bold=False, colour=GREY),
    Style("AsideDense", "Aside dense", "Aside", kind="character", size=DENSE_SIZE - 0.5),
    Style("Code", "Code", kind="character", size=7, font=CODE_FONT),
    Style("PromptMark", "Prompt mark", kind="character", bold=True, colour=PINK, caps=True),
    Style("StandingMet", "Standing: met", kind="character", bold=True, fill=PALE, edge="00703C"),
    Style("StandingNear", "Standing: near", kind="character", bold=True, fill=PALE, edge="F47738"),
    Style("StandingNotMet", "Standing: not met", kind="character", bold=True, fill=PALE, edge="B10E1E"),
    Style("EditionMark", "Edition mark", kind="character", bold=True, colour=BROWN, fill=YELLOW),
)  # fmt: skip


# ---------------------------------------------------------------- the parts of the file


def styles() -> Any:
    language = w("lang", val=LANGUAGE, eastAsia=LANGUAGE)
    base = w("rPrDefault", w("rPr", _fonts(FONT), w("color", val=INK), *_sizes(11), language))
    space = w(
        "pPrDefault", w("pPr", w("widowControl"), w("spacing", before=0, after=0, line=_lines(1.3), lineRule="auto"))
    )
    none = {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    normal = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", styleId="Normal", default=1)
    plain = w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("semiHidden"),
        type="character",
        styleId="DefaultText",
        default=1,
    )
    return w(
        "styles",
        w("docDefaults", base, space),
        w("latentStyles", **none),
        normal,
        plain,
        *map(_style, STYLES),
        *_tables(),
    )


def _style(style: Style) -> Any:
    is_words = style.kind == "paragraph"
    based = "DefaultText" if not is_words and style.based == "Normal" else style.based
    look = [w("pPr", *_paragraph_look(style))] if is_words else []
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=based),
        *([w("next", val=style.next)] if style.next else []),
        w("uiPriority", val=1),
        w("qFormat"),
        *look,
        w("rPr", *_character_look(style)),
        type=style.kind,
        styleId=style.id,
        **({} if style.name in BUILT_IN else {"customStyle": 1}),
    )


BUILT_IN = {
    "Body Text", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "toc 1", "toc 2",
    "TOC Heading", "caption", "header", "footer", "Strong", "Hyperlink",
}  # fmt: skip
"""The names that Word knows, under which it shows them in its own lists."""


def _paragraph_look(style: Style) -> Iterator[Any]:
    """In the order of the format."""
    yield from [w("keepNext")] if style.keep_next else []
    yield from [w("keepLines")] if style.keep_lines else []
    if style.bullet:
        yield w("numPr", w("numId", val=1))
    if style.borders:
        yield w("pBdr", *(_border(side, *style.borders[side]) for side in SIDES if side in style.borders))
    if style.fill:
        yield w("shd", val="clear", color="auto", fill=style.fill)
    if style.tabs:
        yield w("tabs", *(_tab(*tab) for tab in style.tabs))
    spacing = _spacing(style)
    yield from [w("spacing", **spacing)] if spacing else []
    indents = _indents(style)
    yield from [w("ind", **indents)] if indents else []
    if style.align:
        yield w("jc", val=style.align)
    if style.outline is not None:
        yield w("outlineLvl", val=style.outline)


def _border(side: str, line: str, points: float, space: float, colour: str) -> Any:
    return w(side, val=line, sz=round(points * 8), space=round(space), color=colour)


def _tab(kind: str, at: float, leader: str) -> Any:
    return w("tab", val=kind, pos=twips(at), **({"leader": leader} if leader else {}))


def _spacing(style: Style) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for name, points in (("before", style.before), ("after", style.after)):
        found |= {} if points is None else {name: round(points * 20)}
    return found | ({} if style.line is None else {"line": _lines(style.line), "lineRule": "auto"})


def _indents(style: Style) -> dict[str, int]:
    found = {name: twips(value) for name, value in (("left", style.left), ("right", style.right)) if value is not None}
    return found | ({"hanging": twips(style.hanging)} if style.hanging else {"firstLine": 0} if style.left == 0 else {})


def _character_look(style: Style) -> Iterator[Any]:
    yield from [_fonts(style.font)] if style.font else []
    yield from [] if style.bold is None else [w("b", val=int(style.bold))]
    yield from [w("caps")] if style.caps else []
    yield from [w("color", val=style.colour)] if style.colour else []
    yield from _sizes(style.size) if style.size else []
    yield from [w("u", val="single")] if style.underline else []
    yield from [_border("bdr", "single", 1, 0, style.edge)] if style.edge else []
    if style.fill and style.kind == "character":
        yield w("shd", val="clear", color="auto", fill=style.fill)


def _fonts(name: str) -> Any:
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _sizes(points: float) -> tuple[Any, Any]:
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def _lines(times: float) -> int:
    return round(times * 240)


def _tables() -> tuple[Any, ...]:
    """The frame of every table: quiet lines between its rows and none between its columns. Headlines are shaded."""
    sides = {"left": 0, "right": PADDING, "top": 60, "bottom": 60}
    margins = w("tblCellMar", *(w(side, w=sides[side], type="dxa") for side in SIDES if side in sides))
    line = {"val": "single", "sz": 4, "space": 0, "color": LINE}
    borders = w("tblBorders", w("bottom", **line), w("insideH", **line))
    plain = w("style", w("name", val="Normal Table"), w("semiHidden"), type="table", styleId="TableNormal", default=1)
    ours = w(
        "style",
        w("name", val="Report table"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", borders, margins),
        type="table",
        styleId="ReportTable",
        customStyle=1,
    )
    shade = w("tcPr", w("shd", val="clear", color="auto", fill=PALE))
    headlines = w(
        "style",
        w("name", val="Headline table"),
        w("basedOn", val="ReportTable"),
        w("qFormat"),
        shade,
        type="table",
        styleId="HeadlineTable",
        customStyle=1,
    )
    return plain, ours, headlines


def numbering() -> Any:
    """The bullets of notes."""
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet"),
        w("pStyle", val="Note"),
        w("lvlText", val="\N{BULLET}"),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=twips(4.5), hanging=twips(4.5))),
        ilvl=0,
    )
    bullets = w("abstractNum", w("multiLevelType", val="hybridMultilevel"), level, abstractNumId=0)
    return w("numbering", bullets, w("num", w("abstractNumId", val=0), numId=1))


def settings() -> Any:
    """Word's own way of setting out, not that of an older version; nothing is locked and nothing updates by itself."""
    word = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=twips(10)),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", w("compatSetting", **word)),
        w("themeFontLang", val=LANGUAGE),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def fonts() -> Any:
    return w(
        "fonts",
        *(
            w("font", w("altName", val=other), w("panose1", val=panose), w("family", val=family), name=name)
            for name, (other, family, panose) in ALIKE.items()
        ),
    )


def document() -> Any:
    return w("document", w("body", w("p")))


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {"styles": styles, "numbering": numbering, "settings": settings, "fontTable": fonts}


def parts() -> dict[str, bytes]:
    """The parts of the file, by their names in it."""
    made = {f"word/{name}.xml": _text(make()) for name, make in {"document": document, **PARTS}.items()}
    return made | {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({f"{KINDS}/officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({f"{KINDS}/{name}": f"{name}.xml" for name in PARTS}),
    }


def _content_types() -> bytes:
    root = etree.Element("Types", xmlns=f"{PACKAGE}/content-types")
    etree.SubElement(
        root, "Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"
    )
    etree.SubElement(root, "Default", Extension="xml", ContentType="application/xml")
    for name, kind in {"document": "document.main", **{name: name for name in PARTS}}.items():
        etree.SubElement(root, "Override", PartName=f"/word/{name}.xml", ContentType=f"{MAIN}.{kind}+xml")
    return _text(root)


def _relations(targets: Mapping[str, str]) -> bytes:
    root = etree.Element("Relationships", xmlns=f"{PACKAGE}/relationships")
    for place, (kind, target) in enumerate(targets.items(), 1):
        etree.SubElement(root, "Relationship", Id=f"rId{place}", Type=kind, Target=target)
    return _text(root)


def _text(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


if __name__ == "__main__":
    HERE.write_bytes(archived(parts()))
