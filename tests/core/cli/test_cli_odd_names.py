"""Names that are no text, and things that are no files: told in words, and no command hangs or breaks on them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.base.names import as_text
from reviewapp.store.damage import trouble_of
from reviewapp.visit.jsonl import read_lines
from tests.core.cli.support import Shell

posix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are text, and there are no devices")
ODD = os.fsdecode(b"caf\xe9\xff")
"""A name as an old system in another code page leaves it on a stick."""


def test_a_name_that_is_no_text_is_written_with_its_bytes() -> None:
    assert as_text(ODD) == r"caf\xe9\xff" and as_text("\ud83d") == r"\ud83d"
    assert as_text("caf\u00e9 \U0001f600") == "caf\u00e9 \U0001f600"
    assert str(Invalid(f"there is no file {ODD}")).startswith(r"there is no file caf\xe9\xff")


@posix
def test_files_with_names_that_are_no_text_are_written_read_and_listed(shell: Shell) -> None:
    def odd(end: str) -> Path:
        return shell.folder / f"{ODD}{end}"

    shell("L1", "report", shell.visit, "--pdf", odd(".pdf"), "--json", odd(".json"))
    shell("L1", "visit", "return", shell.visit, odd(".rvreturn"))
    shell("L1", "visit", "backup", shell.visit, odd(".b"))
    shell("L1", "visit", "pack", shell.visit, odd(".pack"), "--phrase-file", odd(".phrase"))
    shell("L1", "visit", "receipt", shell.visit, odd(".receipt"))
    assert all(odd(end).exists() for end in (".pdf", ".json", ".rvreturn", ".b", ".pack", ".phrase", ".receipt"))
    (receipt,) = shell.json("R2", "visit", "merge", shell.visit, odd(".rvreturn"))
    assert receipt["file"] == r"caf\xe9\xff.rvreturn" and receipt["reason"] is None
    (refused,) = shell.json("R2", "visit", "merge", shell.visit, odd(".pdf"), code=1)
    assert r"caf\xe9\xff.pdf" in refused["reason"]
    certificate = odd("c.pdf")
    shell("L1", "visit", "purge", shell.visit, "--force", "--certificate", certificate)
    survives = json.loads(certificate.with_suffix(".json").read_text(encoding="utf-8"))["may_survive"]
    assert any(one.endswith(r"caf\xe9\xff.rvreturn") for one in survives)


@posix
@pytest.mark.parametrize(
    "words",
    [("history", "rating", ODD), ("status", ODD), ("withdraw", "quote", ODD, "--reason", "r"),
     ("find", ODD, "--json"), ("meeting", "accept-late", ODD)],
)  # fmt: skip
def test_words_that_are_no_text_are_no_fault_of_the_program(words: tuple[str, ...], shell: Shell) -> None:
    command, *rest = words
    visit = () if command == "status" else (shell.visit,)
    code = 0 if command == "find" else 1
    shell("L1", "visit", command, *visit, *rest, code=code)
    assert "fault in the program" not in shell.err


@posix
@pytest.mark.parametrize("odd", ["--service", "--organisation", "--person"])
def test_a_visit_whose_names_are_no_text_is_not_made(odd: str, shell: Shell) -> None:
    before = shell.json("L1", "visits")
    given = {"--service": "S", "--organisation": "O", "--date": "2026-11-17", "--person": "L1:lead"}
    given[odd] = f"L1:lead:{ODD}" if odd == "--person" else ODD
    words = [word for pair in given.items() for word in pair]
    shell("L1", "visit", "new", "--instrument", "qn-crhtt-4-pc", *words, code=1)
    assert "fault in the program" not in shell.err and shell.json("L1", "visits") == before


def test_words_that_cannot_be_encoded_are_told_as_that() -> None:
    with pytest.raises(UnicodeEncodeError) as raised:
        ODD.encode()
    told = trouble_of(raised.value)
    assert told is not None and r"\xe9" in str(told)


@posix
@pytest.mark.parametrize("what", ["/dev/zero", "pipe", "."])
@pytest.mark.parametrize(
    "command",
    [("visit", "merge", "VISIT", "FILE"), ("record", "VISIT", "FILE", "--as", "L1"), ("visit", "restore", "FILE"),
     ("intake", "VISIT", "FILE", "--kind", "survey"), ("plan", "import", "VISIT", "FILE"),
     ("instruments", "import", "FILE", "--id", "x", "--title", "T"), ("report", "VISIT", "--previous", "FILE")],
    ids=lambda words: " ".join(words[:2]),
)  # fmt: skip
def test_what_is_no_file_is_refused_at_once(command: tuple[str, ...], what: str, shell: Shell) -> None:
    if what == "pipe":
        os.mkfifo(shell.folder / what)
    path = str(shell.folder / what)
    words = [{"VISIT": shell.visit, "FILE": path}.get(word, word) for word in command]
    shell("L1", *words, code=1)


@posix
def test_a_secret_without_end_is_refused(shell: Shell) -> None:
    shell("L1", "report", shell.visit, "--pdf", shell.folder / "r.pdf", "--encrypt-with", "/dev/zero", code=1)
    assert "too large" in shell.err


def test_a_line_with_many_fields_is_read_once_and_twins_are_refused(tmp_path: Path) -> None:
    fields: dict[str, Any] = {f"k{n}": 1 for n in range(60_000)}
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps({"kind": "rating"} | fields))
    with pytest.raises(Invalid):
        read_lines(path)
    path.write_text('{"kind":"rating","standard":"4","standard":"5"}')
    with pytest.raises(Invalid, match="stands there twice"):
        read_lines(path)
