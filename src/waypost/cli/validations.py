"""What a validation found, in each of the formats that it is asked for in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import IO, TYPE_CHECKING

from waypost.returns import writing

if TYPE_CHECKING:
    from rich.table import Table

    from waypost.returns.cin_census import Filing
    from waypost.returns.issues import Issue, Validation

WIDTH = 160


def _write_json(found: Validation, _: Filing, out: IO[str]) -> None:
    writing.write_json(found, out)


def _write_csv(found: Validation, _: Filing, out: IO[str]) -> None:
    writing.write_csv(found, out)
    _say_the_rest(found)


def _write_html(found: Validation, filing: Filing, out: IO[str]) -> None:
    from waypost.returns.cin_census.page import write

    out.write(write(found, filing))


def _write_table(found: Validation, _: Filing, out: IO[str]) -> None:
    """A row a rule with how many issues and children it has, and then a row an issue."""
    from rich.console import Console

    console = Console(file=out, width=None if out.isatty() else WIDTH, highlight=False, markup=False)
    console.print(_summary(found), soft_wrap=True)
    if found.issues:
        console.print(_by_rule(found))
        console.print(_by_issue(found))
    _say_the_rest(found)


def _summary(found: Validation) -> str:
    draft = " (draft)" if found.is_draft else ""
    errors, queries = found.counts["error"], found.counts["query"]
    return (
        f"{found.file}, {found.collection}{draft}: {_counted(found.children, 'child', 'children')}, "
        f"{_counted(errors, 'error', 'errors')}, {_counted(queries, 'query', 'queries')}."
    )


def _by_rule(found: Validation) -> Table:
    table = _table("By rule", ("Rule", "Issues", "Children", "What is wrong and what to do"))
    rules: dict[str, list[Issue]] = {}
    for issue in found.issues:
        rules.setdefault(issue.rule, []).append(issue)
    for rule, issues in rules.items():
        children = len({issue.child for issue in issues if issue.child})
        table.add_row(rule, f"{len(issues):,}", f"{children:,}", issues[0].message)
    return table


def _by_issue(found: Validation) -> Table:
    table = _table("By issue", ("Rule", "Child", "Group", "Row", "Fields and values as filed"))
    for issue in found.issues:
        shown = ", ".join(
            f"{field} {value or 'blank'}" for field, value in zip(issue.fields, issue.values, strict=True)
        )
        row = "" if issue.row is None else str(issue.row)
        table.add_row(issue.rule, issue.child_id or "", issue.table or "the file", row, shown)
    return table


def _table(title: str, headings: tuple[str, ...]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading in {"Issues", "Children"} else "left")
    return table


def _say_the_rest(found: Validation) -> None:
    """CSV and tables have no place for what no rule says, so stderr does."""
    for note in found.notes:
        print(note, file=sys.stderr)
    if count := len(found.unread):
        values = "1 value is not the date that its field asks for" if count == 1 else f"{count:,} values are not dates"
        print(f"{values}; --format json lists them.", file=sys.stderr)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


WRITERS: Mapping[str, Callable[[Validation, Filing, IO[str]], None]] = {
    "json": _write_json,
    "csv": _write_csv,
    "html": _write_html,
    "table": _write_table,
}
