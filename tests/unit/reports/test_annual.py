"""The annual report made from a small invented authority's census files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.unit.reports.conftest import THIS_YEAR
from waypost.datasets.dataset import Dataset, Unread
from waypost.domain.errors import WrongUse
from waypost.indicators.calculate import calculate
from waypost.indicators.catalogue import CATALOGUE
from waypost.reports.annual import build
from waypost.reports.answers import NotAnswered
from waypost.reports.model import Callout, Number, Paragraph, Placed, Prompt, Report, Section, Table, Terms
from waypost.reports.prose import plain
from waypost.reports.words import number_words, value_words

PLACED = {
    "referrals": ("referrals", "rereferral_12m", "sa_count", "sa_45wd"),
    "funnel": ("s47_count", "s47_to_icpc", "icpc_count", "icpc_15wd", "icpc_to_cpp"),
    "rate": ("cpp_rate",),
    "change": ("cpp_at_date", "cpp_starts", "cpp_ends", "cpp_net"),
    "rates": (
        "referral_rate", "rereferral_rate", "sa_rate", "s47_rate", "icpc_rate", "cpp_start_rate", "cpp_rate",
    ),
    "time-and-age": ("cpp_bands_open_lbhf", "cpp_by_age"),
    "categories": ("cpp_by_category",),
    "ni64": ("ni64",),
    "ni65": ("ni65",),
    "ni67": ("ni67",),
    "sex": ("cpp_by_sex",),
    "ethnicity": ("cpp_by_ethnicity",),
    "disability": ("cpp_disabled",),
    "factors": ("assess_factors",),
}  # fmt: skip
NUMBERED_AS_THE_CABINET_KNOWS_THEM = {
    "summary": "1", "introduction": "2", "background": "3", "referrals": "4.1", "funnel": "4.2", "rate": "4.3",
    "change": "4.4", "rates": "4.5", "time-and-age": "4.6", "older-children": "4.7", "categories": "4.8",
    "court-cases": "4.9", "court-help": "4.12", "work-plan": "5", "work-programme": "6", "cases": "7", "comments": "8",
    "definitions": "A", "papers": "B", "contact": "C",
}  # fmt: skip


WRITTEN_BY_PEOPLE = (
    "background", "older-children", "court-cases", "work-plan", "work-programme", "cases", "comments", "papers",
    "contact",
)  # fmt: skip
NAMES = {definition.name for definition in CATALOGUE.values()}


def section(report: Report, key: str) -> Section:
    return next(found for found in report.walk() if found.key == key)


def table(report: Report, key: str) -> Table:
    return next(found for found in report.tables if found.key == key)


def row(held: Table, head: str) -> list[str]:
    return next([cell.words for cell in row.cells] for row in held.rows if row.head == head)


def numbers_in(held: Table) -> list[Number]:
    return [cell.number for row in held.rows for cell in row.cells if cell.number is not None]


def text(report: Report, key: str) -> str:
    return " ".join(plain(block) for block in section(report, key).blocks if isinstance(block, Paragraph))


# ---------------------------------------------------------------- what it holds


@pytest.mark.parametrize(("key", "number"), NUMBERED_AS_THE_CABINET_KNOWS_THEM.items())
def test_sections_keep_the_numbers_a_cabinet_knows(report: Report, key: str, number: str) -> None:
    assert section(report, key).number == number


@pytest.mark.parametrize("key", PLACED)
def test_each_section_has_its_figures_in_a_table(report: Report, key: str) -> None:
    held = [block for block in section(report, key).blocks if isinstance(block, Table)]
    shown = {number.indicator for one in held for number in numbers_in(one)}
    assert shown.issuperset(PLACED[key])


def test_every_table_says_what_it_is_and_where_it_came_from(report: Report) -> None:
    for held in report.tables:
        assert all((held.number, held.title, held.unit, held.period, held.base, held.source, held.notes)), held.key


def test_every_share_stands_beside_its_base(report: Report) -> None:
    for held in report.tables:
        bases = {number.denominator for number in numbers_in(held) if number.unit == "percent" and number.numerator}
        cells = {cell.words for row in held.rows for cell in row.cells}
        hints = {word for row in held.rows for word in row.hint.split()}
        assert {f"{base:,}" for base in bases} <= cells | hints, held.key


def test_the_columns_are_the_authority_those_named_its_neighbours_region_and_england(dataset: Dataset) -> None:
    compared = build(dataset, THIS_YEAR, compare=["205", "213", "205"])
    heads = [column.words for column in table(compared, "funnel-table").columns]
    assert heads == ["Ashdown", "Hammersmith and Fulham", "Westminster", "Neighbours", "London", "England"]


def test_the_figures_are_those_that_were_calculated(report: Report, dataset: Dataset) -> None:
    for figure in calculate(dataset, THIS_YEAR, only=["cpp_at_date", "cpp_rate", "ni67"]):
        placed = [
            number.value
            for number in report_numbers(report)
            if (number.indicator, number.period, number.unit) == (figure.indicator, figure.period, figure.unit)
            and number.place == "Ashdown"
        ]
        assert set(placed) == {figure.value}


def report_numbers(report: Report) -> list[Number]:
    return [number for held in report.tables for number in numbers_in(held)]


def test_the_text_and_the_tables_agree(report: Report) -> None:
    def key(number: Number) -> tuple[object, ...]:
        return number.indicator, number.place, number.period, *sorted(number.group.items())

    shown: dict[tuple[object, ...], set[str]] = {}
    for number in report_numbers(report):
        parts = [number.value, number.numerator, number.denominator]
        words = [number_words(number), *(value_words(part, "count") for part in parts if part is not None)]
        shown.setdefault(key(number), set()).update(words)
    paragraphs = (block for block in report.blocks if isinstance(block, Paragraph))
    placed = [span for paragraph in paragraphs for span in paragraph.spans if isinstance(span, Placed)]
    spoken_of = [span for span in placed if key(span.number) in shown and span.number.name in NAMES]
    assert len(spoken_of) > 40
    said = [(span.words.partition(" (")[0], span.number) for span in spoken_of]
    assert [(words, number) for words, number in said if words not in shown[key(number)]] == []


def test_the_same_files_make_the_same_report(report: Report, dataset: Dataset) -> None:
    assert build(dataset, THIS_YEAR) == report


# ---------------------------------------------------------------- what people have to write


def test_what_only_people_know_is_asked_of_them(report: Report) -> None:
    for key in WRITTEN_BY_PEOPLE:
        blocks = section(report, key).blocks
        assert blocks
        assert all(isinstance(block, Prompt) for block in blocks), key
    assert all(prompt.owner and prompt.question.endswith((".", "?")) for prompt in report.prompts)


def test_the_front_page_recommends_that_the_report_be_noted(report: Report) -> None:
    lines = {line.name: line.answer for line in report.front}
    assert lines["Recommendation"] == "That the report be noted."
    assert isinstance(lines["Cabinet member"], Prompt)


# ---------------------------------------------------------------- where figures come from


def test_the_data_note_names_every_file_and_the_freeze(report: Report, dataset: Dataset) -> None:
    words = {cell.words for row in table(report, "sources-table").rows for cell in row.cells}
    assert words.issuperset({source.sha256 for source in dataset.sources} | {dataset.id})


def test_an_invented_authority_says_so_and_whose_neighbours_it_borrows(report: Report) -> None:
    (warning,) = [block for block in report.blocks if isinstance(block, Callout)]
    assert "invented" in plain(warning.paragraph)
    assert "205" in plain(warning.paragraph)
    assert "as an example" in plain(warning.paragraph)


def test_each_value_that_could_not_be_read_is_listed(dataset: Dataset) -> None:
    bad = Unread("cin.xml", "A1", "ChildProtectionPlans", 2, "CPPstartDate", "31/02/2025", "not a real date")
    told = build(replace(dataset, unread=(bad,)), THIS_YEAR)
    (line,) = table(told, "unread-table").rows
    assert [cell.words for cell in line.cells] == [
        "cin.xml", "A1", "ChildProtectionPlans", "2", "CPPstartDate", "31/02/2025", "not a real date",
    ]  # fmt: skip
    assert "1 value in the files could not be read" in text(told, "unread")
    assert told.unread == (bad,)


def test_a_year_without_a_file_is_not_available(report: Report) -> None:
    own = row(table(report, "rate-table"), "Ashdown")
    assert own[:3] == ["not available"] * 3
    assert "not available" not in own[3:]


def test_a_published_figure_stands_for_a_year_without_a_file_and_is_marked(dataset: Dataset) -> None:
    real = build(replace(dataset, authority="205"), THIS_YEAR)
    held = table(real, "rate-table")
    own = held.rows[0]
    assert [cell.marks for cell in own.cells] == [("d",), ("d",), ("d",), (), ()]
    assert [cell.words for cell in own.cells[:3]] == ["24.6", "42.4", "42.4"]
    assert any(note.mark == "d" and "Local Authority Interactive Tool" in note.words for note in held.notes)
    assert next(chart for chart in real.charts if chart.key == "rate-chart").breaks == (("2024", "from own files"),)


def test_a_report_for_a_year_without_a_file_says_not_available_and_does_not_fail(dataset: Dataset) -> None:
    ahead = build(dataset, THIS_YEAR.before(-1))
    assert row(table(ahead, "change-table"), "Plans started in the year") == ["not available"]
    assert "Not available: referrals (Ashdown, 2025-26)" in text(ahead, "referrals")


def test_an_authority_that_is_not_known_is_reported_without_comparators(dataset: Dataset) -> None:
    unknown = build(replace(dataset, authority="999"), THIS_YEAR)
    assert unknown.authority == "Authority 999"
    assert [column.words for column in table(unknown, "funnel-table").columns] == ["Authority 999", "England"]


def test_a_rate_made_with_an_older_population_is_marked_provisional(dataset: Dataset) -> None:
    later = replace(dataset, years=(*dataset.years, THIS_YEAR.before(-1)))
    held = table(build(later, THIS_YEAR.before(-1)), "populations-table")
    assert [cell.marks for cell in held.rows[0].cells] == [(), (), (), (), ("p",)]


def test_a_small_base_is_flagged_wherever_its_share_is_shown(report: Report) -> None:
    shares = [n for n in report_numbers(report) if n.unit == "percent" and n.place == "Ashdown" and n.is_known]
    small = [number for number in shares if (number.denominator or 0) < 20]
    assert small
    assert all("s" in number.marks for number in small)
    assert not any("s" in number.marks for number in shares if number not in small)


# ---------------------------------------------------------------- definitions, editions, wrong use


def test_every_indicator_that_is_used_is_defined(report: Report) -> None:
    (terms,) = [block for block in report.blocks if isinstance(block, Terms)]
    defined = {term.key.removeprefix("definition-").replace("-", "_") for term in terms.items}
    assert defined == {number.indicator for number in report_numbers(report)}


def test_a_public_edition_is_refused_until_its_questions_are_answered(dataset: Dataset) -> None:
    with pytest.raises(NotAnswered, match=r"34 questions have no answer.*Which body receives this report"):
        build(dataset, THIS_YEAR, edition="public")


def test_a_code_that_nobody_has_is_refused(dataset: Dataset) -> None:
    with pytest.raises(WrongUse, match="000"):
        build(dataset, THIS_YEAR, compare=["000"])


def test_progress_is_told(dataset: Dataset) -> None:
    told: list[tuple[int, int]] = []
    build(dataset, THIS_YEAR, progress=lambda done, whole: told.append((done, whole)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 1


def test_the_report_names_the_moment_of_its_records(dataset: Dataset) -> None:
    made = build(replace(dataset, as_at=datetime(2025, 7, 1, tzinfo=UTC)), THIS_YEAR)
    assert "as they were on 1 July 2025" in text(made, "data-note")
