"""Where files of a visit were written elsewhere is known whoever wrote them, and read by nobody without its key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.store import driver, written_files
from reviewapp.store.visit_store import VisitStore

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
STRANGE = "/stick/\udcff.pdf"
"""A name that is no text: only Linux has such."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    VisitStore.create(tmp_path / "v", KEY).close()
    return tmp_path / "v"


@pytest.fixture
def store(folder: Path) -> Iterator[VisitStore]:
    store = VisitStore(folder, KEY)
    yield store
    store.close()


def test_files_noted_beside_a_store_are_read_with_its_key_only_and_each_once(folder: Path) -> None:
    assert written_files.beside(folder, KEY) == []
    for path in ("/b", STRANGE, "/a", "/b"):
        written_files.add_beside(folder, KEY, path)
    written_files.add_beside(folder, OTHER_KEY, "/c")
    log = folder / written_files.NAME
    assert log.stat().st_mode & 0o077 == 0 and len(log.read_bytes().splitlines()) == 4
    assert b"pdf" not in log.read_bytes()
    assert written_files.beside(folder, KEY) == ["/b", STRANGE, "/a"]
    assert written_files.beside(folder, OTHER_KEY) == ["/c"]


def test_a_line_that_is_spoilt_hides_no_other(folder: Path) -> None:
    log = folder / written_files.NAME
    for path in ("/a", "/b"):
        written_files.add_beside(folder, KEY, path)
    first, second = log.read_text("ascii").splitlines()
    log.write_text(f"{first}\nno base64!\n\n{first[:-8]}\n{second}\n{second}\n", "ascii")
    assert written_files.beside(folder, KEY) == ["/a", "/b"]
    log.write_bytes(b"\xff\n")
    assert written_files.beside(folder, KEY) == []


def test_where_nothing_can_be_noted_the_work_goes_on(folder: Path) -> None:
    (folder / written_files.NAME).mkdir()
    written_files.add_beside(folder, KEY, "/a")
    assert written_files.beside(folder, KEY) == []
    written_files.forget_beside(folder)
    (folder / written_files.NAME).rmdir()
    written_files.forget_beside(folder)
    assert not (folder / written_files.NAME).exists()


@pytest.mark.parametrize("restricted", ["another program has it", "a worker that reads", "nothing"])
def test_a_file_is_known_whichever_connection_wrote_it_and_the_store_takes_it_over(
    folder: Path, store: VisitStore, restricted: str
) -> None:
    with store.transaction() as db:
        written_files.add_to_store(db, "/before")
    one = {
        "another program has it": lambda: VisitStore(folder, KEY, read_only=True),
        "a worker that reads": lambda: store.second(read_only=True),
        "nothing": store.second,
    }[restricted]()
    for _ in range(2):
        for path in ("/before", "/a", "/b"):
            one.written.remember(Path(path))
    assert one.written.elsewhere() == store.written.elsewhere() == ["/before", "/a", "/b"]
    one.db.close()
    noted = (folder / written_files.NAME).exists()
    assert noted is (restricted != "nothing")
    assert written_files.in_store(store.db) == (["/before"] if noted else ["/before", "/a", "/b"])
    assert written_files.beside(folder, KEY) == (["/a", "/b"] if noted else [])
    store.written.take_over()
    assert not (folder / written_files.NAME).exists()
    assert store.written.elsewhere() == written_files.in_store(store.db) == ["/before", "/a", "/b"]


def test_where_nothing_was_noted_the_store_is_not_written_to(store: VisitStore) -> None:
    before = driver.version_of_others(other.db) if (other := store.second(read_only=True)) else 0
    store.written.take_over()
    assert driver.version_of_others(other.db) == before
    assert written_files.in_store(store.db) == []
    other.db.close()
