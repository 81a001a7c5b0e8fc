"""Our own projects come back without a difference, and hostile ones are refused before they cost anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.qda.limits import QdaLimits
from reviewapp.qda.model import (
    QdaCase,
    QdaCode,
    QdaCodebook,
    QdaCoding,
    QdaProject,
    QdaSelection,
    QdaSet,
    QdaSource,
    QdaUser,
    stable_guid,
)
from reviewapp.qda.read_codes import read_codebook
from reviewapp.qda.read_project import read_project
from reviewapp.qda.write import plain_text, write_codebook, write_project
from tests.core.qda.schemas import valid

CODER, AGREED = QdaUser(guid=stable_guid("user", "R2"), name="R2"), QdaUser(guid=stable_guid("user", ""), name="agreed")
FOLDER = QdaCode(guid=stable_guid("code", "A"), name="Organisation", path=("Organisation",), codable=False)
CODE = QdaCode(
    guid=stable_guid("code", "A1"),
    name="Access <&>",
    path=("Organisation", "Access <&>"),
    parent=FOLDER.guid,
    description="Use when …",
    color="#aabbcc",
)
SET = QdaSet(guid=stable_guid("set", "1"), name="S", codes=(CODE.guid,))
BOOK = QdaCodebook(origin="Reviewapp", codes=(FOLDER, CODE), sets=(SET,))


def example(text: str, start: int, end: int, memo: str = "") -> QdaProject:
    """An example project with one text and one stretch of it that two users coded."""
    source = stable_guid("source", "P1")
    codings = tuple(
        QdaCoding(
            code=CODE.guid,
            coder=user.guid,
            guid=stable_guid("coding", user.name),
            created="2026-01-01T10:00:00Z",
            memo=memo,
        )
        for user in (CODER, AGREED)
    )
    selection = QdaSelection(
        guid=stable_guid("selection", "Q1"), start=start, end=end, text=text[start:end], codings=codings
    )
    values = (("Form", "interview"), ("Stakeholder group", "patient"))
    return QdaProject(
        name="Example",
        origin="Reviewapp",
        users=(CODER, AGREED),
        codebook=BOOK,
        sources=(QdaSource(guid=source, name="P1", text=text, selections=(selection,), values=values),),
        cases=(QdaCase(guid=stable_guid("case", "P1"), name="P1", values=values, sources=(source,)),),
    )


def test_a_project_of_ours_comes_back_without_a_difference() -> None:
    project = example("They came\nthe same day.", 5, 9, memo="a note\nof two lines")
    written = write_project(project)
    assert valid(written.data, "Project.xsd") and written.replaced == 0
    again = read_project(written.data, "a.qdpx")
    assert again.project == project and again.ignored == {} and again.rule.certain
    assert write_project(again.project).data == written.data


@settings(max_examples=80, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80),
    places=st.tuples(st.integers(0, 80), st.integers(0, 80)),
)
def test_any_text_comes_back_as_it_was_written(text: str, places: tuple[int, int]) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start, end = sorted(min(at, len(text)) for at in places)
    written = write_project(example(text, start, end))
    assert valid(written.data, "Project.xsd")
    source = read_project(written.data, "a.qdpx").project.sources[0]
    assert source.text == plain_text(text)
    assert [one.text for one in source.selections] == [plain_text(text[start:end])]


def test_characters_that_programs_count_differently_are_replaced_by_their_names() -> None:
    written = write_project(example("Glad \U0001f600 now", 0, 6))
    source = read_project(written.data, "a.qdpx").project.sources[0]
    assert source.text == "Glad [GRINNING FACE] now" and source.selections[0].text == "Glad [GRINNING FACE]"
    assert written.replaced == 1


def test_a_codebook_of_ours_comes_back_without_a_difference() -> None:
    written = write_codebook(BOOK).data
    assert valid(written, "Codebook.xsd") and read_codebook(written, "a.qdc") == (BOOK, {})


def test_what_is_not_read_is_counted() -> None:
    data = _archive(
        {
            "project.qde": _project(
                '<Sources><PictureSource guid="x"/></Sources><Links><Link guid="y"/><Link guid="z"/></Links>'
            ),
            "sources/a.pdf": b"-",
        }
    )
    assert read_project(data, "a.qdpx").ignored == {"Links": 2, "PictureSource": 1, "file": 1}


def test_a_text_that_is_missing_is_named() -> None:
    data = _archive(
        {
            "project.qde": _project(
                '<Sources><TextSource guid="x" name="Visit 1" plainTextPath="internal://x.txt"/></Sources>'
            )
        }
    )
    assert read_project(data, "a.qdpx").textless == ("Visit 1",)


def _project(inside: str, head: str = "") -> bytes:
    return f'{head}<Project xmlns="urn:QDA-XML:project:1.0" name="n" origin="Example">{inside}</Project>'.encode()


def _archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _codes(count: int) -> str:
    codes = "".join(f'<Code guid="{stable_guid("c", str(n))}" name="c{n}" isCodable="true"/>' for n in range(count))
    return f"<CodeBook><Codes>{codes}</Codes></CodeBook>"


def _deep(depth: int) -> str:
    opened = "".join(f'<Code guid="{stable_guid("d", str(n))}" name="d" isCodable="true">' for n in range(depth))
    return f"<CodeBook><Codes>{opened}{'</Code>' * depth}</Codes></CodeBook>"


_LAUGHS = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_TEXT = '<Sources><TextSource guid="x" name="t" plainTextPath="internal://x.txt"/></Sources>'
_SMALL = QdaLimits(file=10_000_000, xml=4_000_000, text=1_000_000, texts=1_500_000, entries=50, tags=250_000)

_SELECTION = _TEXT.replace(
    "/></Sources>",
    '><PlainTextSelection guid="y" startPosition="one" endPosition="2"/></TextSource></Sources>',
)
_TWICE = _codes(1).replace("</Codes></CodeBook>", "") + _codes(1).removeprefix("<CodeBook><Codes>")
_LONG, _SHORT = (900_000).to_bytes(4, "little"), (9).to_bytes(4, "little")
_PASSWD = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _with(name: str, data: bytes, inside: str = "") -> bytes:
    return _archive({"project.qde": _project(inside), name: data})


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no archive": lambda: b"PK\x03\x04" + b"\0" * 100,
    "no project": lambda: _archive({"a.txt": b"x"}),
    "two projects": lambda: _with("other.qde", _project("")),
    "a path upwards": lambda: _with("sources/../../x.txt", b"x"),
    "an absolute path": lambda: _with("/etc/x.txt", b"x"),
    "a drive": lambda: _with("C:/x.txt", b"x"),
    "a bomb of text": lambda: _with("sources/x.txt", b"a" * 5_000_000, _TEXT),
    "a bomb of XML": lambda: _archive({"project.qde": _project(" " * 9_000_000)}),
    "too many files": lambda: _archive({"project.qde": _project(""), **{f"sources/{n}.txt": b"" for n in range(60)}}),
    "entities": lambda: _archive({"project.qde": _project("&b;", _LAUGHS)}),
    "an outside file": lambda: _archive({"project.qde": _project("&a;", _PASSWD)}),
    "too many codes": lambda: _archive({"project.qde": _project(_codes(11_000))}),
    "too deep": lambda: _archive({"project.qde": _project(_deep(200))}),
    "far too deep": lambda: _archive({"project.qde": _project(_deep(50_000))}),
    "too many tags": lambda: _archive({"project.qde": _project("<a/>" * 260_000)}),
    "one identifier twice": lambda: _archive({"project.qde": _project(_TWICE)}),
    "a position in words": lambda: _with("sources/x.txt", b"abc", _SELECTION),
    "a locked part": lambda: _flagged(_archive({"project.qde": _project("")})),
    "a size that lies": lambda: _with("sources/x.txt", b"a" * 900_000, _TEXT).replace(_LONG, _SHORT),
}


def _flagged(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02")
    return data[:at] + data[at : at + 8] + b"\x01" + data[at + 9 :]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_project_is_refused_in_words(name: str) -> None:
    with pytest.raises((Invalid, Damaged)) as refused:
        read_project(HOSTILE[name](), "a.qdpx", _SMALL)
    assert str(refused.value).isprintable() and len(str(refused.value)) < 400


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 10**6), byte=st.integers(0, 255), cut=st.booleans())
def test_a_spoilt_project_is_read_or_refused_in_words(at: int, byte: int, cut: bool) -> None:
    data = bytearray(write_project(example("They came the same day.", 5, 9)).data)
    at %= len(data)
    data[at] = byte
    try:
        read_project(bytes(data[:at] if cut else data), "a.qdpx")
    except ReviewError as refused:
        assert str(refused).isprintable()
