"""A log of last changes is called damaged where SQLite, which throws the rest away unsaid, would lose something."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from reviewapp.base import private_files
from reviewapp.base.errors import ReviewError
from reviewapp.store import change_log

HEADER, FRAME, PAGE = 32, 24, 512
NOW = datetime(2026, 11, 17, 12, 30, 15, 42, tzinfo=UTC)


class Killed(NamedTuple):
    """What a kill leaves: the database, its log and the log's index; and the rows that were acknowledged."""

    database: bytes
    log: bytes
    shared: bytes
    rows: int

    @property
    def written_back(self) -> bool:
        """Whether all that the index knows of is in the database too."""
        frames, written_back = struct.unpack_from("=I", self.shared, 16), struct.unpack_from("=I", self.shared, 96)
        return frames == written_back != (0,)

    def put(self, folder: Path, *, log: bytes | None = None, index: bytes | None = None) -> Path:
        """A folder with these files; `log` and `index` stand in place of what the kill left, none where empty."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, data in (
            ("visit.db", self.database),
            (change_log.LOG, self.log if log is None else log),
            (change_log.INDEX, self.shared if index is None else index),
        ):
            if data:
                (folder / name).write_bytes(data)
        return folder


def killed(folder: Path, *steps: str) -> Killed:
    """A plain database to which these steps were done: `write`, or what to do with the log."""
    folder.mkdir()
    db = sqlite3.connect(folder / "visit.db", isolation_level=None)
    for statement in (f"PRAGMA page_size = {PAGE}", "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0"):
        db.execute(statement).fetchall()
    db.execute("CREATE TABLE one (number INTEGER PRIMARY KEY, words TEXT)")
    rows = 0
    for step in steps:
        if step == "write":
            rows += 1
            db.execute("INSERT INTO one VALUES (?, ?)", (rows, f"words number {rows} " * 12))
        else:
            db.execute(f"PRAGMA wal_checkpoint({step})").fetchall()
    left = [path.read_bytes() for path in (folder / name for name in ("visit.db", change_log.LOG, change_log.INDEX))]
    db.close()
    return Killed(left[0], left[1], left[2], rows)


def kept_by_sqlite(folder: Path) -> int:
    """The rows that are whole after SQLite has opened the database; -1 where it is no longer sound."""
    with contextlib.closing(sqlite3.connect(folder / "visit.db")) as db:
        try:
            sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            return int(db.execute("SELECT count(*) FROM one").fetchone()[0]) if sound else -1
        except sqlite3.DatabaseError:
            return -1


def check_told(told: bool, folder: Path, day: Killed, place: int) -> None:
    """What SQLite loses is told; and where all was written back, a log may be called damaged that took nothing."""
    lost = kept_by_sqlite(folder) != day.rows
    assert told or not lost, place
    assert lost or not told or day.written_back, place


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 0x21
    return bytes(changed)


DAYS: dict[str, Sequence[str]] = {
    "never written back": ["write"] * 5,
    "written back": ["write"] * 4 + ["PASSIVE"],
    "written back and written on": ["write"] * 4 + ["PASSIVE", "write"],
    "one page at a time, written back": ["RESTART", "write", "write", "PASSIVE"],
    "one page": ["RESTART", "write"],
    "begun anew over an older log": ["write"] * 6 + ["RESTART", "write", "write"],
    "emptied": ["write"] * 3 + ["TRUNCATE"],
    "emptied and written on": ["write"] * 3 + ["TRUNCATE", "write", "write"],
}


@pytest.fixture(scope="module", params=DAYS)
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Killed:
    return killed(tmp_path_factory.mktemp("day") / "v", *DAYS[request.param])


def test_what_a_kill_leaves_is_whole(day: Killed, tmp_path: Path) -> None:
    folder = day.put(tmp_path / "v")
    assert not change_log.has_lost_changes(folder)
    assert kept_by_sqlite(folder) == day.rows


def test_a_changed_byte_is_told_exactly_where_sqlite_loses_something(day: Killed, tmp_path: Path) -> None:
    places = {*range(0, min(HEADER, len(day.log)), 3)}
    for start in range(HEADER, len(day.log), FRAME + PAGE):
        places |= {start, start + 5, start + 9, start + 14, start + 17, start + 22, start + 300, start + FRAME + 511}
    for place in sorted(places):
        folder = day.put(tmp_path / "v", log=flipped(day.log, place))
        check_told(change_log.has_lost_changes(folder), folder, day, place)


def test_a_log_that_was_cut_is_told_exactly_where_sqlite_loses_something(day: Killed, tmp_path: Path) -> None:
    ends = {*range(0, len(day.log), 401), *range(HEADER, len(day.log), FRAME + PAGE), 1, HEADER - 1, len(day.log) - 1}
    for end in sorted(end for end in ends if 0 <= end < len(day.log)):
        folder = day.put(tmp_path / "v", log=day.log[:end])
        check_told(change_log.has_lost_changes(folder), folder, day, end)


def test_a_log_of_which_nothing_counts_takes_nothing_of_what_was_written_back(tmp_path: Path) -> None:
    whole = killed(tmp_path / "day", *DAYS["written back"])
    folder = whole.put(tmp_path / "v", log=flipped(whole.log, HEADER + FRAME))
    assert not change_log.has_lost_changes(folder) and kept_by_sqlite(folder) == whole.rows


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    """Five commits in a log that was never written back."""
    return killed(tmp_path_factory.mktemp("plain") / "v", *["write"] * 5)


def commits_of(log: bytes) -> list[int]:
    """Where each commit of a log ends."""
    ends = range(HEADER + FRAME + PAGE, len(log) + 1, FRAME + PAGE)
    return [end for end in ends if log[end - FRAME - PAGE + 4 : end - FRAME - PAGE + 8] != bytes(4)]


def test_without_the_index_only_the_last_transaction_may_be_unfinished(plain: Killed, tmp_path: Path) -> None:
    """After a power cut the index says nothing, and what was being written was not acknowledged."""
    ends = commits_of(plain.log)
    assert len(ends) == 6
    for number, end in enumerate(ends):
        folder = plain.put(tmp_path / "v", log=flipped(plain.log, end - 1), index=b"")
        assert change_log.has_lost_changes(folder) is (number < len(ends) - 1), number
        assert not change_log.has_lost_changes(plain.put(tmp_path / "v", log=plain.log[:end], index=b"")), number
        assert not change_log.has_lost_changes(plain.put(tmp_path / "v", log=plain.log[: end - 1], index=b"")), number
    frames = range(ends[-2], ends[-1], FRAME + PAGE)
    assert len(frames) > 1
    for start in frames:
        folder = plain.put(tmp_path / "v", log=flipped(plain.log, start + FRAME), index=b"")
        assert not change_log.has_lost_changes(folder), start


def test_without_the_index_a_log_whose_beginning_is_gone_has_lost_something_if_it_held_anything(
    plain: Killed, tmp_path: Path
) -> None:
    for log, lost in ((flipped(plain.log, 3), True), (plain.log[:HEADER], False), (plain.log[:7], False), (b"", False)):
        assert change_log.has_lost_changes(plain.put(tmp_path / "v", log=log, index=b"")) is lost
    noise = flipped(plain.log, 3)
    assert not change_log.has_lost_changes(plain.put(tmp_path / "v", log=noise[:HEADER], index=b""))
    assert change_log.has_lost_changes(plain.put(tmp_path / "v", log=noise[: HEADER + 1], index=b""))


def sums_of(data: bytes) -> bytes:
    """The checksum of the index, worked out as the format says."""
    one = two = 0
    for first, second in struct.iter_unpack("=II", data):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return struct.pack("=II", one, two)


def index_with(index: bytes, place: int, value: bytes) -> bytes:
    """The index with this in both copies of its beginning, and the checksum that belongs to it."""
    head = bytearray(index[:40])
    head[place : place + len(value)] = value
    return 2 * (bytes(head) + sums_of(bytes(head))) + index[96:]


def test_an_index_that_is_not_whole_says_nothing(plain: Killed, tmp_path: Path) -> None:
    """The log was cut after a commit, so only the index knows that another one followed."""
    cut = plain.log[: commits_of(plain.log)[-2]]
    whole = plain.shared
    assert change_log.has_lost_changes(plain.put(tmp_path / "v", log=cut))
    assert change_log.has_lost_changes(plain.put(tmp_path / "v", log=cut, index=index_with(whole, 8, whole[8:12])))
    spoilt = [
        whole[:99],
        whole[:40],
        flipped(whole, 16),
        flipped(whole, 48 + 16),
        flipped(whole, 40),
        flipped(whole[:48], 44) * 2 + whole[96:],
        index_with(whole, 0, struct.pack("=I", 3007001)),
        index_with(whole, 12, b"\0"),
        index_with(whole, 32, b"another!"),
    ]
    for number, index in enumerate(spoilt):
        folder = plain.put(tmp_path / "v", log=cut, index=index)
        assert not change_log.has_lost_changes(folder), number
    assert change_log.has_lost_changes(plain.put(tmp_path / "v", log=cut, index=whole[:100])), "no more is asked for"


def test_an_index_of_an_older_log_says_nothing_of_one_that_was_only_begun(plain: Killed, tmp_path: Path) -> None:
    older = index_with(plain.shared, 32, b"another!")
    assert not change_log.has_lost_changes(plain.put(tmp_path / "v", log=plain.log[:HEADER], index=older))


def in_big_words(log: bytes) -> bytes:
    """The same log as a computer writes it whose words have their highest byte first."""
    out = bytearray(log)
    out[0:4] = struct.pack(">I", 0x377F0683)
    one = two = 0

    def add(data: bytes) -> bytes:
        nonlocal one, two
        for first, second in struct.iter_unpack(">II", data):
            one = (one + first + two) & 0xFFFFFFFF
            two = (two + second + one) & 0xFFFFFFFF
        return struct.pack(">II", one, two)

    out[24:32] = add(bytes(out[:24]))
    for start in range(HEADER, len(out), FRAME + PAGE):
        out[start + 16 : start + 24] = add(bytes(out[start : start + 8] + out[start + FRAME : start + FRAME + PAGE]))
    return bytes(out)


def test_a_log_of_a_computer_with_the_other_order_of_bytes_is_read_too(plain: Killed, tmp_path: Path) -> None:
    other = in_big_words(plain.log)
    folder = plain.put(tmp_path / "v", log=other)
    assert not change_log.has_lost_changes(folder) and kept_by_sqlite(folder) == plain.rows
    assert change_log.has_lost_changes(plain.put(tmp_path / "v", log=flipped(other, len(other) - 1)))


def test_a_log_of_another_format_is_not_one_of_ours(plain: Killed, tmp_path: Path) -> None:
    """Its checksums are right; SQLite reads nothing of it."""

    def resummed(header: bytes) -> bytes:
        one = two = 0
        for first, second in struct.iter_unpack("<II", header):
            one = (one + first + two) & 0xFFFFFFFF
            two = (two + second + one) & 0xFFFFFFFF
        return header + struct.pack(">II", one, two)

    for place, value in ((0, struct.pack(">I", 0x377F0680)), (4, struct.pack(">I", 3007001))):
        header = bytearray(plain.log[:24])
        header[place : place + 4] = value
        log = resummed(bytes(header)) + plain.log[HEADER : commits_of(plain.log)[0]]
        assert change_log.has_lost_changes(plain.put(tmp_path / "v", log=log, index=b""))


def test_no_folder_and_no_log_is_no_loss(tmp_path: Path) -> None:
    assert not change_log.has_lost_changes(tmp_path / "nowhere")
    assert not change_log.has_lost_changes(tmp_path)


# What is kept of it ------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / change_log.LOG).write_bytes(b"a log")
    return tmp_path


def test_a_damaged_log_is_kept_under_the_time_it_was_found(folder: Path) -> None:
    change_log.keep_damaged(folder, NOW)
    (path,) = change_log.kept(folder)
    assert (path.name, path.read_bytes()) == ("damaged-log-20261117T123015000042.wal", b"a log")
    assert (folder / change_log.LOG).read_bytes() == b"a log"


def test_a_log_that_is_gone_is_told_by_an_empty_file_for_its_owner_only(folder: Path) -> None:
    (folder / change_log.LOG).unlink()
    change_log.keep_damaged(folder, NOW)
    (path,) = change_log.kept(folder)
    assert path.read_bytes() == b"" and path.stat().st_mode & 0o077 == 0


def test_damaged_logs_are_listed_oldest_first_and_nothing_else_is(folder: Path) -> None:
    for day in (19, 17, 18):
        change_log.keep_damaged(folder, NOW.replace(day=day))
    assert [path.name[12:20] for path in change_log.kept(folder)] == ["20261117", "20261118", "20261119"]


def test_what_is_withdrawn_is_in_no_damaged_log_but_that_there_was_one_stays(folder: Path) -> None:
    for day in (17, 18):
        change_log.keep_damaged(folder, NOW.replace(day=day))
    change_log.empty_kept(folder)
    assert [path.read_bytes() for path in change_log.kept(folder)] == [b"", b""]
    assert all(path.stat().st_mode & 0o077 == 0 for path in change_log.kept(folder))


@pytest.mark.parametrize("trouble", [OSError(28, "full"), ReviewError("full", do="make room")])
def test_a_full_disk_keeps_no_visit_shut(folder: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def refuse(*_: object, **__: object) -> Iterator[None]:
        raise trouble

    monkeypatch.setattr(private_files, "copy_file", refuse)
    monkeypatch.setattr(change_log, "save_file", refuse)
    change_log.keep_damaged(folder, NOW)
    (folder / change_log.LOG).unlink()
    change_log.keep_damaged(folder, NOW)
    assert change_log.kept(folder) == []
