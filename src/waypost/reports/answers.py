"""What people write in a report: the answers to its questions, from a YAML file that lists them.

An answer is written in the words of prose: one sentence on a line, a blank line between paragraphs, and a figure not
typed but called for, as in `{{ fig("cpp_at_date") }}`. So the figures of text and tables agree, and one that a public
edition withholds is withheld in text too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from waypost.domain.errors import CannotRead, PlainError
from waypost.reports.checks import PLACEHOLDERS, placeholders
from waypost.reports.model import Block, FrontLine, Paragraph, Prompt, Report, Section
from waypost.reports.numbers import Numbers
from waypost.reports.prose import plain, written

FRONT = "front"
"""The section that the lines of the front page are asked under."""
NOTHING = re.compile(r"none\.?", re.IGNORECASE)
NOTHING_TO_REPORT = "Nothing to report."
HEAD = """\
# The questions that this report asks. Write each answer after `answer: |`, one sentence on a line.
# Do not type a figure: call for it, as in {{ fig("cpp_at_date") }}, so that text and tables agree.
# Write none where there is nothing to report. A public edition needs an answer to every question.
"""

Key = tuple[str, str]
"""The key of the section and the question."""


class NotAnswered(PlainError):
    """A public edition was asked for while a question has no answer, or one that only holds its place."""


@dataclass(frozen=True)
class Answers:
    """What was written, by section and question. `file` is the name of the file it was read from."""

    given: Mapping[Key, str] = field(default_factory=dict)
    file: str = ""

    @property
    def digest(self) -> str:
        """A hash of all that was written."""
        said = json.dumps(sorted((*key, text) for key, text in self.given.items()))
        return hashlib.sha256(said.encode()).hexdigest()


NO_ANSWERS = Answers()


# ---------------------------------------------------------------- the file


def questions(report: Report) -> str:
    """The file to fill in, with every question that is not answered yet."""
    asked = [
        {"section": section, "asked of": prompt.owner, "question": prompt.question}
        for section, prompt in _asked(report.front, report.sections)
    ]
    entries = (yaml.safe_dump([each], sort_keys=False, allow_unicode=True, width=110) for each in asked)
    return "\n".join([HEAD, *(f"{entry}  answer: |\n" for entry in entries)])


def asked(report: Report) -> list[Key]:
    """The questions of a report that have no answer yet."""
    return [(section, prompt.question) for section, prompt in _asked(report.front, report.sections)]


def read(path: Path) -> Answers:
    """The answers of a file.

    Raises:
        CannotRead: there is no such file, or it is not a list of questions with answers.
    """
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise CannotRead(f"There is no file of answers {path.name}; --questions {path.name} writes one.") from fault
    except (UnicodeDecodeError, yaml.YAMLError) as fault:
        place = getattr(fault, "problem_mark", None)
        where = f" at line {place.line + 1}" if place else ""
        raise CannotRead(f"{path.name} is not YAML that can be read{where}; put it right there.") from fault
    return Answers(dict(_entry(each, path.name) for each in _listed(held, path.name)), path.name)


def _listed(held: Any, name: str) -> list[Any]:
    if not isinstance(held, list):
        raise CannotRead(f"{name} is not a list of questions with their answers; --questions FILE writes such a list.")
    keys = [(each.get("section"), each.get("question")) for each in held if isinstance(each, dict)]
    if again := [question for place, (section, question) in enumerate(keys) if (section, question) in keys[:place]]:
        raise CannotRead(f"{name} answers {again[0]!r} twice in one section; leave one of the two out.")
    return held


def _entry(each: Any, name: str) -> tuple[Key, str]:
    told = each if isinstance(each, dict) else {}
    section, question, answer = (told.get(part) for part in ("section", "question", "answer"))
    if not isinstance(section, str) or not isinstance(question, str) or not isinstance(answer, str | None):
        raise CannotRead(f"{name} has an entry without section, question and answer in words: {each!r:.80}.")
    return (section, question), (answer or "").strip()


# ---------------------------------------------------------------- put in their places


def answered(
    front: Sequence[FrontLine], sections: Sequence[Section], answers: Answers, numbers: Numbers
) -> tuple[tuple[FrontLine, ...], tuple[Section, ...]]:
    """The front page and sections with the answers in the place of their questions.

    Raises:
        CannotRead: an answer is to a question that is not asked, or calls for a figure that there is not.
    """
    asked = {(section, prompt.question) for section, prompt in _asked(front, sections)}
    if unknown := [key for key in answers.given if key not in asked]:
        section, question = unknown[0]
        raise CannotRead(f"{answers.file} answers {question!r} of section {section!r}, which this report does not ask.")
    lines = tuple(replace(line, answer=_on_the_front(line, answers, numbers)) for line in front)
    return lines, tuple(_within(section, answers, numbers) for section in sections)


def _asked(front: Iterable[FrontLine], sections: Iterable[Section]) -> list[tuple[str, Prompt]]:
    on_the_front = [(FRONT, line.answer) for line in front if isinstance(line.answer, Prompt)]
    return on_the_front + [
        (within.key, block)
        for section in sections
        for within in section.walk()
        for block in within.blocks
        if isinstance(block, Prompt)
    ]


def _on_the_front(line: FrontLine, answers: Answers, numbers: Numbers) -> str | Prompt:
    if not isinstance(line.answer, Prompt) or not (text := answers.given.get((FRONT, line.answer.question))):
        return line.answer
    return " ".join(plain(paragraph) for paragraph in _paragraphs(text, FRONT, answers, numbers))


def _within(section: Section, answers: Answers, numbers: Numbers) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        text = answers.given.get((section.key, block.question)) if isinstance(block, Prompt) else None
        if isinstance(block, Prompt) and text:
            said = _paragraphs(text, section.key, answers, numbers)
            blocks += [replace(paragraph, by=block.owner) for paragraph in said]
        else:
            blocks.append(block)
    within = tuple(_within(each, answers, numbers) for each in section.sections)
    return replace(section, blocks=tuple(blocks), sections=within)


def _paragraphs(text: str, section: str, answers: Answers, numbers: Numbers) -> tuple[Paragraph, ...]:
    if NOTHING.fullmatch(text):
        text = NOTHING_TO_REPORT
    try:
        return written(lambda words: _environment().from_string(text).render(words), numbers)
    except (TemplateError, KeyError, TypeError) as fault:
        why = " ".join(str(fault).split())
        raise CannotRead(
            f"An answer of {answers.file} in section {section!r} calls for what this report does not have ({why}); "
            f"call for a figure of a year, as in {{{{ fig('cpp_at_date') }}}}."
        ) from fault


def _environment() -> SandboxedEnvironment:
    """Where an answer is worked out: it may call for figures, and reach nothing else."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)


# ---------------------------------------------------------------- whether it may be published


def check_answered(report: Report, answers: Answers) -> None:
    """Refuses a public edition that still has a question in it, or an answer that only holds its place.

    Raises:
        NotAnswered: with the first of them.
    """
    places = {section.key: f"in {section.number} {section.title}" for section in report.walk()}
    places[FRONT] = "on the front page"
    for (section, _question), text in answers.given.items():
        if found := PLACEHOLDERS.search(text):
            raise NotAnswered(
                f"An answer {places[section]} still holds {found[0]!r}, so the public edition is not made; "
                f"put the real words in its place in {answers.file}."
            )
    for finding in placeholders(report):
        raise NotAnswered(finding.says)
    if left := _asked(report.front, report.sections):
        section, prompt = left[0]
        asked = "1 question has" if len(left) == 1 else f"{len(left)} questions have"
        raise NotAnswered(
            f"{asked} no answer, so the public edition is not made; the first is for {prompt.owner} "
            f"{places[section]}: {prompt.question} --questions FILE writes them all, and --answers FILE answers them."
        )
