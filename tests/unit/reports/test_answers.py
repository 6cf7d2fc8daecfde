"""Answers take the place of questions, call for their figures, and stop a public edition where they are missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.unit.reports.conftest import THIS_YEAR
from waypost.datasets.dataset import Dataset
from waypost.domain.errors import CannotRead
from waypost.reports import answers
from waypost.reports.annual import build
from waypost.reports.answers import Answers, NotAnswered, check_answered
from waypost.reports.model import Paragraph, Placed, Prompt, Report
from waypost.reports.prose import plain

OLDER = ("older-children", "Why do children over 14 have plans, and what helps them?")
WARDS = ("front", "Which wards? Say if it is all of them.")


@pytest.fixture(scope="module")
def answered(dataset: Dataset) -> Report:
    text = 'They are often harmed outside the home.\nPlans stood at {{ fig("cpp_at_date") }}.\n\nSchools help.'
    return build(dataset, THIS_YEAR, answers=Answers({OLDER: text, WARDS: "None"}, "answers.yaml"))


def blocks(report: Report) -> list[object]:
    return list(next(section for section in report.walk() if section.key == "older-children").blocks)


def test_an_answer_stands_in_the_place_of_its_question(answered: Report, report: Report) -> None:
    first, second = blocks(answered)
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert plain(first).startswith("They are often harmed outside the home. Plans stood at ")
    assert (plain(second), second.by) == ("Schools help.", "Head of family support and child protection")
    assert len(answered.prompts) == len(report.prompts) - 2


def test_a_figure_in_an_answer_comes_by_reference(answered: Report, report: Report) -> None:
    (placed,) = [span for span in blocks(answered)[0].spans if isinstance(span, Placed)]  # type: ignore[attr-defined]
    assert placed.number.indicator == "cpp_at_date"


def test_none_reads_as_nothing_to_report(answered: Report) -> None:
    assert next(line.answer for line in answered.front if line.name == "Wards affected") == "Nothing to report."


@pytest.mark.parametrize(
    "text",
    ["{{ fig('no_such') }}", "{{ fig( }}", "{{ nothing }}", "{{ fig.__globals__ }}", "{{ fig() }}", "{% if x %}"],
)
def test_an_answer_that_calls_for_what_is_not_there_is_refused(dataset: Dataset, text: str) -> None:
    with pytest.raises(CannotRead, match=r"answers\.yaml in section 'older-children'"):
        build(dataset, THIS_YEAR, answers=Answers({OLDER: text}, "answers.yaml"))


def test_an_answer_to_what_is_not_asked_is_refused(dataset: Dataset) -> None:
    with pytest.raises(CannotRead, match="'Why\\?' of section 'older-children'"):
        build(dataset, THIS_YEAR, answers=Answers({("older-children", "Why?"): "Because."}, "answers.yaml"))


# ---------------------------------------------------------------- the file


def test_the_file_of_questions_is_read_back_once_filled_in(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(answers.questions(report), encoding="utf-8")
    assert set(answers.read(path).given) == set(answers.asked(report))
    assert not any(answers.read(path).given.values())
    path.write_text(path.read_text().replace("\n  answer: |", "\n  answer: |\n    Yes."), encoding="utf-8")
    assert set(answers.read(path).given.values()) == {"Yes."}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b", "not a list"),
        ("- x\n", "without section"),
        ("- {section: a, question: b, answer: 3}", "without section"),
        ("- [", "line 1"),
        ("- {section: a, question: b}\n- {section: a, question: b}", "twice"),
        ("", "not a list"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CannotRead, match=said):
        answers.read(path)


def test_a_file_that_is_not_there_is_refused_with_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"--questions none\.yaml writes one"):
        answers.read(tmp_path / "none.yaml")


# ---------------------------------------------------------------- before publication


@pytest.mark.parametrize("text", ["From A to B.", "It is TBC.", "Some xx plans.", "Lorem ipsum.", "Who?? Say."])
def test_a_placeholder_stops_a_public_edition(report: Report, text: str) -> None:
    with pytest.raises(NotAnswered, match=r"An answer in 4\.7 Older children still holds"):
        check_answered(report, Answers({OLDER: text}, "answers.yaml"))


def test_a_question_without_an_answer_stops_a_public_edition(report: Report) -> None:
    left = replace(report, front=tuple(line for line in report.front if not isinstance(line.answer, Prompt)))
    with pytest.raises(
        NotAnswered, match=r"26 questions have no answer.* the first is for Head of safeguarding in 1 Ex"
    ):
        check_answered(left, answers.NO_ANSWERS)


def test_a_report_without_questions_may_be_published(report: Report) -> None:
    check_answered(replace(report, front=(), sections=()), answers.NO_ANSWERS)


def test_the_answers_of_the_demonstration_answer_every_question(report: Report) -> None:
    from importlib.resources import files

    text = (files("waypost.demo") / "answers" / "991.yaml").read_text(encoding="utf-8")
    given = {(each["section"], each["question"]): each["answer"] for each in yaml.safe_load(text)}
    assert set(given) == set(answers.asked(report))
    assert all(text.strip() for text in given.values())
