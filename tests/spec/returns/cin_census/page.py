"""The page of docs/rules that says every rule of the census, made from the rules and their worked examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.spec.returns.cin_census.filed import told
from tests.spec.returns.cin_census.subjects import EXAMPLES, SUBJECTS
from tests.spec.returns.cin_census.worked import Worked
from waypost.returns.cin_census.collections import COLLECTIONS
from waypost.returns.cin_census.declare import Rule, in_order

TITLE = "Rules of the children in need census"
INTRODUCTION = f"""# {TITLE}

What `./waypost validate cin-census` asks of a file. An **error** must be put right before the return can be sent in; a
**query** is put right, or explained. Each rule stands once, in `src/waypost/returns/cin_census/rules`, and each year
says in a file of its own what it changes in the year before. Every example is a test: the first breaks the rule and the
second does not. It names only what is particular to it; the rest of the invented child is in order.

How all of them read a file:

* Blank is missing, and so is text where a date is asked for that is not a real day written as 2025-03-31. No comparison
  with what is missing fails, unless the rule says so.
* Spaces around a value are left aside. Codes are compared as written, capitals and all, unless the rule says otherwise;
  yes is 1 or true and no is 0 or false, in capitals or not. Letters are A to Z and digits 0 to 9.
* The year is the one to the file's own reference date, whichever collection's rules are asked. Without a reference date
  that can be read it is the collection's.
* An episode is one CINdetails group with what stands in it. Two Child groups with one LAchildID are two children.
* A working day is Monday to Friday but for the bank holidays of 2022 to 2027.
* Each row that fails a rule is one issue, with the fields of what it was set against.
"""


def page() -> str:
    rules = {code: rule for collection in COLLECTIONS.values() for code, rule in collection.rules.items()}
    examples: dict[str, list[Worked]] = {}
    for example in EXAMPLES:
        examples.setdefault(example.code, []).append(example)
    parts = [INTRODUCTION, "## Every rule, by its code\n", *_index(rules.values())]
    for subject in SUBJECTS:
        parts.append(f"\n## {_title(subject.__doc__)}\n")
        codes = dict.fromkeys(example.code for example in subject.EXAMPLES)
        parts += [_rule(rules[code], examples[code]) for code in sorted(codes, key=lambda code: in_order(rules[code]))]
    return "\n".join(parts)


def _title(doc: str | None) -> str:
    return (doc or "").partition("\n")[0].removesuffix(".")


def _index(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| rule | kind | about |"
    yield "| --- | --- | --- |"
    for rule in sorted(rules, key=in_order):
        yield f"| [{rule.code}](#{rule.code}) | {rule.severity} | {rule.title} |"


def _rule(rule: Rule, examples: list[Worked]) -> str:
    rows = [f"| {told(each.fails)} | {told(each.passes)} | {_because(each)} |" for each in examples]
    lines = [
        f'<a id="{rule.code}"></a>\n',
        f"### {rule.code}: {rule.title}\n",
        f"{rule.severity.capitalize()}. {rule.says}\n",
        f"To put it right: {rule.put_right[0].lower()}{rule.put_right[1:]}\n",
        *_years(rule),
        "| fails | passes | because |",
        "| --- | --- | --- |",
        *rows,
        "",
    ]
    return "\n".join(lines)


def _years(rule: Rule) -> Iterator[str]:
    """In which collections, where not in all, and from which it stands in this form."""
    asked = [collection for collection in COLLECTIONS.values() if rule.code in collection.rules]
    first = asked[0]
    since = next(collection for collection in asked if collection.rules[rule.code] is rule)
    if first.is_draft:
        yield f"A draft, for {first.name}.\n"
    elif first.name != next(iter(COLLECTIONS)):
        yield f"Asked from {first.name}.\n"
    if since is not first:
        yield f"Asked otherwise before {since.name}; an example of that stands last.\n"


def _because(example: Worked) -> str:
    before = "" if example.collection in {"2025-26", "2026-27"} else f"In {example.collection}."
    because = f"{example.because[:1].upper()}{example.because[1:]}." if example.because else ""
    return " ".join(filter(None, (before, because)))
