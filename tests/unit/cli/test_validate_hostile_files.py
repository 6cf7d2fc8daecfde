"""Whatever a file holds, checking it ends with an answer or one plain sentence, and never with a fault of ours.

Files are spoilt by chance, the same each time: their structure, text, dates and sizes.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.spec.returns.cin_census.filed import (
    Group,
    assessment,
    child,
    cin_plan,
    enquiry,
    episode,
    file,
    plan,
    pre_proceedings,
)
from tests.unit.cli.conftest import Command
from waypost.returns.cin_census.collections import COLLECTIONS

SEEDS = range(100)
FORMATS = ("json", "csv", "html", "table")
TEXTS = (
    "", " ", "\t\n", "0", "1", "-1", "true", "TRUE", "no", "21", "18a", "RC2", "RC8", "UN7", "NONE", "none", "NaT",
    "2025-02-30", "31/03/2025", "0000-00-00", "0001-01-01", "9999-12-31", "2025-06-14", "é" * 40, "=cmd|' /C calc'!A0",
    "\u202e\ufeff", "&#0;", "&undeclared;", "<b>", "]]>", "1" * 5_000, "🙂", "²½", "\u0662\u0660",
)  # fmt: skip
PLAIN = re.compile(r"[A-Za-z<'].*\.")


def usual() -> str:
    return file(
        child(
            episode(
                assessment("16A", "4B"),
                enquiry(),
                cin_plan(CINPlanEndDate="2025-06-08"),
                plan("2025-09-08", "2026-02-02"),
                pre_proceedings(PPStartDate="2025-09-01"),
                CINclosureDate="2026-03-02",
                ReasonForClosure="RC7",
            ),
            episode(CINreferralDate="2026-03-09"),
            disabilities=("LD", "AUT"),
        ),
        *two_more(),
    ).xml("2025-26")


def two_more() -> tuple[Group, Group]:
    return child(episode(plan(), enquiry())), child(episode(ReferralNFA="1"), UPN=None, UPNunknown="UN7")


# ---------------------------------------------------------------- ways to spoil a file


def other_text(text: str, chance: random.Random) -> str:
    return re.sub(
        r">([^<>]+)</", lambda found: f">{chance.choice(TEXTS)}</" if chance.random() < 0.3 else found[0], text
    )


def other_days(text: str, chance: random.Random) -> str:
    def other(_: re.Match[str]) -> str:
        return f"{chance.choice([2012, 2025, 2026])}-{chance.randint(0, 14):02}-{chance.randint(0, 33):02}"

    return re.sub(r"\d{4}-\d\d-\d\d", other, text)


def groups_moved(text: str, chance: random.Random) -> str:
    """Groups taken out, filed twice, renamed, or put where they do not belong."""
    for _ in range(chance.randint(1, 6)):
        found = list(re.finditer(r"<((?!Message)\w+)>(?:(?!</?\1>).)*</\1>", text, re.DOTALL))
        if not found:
            break
        group = chance.choice(found)[0]
        where = chance.choice([match.end() for match in re.finditer(r">", text)])
        text = chance.choice(
            (
                text.replace(group, "", 1),
                text.replace(group, group * 3, 1),
                text.replace(group, re.sub(r"\w+(?=>)", "Other", group), 1),
                text[:where] + group + text[where:],
            )
        )
    return text


def bytes_lost(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(("", "\x00", "<", ">", "&", "é", "</Child>", "<!--", "<?x?>")) + text[at + 1 :]
    return text


def grown(text: str, chance: random.Random) -> str:
    inside = re.findall(r"<(?:CINdetails|ChildProtectionPlans|AssessmentFactors|Disability)>.*?</\w+>", text, re.DOTALL)
    group = chance.choice(inside or ["</Child>"])
    return text.replace(group, group * chance.randint(50, 400), 1)


WAYS: tuple[Callable[[str, random.Random], str], ...] = (other_text, other_days, groups_moved, bytes_lost, grown)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_spoilt_file_gets_an_answer_or_a_sentence(seed: int, waypost: Command, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    text = usual()
    for way in chance.sample(WAYS, chance.randint(1, 2)):
        text = way(text, chance)
    path = tmp_path / "cin.xml"
    path.write_text(text, encoding="utf-8")
    asked = chance.choice(list(COLLECTIONS)), chance.choice(FORMATS)
    said = waypost("validate", "cin-census", path, "--collection", asked[0], "--format", asked[1])
    as_it_should_end(said.code, said.out, said.err)
    if said.code != 2 and asked[1] == "json":
        errors = [issue for issue in json.loads(said.out)["issues"] if issue["severity"] == "error"]
        assert said.code == bool(errors)


def as_it_should_end(code: int, out: str, err: str) -> None:
    assert code in {0, 1, 2}, err
    if code == 2:
        assert out == ""
        assert PLAIN.fullmatch(err.strip()), err
    else:
        assert out


BOMB = (
    '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
    ) + "]><Message>&i;</Message>"
)  # fmt: skip

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t ", "is empty"),
    "prose": (b"Once upon a time", "not well-formed"),
    "cut short": (usual().encode()[:-200], "not well-formed"),
    "another root": (b"<Letter><Message/></Letter>", "its outer element is Letter"),
    "a page": (b"<html><body>Session expired</body></html>", "its outer element is html"),
    "an entity bomb": (BOMB.encode(), "DOCTYPE"),
    "a file of its own": (b'<!DOCTYPE Message SYSTEM "file:///etc/hostname"><Message/>', "DOCTYPE"),
    "another encoding": (b'<?xml version="1.0" encoding="klingon"?><Message/>', "encoding"),
    "wrong encoding": (
        '<?xml version="1.0" encoding="utf-8"?><Message>é</Message>'.encode("latin-1"),
        "not well-formed",
    ),
    "a spreadsheet": (b"PK\x03\x04" + bytes(range(256)), "not well-formed"),
    "deep": (b"<Message>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</Message>", "not well-formed"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_census_gets_one_sentence(name: str, waypost: Command, tmp_path: Path) -> None:
    content, says = REFUSED[name]
    path = tmp_path / "cin.xml"
    path.write_bytes(content)
    said = waypost("validate", "cin-census", path, "--collection", "2025-26")
    as_it_should_end(said.code, said.out, said.err)
    assert said.code == 2
    assert says in said.err
    assert "cin.xml" in said.err


def test_a_folder_and_a_file_that_is_not_there(waypost: Command, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.xml"):
        said = waypost("validate", "cin-census", path, "--collection", "2025-26")
        as_it_should_end(said.code, said.out, said.err)
        assert said.code == 2


def test_a_file_of_two_gigabytes_is_refused_unread(waypost: Command, tmp_path: Path) -> None:
    path = tmp_path / "cin.xml"
    with path.open("wb") as written:
        written.truncate(2_000_000_000)
    said = waypost("validate", "cin-census", path, "--collection", "2025-26")
    as_it_should_end(said.code, said.out, said.err)
    assert said.code == 2
    assert "cin.xml is 2.0 GB, and the largest census that Waypost reads is 0.5 GB." in said.err


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_a_file_that_says_its_encoding_is_read_in_it(encoding: str, waypost: Command, tmp_path: Path) -> None:
    path = tmp_path / "cin.xml"
    name = encoding.removesuffix("-sig")
    path.write_bytes(f'<?xml version="1.0" encoding="{name}"?>{usual()}'.encode(encoding))
    said = waypost("validate", "cin-census", path, "--collection", "2025-26")
    assert json.loads(said.out)["children"] == 3
