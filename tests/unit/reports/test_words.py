from __future__ import annotations

import pytest

from tests.unit.reports.made import number
from waypost.indicators.results import Status
from waypost.reports.words import listed, notes_on, number_words, value_words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1391, "count", "1,391"),
        (3289.7, "count", "3,289.7"),  # a mean of counts
        (48.4, "percent", "48.4%"),
        (50, "percent", "50.0%"),
        (0, "percent", "0.0%"),
        (33.8, "rate_per_10000", "33.8"),
        (1060.04, "rate_per_10000", "1,060.0"),
        (-22, "count", "\N{MINUS SIGN}22"),
        (0.25, "percent", "0.3%"),
    ],
)
def test_a_value_is_printed_with_commas_and_halves_up(value: float, unit: str, words: str) -> None:
    assert value_words(value, unit) == words


def test_nil_is_a_number() -> None:
    assert number_words(number(0)) == "0"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("not_available", "not available"),
        ("not_applicable", "not applicable"),
        ("suppressed", "withheld"),
        ("not_due", "not yet due"),
    ],
)
def test_what_is_not_a_number_says_why(status: Status, words: str) -> None:
    assert number_words(number(None, status=status)) == words


def test_a_withheld_number_is_never_printed_even_if_it_is_there() -> None:
    assert number_words(number(3, status="suppressed")) == "withheld"


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


def test_each_mark_has_one_note() -> None:
    notes = notes_on({"p", "s"})
    assert [note.mark for note in notes] == ["p", "s"]
    assert all(note.words.endswith(".") for note in notes)
