"""The library: built-in instruments are never touched, imported ones never lost or skipped in silence."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.instruments.library import Library, builtin, load_toml
from reviewapp.instruments.model import Instrument

SCORED = load_toml(Path(__file__).parents[1] / "data" / "example-scored.toml")


@pytest.fixture()
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "instruments")


def _titled(title: str) -> Instrument:
    return msgspec.structs.replace(SCORED, title=title)


def test_an_empty_library_has_the_built_in_instruments(library: Library) -> None:
    assert library.all() == builtin()
    assert library.get("qn-crhtt-4-pc") is builtin()[0]
    assert not library.folder.exists()


def test_an_imported_instrument_comes_back_word_for_word(library: Library) -> None:
    assert library.add(SCORED) == "added"
    assert Library(library.folder).get("example-scored") == SCORED
    assert library.all() == (*builtin(), SCORED)


def test_adding_the_same_again_changes_nothing(library: Library) -> None:
    library.add(SCORED)
    before = (library.folder / "example-scored.json").stat().st_mtime_ns
    assert library.add(SCORED) == "unchanged"
    assert library.add(SCORED, replace=True) == "unchanged"
    assert (library.folder / "example-scored.json").stat().st_mtime_ns == before


def test_another_one_with_the_same_id_is_refused_unless_told_to_replace(library: Library) -> None:
    library.add(SCORED)
    with pytest.raises(Invalid, match="another instrument with the id 'example-scored'"):
        library.add(_titled("Other"))
    assert library.get("example-scored") == SCORED
    assert library.add(_titled("Other"), replace=True) == "replaced"
    assert library.get("example-scored").title == "Other"


def test_a_damaged_one_can_be_replaced(library: Library) -> None:
    library.add(SCORED)
    (library.folder / "example-scored.json").write_text("{", encoding="utf-8")
    assert library.add(SCORED, replace=True) == "replaced"
    assert library.get("example-scored") == SCORED


def test_a_built_in_one_is_never_replaced(library: Library) -> None:
    with pytest.raises(Invalid, match="comes with the program"):
        library.add(msgspec.structs.replace(SCORED, id="qn-crhtt-4-pc"), replace=True)


def test_an_unknown_id_lists_what_there_is(library: Library) -> None:
    library.add(SCORED)
    with pytest.raises(Invalid, match="no instrument 'none' here") as caught:
        library.get("none")
    assert ", ".join([*(one.id for one in builtin()), "example-scored"]) in str(caught.value)


@pytest.mark.parametrize("name", ["../outside", "a/b", "", "A", ".hidden", "x" * 65])
def test_an_id_that_is_no_file_name_is_refused(library: Library, name: str) -> None:
    with pytest.raises(Invalid, match="cannot be the id"):
        library.add(msgspec.structs.replace(SCORED, id=name))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"id": "x"}', b"\xff\xfe", msgspec.json.encode(_titled("")), b"[" * 100_000]
)
def test_a_damaged_file_is_named_and_hides_no_other(library: Library, content: bytes) -> None:
    library.folder.mkdir()
    (library.folder / "lost.json").write_bytes(content)
    library.add(SCORED)
    assert library.all() == (*builtin(), SCORED)
    assert {name: type(error) for name, error in library.problems().items()} == {"lost.json": Damaged}
    with pytest.raises(Damaged, match=r"lost\.json"):
        library.get("lost")
    assert library.get("qn-crhtt-4-pc")


def test_a_renamed_file_is_named(library: Library) -> None:
    library.folder.mkdir()
    (library.folder / "other.json").write_bytes(msgspec.json.encode(SCORED))
    with pytest.raises(
        Damaged, match=r"other\.json is not a sound instrument: it holds another instrument \(example-scored\)"
    ):
        library.get("other")


@pytest.mark.parametrize(
    ("text", "says"),
    [("id = ", "bad.toml is not a readable"), ('id = "x"', "missing required field"), ("\x00", "not a readable")],
)
def test_a_toml_file_that_is_wrong_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Damaged, match=says):
        load_toml(path)


def test_a_toml_file_with_a_type_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    source = Path(__file__).parents[1] / "data" / "example-scored.toml"
    path.write_text(source.read_text(encoding="utf-8").replace('type = "item"', "type = 1", 1), encoding="utf-8")
    with pytest.raises(Damaged, match="Expected `str`, got `int`"):
        load_toml(path)
