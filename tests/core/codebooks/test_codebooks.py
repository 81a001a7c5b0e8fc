"""Codebooks ship sound, and come back from a sheet and from other programs as they were."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.codebooks.check import check
from reviewapp.codebooks.export_sheet import COLUMNS, export_codebook
from reviewapp.codebooks.import_file import import_codebook
from reviewapp.codebooks.library import DEFAULT, CodebookLibrary, builtin
from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.codebooks.qdc import from_qda, to_qda
from reviewapp.instruments import library as instruments
from reviewapp.qda.read_codes import read_codebook
from reviewapp.qda.write import write_codebook
from reviewapp.spreadsheets.writer import csv_bytes

EXAMPLE = Codebook(
    id="example",
    title="Example",
    source="an example",
    themes=[
        Theme(id="A", title="A folder", codable=False),
        Theme(id="A1", parent="A", title="First", use_when="Use me.", not_when="Not then.", color="#aabbcc"),
        Theme(id="A2", parent="A", title="Second", standards={"qn-crhtt-4-pc": ["151", "1"]}, near=["T2"]),
    ],
)


def test_three_codebooks_ship_the_usual_one_first() -> None:
    first = builtin()[0]
    assert [one.id for one in builtin()] == [DEFAULT, "complex-needs-care", "crisis-team-practice"]
    outer = [one for one in first.themes if not one.parent]
    inner = [one for one in first.themes if one.parent in {other.id for other in outer}]
    subthemes = [one for one in first.themes if len(first.path(one)) == 3]
    assert (len(outer), len(inner), len(subthemes)) == (3, 11, 3) and not any(one.codable for one in outer)
    assert all(one.use_when for book in builtin() for one in book.themes)


def test_the_ids_of_all_shipped_themes_differ_and_their_links_lead_somewhere() -> None:
    themes = [one for book in builtin() for one in book.themes]
    assert len({one.id for one in themes}) == len({one.uuid for one in themes}) == len(themes)
    assert {id_ for one in themes for id_ in (*one.same_as, *one.near)} <= {one.id for one in themes}
    numbers = {one.id: {standard.number for standard in one.standards} for one in instruments.builtin()}
    assert all(set(found) <= numbers[name] for one in themes for name, found in one.standards.items())


def test_a_quote_about_a_late_visit_suggests_its_theme() -> None:
    book = builtin()[0]
    assert [one.title for one in book.suggested("qn-crhtt-4-pc", ["151"])] == ["Regular, reliable and clear"]
    assert book.suggested("qn-crhtt-4-pc", ["46"]) == () == book.suggested("another", ["151"])


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("book", [*builtin(), EXAMPLE], ids=lambda book: book.id)
def test_a_sheet_comes_back_without_a_difference(tmp_path: Path, book: Codebook, suffix: str) -> None:
    path = tmp_path / f"book.{suffix}"
    export_codebook(book, path)
    read = import_codebook(path, book.id)
    assert read.codebook == book and read.not_read == ()


@pytest.mark.parametrize("book", [*builtin(), EXAMPLE], ids=lambda book: book.id)
def test_another_program_brings_it_back_with_its_ids(tmp_path: Path, book: Codebook) -> None:
    path = tmp_path / "book.qdc"
    assert export_codebook(book, path) == 0
    again = import_codebook(path, book.id, book).codebook
    assert msgspec.structs.replace(again, source=book.source, edition=book.edition) == book


def test_codes_that_nobody_knows_are_called_alike_each_time() -> None:
    found = to_qda(EXAMPLE)
    once, twice = (from_qda(found, "other", "Other") for _ in range(2))
    assert once == twice and len({one.id for one in once.themes}) == 3
    assert from_qda(found, "other", "Other", once) == once
    check(once)


TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["C", "Z"]), max_size=20)


@settings(max_examples=40, deadline=None)
@given(titles=st.lists(TEXT.filter(bool), min_size=1, max_size=8, unique_by=str.casefold), data=st.data())
def test_any_codebook_comes_back_from_a_qdc(titles: list[str], data: st.DataObject) -> None:
    themes = []
    for n, title in enumerate(titles):
        parent = data.draw(st.sampled_from(["", *(f"X{before}" for before in range(n))]))
        themes.append(Theme(id=f"X{n}", title=title, parent=parent))
    book = Codebook(id="any", title="Any", themes=_in_tree_order(themes))
    read, ignored = read_codebook(write_codebook(to_qda(book)).data, "a.qdc")
    assert from_qda(read, "any", "Any", book).themes == book.themes and ignored == {}


def _in_tree_order(themes: list[Theme], parent: str = "") -> list[Theme]:
    return [two for one in themes if one.parent == parent for two in (one, *_in_tree_order(themes, one.id))]


def _sheet(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "book.csv"
    path.write_bytes(csv_bytes([COLUMNS, *[[row.get(name, "") for name in COLUMNS] for row in rows]]))
    return path


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"id": "a", "title": "A"}, {"id": "a", "title": "B"}], "cell A3: the id a is given twice"),
        ([{"id": "a", "title": "A", "parent": "b"}, {"id": "b", "title": "B"}], "is not listed before it"),
        ([{"id": "a", "title": "A"}, {"id": "b", "title": "a"}], "is already the title of a beside it"),
        ([{"id": "a b", "title": "A"}], "cannot be the id of a theme"),
        ([{"id": "a", "title": "A", "codable": "perhaps"}], "neither yes nor no"),
        ([{"id": "a", "title": "A", "standards": "151"}], "does not name an instrument"),
        ([{"id": "a", "title": "A", "color": "red"}], "is not a colour"),
        ([{"id": "a", "title": "A", "codable": "no"}], "no theme that can be used"),
        ([{"id": "a", "title": "A", "codebook": "X"}, {"id": "b", "title": "B", "codebook": "Y"}], "rows above say"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_one_line(tmp_path: Path, rows: list[dict[str, str]], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        import_codebook(_sheet(tmp_path, *rows), "example")


def test_the_library_keeps_what_is_imported_and_tells_of_what_is_broken(tmp_path: Path) -> None:
    library = CodebookLibrary(tmp_path)
    assert library.add(EXAMPLE) == "added" and library.add(EXAMPLE) == "unchanged"
    assert library.add(msgspec.structs.replace(EXAMPLE, title="Other")) == "replaced"
    assert library.get("example").title == "Other" and library.all()[-1].id == "example"
    (tmp_path / "broken.json").write_bytes(b"")
    assert list(library.problems()) == ["broken.json"] and len(library.all()) == 4
    with pytest.raises(Damaged, match=r"broken\.json is not a sound codebook"):
        library.get("broken")
    with pytest.raises(Invalid, match="comes with the program"):
        library.add(builtin()[0])
    with pytest.raises(Invalid, match="no codebook 'nowhere' here"):
        library.get("nowhere")
    with pytest.raises(Invalid, match="cannot be the id"):
        library.get("../home")
