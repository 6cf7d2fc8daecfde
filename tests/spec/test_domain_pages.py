"""The pages of docs/rules say what the examples say, and nothing else stands beside them."""

from __future__ import annotations

import pytest

from tests.spec.pages import EXAMPLES, FOLDER, MOST_ASKED, pages
from waypost.domain.limits import facts

NAMES = [f"{name}.md" for name in EXAMPLES] + ["misprints.md", "cin-census.md", "README.md"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_not_stale(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], "Run: python -m tests.spec.pages"


def test_every_rule_page_is_one_that_is_made() -> None:
    assert set(pages()) == set(NAMES)


def test_every_timescale_and_every_misprint_has_its_row() -> None:
    made = pages()
    assert all(f'<a id="{clock}"></a>' in made["timescales.md"] for clock in facts().timescales)
    assert made["misprints.md"].count("\n| ") == 86 + 2, "each misprint, and the two lines of the heading"


def test_the_first_page_answers_what_is_most_asked() -> None:
    first_screen = pages()["README.md"].splitlines()[:24]
    assert any("Initial child protection conference" in line and "15 working days" in line for line in first_screen)
    assert len(MOST_ASKED) == len(set(MOST_ASKED))
