"""A scratch copy of the program, into which a test adds a sample of something and counts the files it had to change."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Scratch:
    """The program in a folder of its own; `touched` are the existing files that `edit` changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        for name in ("reviewapp", "ui", "resources"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))

    def add(self, path: str, text: str) -> None:
        """A new file; it does not count."""
        target = self.folder / path
        assert not target.exists(), f"{path} is there already"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace one text of an existing file, which counts."""
        target = self.folder / path
        before = target.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{path} has {before.count(old)} times {old!r}"
        target.write_text(before.replace(old, new), encoding="utf-8")
        self.touched.add(path)

    def run(self, program: str, *arguments: str) -> str:
        """Run a program against the copy and return what it printed; fails with its errors."""
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=self.folder,
            env={"PYTHONPATH": str(self.folder), "QT_QPA_PLATFORM": "offscreen", "PATH": ""},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
