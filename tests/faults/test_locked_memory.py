"""A locked program holds nothing: its whole memory is searched for the passphrase and for what was said."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reviewapp.workspace.laptop import Laptop
from tests.faults.planted import NEEDS, PASSPHRASE, all_words, held_by, is_ready, make_home, wait_until
from tests.faults.prepared_home import QUIET, ROOT

pytestmark = NEEDS


def test_the_memory_of_the_locked_program_holds_neither_the_passphrase_nor_anything_that_was_said(
    tmp_path: Path,
) -> None:
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    make_home(home)
    typed = "plantedlast that was typed"
    (folder / "secret").write_text(f"{PASSPHRASE}\n{typed}\n", encoding="utf-8")
    words = {"plantedpassphrase", "plantedlast"} | all_words()
    environment = QUIET | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "REVIEWAPP_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-m", "tests.faults.locked", str(home), str(folder)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path) as process:
        try:
            wait_until((folder / "open").exists, process)
            try:
                assert words <= held_by(process.pid), "else the search finds nothing at all"
            except PermissionError:
                pytest.skip("this system lets no process look at another's memory")
            (folder / "lock").touch()
            wait_until(lambda: is_ready(process.pid), process)
            assert held_by(process.pid) == set()
            assert b"planted" not in Path(f"/proc/{process.pid}/environ").read_bytes()
        finally:
            process.kill()
    laptop = Laptop.open(home, PASSPHRASE)
    visit = laptop.open_visit(laptop.visits()[0].id)
    assert visit.state.ratings["47/L1"].note.startswith(typed), "what was being typed is saved"
    visit.close()


def test_a_program_that_crashes_leaves_nothing_of_its_memory() -> None:
    program = "import sys; from reviewapp.__main__ import main; main(); sys.stdin.read()"
    environment = QUIET | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, "--version"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdout.readline()
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0\s", limits)
        shared = Path(f"/proc/{process.pid}/coredump_filter")
        assert not shared.exists() or int(shared.read_text(), 16) == 0, "what is piped to a program takes no limit"
