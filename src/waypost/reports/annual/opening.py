"""Sections 1 and 2: the page a member can read alone, and what the report was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from waypost.datasets.dataset import Dataset, Unread
from waypost.datasets.published import ATTRIBUTION, authorities, neighbours
from waypost.indicators.catalogue import CATALOGUE
from waypost.indicators.results import Population
from waypost.reports.model import (
    Callout,
    Cell,
    Column,
    Headline,
    Headlines,
    Note,
    Number,
    Paragraph,
    Placed,
    Prompt,
    Row,
    Section,
    Table,
)
from waypost.reports.numbers import Numbers, short_id
from waypost.reports.prose import Prose
from waypost.reports.tables import base_words, children_in, standing, table
from waypost.reports.words import (
    OTHER_YEAR,
    POLARITY_WORDS,
    PROVISIONAL,
    day_words,
    listed,
    notes_on,
    number_words,
    plural,
    target_words,
)

HEADLINES = ("cpp_at_date", "rereferral_12m", "sa_45wd", "icpc_15wd", "ni65", "ni67")
SHOWN_BESIDE = ("neighbours", "england")
MOST_UNREAD = 500
UNREAD_PARTS = ("File", "Child", "Table", "Row", "Field", "Value")


def summary(numbers: Numbers) -> Section:
    """1"""
    prose = Prose("summary", numbers)
    asked = Prompt("Head of safeguarding", "What are the four or five issues of the year that a member should know?")
    items = tuple(headline(numbers, indicator) for indicator in HEADLINES)
    text = prose.paragraphs()
    return Section("summary", "Executive summary", (Headlines(items, _marks_in(items, text)), *text, asked))


def _marks_in(items: Iterable[Headline], text: Iterable[Paragraph]) -> tuple[Note, ...]:
    """A note for each mark that a figure of the summary carries, in a headline or in a sentence, but for its year.

    The year of a figure for another year is printed beside it.
    """
    numbers = [number for item in items for number in (item.number, *(held for _, held, _ in item.beside))]
    numbers += [span.number for paragraph in text for span in paragraph.spans if isinstance(span, Placed)]
    return notes_on({mark for number in numbers if number.is_known for mark in number.marks} - {OTHER_YEAR})


def headline(numbers: Numbers, indicator: str) -> Headline:
    number = numbers.own(indicator)
    # A count cannot stand beside England's, so the rate made from it does.
    compared = "cpp_rate" if indicator == "cpp_at_date" else indicator
    prose = Prose("headline", numbers, {"indicator": indicator})
    beside = tuple(
        (place.name, found, number_words(found))
        for place in numbers.places
        if place.kind in SHOWN_BESIDE
        for found in [numbers.beside(compared, place)]
    )
    own_rate = ((f"{numbers.name}, rate", numbers.own(compared), number_words(numbers.own(compared))),)
    return Headline(
        name=CATALOGUE[indicator].name,
        number=number,
        words=number_words(number),
        base=_base(numbers, indicator, number),
        movement=prose.paragraphs("movement")[0],
        beside=(*own_rate, *beside) if compared != indicator else beside,
        good=POLARITY_WORDS[CATALOGUE[indicator].polarity],
        target=_target(numbers, number),
    )


def _target(numbers: Numbers, number: Number) -> Cell | None:
    held = numbers.target(number.indicator)
    if held is None or not number.is_known:
        return None
    found = standing(number, held)
    return replace(found, words=f"Target {target_words(held, number.unit)}: {found.words}")


def _base(numbers: Numbers, indicator: str, number: Number) -> str:
    if indicator == "cpp_at_date":
        return f"at 31 March {numbers.year.ends}; rates are for each 10,000 children"
    return base_words(number)


def introduction(numbers: Numbers, dataset: Dataset) -> Section:
    """2"""
    words = {"as_at": day_words(dataset.as_at.date()), "notes": list(dataset.notes)}
    prose = Prose("introduction", numbers, words)
    return Section(
        "introduction",
        "Introduction",
        (*prose.paragraphs(), Prompt("Report author", "Who updated this report, and for whom?")),
        sections=(
            _data_note(numbers, dataset, prose),
            _unread(numbers, dataset, prose),
            Section("populations", "Populations", (*prose.paragraphs("populations"), populations(numbers))),
            Section("comparators", "Who stands beside us", (*_comparators(numbers, prose), comparator_years(numbers))),
        ),
    )


def _data_note(numbers: Numbers, dataset: Dataset, prose: Prose) -> Section:
    places = [place for place in numbers.places if place.key in numbers.filed]
    words = {**prose.words, "beside_us": listed([place.name for place in places])}
    said = Prose(prose.name, numbers, words).paragraphs("data")
    held = [_sources_beside(place.name, numbers.filed[place.key].dataset) for place in places]
    return Section("data-note", "Where the figures come from", (*said, sources(numbers, dataset), *held))


def _source_rows(dataset: Dataset) -> list[Row]:
    files = [Row(source.name, (Cell(source.sha256),)) for source in dataset.sources]
    return [*files, Row("The freeze of all of them", (Cell(dataset.id),), is_total=True)]


def sources(numbers: Numbers, dataset: Dataset) -> Table:
    return table(
        "sources-table",
        "The files this report was made from",
        unit="SHA-256 of the bytes of each file, and of the records read from them",
        period=f"As at {day_words(dataset.as_at.date())}",
        base=plural(len(dataset.sources), "file", "files"),
        head="Census file",
        columns=[Column("Fingerprint", "code")],
        rows=_source_rows(dataset),
        source=f"Files given by {numbers.name}.",
        notes=["The same files always give the same fingerprints and the same figures."],
    )


def _sources_beside(name: str, dataset: Dataset) -> Table:
    """The files of an authority that stands beside ours, and what was not read in them."""
    unread = plural(len(dataset.unread), "value", "values")
    return table(
        f"sources-{dataset.authority}-table",
        f"The files that {name} was counted from",
        unit="SHA-256 of the bytes of each file, and of the records read from them",
        period=f"As at {day_words(dataset.as_at.date())}",
        base=plural(len(dataset.sources), "file", "files"),
        head="Census file",
        columns=[Column("Fingerprint", "code")],
        rows=_source_rows(dataset),
        source=f"Files given for {name}.",
        notes=[
            f"Under tables this freeze goes by the start of its fingerprint, {short_id(dataset)}.",
            *([f"{unread} in these files could not be read and count as blank."] if dataset.unread else []),
            *dataset.notes,
        ],
    )


def _unread(numbers: Numbers, dataset: Dataset, prose: Prose) -> Section:
    words = {"unread": len(dataset.unread), "unread_words": plural(len(dataset.unread), "value", "values")}
    said = Prose(prose.name, numbers, {**prose.words, **words}).paragraphs("unread")
    held = (_unread_table(dataset.unread),) if dataset.unread else ()
    return Section("unread", "Values that could not be read", (*said, *held))


def _unread_table(unread: tuple[Unread, ...]) -> Table:
    def row(place: int, item: Unread) -> Row:
        where = (item.file, item.child or "none", item.table, str(item.row or "none"), item.field)
        return Row(str(place), tuple(Cell(each or "empty") for each in (*where, item.value, item.reason)))

    most = Counter(item.field for item in unread).most_common(3)
    fields = listed([f"{field} ({count:,})" for field, count in most])
    shown = unread[:MOST_UNREAD]
    rest = [f"The first {MOST_UNREAD} of {len(unread):,} are shown; the JSON of this report has all."]
    return table(
        "unread-table",
        "Values that are not a real date or a known code",
        unit="One value on each line",
        period="All files",
        base=plural(len(unread), "value", "values"),
        head="Line",
        columns=[*(Column(part, "code") for part in UNREAD_PARTS), Column("What is wrong", "words")],
        rows=[row(place, item) for place, item in enumerate(shown, 1)],
        source="The census files.",
        notes=[
            "Each is blank to the figures; the record around it is kept.",
            f"Most often: {fields}.",
            *(rest if len(unread) > MOST_UNREAD else []),
        ],
    )


def populations(numbers: Numbers) -> Table:
    years = numbers.years()
    known = [numbers.population(year) for year in years]
    rates = [numbers.own("cpp_rate", year) for year in years]
    marks = [tuple(mark for mark in rate.marks if mark == PROVISIONAL) for rate in rates]
    return table(
        "populations-table",
        "Children that rates are made with",
        unit="Children aged 0 to 17",
        period=f"Years to 31 March, {years[0].ends} to {years[-1].ends}",
        base=f"Everyone aged 0 to 17 living in {numbers.name}",
        head="What",
        columns=[str(year) for year in years],
        rows=[
            Row("Children aged 0 to 17", tuple(map(children_in, known, marks))),
            Row("Estimate", tuple(map(_estimate, known))),
        ],
        source=_population_source(known),
        notes=["A rate for the year to 31 March is made with the estimate of the June before."],
    )


def _estimate(held: Population | None) -> Cell:
    return Cell((held.estimate or "as given") if held else "not available")


def _population_source(known: list[Population | None]) -> str:
    names = {"ons": "Office for National Statistics mid-year estimates", "given": "As given for this report"}
    found = {names.get(held.source, "Invented, for demonstration") for held in known if held}
    return f"{listed(sorted(found)) or 'None is held'}."


def _comparators(numbers: Numbers, prose: Prose) -> tuple[Callout | Paragraph, ...]:
    known = neighbours(numbers.authority) if numbers.authority else None
    names = [authorities()[code].name for code in known.la_codes] if known else []
    words = {
        "neighbour_names": listed(names),
        "model": known.model if known else "",
        "example": authorities()[known.of].name if known else "",
        "example_code": known.of if known else "",
        "named": listed([place.name for place in numbers.places if place.kind == "named"]),
        "counted": listed([place.name for place in numbers.places if place.key in numbers.filed]),
        "is_invented": bool(numbers.authority and numbers.authority.is_invented),
        "attribution": ATTRIBUTION,
    }
    said = Prose(prose.name, numbers, {**prose.words, **words})
    warning = said.paragraphs("invented") if words["is_invented"] else ()
    return (*(Callout(paragraph) for paragraph in warning), *said.paragraphs("comparators"))


def comparator_years(numbers: Numbers) -> Table:
    """Which year each published figure is for."""
    places = [place for place in numbers.places if place.kind != "own" and not numbers.is_counted(place)]
    held = {
        indicator: [numbers.beside(indicator, place) for place in places]
        for indicator in CATALOGUE
        if indicator in numbers.compared
    }

    def row(indicator: str) -> Row:
        years = (str(number.period.year) if number.is_known else "not available" for number in held[indicator])
        return Row(CATALOGUE[indicator].name, tuple(map(Cell, years)))

    return table(
        "comparators-table",
        "The year of each published figure",
        unit="Financial year",
        period=f"{numbers.year}, or the latest year published before it",
        base="Indicators of this report that have a published figure",
        head="Indicator",
        columns=[Column(place.name, "words") for place in places],
        rows=[row(indicator) for indicator, found in held.items() if any(number.is_known for number in found)],
        source="The publications named under each table.",
        notes=["Neighbours is the plain mean of those that have a figure; the tables say how many, if not all."],
    )
