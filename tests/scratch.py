"""A copy of the program in a scratch folder, in which a test counts the existing files that an addition changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class Copy:
    """A copy of the program in a folder of its own."""

    def __init__(self, folder: Path, *packages: str) -> None:
        """Of these packages, and what they read from resources/."""
        self.folder = folder
        self.touched: set[str] = set()
        for name in (*packages, "resources"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))

    def add(self, name: str, text: str) -> None:
        """A new file."""
        path = self.folder / name
        assert not path.exists(), f"{name} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Put `new` in the one place of an existing file where `old` stands."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.touched.add(name)

    def run(self, program: str, *arguments: str) -> Any:
        """What a program prints as JSON when it runs with the copy; helpers of the tests are there too."""
        path = os.pathsep.join([str(self.folder), str(ROOT)])
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "REVIEWAPP_LANGUAGE": "en"},
            cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
