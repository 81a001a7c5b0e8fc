"""The workflow file for whoever carries the project on: it calls dev.py alone, and says that it was never run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE = ROOT / ".github" / "workflows" / "test.yml"
TEXT = FILE.read_text(encoding="utf-8") if FILE.is_file() else ""
pytestmark = pytest.mark.skipif(not TEXT, reason="the workflow file is not in the source archive")


def test_it_is_plainly_marked_as_never_run() -> None:
    assert TEXT.startswith("# NEVER RUN")


def test_it_runs_on_all_three_systems_and_calls_nothing_but_dev_py() -> None:
    assert "[ubuntu-latest, windows-latest, macos-latest]" in TEXT
    commands = re.findall(r"^\s*run: (.*)$", TEXT, re.MULTILINE)
    assert [command.split()[:2] for command in commands] == [["python", "packaging/dev.py"]] * 3
    known = subprocess.run([sys.executable, ROOT / "packaging" / "dev.py", "--help"], capture_output=True, text=True)
    for command in commands:
        assert re.search(rf"^    {command.split()[2]}\b", known.stdout, re.MULTILINE), known.stdout


def test_it_names_no_host() -> None:
    assert "://" not in TEXT and not re.search(r"\b[\w-]+\.(?:org|com|io|net|dev)\b", TEXT)
    assert "\t" not in TEXT


def test_types_are_checked_as_on_every_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import _checks
    import _environment
    from _run import Steps

    ran: list[list[str]] = []
    monkeypatch.setattr(_environment, "full", lambda: tmp_path)
    monkeypatch.setattr(_checks, "run", lambda command, **_: ran.append([str(word) for word in command]))
    monkeypatch.setattr(_checks, "run_together", lambda *commands: ran.extend([*map(str, one)] for one in commands))
    _checks.lint(Steps())
    typed = [command for command in ran if "mypy" in command]
    named = {command[command.index("--platform") + 1] for command in typed if "--platform" in command}
    assert named | {sys.platform} == {"linux", "win32", "darwin"} and len(typed) == 3
