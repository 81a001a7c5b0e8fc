"""A small Debian 13 with the screen reader Orca 48 in it, for the tests that listen to it (tests/orca)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import _system
from _run import Stop, say

SUITE = "trixie"
PATIENCE_S = 1200
"""Seconds that making the root may take: it is 800 MB, and took 50 s where the packages were near."""
PACKAGES = ("orca", "at-spi2-core", "dbus", "gsettings-desktop-schemas", "dconf-gsettings-backend", "libglib2.0-bin")
WITH_IT = ("python3-pyatspi", "openbox", "x11-xkb-utils", "fonts-dejavu-core", "ca-certificates", "libgl1", "libegl1")


def root() -> tuple[Path | None, str]:
    """The root, made on first use and kept; without one, None and why."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reviewapp" / "orca-48"
    if (folder / "usr" / "bin" / "orca").is_file():
        return folder, ""
    if sys.platform != "linux" or os.geteuid() != 0:
        return None, "a root for Orca 48 can be made by root on Linux only"
    try:
        _system.need_tool("mmdebstrap")
    except Stop as stop:
        return None, str(stop)
    return _make(folder)


def _make(folder: Path) -> tuple[Path | None, str]:
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    say(f"Making a Debian 13 with Orca 48 in {folder}, once; this takes some minutes.")
    command = ["mmdebstrap", "--variant=minbase", f"--include={','.join((*PACKAGES, *WITH_IT))}", SUITE, str(part)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False)
    except subprocess.TimeoutExpired:
        return None, f"Debian 13 was not made within {PATIENCE_S} s"
    if done.returncode != 0:
        return None, "Debian 13 could not be made from the registry that apt asks here"
    part.rename(folder)
    return folder, ""
