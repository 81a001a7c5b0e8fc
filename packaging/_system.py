"""Requirements on the operating system: Python's venv, the libraries Qt loads, a display."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

from _run import Stop, ask, run, say

# Debian's and Ubuntu's names of what the Qt libraries of the wheel load (ldd on QtWidgets, QtSvg and the
# platform plugins); the older names are provided by the newer packages.
QT_LIBRARIES = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0",
    "libglx0",
    "libopengl0",
    "libstdc++6",
    "libx11-6",
    "libxkbcommon0",
    "libzstd1",
)
WINDOW_LIBRARIES = (
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
_TRY_QT = "from PySide6 import QtSvg, QtWidgets; QtWidgets.QApplication([])"
_TRY_WINDOW = """\
import ctypes, os, pathlib, PySide6
folder = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
for variable, plugin in (("DISPLAY", "libqxcb.so"), ("WAYLAND_DISPLAY", "libqwayland.so")):
    if os.environ.get(variable) and (folder / plugin).exists():
        ctypes.CDLL(str(folder / plugin))
"""
_TRY_DISPLAY = "from PySide6 import QtGui; QtGui.QGuiApplication([])"
_MISSING = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object file")


def need_venv() -> None:
    """Install Python's venv and pip if missing; Debian ships them apart from Python. Raises Stop when it may not."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        major, minor = sys.version_info[:2]
        _install((f"python{major}.{minor}-venv",), "Python's venv module")


def need_tool(name: str) -> None:
    """Install a program of the system, whose package has the same name, if missing. Raises Stop when it may not."""
    if shutil.which(name) is None:
        _install((name,), f"the program {name}")


def need_qt(python: Path) -> None:
    """Install the libraries PySide6 needs to start, even without a display. Raises Stop when Qt does not start."""
    _need(python, _TRY_QT, QT_LIBRARIES, {"QT_QPA_PLATFORM": "offscreen"})


def has_display(python: Path) -> bool:
    """True if a window can be opened here; on Linux missing libraries for windows are installed, if that is allowed."""
    if not sys.platform.startswith("linux"):
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    need_qt(python)
    _need(python, _TRY_WINDOW, WINDOW_LIBRARIES, {})
    return ask([python, "-c", _TRY_DISPLAY])[0] == 0


def _need(python: Path, program: str, packages: tuple[str, ...], extra: dict[str, str]) -> None:
    """Run `program` with this Python; if it lacks libraries, install `packages` and retry. Raises Stop on failure."""
    code, text = ask([python, "-c", program], extra=extra)
    missing = _MISSING.search(text)
    if code == 0 or not (missing and sys.platform.startswith("linux")):
        _stop_unless(code == 0, text)
        return
    _install(packages, f"system libraries such as {missing[1]}")
    code, text = ask([python, "-c", program], extra=extra)
    _stop_unless(code == 0, text)


def _stop_unless(works: bool, text: str) -> None:
    if not works:
        last = text.strip().splitlines()[-1:] or ["it ended without a word"]
        raise Stop(f"Qt does not start on this machine: {last[0]}")


def _install(packages: tuple[str, ...], what: str) -> None:
    """Install packages with apt when that is allowed; else raise Stop with the exact command to type."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise Stop(
            f"this machine lacks {what}; install them with its package manager (on Debian: {' '.join(packages)})"
        )
    if sys.platform == "win32" or os.geteuid() != 0:
        raise Stop(f"this machine lacks {what}; type this and try again:  sudo {' '.join(command)}")
    say(f"Installing {what} with apt.")
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    if ask(command, extra=quietly)[0] != 0:
        # A fresh machine's package lists are empty or old.
        run(["apt-get", "update"], extra=quietly, quiet=True)
        run(command, extra=quietly, quiet=True)
