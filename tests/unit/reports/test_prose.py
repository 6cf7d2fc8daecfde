from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tests.unit.reports.made import WHOLE, YEAR, figure, number, numbers
from waypost.domain.periods import periods
from waypost.reports.model import Moved, Placed
from waypost.reports.prose import Prose, plain

TEMPLATES = sorted(path.name for path in (files("waypost.reports") / "prose").iterdir())
BEFORE = periods(YEAR.before(), "year")[0]
NAMES_WITH_DIGITS = re.compile(r"section 47")
CALLS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_number_is_typed_in_a_sentence(name: str) -> None:
    words = (files("waypost.reports") / "prose" / name).read_text(encoding="utf-8")
    written = NAMES_WITH_DIGITS.sub("", CALLS.sub("", words))
    assert not re.search(r"\d", written)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_direction_is_typed_in_a_sentence(name: str) -> None:
    words = (files("waypost.reports") / "prose" / name).read_text(encoding="utf-8")
    written = CALLS.sub("", words)
    assert not re.search(r"\b(rose|fell|slipped|increased|decreased|grew|dropped|unchanged)\b", written)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (115, 93, "Down from 115 a year before"),
        (93, 115, "Up from 93 a year before"),
        (93, 93, "The same as 93 a year before"),
    ],
)
def test_the_words_of_direction_follow_the_figures(before: int, now: int, words: str) -> None:
    held = numbers([figure("cpp_at_date", BEFORE, before), figure("cpp_at_date", WHOLE, now)])
    (said,) = Prose("headline", held, {"indicator": "cpp_at_date"}).paragraphs("movement")
    assert plain(said) == words
    assert any(isinstance(span, Moved) for span in said.spans)


def test_a_number_in_a_sentence_knows_where_it_came_from() -> None:
    held = numbers([figure("cpp_at_date", BEFORE, 115), figure("cpp_at_date", WHOLE, 93)])
    (said,) = Prose("headline", held, {"indicator": "cpp_at_date"}).paragraphs("movement")
    placed = [span.number for span in said.spans if isinstance(span, Placed)]
    assert [(one.indicator, one.period, one.value, one.version) for one in placed] == [("cpp_at_date", BEFORE, 115, 1)]


def test_a_sentence_whose_figure_is_missing_says_so_instead() -> None:
    held = numbers([figure("cpp_at_date", WHOLE, 93)], YEAR)
    (said,) = Prose("headline", held, {"indicator": "cpp_at_date"}).paragraphs("movement")
    assert plain(said) == "Not available: children subject to a child protection plan (Ashdown, 2023-24)."


def test_a_title_is_left_out_where_its_figure_is_missing() -> None:
    opening = number(None)
    words = {"opening": opening, "closing": number(93)}
    assert Prose("change", numbers([], YEAR), words).title("finding") is None
    found = Prose("change", numbers([], YEAR), {"opening": number(115), "closing": number(93)}).title("finding")
    assert found == "Fewer children were on plans on 31 March 2025 than a year before"


def test_a_provisional_figure_says_so_in_a_sentence() -> None:
    told = {"unit": "rate_per_10000", "status": "provisional"}
    held = numbers([figure("cpp_rate", BEFORE, 36.0, **told), figure("cpp_rate", WHOLE, 29.2, **told)])
    said = " ".join(plain(paragraph) for paragraph in Prose("rate", held, {"beside_us": []}).paragraphs())
    assert "29.2 (provisional) children on plans for each 10,000 children" in said
    assert "The rate fell." in said


def test_a_comparator_of_another_year_says_its_year() -> None:
    later = periods(YEAR.before(-1), "year")[0]
    held = numbers([figure("cpp_rate", later, 29.5, "rate_per_10000")], later.year)
    ahead = type(held)(held.code, later.year, held.results, held.files)
    said = " ".join(plain(paragraph) for paragraph in Prose("rate", ahead, {"beside_us": []}).paragraphs())
    assert "England (40.6 in 2024-25)" in said


def test_a_share_of_few_says_so_in_a_sentence() -> None:
    few = {"unit": "percent", "numerator": 5, "denominator": 8}
    many = {"unit": "percent", "numerator": 50, "denominator": 80}
    held = numbers([figure("ni67", BEFORE, 62.5, **few), figure("ni67", WHOLE, 62.5, **many)])
    (said,) = Prose("headline", held, {"indicator": "ni67"}).paragraphs("movement")
    assert plain(said) == "The same as 62.5% (small base) a year before"


@pytest.mark.parametrize(("count", "said"), [(45, True), (60, False), (40, False)])
def test_a_change_that_may_be_chance_is_said_to_be(count: int, said: bool) -> None:
    told = {"unit": "percent", "denominator": 80}
    first = figure("ni67", BEFORE, 50.0, numerator=40, **told)
    held = numbers([first, figure("ni67", WHOLE, 100 * count / 80, numerator=count, **told)])
    (moved,) = Prose("headline", held, {"indicator": "ni67"}).paragraphs("movement")
    assert ("within what chance alone could bring about" in plain(moved)) is said
