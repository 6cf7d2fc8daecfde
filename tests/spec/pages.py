"""The pages of docs/rules, made from the worked examples beside this file and from the facts they rest on.

    python -m tests.spec.pages

writes them. A page that no longer says what the examples say fails the build (`test_domain_pages.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from tests.spec.returns.cin_census import page as cin_census
from tests.spec.seed_vectors import Vector, vectors
from tests.spec.worked import SPECS, Spec, shown
from waypost.domain.limits import LOCAL, Limit, Source, Timescale, facts
from waypost.domain.pathway import steps
from waypost.domain.timescales import (
    CORE_ASSESSMENT,
    FIRST_CORE_GROUP,
    FIRST_REVIEW,
    INITIAL_CONFERENCE,
    LATER_CORE_GROUP,
    LATER_REVIEW,
    REFERRAL_DECISION,
    REPORT_TO_CHAIR_INITIAL,
    REPORT_TO_CHAIR_REVIEW,
    RETURN_HOME_INTERVIEW,
    SINGLE_ASSESSMENT,
    TRANSFER_IN_CONFERENCE,
    timescale,
)

FOLDER = Path(__file__).parents[2] / "docs" / "rules"

EXAMPLES = {
    "working-days": "test_domain_working_days",
    "timescales": "test_domain_timescales",
    "protection": "test_domain_protection",
    "bands": "test_domain_bands",
    "targets": "test_domain_targets",
    "intervals": "test_domain_intervals",
    "ages": "test_domain_ages",
    "rounding": "test_domain_rounding",
    "codes": "test_domain_codes",
    "front-door": "test_domain_front_door",
    "pathway": "test_domain_pathway",
}

MOST_ASKED = (
    REFERRAL_DECISION,
    SINGLE_ASSESSMENT,
    CORE_ASSESSMENT,
    INITIAL_CONFERENCE,
    TRANSFER_IN_CONFERENCE,
    REPORT_TO_CHAIR_INITIAL,
    REPORT_TO_CHAIR_REVIEW,
    FIRST_CORE_GROUP,
    LATER_CORE_GROUP,
    FIRST_REVIEW,
    LATER_REVIEW,
    RETURN_HOME_INTERVIEW,
)

CERTAINTIES = {"seed": "council report", "read": "document", "general": "generally known", "inference": "worked out"}

WELCOME = (
    "What law and guidance say, as Waypost counts it. Every rule is shown by worked examples that are also its tests, "
    "so a page cannot say one thing and the program do another."
)

FOOT = "\n---\nMade by `python -m tests.spec.pages` from `tests/spec`; do not edit by hand.\n"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    made = {f"{name}.md": _page(name) for name in EXAMPLES}
    made["misprints.md"] = _misprints()
    made["cin-census.md"] = cin_census.page() + FOOT
    made["README.md"] = _index()
    return made


def _page(name: str) -> str:
    module = f"tests.spec.{EXAMPLES[name]}"
    title, _, introduction = (import_module(module).__doc__ or "").partition("\n\n")
    parts = [f"# {title}", introduction.strip()]
    if name == "timescales":
        parts += ["## The limits most asked for", _most_asked(""), "## Every limit", _every_limit()]
    if name == "pathway":
        parts += ["## The picture", _picture(), "## Every step", _every_step()]
    parts += [_rule(rule) for rule in SPECS[module]]
    if name == "timescales":
        parts += ["# Each timescale in full", *map(_in_full, facts().timescales.values()), _certainty()]
    return "\n\n".join(parts) + "\n" + FOOT


def _picture() -> str:
    """The order as a diagram, which the pages' reader draws from its text."""
    lines = ["flowchart TD"]
    for id_, held in steps().items():
        lines.append(f'    {id_}["{held.name}"]')
    for id_, held in steps().items():
        opened = {opens: decision.says for decision in held.decisions.values() for opens in decision.opens}
        lines += [f'    {id_} -->|"{says}"| {opens}' for opens, says in opened.items()]
    return "\n".join(["```mermaid", *lines, "```"])


def _every_step() -> str:
    rows = (
        [
            held.name,
            held.about,
            ", ".join(steps()[each].name.lower() for each in held.after) or "may stand first",
            "; ".join(decision.says for decision in held.decisions.values()),
            held.decided,
        ]
        for held in steps().values()
    )
    return _table(["step", "what it is", "follows one of", "decisions", "decided"], rows)


def _rule(rule: Spec) -> str:
    explained = any(case.because for case in rule.examples)
    head = [name.replace("_", " ") for name in rule.parameters] + (["because"] if explained else [])
    rows = (
        [shown(case.values[name]) for name in rule.parameters] + ([case.because] if explained else [])
        for case in rule.examples
    )
    return f"## {rule.sentence}\n\n{_table(head, rows)}"


def _index() -> str:
    titles = (
        (name, (import_module(f"tests.spec.{EXAMPLES[name]}").__doc__ or "").partition("\n")[0]) for name in EXAMPLES
    )
    listed = [f"* [{title}]({name}.md)" for name, title in titles]
    listed.append(f"* [{cin_census.TITLE}](cin-census.md): each with an example that fails and one that passes")
    listed.append("* [Misprints](misprints.md): figures of the council reports that their own numbers do not give")
    return "\n\n".join(
        [
            "# The rules",
            WELCOME,
            "## The limits most asked for",
            _most_asked("timescales.md"),
            "Every other limit, with its years, source and certainty, is in [Timescales](timescales.md).",
            "## The pages",
            "\n".join(listed),
        ]
    ) + ("\n" + FOOT)


def _most_asked(page: str) -> str:
    rows = (
        [f"[{clock.name}]({page}#{clock.id})", _limits_now(clock), clock.starts] for clock in map(timescale, MOST_ASKED)
    )
    return _table(["what is due", "limit", "counted from"], rows)


def _limits_now(clock: Timescale) -> str:
    shared = [limit for limit in clock.limits if limit.authority is None and limit.n is not None]
    return "; ".join(str(limit) + ("" if limit.to_on is None else f" until {shown(limit.to_on)}") for limit in shared)


def _every_limit() -> str:
    rows = (
        [
            f"[{clock.name}](#{clock.id})",
            _limit_in_words(limit),
            _in_force(limit),
            limit.authority or ("each authority" if limit.regime.id == LOCAL else limit.regime.name),
            "; ".join(source.title for source in clock.sources),
            _sure(limit.confidence),
        ]
        for clock in facts().timescales.values()
        for limit in clock.limits
    )
    return _table(["timescale", "limit", "in force", "set by", "sources", "certainty"], rows)


def _limit_in_words(limit: Limit) -> str:
    said = [limit.when, str(limit), limit.text if limit.n is not None else ""]
    if limit.target_percent:
        said.append(f"target {limit.target_percent}%")
    return ", ".join(part for part in said if part)


def _in_full(clock: Timescale) -> str:
    counted = " ".join(facts().conventions[name] for name in clock.counting)
    lines = [
        f'<a id="{clock.id}"></a>',
        f"## {clock.name}",
        f"`{clock.id}`" + ("" if clock.is_verified else ": a default to set locally, which no document states"),
        "\n".join(
            f"* **{head}**: {text}"
            for head, text in (
                ("Starts", clock.starts),
                ("Stops", clock.stops),
                ("Owner", clock.owner),
                ("Limits", "; ".join(_limit_in_words(limit) for limit in clock.limits)),
                ("Late when", clock.late_when),
                ("Resets", clock.resets),
                ("Counting", counted),
                ("Notes", " ".join(_notes(clock))),
                ("Sources", "; ".join(map(_cited, clock.sources))),
                ("Certainty", _sure(clock.confidence)),
            )
            if text
        ),
    ]
    return "\n\n".join(lines)


def _notes(clock: Timescale) -> Iterator[str]:
    """What its sources leave open or say besides, as sentences."""
    for about, text in clock.remarks.items():
        if isinstance(text, str) and " " in text:
            said = f"{about.replace('_', ' ').capitalize()}: {text.strip()}"
            yield said if said.endswith(".") else f"{said}."


def _cited(source: Source) -> str:
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return f"{title} ({source.where})" if source.where else title


def _sure(confidence: Sequence[str]) -> str:
    return (
        "default, not confirmed" if tuple(confidence) == ("general",) else ", ".join(CERTAINTIES[c] for c in confidence)
    )


def _certainty() -> str:
    return "## What the certainties mean\n\n" + "\n".join(
        f"* **{CERTAINTIES[level]}**: {meaning}" for level, meaning in facts().confidence_levels.items()
    )


def _misprints() -> str:
    wrong = [vector for vector in vectors() if vector.agrees is False]
    rows = (
        [
            vector.id,
            f"{vector.seed} {vector.section}",
            vector.what,
            shown(vector.printed),
            shown(vector.work_out()),
            _why(vector),
        ]
        for vector in wrong
    )
    introduction = (
        f"Waypost works again {len(vectors())} figures of five published council reports, and its arithmetic is tested "
        f"against every one. These {len(wrong)} were printed otherwise than their own numbers give, or were made from "
        "numbers the report does not show. Waypost gives the computed figure and is not bent to match the print."
    )
    return (
        f"# Misprints\n\n{introduction}\n\n"
        + _table(["id", "where", "what", "printed", "computed", "why"], rows)
        + "\n"
        + FOOT
    )


def _why(vector: Vector) -> str:
    given = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in vector.inputs.items())
    return vector.note or f"The numbers shown beside it are {given}"


def _in_force(limit: Limit) -> str:
    begins = f"from {shown(limit.from_on)}" if limit.from_on else ""
    ends = f"to {shown(limit.to_on)}" if limit.to_on else ""
    return " ".join(filter(None, (begins, ends))) or "years not given"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(_lines(head, rows))


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{FOLDER.name}/{name}\n")


if __name__ == "__main__":
    main()
