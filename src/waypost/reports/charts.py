"""Charts of a report as pictures, all drawn in one theme.

Each chart is drawn twice, wide for paper and screen and narrow for a phone, so that its words stay readable at both.
The picture holds no script, no style sheet and no address of anything outside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from math import floor, log10
from statistics import fmean
from typing import Any, Literal

import altair as alt
import vl_convert as vlc
from altair.utils.schemapi import debug_mode
from lxml import etree

from waypost.reports.model import Band, Chart, Point, Role, Series
from waypost.reports.words import value_words

Size = Literal["wide", "narrow"]
Ground = Literal["band", "limits"]

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE = (
    "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1",
)  # fmt: skip
"""The palette of the Government Analysis Function."""
QUIET, LINES, INK = "#CFDCE8", "#D8DADC", "#0B0C0C"

COLOURS: dict[Role, str] = {
    "own": DARK_BLUE,
    "neighbours": TURQUOISE,
    "region": ORANGE,
    "england": DARK_GREY,
    "plain": DARK_BLUE,
}
DASHES: dict[Role, list[int]] = {"neighbours": [2, 3], "region": [8, 3, 2, 3], "england": [6, 4]}
WIDTHS: dict[Role, float] = {"own": 3.5, "neighbours": 2, "region": 2, "england": 2, "plain": 3}

EDGE: dict[str, Any] = {"color": DARK_GREY, "strokeWidth": 1.25, "strokeDash": [1, 3], "strokeCap": "round"}
"""How an edge of the control limits is drawn."""
SAMPLE = 18
"""Pixels of a line that stand before its name."""
LONG_NAME = 15
"""Letters that a name on one line of a narrow picture can have."""

X_AT: Any = alt.XValue
X2_AT: Any = alt.X2Value
Y_AT: Any = alt.YValue
"""Places in a picture, in pixels. Given as what they are, for the library takes long to make them out of words."""

FONT = "Liberation Sans"
SVG = "http://www.w3.org/2000/svg"
MOST_LINES = 4
KEPT = 64
"""How many pictures are kept for the next format: more than one report has."""
STRONG: tuple[Role, ...] = ("own", "plain")


def svg(chart: Chart, size: Size = "wide") -> str:
    """The picture of a chart, titled with its finding and described by its shape.

    Raises:
        ValueError: a trend has more than four lines; draw panels instead.
    """
    return _svg(replace(chart, told=()), size)


@lru_cache(maxsize=KEPT)
def _svg(chart: Chart, size: Size) -> str:
    return _described(vlc.vegalite_to_svg(_drawn(chart, size)), chart, size)


def png(chart: Chart, size: Size = "wide", scale: float = 1) -> bytes:
    """The picture of a chart in dots, for documents that cannot hold SVG; `scale` is how many for each unit of it.

    Raises:
        ValueError: as `svg`.
    """
    drawn: bytes = vlc.vegalite_to_png(_drawn(replace(chart, told=()), size), scale=scale)
    return drawn


@lru_cache(maxsize=KEPT)
def _drawn(chart: Chart, size: Size) -> dict[str, Any]:
    """One report is written in several formats, and making a drawing takes longer than turning it into a picture."""
    return drawing(chart, size)


def drawing(chart: Chart, size: Size, *, is_checked: bool = False) -> dict[str, Any]:
    """The chart as Vega-Lite.

    `is_checked` holds each part against the grammar as it is made. That takes more time than all the rest of a report,
    and so the tests alone do it.
    """
    _register_fonts()
    draw = {"trend": _trend, "bars": _bars, "panels": _panels}[chart.kind]
    with alt.theme.enable("waypost"), debug_mode(is_checked):
        made: dict[str, Any] = draw(chart, size).to_dict(validate=is_checked)
    return made


# ---------------------------------------------------------------- the theme


@alt.theme.register("waypost", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """One look for every chart: our font, quiet grid lines, no frame."""
    words: dict[str, Any] = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": INK}
    axis = words | {
        "labelFontSize": 14,
        "labelPadding": 6,
        "gridColor": LINES,
        "domainColor": DARK_GREY,
        "tickColor": DARK_GREY,
    }
    config: Any = {
        "background": "white",
        "font": FONT,
        "view": {"stroke": None},
        "text": {"font": FONT, "fontSize": 14, "color": INK},
        "axis": axis,
    }
    return {"config": config}


@cache
def _register_fonts() -> None:
    """Bundled, so that text is measured alike on every machine."""
    vlc.register_font_directory(str(files("waypost.reports.theme") / "fonts"))


# ---------------------------------------------------------------- lines over time


def _trend(chart: Chart, size: Size) -> Any:
    if len(chart.series) > MOST_LINES:
        raise ValueError(f"{chart.key}: {len(chart.series)} lines are too many for one picture; draw panels")
    times = [point.at for point in chart.series[0].points]
    top = _nice_top(_values(chart))
    wide = size == "wide"
    width, height = (440, 300) if wide else (180, 280)
    x = _time_axis(times, wide)
    foot = chart.scale_from
    axis = alt.Axis(tickCount=5, domain=False, ticks=False)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[foot, top], zero=foot == 0), axis=axis)
    layers = [_band(chart.band, x, y)] if chart.band else []
    layers += _limits(chart.limits, x, y) if chart.limits else []
    layers += [_line(series, x, y) for series in reversed(chart.series)]
    layers += _end_labels(chart, (foot, top), (width, height), wide)
    layers += _first_label(chart, x) if chart.series[0].role == "own" else []
    layers += [layer for at, name in chart.breaks for layer in _break(name, at, x)]
    return alt.layer(*layers).properties(width=width, height=height, padding=_padding())


def _padding() -> dict[str, float]:
    return {"left": 5, "top": 14, "right": 5, "bottom": 5}


def _time_axis(times: Sequence[str], wide: bool) -> Any:
    labels = _some_of(times, most=8 if wide else 3)
    axis = alt.Axis(values=labels, labelAngle=0, grid=False, labelFlush=False, labelOverlap=False)
    return alt.X("at:O", sort=list(times), title=None, axis=axis, scale=alt.Scale(type="point", padding=0.2))


def _some_of(times: Sequence[str], most: int) -> list[str]:
    """All the times, or so many of them, evenly apart, that their labels have room; the first and the last always."""
    if len(times) <= most:
        return list(times)
    step = next(step for step in (2, 3, 4, 6, 12) if len(times) <= step * most)
    return [*times[:-1:step], times[-1]] if (len(times) - 1) % step else list(times[::step])


def _band(band: Band, x: Any, y: Any) -> Any:
    rows = [
        {"at": low.at, "value": low.value, "high": high.value}
        for low, high in zip(band.low, band.high, strict=True)
        if low.value is not None and high.value is not None
    ]
    return alt.Chart(_data(rows)).mark_area(color=QUIET, opacity=1).encode(x=x, y=y, y2=alt.Y2("high:Q"))


def _limits(limits: Band, x: Any, y: Any) -> list[Any]:
    """Control limits as two thin dotted edges with nothing between, so that no other band is hidden or taken for it."""
    edges = ([{"at": point.at, "value": point.value} for point in edge] for edge in (limits.low, limits.high))
    return [alt.Chart(_data(edge)).mark_line(**EDGE).encode(x=x, y=y) for edge in edges]


def _line(series: Series, x: Any, y: Any) -> Any:
    rows = [{"at": point.at, "value": point.value} for point in series.points]
    colour = COLOURS[series.role]
    look: dict[str, Any] = {"color": colour, "strokeWidth": WIDTHS[series.role], "invalid": "break-paths-show-domains"}
    if series.role in DASHES:
        look["strokeDash"] = DASHES[series.role]
    point = alt.OverlayMarkDef(size=60, filled=True, color=colour) if series.role in STRONG else False
    return alt.Chart(_data(rows)).mark_line(**look, point=point).encode(x=x, y=y)


@dataclass(frozen=True, slots=True)
class EndLabel:
    """What is named at the right of a picture: its words, the value they best stand beside, and how it is drawn."""

    words: str
    value: float
    role: Ground | Role


def _end_labels(chart: Chart, ends_at: tuple[float, float], size: tuple[int, int], wide: bool) -> list[Any]:
    """Each line's name and last value beside it, and the names of what lies behind, pushed apart where they would meet.

    Each has a sample of its line or ground before it, because a line can end before the last year.
    """
    labels = [_line_label(series, chart, wide) for series in chart.series if _last(series.points)]
    labels += _ground_labels(chart, [label.value for label in labels], wide)
    foot, top = ends_at
    room = (top - foot) * (18 if wide else 34) / size[1]
    places = _apart([label.value for label in labels], gap=room, top=top)
    drawn = zip(labels, _above(places, foot, gap=room), strict=True)
    return [layer for label, place in drawn for layer in _end_label(label, place, size[0])]


def _line_label(series: Series, chart: Chart, wide: bool) -> EndLabel:
    last = _last(series.points) or series.points[-1]
    value = value_words(last.value or 0, chart.unit)
    is_older = last.at != chart.series[0].points[-1].at
    said = f"{value} ({last.at})" if is_older else value
    return EndLabel((" " if wide else "\n").join((series.name, said)), float(last.value or 0), series.role)


def _ground_labels(chart: Chart, taken: Sequence[float], wide: bool) -> list[EndLabel]:
    """The names of the neighbours' range and of the control limits, each at the edge that is farther from the rest."""
    labels: list[EndLabel] = []
    for band in (chart.band, chart.limits):
        ends = [_last(edge) for edge in (band.high, band.low)] if band else []
        known = [float(point.value) for point in ends if point is not None and point.value is not None]
        edges = [edge for edge in known if edge > 0] or known
        if band and edges:
            others = [*taken, *(label.value for label in labels)]
            freest = max(edges, key=lambda edge: min((abs(edge - other) for other in others), default=0))
            is_long = not wide and len(band.name) > LONG_NAME
            words = band.name.replace(" ", "\n", 1) if is_long else band.name
            labels.append(EndLabel(words, freest, "band" if band is chart.band else "limits"))
    return labels


def _end_label(label: EndLabel, place: float, width: int) -> list[Any]:
    data = _data([{"value": place, "label": label.words}])
    colour = INK if label.role == "band" or label.role == "limits" else _readable(COLOURS[label.role])
    look: dict[str, Any] = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": 16, "color": colour}
    look["fontWeight"] = "bold" if label.role in STRONG else "normal"
    base = alt.Chart(data).encode(y=alt.Y("value:Q"))
    text = base.mark_text(**look).encode(x=X_AT(width + 8 + SAMPLE + 6), text=alt.Text("label:N"))
    return [*_sample(label.role, base, width + 8), text]


def _sample(role: Ground | Role, base: Any, left: int) -> list[Any]:
    """A short piece of a line, of the ground of a band, or of both edges of the limits."""
    across = {"x": X_AT(left), "x2": X2_AT(left + SAMPLE)}
    if role == "band":
        return [base.mark_rule(color=QUIET, strokeWidth=12).encode(**across)]
    if role == "limits":
        return [base.mark_rule(**EDGE, yOffset=shift).encode(**across) for shift in (-4, 4)]
    look: dict[str, Any] = {"color": COLOURS[role], "strokeWidth": WIDTHS[role]}
    if role in DASHES:
        look["strokeDash"] = DASHES[role]
    return [base.mark_rule(**look).encode(**across)]


def _readable(colour: str) -> str:
    """Words need more contrast than lines: turquoise and orange are darkened until they have it."""
    return {TURQUOISE: "#17635D", ORANGE: "#9A3B0B"}.get(colour, colour)


def _first_label(chart: Chart, x: Any) -> list[Any]:
    """The own authority's first value on a white ground, so that the rise or fall can be read off.

    It stands on the side of its point that the line does not leave by.
    """
    known = [point for point in chart.series[0].points if point.value is not None]
    data = [{"at": p.at, "value": p.value, "label": value_words(p.value or 0, chart.unit)} for p in known[:1]]
    base = alt.Chart(_data(data)).encode(x=x, y=alt.Y("value:Q"), text=alt.Text("label:N"))
    rises = len(known) > 1 and (known[1].value or 0) > (known[0].value or 0)
    look: dict[str, Any] = {"dy": 17 if rises else -15, "dx": -8, "align": "left", "fontWeight": "bold"}
    ground = base.mark_text(**look, stroke="white", strokeWidth=5, strokeJoin="round")
    return [ground, base.mark_text(**look, color=DARK_BLUE)]


def _break(name: str, at: str, x: Any) -> list[Any]:
    base = alt.Chart(_data([{"at": at, "label": name}])).encode(x=x)
    text = base.mark_text(align="left", dx=4, baseline="top", fontSize=12)
    rule = base.mark_rule(strokeDash=[2, 2], color=DARK_GREY)
    return [rule, text.encode(y=Y_AT(0), text=alt.Text("label:N"))]


# ---------------------------------------------------------------- bars


def _bars(chart: Chart, size: Size) -> Any:
    """One bar for each point of the one series, its value at its end."""
    wide = size == "wide"
    (series,) = chart.series
    rows = [
        {"name": point.at, "value": point.value, "label": value_words(point.value, chart.unit)}
        for point in series.points
        if point.value is not None
    ]
    across = alt.Scale(
        domain=[0, _nice_top([float(point.value) for point in series.points if point.value is not None])]
    )
    x = alt.X("value:Q", scale=across, axis=None)
    names = alt.Axis(ticks=False, labelLimit=400) if wide else None
    y = alt.Y("name:N", sort=None, title=None, axis=names)
    base = alt.Chart(_data(rows)).encode(y=y)
    bar = {"height": {"band": 0.7}} if wide else {"height": 18, "yOffset": 10, "y2Offset": 10}
    layers = [base.mark_bar(color=COLOURS[series.role], **bar).encode(x=x)]
    text = alt.Text("label:N")
    layers += [base.mark_text(align="left", dx=6, dy=0 if wide else 10, fontWeight="bold").encode(x=x, text=text)]
    layers += [] if wide else [base.mark_text(align="left", dy=-10).encode(x=X_AT(0), text=alt.Text("name:N"))]
    size_of: dict[str, Any] = {"width": 380 if wide else 230, "height": {"step": 34 if wide else 50}}
    return alt.layer(*layers).properties(**size_of, padding=_padding())


# ---------------------------------------------------------------- small multiples


def _panels(chart: Chart, size: Size) -> Any:
    """One small picture for each series, all to one scale, the latest bar strong."""
    wide = size == "wide"
    top = _nice_top(_values(chart))
    columns = 1 if not wide else 4 if len(chart.series) % 4 in (0, 3) and len(chart.series) > 3 else 3
    across = 250 if not wide else 178 if columns == 3 else 128
    panels = [_panel(series, chart, top, across, wide) for series in chart.series]
    return alt.concat(*panels, columns=columns, spacing={"row": 26, "column": 24}).properties(padding=_padding())


def _panel(series: Series, chart: Chart, top: float, across: int, wide: bool) -> Any:
    times = [point.at for point in series.points]
    ends = [times[0], times[-1]]
    rows = [
        {"at": p.at, "value": p.value, "label": value_words(p.value, chart.unit), "last": p.at == times[-1]}
        for p in series.points
        if p.value is not None
    ]
    small = 12 if across > 150 else 11
    axis = alt.Axis(values=ends, labelAngle=0, ticks=False, labelFontSize=small, labelOverlap=False, grid=False)
    scale = alt.Scale(domain=times, paddingInner=0.25, paddingOuter=0.1)
    x = alt.X("at:O", sort=times, title=None, axis=axis, scale=scale)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, top * 1.12]), axis=None)
    colour = alt.condition("datum.last", alt.value(DARK_BLUE), alt.value("#8FA9C2"))
    bars = alt.Chart(_data(rows)).mark_bar().encode(x=x, y=y, color=colour)
    ends_only = [row for row in rows if row["at"] in ends] if len(times) > 6 else rows
    text = (
        alt.Chart(_data(ends_only)).mark_text(dy=-8, fontSize=12, color=INK).encode(x=x, y=y, text=alt.Text("label:N"))
    )
    title = alt.TitleParams(series.name, anchor="start", fontSize=15, font=FONT, color=INK, offset=6)
    return (bars + text).properties(width=across, height=84 if wide else 72, title=title)


# ---------------------------------------------------------------- small sums


def _data(rows: list[dict[str, Any]]) -> Any:
    return alt.InlineData(values=rows)


def _values(chart: Chart) -> list[float]:
    points = [point for series in chart.series for point in series.points]
    points += [point for band in (chart.band, chart.limits) if band for point in (*band.low, *band.high)]
    return [float(point.value) for point in points if point.value is not None]


def _nice_top(values: Sequence[float]) -> float:
    """The end of an axis that starts at nought: a round number not below the largest value."""
    largest = max(values, default=0)
    if largest <= 0:
        return 1
    step: float = 10 ** floor(log10(largest))
    return next(part * step for part in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if part * step >= largest)


def _last(points: Sequence[Point]) -> Point | None:
    return next((point for point in reversed(points) if point.value is not None), None)


def _apart(values: Sequence[float], *, gap: float, top: float) -> list[float]:
    """Places for labels as near to their values as they can be with so much room between them, none above the top.

    Less the room that those below it need, each place must not be under the one before: labels that would be are moved
    together to their mean (isotonic regression).
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    blocks: list[list[float]] = []
    for below, place in enumerate(order):
        block = [values[place] - below * gap]
        while blocks and fmean(blocks[-1]) > fmean(block):
            block = blocks.pop() + block
        blocks.append(block)
    moved = [fmean(block) for block in blocks for _ in block]
    placed = [place + below * gap for below, place in enumerate(moved)]
    over = max(0.0, max(placed, default=0) - top)
    return [placed[order.index(place)] - over for place in range(len(values))]


def _above(places: Sequence[float], foot: float, *, gap: float) -> list[float]:
    """The places, the low ones lifted where they would lie under the foot of the picture."""
    lifted: list[float] = []
    for place in sorted(places):
        lifted.append(max(place, lifted[-1] + gap if lifted else foot))
    order = sorted(range(len(places)), key=lambda each: places[each])
    return [lifted[order.index(each)] for each in range(len(places))]


# ---------------------------------------------------------------- title and description


def _described(drawn: str, chart: Chart, size: Size) -> str:
    """The picture with a role, a title and a description, scaling with its column, and no inline style."""
    root = etree.fromstring(drawn.encode())
    for element in root.iter():
        for name in [
            name for name in map(str, element.attrib) if name in ("style", "role") or name.startswith("aria-")
        ]:
            del element.attrib[name]
    for name in ("width", "height"):
        del root.attrib[name]
    ids = f"{chart.key}-{size}-title", f"{chart.key}-{size}-shape"
    root.set("role", "img")
    root.set("aria-labelledby", ids[0])
    root.set("aria-describedby", ids[1])
    root.set("class", f"wp-chart__picture wp-chart__picture--{size}")
    root.set("focusable", "false")
    for place, (tag, words, name) in enumerate([("title", chart.finding, ids[0]), ("desc", chart.shape, ids[1])]):
        element = etree.Element(f"{{{SVG}}}{tag}", id=name)
        element.text = words
        root.insert(place, element)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))
