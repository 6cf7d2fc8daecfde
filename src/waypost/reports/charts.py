"""Charts of a report as SVG pictures, all drawn in one theme.

Each chart is drawn twice, wide for paper and screen and narrow for a phone, so that its words stay readable at both.
The picture holds no script, no style sheet and no address of anything outside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
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

FONT = "Liberation Sans"
SVG = "http://www.w3.org/2000/svg"
MOST_LINES = 4
STRONG: tuple[Role, ...] = ("own", "plain")


def svg(chart: Chart, size: Size = "wide") -> str:
    """The picture of a chart, titled with its finding and described by its shape.

    Raises:
        ValueError: a trend has more than four lines; draw panels instead.
    """
    return _described(vlc.vegalite_to_svg(drawing(chart, size)), chart, size)


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
    height = 300 if wide else 260
    x = _time_axis(times, wide)
    foot = chart.scale_from
    axis = alt.Axis(tickCount=5, domain=False, ticks=False)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[foot, top], zero=foot == 0), axis=axis)
    layers = [_band(chart.band, x, y)] if chart.band else []
    layers += [_line(series, x, y) for series in reversed(chart.series)]
    layers += _end_labels(chart, x, (foot, top), height, wide)
    layers += _first_label(chart, x) if chart.series[0].role == "own" else []
    layers += [layer for at, name in chart.breaks for layer in _break(name, at, x)]
    return alt.layer(*layers).properties(width=440 if wide else 190, height=height, padding=_padding())


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
    return alt.Chart(_data(rows)).mark_area(color=QUIET, opacity=1).encode(x=x, y=y, y2="high:Q")


def _line(series: Series, x: Any, y: Any) -> Any:
    rows = [{"at": point.at, "value": point.value} for point in series.points]
    colour = COLOURS[series.role]
    look: dict[str, Any] = {"color": colour, "strokeWidth": WIDTHS[series.role], "invalid": "break-paths-show-domains"}
    if series.role in DASHES:
        look["strokeDash"] = DASHES[series.role]
    point = alt.OverlayMarkDef(size=60, filled=True, color=colour) if series.role in STRONG else False
    return alt.Chart(_data(rows)).mark_line(**look, point=point).encode(x=x, y=y)


def _end_labels(chart: Chart, x: Any, ends_at: tuple[float, float], height: int, wide: bool) -> list[Any]:
    """Each line's name and last value at its end, pushed apart where they would lie on each other."""
    ends = [(series, _last(series.points)) for series in chart.series]
    drawn = [(series, point) for series, point in ends if point is not None]
    foot, top = ends_at
    room = (top - foot) * (18 if wide else 34) / height
    places = _apart([float(point.value or 0) for _, point in drawn], gap=room, top=top)
    rows: list[dict[str, Any]] = []
    for (series, point), place in zip(drawn, places, strict=True):
        value = value_words(point.value or 0, chart.unit)
        lines = [f"{series.name} {value}"] if wide else [series.name, value]
        rows.append({"at": point.at, "value": place, "label": "\n".join(lines), "role": series.role})
    if chart.band and (lowest := _last(chart.band.low)) is not None:
        clear = _clear_of([row["value"] for row in rows], float(lowest.value or 0), room)
        label = chart.band.name if wide else chart.band.name.replace(" ", "\n", 1)
        rows.append({"at": lowest.at, "value": clear, "label": label, "role": "band"})
    return [_end_label(row, x) for row in rows]


def _end_label(row: dict[str, Any], x: Any) -> Any:
    look: dict[str, Any] = {"align": "left", "dx": 12, "baseline": "middle", "lineBreak": "\n", "lineHeight": 16}
    look["color"] = INK if row["role"] == "band" else _readable(COLOURS[row["role"]])
    look["fontWeight"] = "bold" if row["role"] in STRONG else "normal"
    return alt.Chart(_data([row])).mark_text(**look).encode(x=x, y="value:Q", text="label:N")


def _readable(colour: str) -> str:
    """Words need more contrast than lines: turquoise and orange are darkened until they have it."""
    return {TURQUOISE: "#17635D", ORANGE: "#9A3B0B"}.get(colour, colour)


def _first_label(chart: Chart, x: Any) -> list[Any]:
    """The own authority's first value, above its point on a white ground, so that the rise or fall can be read off."""
    known = [point for point in chart.series[0].points if point.value is not None]
    data = [{"at": p.at, "value": p.value, "label": value_words(p.value or 0, chart.unit)} for p in known[:1]]
    base = alt.Chart(_data(data)).encode(x=x, y="value:Q", text="label:N")
    look: dict[str, Any] = {"dy": -15, "fontWeight": "bold"}
    ground = base.mark_text(**look, stroke="white", strokeWidth=5, strokeJoin="round")
    return [ground, base.mark_text(**look, color=DARK_BLUE)]


def _break(name: str, at: str, x: Any) -> list[Any]:
    base = alt.Chart(_data([{"at": at, "label": name}])).encode(x=x)
    text = base.mark_text(align="left", dx=4, baseline="top", fontSize=12).encode(y=alt.value(0), text="label:N")
    return [base.mark_rule(strokeDash=[2, 2], color=DARK_GREY), text]


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
    layers += [base.mark_text(align="left", dx=6, dy=0 if wide else 10, fontWeight="bold").encode(x=x, text="label:N")]
    layers += [] if wide else [base.mark_text(align="left", dy=-10).encode(x=alt.value(0), text="name:N")]
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
    text = alt.Chart(_data(ends_only)).mark_text(dy=-8, fontSize=12, color=INK).encode(x=x, y=y, text="label:N")
    title = alt.TitleParams(series.name, anchor="start", fontSize=15, font=FONT, color=INK, offset=6)
    return (bars + text).properties(width=across, height=84 if wide else 72, title=title)


# ---------------------------------------------------------------- small sums


def _data(rows: list[dict[str, Any]]) -> Any:
    return alt.InlineData(values=rows)


def _values(chart: Chart) -> list[float]:
    points = [point for series in chart.series for point in series.points]
    points += [*chart.band.low, *chart.band.high] if chart.band else []
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


def _clear_of(taken: Sequence[float], wanted: float, gap: float) -> float:
    """A place at or under the wanted one that keeps its distance from those taken."""
    place = wanted
    for other in sorted(taken, reverse=True):
        if abs(place - other) < gap:
            place = other - gap
    return place


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
