"""The command line on simulated laptops."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reviewapp.cli.app import main

PASSPHRASE = "a passphrase for tests"


class Shell:
    """Runs commands on simulated laptops and keeps what they printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        (folder / "pass").write_text(PASSPHRASE + "\n")
        self.visit = ""

    def __call__(self, home: str, *words: str | Path, code: int = 0) -> str:
        self.capsys.readouterr()
        options = ["--home", str(self.folder / home), "--passphrase-file", str(self.folder / "pass")]
        got = main([*options, "--recovery-file", str(self.folder / "code"), *map(str, words)])
        printed = self.capsys.readouterr()
        self.err = printed.err
        assert got == code, printed.err
        if code == 1 and "merge" not in words:
            lines = printed.err.splitlines()
            assert len(lines) == 1 and lines[0].startswith("error: ") and lines[0].count("; ") >= 2, printed.err
        assert "Traceback" not in printed.err
        return printed.out

    def json(self, home: str, *words: str | Path, code: int = 0) -> Any:
        return json.loads(self(home, *words, "--json", code=code))

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def record(self, home: str, text: str, *, me: str, code: int = 0) -> None:
        self(home, "record", self.visit, self.file("lines.jsonl", text), "--as", me, code=code)


class PreparedShell:
    """A visit of L1's, of which R2 took the pack: made by the first test that asks for it, and copied by each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.visit = ""

    def make(self, shell: Shell) -> None:
        """Make it in the folder of this shell."""
        people = [word for p in ("L1:lead", "R2:clinician:Example name", "R4:patient_rep") for word in ("--person", p)]
        self.visit = shell(
            "L1", "visit", "new", "--instrument", "qn-crhtt-4-pc", "--service", "Example team", "--organisation",
            "Example trust", "--date", "2026-11-17", *people,
        ).strip()  # fmt: skip
        pack, phrase = self.folder / "pack", self.folder / "phrase"
        shell("L1", "visit", "pack", self.visit, pack, "--phrase-file", phrase)
        assert shell("R2", "visit", "join-as", pack, "--as", "R2", "--phrase-file", phrase)


@pytest.fixture(scope="session")
def prepared_shell(tmp_path_factory: pytest.TempPathFactory) -> PreparedShell:
    return PreparedShell(tmp_path_factory.mktemp("shell"))


@pytest.fixture
def shell(prepared_shell: PreparedShell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    if not prepared_shell.visit:
        prepared_shell.make(Shell(prepared_shell.folder, capsys))
    shutil.copytree(prepared_shell.folder, tmp_path, dirs_exist_ok=True)
    shell = Shell(tmp_path, capsys)
    shell.visit = prepared_shell.visit
    return shell


EVERY_KIND = """
{"kind":"rating","standard":"47","value":"met","note":"n"}
{"kind":"interview","id":"P1","group":"patient","mode":"phone","consent_notes":true,"consent_quotes":true,"consent_circulation":false,"people":1,"with":["R4"]}
{"kind":"answer","interview":"P1","prompt":"P01","text":"a"}
{"kind":"quote","id":"Q1","interview":"P1","text":"q","standards":["151"],"tone":"negative"}
{"kind":"case_note","id":"3"}
{"kind":"audit","case_note":"3","item":"A1","value":"yes","note":""}
{"kind":"self_review","standard":"47","value":"met","comment":"c"}
{"kind":"survey","group":"carer","standard":"47","yes":9,"no":4,"na":1}
{"kind":"context","field":"caseload","value":37}
{"kind":"concern","id":"IC1","text":"t","told":"team manager","at":"2026-05-12T14:05:00Z"}
{"kind":"local_context","standard":"54","text":"not commissioned"}
{"kind":"response","standard":"47","text":"t","evidence":"e"}
{"kind":"response_decision","standard":"47","accepted":false,"reason":"r"}
{"kind":"passage","place":"summary","text":"s"}
{"kind":"action","id":"AP1","standard":"4","action":"a","owner":"o","due":"2026-09-30","priority":1,"status":"open","progress":"p"}
"""
