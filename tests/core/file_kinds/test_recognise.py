"""A file is told by what is in it, whatever its name; a sheet that was sent also by the visit whose marks it bears."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged
from reviewapp.file_kinds import FileKind, recognise
from reviewapp.instruments.library import builtin
from reviewapp.intake.templates import template


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", ["self_review", "survey", "audit"])
def test_a_sheet_of_the_team_is_known_by_its_headings(kind: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"Copy of Book1{suffix}"
    path.write_bytes(template(kind, builtin()[0], suffix))
    assert recognise(path, instrument=builtin()[0]) == FileKind(kind)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"reviewapp network key 1\n", "network-key"),
        (b'{"reviewapp":"extract","format":1}\n', "extract"),
        (b'{"reviewapp":"extract-notice","format":1}\n', "extract"),
        (b'<?xml version="1.0"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0">', "qdc"),
        (b'{"profile":"committee","status":"draft","tree":[]}', "figures"),
        (b'{"a": 1}', ""),
        (b"%PDF-1.7\n", ""),
        (b"", ""),
    ],
)
def test_a_file_is_known_by_its_beginning(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert recognise(path).kind == kind


def test_a_project_of_a_coding_program_is_known_by_its_parts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr("project.qde", "")
    assert recognise(tmp_path / "x.zip") == FileKind("project")


def test_a_file_cut_short_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(template("audit", builtin()[0], ".xlsx")[:900])
    with pytest.raises(Damaged):
        recognise(tmp_path / "a.xlsx", instrument=builtin()[0])


def test_words_that_are_no_table_are_nothing_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Milk\nBread\n", encoding="utf-8")
    assert recognise(tmp_path / "a.txt", instrument=builtin()[0]) == FileKind()
