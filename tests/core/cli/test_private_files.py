"""What is written is its owner's alone, whatever the umask and whatever was there before."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base import files, private_files
from reviewapp.report.formats import FORMATS
from tests.core.cli.support import Shell

WRITING: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    *((f"report.{suffix}", ("report", "VISIT", f"--{suffix}", "FILE"), True) for suffix in FORMATS),
    ("answers.xlsx", ("report", "VISIT", "--response-sheet", "FILE", "--reply-by", "2026-12-01"), True),
    ("plan.xlsx", ("plan", "export", "VISIT", "FILE"), True),
    *((f"{kind}.pdf", ("plan", "export", "VISIT", "FILE", "--kind", kind), True)
      for kind in ("you-said", "brief", "progress")),
    ("survey.xlsx", ("intake", "--template", "survey", "FILE"), False),
    ("audit.csv", ("intake", "--template", "audit", "FILE"), False),
    ("standards.csv", ("instruments", "export", "qn-crhtt-4-pc", "FILE"), False),
    ("standards.xlsx", ("instruments", "export", "qn-crhtt-4-pc", "FILE"), False),
    ("pack", ("visit", "pack", "VISIT", "FILE", "--phrase-file", "PHRASE"), False),
    ("return", ("visit", "return", "VISIT", "FILE"), False),
    ("receipt", ("visit", "receipt", "VISIT", "FILE"), False),
    ("backup", ("visit", "backup", "VISIT", "FILE"), False),
    ("certificate.pdf", ("visit", "purge", "VISIT", "--force", "--certificate", "FILE"), False),
)  # fmt: skip
"""Name of a file, the command that writes it, and whether it says that anybody can read what the visit is about."""


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=lambda mask: f"umask {mask:03o}")
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Every file and folder below a folder that others may use, or its owner may not."""
    wanted = {True: 0o700, False: 0o600}
    found = {path: path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    return {str(path): mode for path, mode in found.items() if mode != wanted[path.is_dir()]}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_every_file_and_folder_that_is_written_is_its_owners_alone(umask: int, shell: Shell) -> None:
    out = shell.folder / "new" / "folder"
    private_files.make_folder(out)
    shell.record("L1", '{"kind":"action","id":"AP1","standard":"4","action":"a","status":"done"}', me="host")
    for own in ("pass", "lines.jsonl"):
        (shell.folder / own).chmod(0o600)
    for name, command, _readable in WRITING:
        words = [
            {"VISIT": shell.visit, "FILE": str(out / name), "PHRASE": str(out / "phrase")}.get(w, w) for w in command
        ]
        shell("L1", *words)
        assert modes(shell.folder) == {}, name
    assert {path.name for path in out.iterdir()} >= {name for name, *_ in WRITING}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_a_file_that_others_could_read_is_its_owners_alone_once_it_is_written_over(shell: Shell) -> None:
    there = shell.file("plan.xlsx", "an older one")
    there.chmod(0o666)
    shell("L1", "plan", "export", shell.visit, there)
    assert there.stat().st_mode & 0o777 == 0o600


def test_a_disk_without_modes_takes_files_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "chmod", refused)
    private_files.make_folder(tmp_path / "stick")
    files.save_file(tmp_path / "stick" / "plan", b"words")
    assert (tmp_path / "stick" / "plan").read_bytes() == b"words"


def test_a_home_from_before_is_closed_to_others_when_it_is_opened(shell: Shell) -> None:
    visits = shell.folder / "L1" / "visits"
    visits.chmod(0o755)
    shell("L1", "visits")
    assert os.name == "nt" or visits.stat().st_mode & 0o777 == 0o700
