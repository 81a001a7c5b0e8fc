"""A weak passphrase on the command line: taken at the first use and told, refused where a new one is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.cli.app import main
from tests.core.cli.support import PASSPHRASE, Shell

WEAK = "secret-123"


@pytest.fixture
def weak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A laptop that was begun with a weak passphrase."""
    shell = Shell(tmp_path, capsys)
    shell.file("pass", WEAK)
    shell.visit = shell(
        "L1", "visit", "new", "--instrument", "qn-crhtt-4-pc", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-11-17", "--person", "L1:lead", "--person", "R2:clinician",
    ).strip()  # fmt: skip
    return shell


def test_a_weak_passphrase_is_taken_at_the_first_use_and_told_once(weak: Shell) -> None:
    assert (
        "warning: the passphrase of this laptop is weak: it is too short; choose a stronger one with: passphrase change"
        in weak.err
    )
    assert weak("L1", "visits").strip() and "weak" not in weak.err


def test_a_refused_first_command_says_only_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path, capsys)
    shell.file("pass", WEAK)
    shell("L1", "visit", "status", "0123456789abcdef", code=1)
    assert "weak" not in shell.err


def test_verify_tells_of_a_weak_passphrase_and_finds_the_visit_well(weak: Shell) -> None:
    assert weak.json("L1", "visit", "verify", weak.visit)["ok"] is True
    assert "warning: the passphrase of this laptop is weak" in weak.err


def test_nothing_is_said_of_a_strong_one(shell: Shell) -> None:
    shell("L1", "visit", "verify", shell.visit)
    assert "weak" not in shell.err


def test_a_changed_passphrase_has_to_be_strong(weak: Shell) -> None:
    new = weak.file("new", "password1234")
    weak("L1", "passphrase", "change", "--new-passphrase-file", new, code=1)
    assert "too weak" in weak.err and "at least 12 characters, or 4 words" in weak.err
    weak("L1", "visits")
    weak.file("new", PASSPHRASE)
    weak("L1", "passphrase", "change", "--new-passphrase-file", new)
    weak.file("pass", PASSPHRASE)
    weak("L1", "visit", "verify", weak.visit)
    assert "weak" not in weak.err


def test_a_recovered_passphrase_has_to_be_strong(weak: Shell) -> None:
    command = ("L1", "passphrase", "recover", "--code-file", weak.folder / "code", "--new-passphrase-file")
    weak(*command, weak.file("new", "short-1"), code=1)
    assert "too weak" in weak.err
    weak("L1", "visits")
    weak(*command, weak.file("new", PASSPHRASE))


def test_who_is_asked_for_a_first_passphrase_has_to_choose_a_strong_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", lambda *_, **__: WEAK)
    assert main(["--home", str(tmp_path / "new"), "visits"]) == 1
    assert "the passphrase is too weak: it is too short" in capsys.readouterr().err
    assert not (tmp_path / "new" / "home.json").exists()


def test_a_visit_phrase_of_ones_own_has_to_be_strong(weak: Shell) -> None:
    pack, phrase = weak.folder / "pack", weak.file("phrase", "the the the the")
    weak("L1", "visit", "pack", weak.visit, pack, "--phrase-file", phrase, code=1)
    assert "the visit phrase is too weak: it repeats itself" in weak.err and not pack.exists()
    weak.file("phrase", "Lamp Otter  quay vine")
    weak("L1", "visit", "pack", weak.visit, pack, "--phrase-file", phrase)
    weak.file("phrase", "lamp otter quay vine")
    weak("R2", "visit", "join-as", pack, "--as", "R2", "--phrase-file", phrase)
    assert "visit phrase is weak" not in weak.err
