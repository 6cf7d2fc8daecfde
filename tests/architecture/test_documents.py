"""The documents are true: links lead somewhere, commands exist, decisions are numbered once."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SRC, files, named
from waypost.cli.parser import COMMANDS, parse

PAGES = [path for path in files() if path.suffix == ".md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PARTS_OF_A_DECISION = ("Date:", "## Context", "## Decision", "## Consequences")


@pytest.mark.parametrize("document", PAGES, ids=named)
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (document.parent / target) if target else document
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            broken.append(link)
    assert not broken


def test_decisions_are_numbered_once_and_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("document", DECISIONS, ids=named)
def test_a_decision_is_one_page_with_all_its_parts(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert re.match(rf"# {int(document.name[:4])}\. \S", text)
    assert [part for part in PARTS_OF_A_DECISION if part not in text] == []
    assert len(text.splitlines()) <= 60


def test_decisions_named_in_the_code_exist() -> None:
    named_in_code = {
        found
        for path in [ROOT / "waypost", *SRC.rglob("*.py")]
        for found in re.findall(r"docs/adr/[\w-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert named_in_code
    assert not [name for name in named_in_code if not (ROOT / name).exists()]


@pytest.mark.parametrize("command", sorted(set(COMMANDS) | {"test"}))
def test_the_readme_shows_every_command(command: str) -> None:
    assert any(line.split()[:2] == ["./waypost", command] for line in shown_commands())


def test_every_command_shown_is_understood() -> None:
    for line in shown_commands():
        words = shlex.split(line)[1:]
        if words[0] != "test":
            parse(words)


def shown_commands() -> list[str]:
    """The command lines in the code blocks of the documents, each as one line."""
    return [line for page in PAGES for line in _shown_in(page.read_text(encoding="utf-8"))]


def _shown_in(text: str) -> Iterator[str]:
    blocks = re.split(r"^```.*$", text, flags=re.MULTILINE)[1::2]
    for line in "\n".join(blocks).replace("\\\n", " ").splitlines():
        command = re.split(r" [#>|] ?", line.strip().removeprefix("$ "))[0].strip()
        if command.startswith("./waypost "):
            yield command


def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return set(re.findall(r'<a id="([^"]+)"', text)) | {_slug(heading) for heading in headings}


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
