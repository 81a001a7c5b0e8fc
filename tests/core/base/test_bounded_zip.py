"""How long the list of a ZIP file may be is judged before it is read, whatever its end says of it."""

from __future__ import annotations

import io
import zipfile

import pytest

from reviewapp.base.bounded_zip import TooManyParts, open_zip


def archive(parts: int, comment: bytes = b"") -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for number in range(parts):
            file.writestr(f"part-{number}", "x")
        file.comment = comment
    return made


@pytest.mark.parametrize("comment", [b"", b"a remark", b"x" * 60_000])
def test_an_archive_with_more_parts_than_allowed_is_refused(comment: bytes) -> None:
    assert len(open_zip(archive(40, comment), 40).namelist()) == 40
    with pytest.raises(TooManyParts):
        open_zip(archive(41, comment), 40)


def test_a_long_list_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    long = archive(70_000)  # so many that the list says it in the longer form, ZIP64
    monkeypatch.setattr(zipfile, "ZipInfo", None)  # what would become of each part
    with pytest.raises(TooManyParts):
        open_zip(long, 5_000)


def test_large_parts_are_read_as_ever() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("large", bytes(range(256)) * 40_000)
    assert len(open_zip(made, 1).read("large")) == 10_240_000


def test_what_is_no_archive_is_damaged() -> None:
    with pytest.raises(zipfile.BadZipFile):
        open_zip(io.BytesIO(b"PK but no archive"), 10)
