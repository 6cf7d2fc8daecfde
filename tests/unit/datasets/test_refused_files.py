"""Whatever is given in place of a census is refused in plain words that name the file, and nothing else goes wrong."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.datasets.catalogue import every_element, message
from tests.unit.datasets.filings import ORDINARY, census, child, header, read_one, referral, write
from waypost.datasets.load.cin_census import read
from waypost.domain.errors import CannotRead, PlainError

GOOD = ORDINARY.encode()
READ_AT_ONCE = 32_768
"""The bytes that the parser takes at a time."""


def refusal(path: Path) -> str:
    with pytest.raises(CannotRead) as refused:
        read([path])
    said = str(refused.value)
    assert (path.name or str(path)) in said
    assert "\n" not in said
    assert said.endswith(".")
    assert len(said) < 400
    return said


def zipped(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


# ---------------------------------------------------------------- document types

ENTITIES = '<!ENTITY a "{}">'.format("ha" * 50) + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 50}">' for before, name in zip("abcde", "bcdef", strict=True)
)
DOCUMENT_TYPES = {
    "bare": "<!DOCTYPE Message>",
    "with a bomb in it": f"<!DOCTYPE Message [{ENTITIES}]>",
    "kept elsewhere": '<!DOCTYPE Message SYSTEM "http://example.invalid/cin.dtd">',
    "kept on this machine": '<!DOCTYPE Message SYSTEM "file:///etc/hostname">',
    "public": '<!DOCTYPE Message PUBLIC "-//CIN//EN" "cin.dtd">',
    "with an entity kept elsewhere": '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "with a parameter entity": '<!DOCTYPE Message [<!ENTITY % x SYSTEM "http://example.invalid/x"> %x;]>',
    "after comments": "<!-- 1 --><?a b?><!-- <Message> -->\n<!DOCTYPE Message>",
    "after a very long comment": f"<!--{'x' * 200_000}--><!DOCTYPE Message>",
    "for another root": "<!DOCTYPE html>",
}
ENCODINGS = {
    "UTF-8": ("", "utf-8"),
    "UTF-16": ("", "utf-16"),
    "Latin-1": ('<?xml version="1.0" encoding="latin-1"?>', "latin-1"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("document_type", DOCUMENT_TYPES.values(), ids=DOCUMENT_TYPES)
def test_a_document_type_is_refused_outright(tmp_path: Path, document_type: str, encoding: str) -> None:
    declaration, codec = ENCODINGS[encoding]
    text = declaration + document_type + ORDINARY.replace("A1", "&f;&x;")
    assert "document type" in refusal(write(tmp_path, text.encode(codec)))


@pytest.mark.parametrize("name", ["nbsp", "f", "lt2"])
@pytest.mark.parametrize("place", ["<Children>&{};", "<Children><Child>&{};</Child>", '<Children><Child a="&{};"/>'])
def test_an_entity_that_nothing_declares_is_refused(tmp_path: Path, place: str, name: str) -> None:
    said = refusal(write(tmp_path, ORDINARY.replace("<Children>", place.format(name))))
    assert f"Entity '{name}' not defined" in said


BROKEN = {
    "an unknown entity": "<Message>&f;",
    "a wrong end": "<Message><a></b>",
    "an attribute twice": '<Message><a b="" b=""/>',
    "a prefix of nothing": "<Message><x:a/>",
    "a null": "<Message>\0",
    "its own end": "<Message></Message>",
    "deep nesting": "<Message>" + "<a>" * 300,
    "an ampersand": "<Message> & ",
    "an instruction out of place": "<Message><?xml version='1.0'?>",
}


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("start", BROKEN.values(), ids=BROKEN)
def test_a_broken_census_with_a_good_one_after_it_is_refused(tmp_path: Path, start: str, times: int) -> None:
    """Were the parser to begin again where it next reads, what stands there would pass for the file."""
    after = '<!DOCTYPE Message [<!ENTITY f "A">]>' + census(child("A", "&f;"))
    for rest in (ORDINARY, after):
        refusal(write(tmp_path, start.ljust(READ_AT_ONCE * times) + rest))


# ---------------------------------------------------------------- not a census

NOT_A_CENSUS = {
    "empty": b"",
    "only space": b" \r\n\t" * 10,
    "a great deal of space": b" " * 200_000,
    "a byte order mark": b"\xef\xbb\xbf",
    "a byte order mark of UTF-16": b"\xff\xfe",
    "a null": b"\0",
    "nulls": b"\0" * 5000,
    "words": b"Children in need 2024-25",
    "a table": b"LAchildID,Sex\nA1,F\n",
    "JSON": b'{"Message": {}}',
    "half a mark": b"<",
    "only a declaration": b'<?xml version="1.0"?>',
    "only a comment": b"<!-- Message -->",
    "another root": b"<Messages><Children/></Messages>",
    "a root in lower case": b"<message/>",
    "a root of a very long name": b"<" + b"m" * 200_000 + b"/>",
    "a web page": b"<html><body><Message/></body></html>",
    "a census inside another root": b"<Envelope>" + GOOD + b"</Envelope>",
    "the other return": b"<?xml version='1.0'?><SSDA903 xmlns='urn:x'/>",
    "a zipped census": zipped("cin.xml", GOOD),
    "a workbook": zipped("xl/workbook.xml", b"<workbook/>"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a printed page": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "every byte": bytes(range(256)) * 300,
    "noise": random.Random(903).randbytes(100_000),  # noqa: S311  nothing here is secret
}


@pytest.mark.parametrize("content", NOT_A_CENSUS.values(), ids=NOT_A_CENSUS)
def test_what_is_not_a_census_is_refused(tmp_path: Path, content: bytes) -> None:
    refusal(write(tmp_path, content))


def test_another_root_is_named(tmp_path: Path) -> None:
    assert "Envelope" in refusal(write(tmp_path, b"<Envelope/>"))
    assert "Envelope" in refusal(write(tmp_path, b"<e:Envelope xmlns:e='urn:Message'/>"))


# ---------------------------------------------------------------- not well-formed

LATIN = census(child("Zoë", referral())).encode("latin-1")
INSIDE = {
    "a null in a value": GOOD.replace(b"A1", b"A\x001"),
    "a null after the end": GOOD + b"\0",
    "a control character": GOOD.replace(b"A1", b"A\x0b1"),
    "a control character by number": GOOD.replace(b"A1", b"&#11;"),
    "half a surrogate by number": GOOD.replace(b"A1", b"&#xD800;"),
    "a bare ampersand": GOOD.replace(b"A1", b"A & B"),
    "a bare mark": GOOD.replace(b"A1", b"A < B"),
    "an attribute twice": GOOD.replace(b"<Child>", b"<Child a='1' a='2'>", 1),
    "a prefix of nothing": GOOD.replace(b"<Child>", b"<x:Child>", 1).replace(b"</Child>", b"</x:Child>", 1),
    "ends that cross": GOOD.replace(b"</CINdetails></Child>", b"</Child></CINdetails>", 1),
    "words after the end": GOOD + b"thank you",
    "a census twice": GOOD + GOOD,
    "a declaration twice": b"<?xml version='1.0'?>\n" * 2 + GOOD,
    "a declaration after a line": b"\n<?xml version='1.0'?>" + GOOD,
    "Latin-1 that says nothing": LATIN,
    "Latin-1 that says UTF-8": b'<?xml version="1.0" encoding="UTF-8"?>' + LATIN,
    "a byte that is no UTF-8, far on": GOOD.replace(b"2024-07-09", b"2024-07-09" + b" " * 100_000 + b"\xff"),
    "half a letter of UTF-8": GOOD.replace(b"A2", b"A\xc3"),
    "UTF-8 that says UTF-16": b'<?xml version="1.0" encoding="UTF-16"?>' + GOOD,
    "UTF-16 without a mark or a word": ORDINARY.encode("utf-16-le"),
    "UTF-16 cut in half a letter": ORDINARY.encode("utf-16")[:-1],
    "UTF-32": ORDINARY.encode("utf-32"),
    "deep nesting": GOOD.replace(b"<Children>", b"<Children>" + b"<a>" * 100_000),
    "deep and closed nesting": GOOD.replace(b"<Children>", b"<Children>" + b"<a>" * 5000 + b"</a>" * 5000),
    "deep nesting of children": GOOD.replace(b"<Children>", b"<Children>" + b"<Child>" * 5000 + b"</Child>" * 5000),
    "a huge value": GOOD.replace(b"A1", b"A" * 11_000_000),
    "a huge attribute": GOOD.replace(b"<Child>", b"<Child a='" + b"A" * 11_000_000 + b"'>", 1),
    "a huge name": GOOD.replace(b"<Child>", b"<" + b"A" * 11_000_000 + b"/><Child>", 1),
    "a huge comment": GOOD.replace(b"<Child>", b"<!--" + b"A" * 11_000_000 + b"--><Child>", 1),
}


@pytest.mark.parametrize("content", INSIDE.values(), ids=INSIDE)
def test_a_census_that_is_not_well_formed_is_refused(tmp_path: Path, content: bytes) -> None:
    refusal(write(tmp_path, content))


@pytest.mark.parametrize("name", ["nonsense", "x" * 3000, "../utf-8", "8859", "rot13", "hex", "zlib", "utf-7", "idna"])
def test_an_encoding_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    refusal(write(tmp_path, f'<?xml version="1.0" encoding="{name}"?>' + ORDINARY))


UNUSUAL = "shift_jis iso-2022-jp iso-2022-kr hz big5 gb18030 koi8-r UCS-4 cp037 mac-roman undefined".split()


@pytest.mark.parametrize("name", UNUSUAL)
def test_an_unusual_encoding_is_read_or_refused(tmp_path: Path, name: str) -> None:
    read_or_refused(tmp_path, f'<?xml version="1.0" encoding="{name}"?>'.encode() + GOOD)


@pytest.mark.parametrize(("name", "shift", "back"), [("iso-2022-jp", b"\x1b$B", b"\x1b(B"), ("hz", b"~{", b"~}")])
def test_a_document_type_cannot_hide_behind_letters_of_two_bytes(
    tmp_path: Path, name: str, shift: bytes, back: bytes
) -> None:
    """To a reader that does not know the encoding the comment ends, and the census begins, before the document type."""
    declaration = f'<?xml version="1.0" encoding="{name}"?><!--'.encode()
    bomb = f"--><!DOCTYPE Message [{ENTITIES}]>".encode()
    refusal(write(tmp_path, declaration + shift + b"--><Message>" + back + bomb + GOOD.replace(b"A1", b"&f;")))


def test_the_line_of_the_fault_is_told(tmp_path: Path) -> None:
    lines = ORDINARY.replace("><", ">\n<").replace("A2", "A & 2")
    line = lines[: lines.index("A & 2")].count("\n") + 1
    assert f"at line {line} " in refusal(write(tmp_path, lines))


def test_a_fault_is_told_without_the_values_around_it(tmp_path: Path) -> None:
    broken = census(child("Maya-Jones", referral(), identifiers="<PersonBirthDate>2015-06-01</Person>"))
    said = refusal(write(tmp_path, broken))
    assert "Maya" not in said
    assert "2015" not in said


def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    for end in range(len(GOOD)):
        refusal(write(tmp_path, GOOD[:end]))


def test_a_large_file_cut_short_is_refused(tmp_path: Path) -> None:
    whole = census(*(child(f"A{number}", referral()) for number in range(3000))).encode()
    for end in (READ_AT_ONCE - 1, READ_AT_ONCE, READ_AT_ONCE + 1, READ_AT_ONCE * 3, len(whole) - 1):
        refusal(write(tmp_path, whole[:end]))
    assert len(read_one(tmp_path, whole).tables["referrals"]) == 3000


# ---------------------------------------------------------------- not a file


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    refusal(tmp_path / "cin_2024-25.xml")
    refusal(write(tmp_path, GOOD) / "inside.xml")


def test_a_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    refusal(folder)


@pytest.mark.parametrize("place", [".", "/"])
def test_a_folder_without_a_name_of_its_own_is_named_all_the_same(place: str) -> None:
    assert str(refusal(Path(place))).startswith(f"{place} ")


def test_a_name_that_is_too_long_for_the_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="could not be opened"):
        read([tmp_path / ("x" * 5000)])


def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "cin.xml"
    link.symlink_to(tmp_path / "gone.xml")
    refusal(link)


def test_one_bad_file_among_good_ones_refuses_them_all(tmp_path: Path) -> None:
    good, bad = write(tmp_path, GOOD, "good.xml"), write(tmp_path, GOOD[:-5], "bad.xml")
    with pytest.raises(CannotRead, match=r"bad\.xml"):
        read([good, bad])


# ---------------------------------------------------------------- anything at all

WHOLE = message(every_element("A1"), every_element("A2"))
MARKS = [b"<", b">", b"&", b"</", b"/>", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"<?", b"\0", b"\xff", b'"', b"&#0;"]
MARKS += [b"<!DOCTYPE Message>", b"<Child>", b"</Child>", b"<Header>", b"<CINdetails>", b"2024-02-30", b"9999-12-31"]
MARKS += [b" xmlns='urn:x'", b"<x:a>", b"&b;", "é".encode(), "é".encode("latin-1"), b"\xef\xbb\xbf", b"<Message>"]

offsets = st.integers(0, len(WHOLE))
payloads = st.one_of(st.sampled_from(MARKS), st.binary(max_size=20))
changes = st.one_of(
    st.tuples(st.just("insert"), offsets, payloads),
    st.tuples(st.just("over"), offsets, payloads),
    st.tuples(st.just("cut"), offsets, st.integers(1, 400)),
    st.tuples(st.just("again"), offsets, st.integers(1, 400)),
    st.tuples(st.just("end"), offsets, st.just(b"")),
)


def changed(content: bytes, kind: str, at: int, by: bytes | int) -> bytes:
    before, after = content[:at], content[at:]
    if isinstance(by, int):
        return before + after[by:] if kind == "cut" else before + after[:by] + after
    return before + {"insert": by + after, "over": by + after[len(by) :], "end": b""}[kind]


def read_or_refused(folder: Path, content: bytes) -> None:
    """Reads what can be read as far as its id, or meets plain words that name the file."""
    said = outcome(folder, content)
    assert said.startswith("sha256:") or ("cin.xml" in said and "\n" not in said)


def outcome(folder: Path, content: bytes) -> str:
    try:
        return read_one(folder, content).id
    except PlainError as refused:
        return str(refused)


@settings(max_examples=300)
@given(st.lists(changes, min_size=1, max_size=4))
def test_a_damaged_census_is_read_or_refused(folder: Path, damage: list[tuple[str, int, bytes | int]]) -> None:
    content = WHOLE
    for kind, at, by in damage:
        content = changed(content, kind, at, by)
    read_or_refused(folder, content)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(folder: Path, content: bytes) -> None:
    read_or_refused(folder, content)


@given(st.text(max_size=200), st.sampled_from(["LEA", "Year", "ReferenceDate", "DateTime"]))
def test_any_header_is_read_or_refused(folder: Path, value: str, name: str) -> None:
    written = value.translate({ord("<"): "&lt;", ord("&"): "&amp;"})
    head = header().replace(f"<{name}>", f"<{name}>{written}<!--").replace(f"</{name}>", f"--></{name}>")
    read_or_refused(folder, census(child("A1", referral()), head=head).encode("utf-8", "surrogatepass"))
