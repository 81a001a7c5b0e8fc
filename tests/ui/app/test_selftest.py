"""The program can try itself, and says plainly when something is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ui.app import selftest

BROKEN = """
import sys
from ui.widgets.ring import ProgressRing
def paint(self, event):
    raise FileNotFoundError("there is no\\nicon")
ProgressRing.paintEvent = paint
from reviewapp.cli.app import main
sys.exit(main(["--self-test"]))
"""


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, as installed programs are started."""
    root = Path(__file__).parents[3]
    mine = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root), "TMPDIR": str(folder)}
    command = (sys.executable, *command)
    return subprocess.run(command, env={**os.environ, **mine}, cwd=folder, capture_output=True, text=True, check=False)


def test_the_program_tries_itself_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "reviewapp", "--self-test")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines == [*(f"ok: {name}" for name, _ in selftest.SelfTest(tmp_path).steps()), "all is well"]
    assert list(tmp_path.iterdir()) == []


def test_a_fault_while_drawing_fails_the_self_test_and_is_named_in_its_last_line(tmp_path: Path) -> None:
    done = run(tmp_path, "-c", BROKEN)
    *_of_qt, ours = done.stderr.splitlines()
    assert done.returncode == 1
    assert ours.startswith("error: the self-test failed at '")
    assert "': FileNotFoundError in " in ours
    assert ours.endswith(": there is no icon")
    assert "Traceback" not in done.stderr
    assert "all is well" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_to_write_the_self_test_fails_with_one_line(tmp_path: Path) -> None:
    nowhere = "import sys, tempfile\ntempfile.tempdir = '/dev/null'\n"
    done = run(tmp_path, "-c", BROKEN.replace("import sys\n", nowhere, 1))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: the self-test failed at 'a scratch folder': ")
    assert len(done.stderr.splitlines()) == 1
