"""Starts the program anew in the place of this process, so that nothing of its memory is left."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import reviewapp
from ui.session.handover import VARIABLE, Handover, written

SECRETS = ("REVIEWAPP_PASSPHRASE", "REVIEWAPP_NEW_PASSPHRASE")
"""Environment variables that the locked program must not hold."""


def start_anew(home: Path, handover: Handover) -> NoReturn:
    """Replace this process by the program, locked, on this home. Raises OSError where it cannot be started.

    Windows cannot replace a process: there another is started and this one ends (never yet tried there).
    """
    arguments, environment = command(), _environment(home, handover)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name == "nt":
        import subprocess

        subprocess.Popen(arguments, env=environment)
        os._exit(0)
    os.execve(arguments[0], arguments, environment)


def command() -> list[str]:
    """The command that opens the desktop program, as a built program or with the interpreter in use."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", "reviewapp"]


def _environment(home: Path, handover: Handover) -> dict[str, str]:
    """The environment of this process without secrets, with the home and what is handed over."""
    mine = {name: value for name, value in os.environ.items() if name not in SECRETS}
    mine |= {"REVIEWAPP_HOME": str(home.absolute()), VARIABLE: written(handover)}
    if getattr(sys, "frozen", False):
        return _as_before_it_was_unpacked(mine)
    here = str(Path(reviewapp.__file__).resolve().parent.parent)
    paths = mine.get("PYTHONPATH", "").split(os.pathsep)
    if here not in paths and not here.endswith("site-packages"):
        # A checkout that was found in the current folder, in which `-P` does not look.
        mine["PYTHONPATH"] = os.pathsep.join([here, *filter(None, paths)])
    return mine


def _as_before_it_was_unpacked(mine: dict[str, str]) -> dict[str, str]:
    """The environment as it was before PyInstaller's loader prepared it for this process: it does so again."""
    before = mine.pop("LD_LIBRARY_PATH_ORIG", None)
    mine.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        mine["LD_LIBRARY_PATH"] = before
    return mine | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
