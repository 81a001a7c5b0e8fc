"""Where the program begins: `reviewapp`, `python -m reviewapp`, and the built program."""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from reviewapp.base.core_dumps import forbid_core_dumps

FARTHEST = 2**63 // 10**9
"""Seconds since 1970 beyond which Python cannot read a clock (the year 2262) and does not even start its log."""


def main() -> int:
    """Run one command, or with none the desktop program, which is loaded without the commands."""
    let_any_clock_be_read()
    forbid_core_dumps()
    if len(sys.argv) == 1:
        code = open_desktop_at_once()
        if code is not None:
            return code
    from reviewapp.cli.app import main as command

    return command()


def let_any_clock_be_read() -> None:
    """Have a clock beyond what Python can read say the last moment it can: it is then told as wrong, and all works."""
    try:
        time.time()
    except OverflowError:
        vars(time).update(time=lambda: float(FARTHEST), time_ns=lambda: FARTHEST * 10**9)


def open_desktop_at_once() -> int | None:
    """Open the desktop program with nothing loaded but itself, until it is closed; None where it is not installed."""
    from reviewapp.base.errors import ReviewError

    if find_spec("PySide6") is None or find_spec("ui") is None:
        return None
    home = os.environ.get("REVIEWAPP_HOME")
    try:
        return int(import_module("ui.app.main").main(home=Path(home) if home else None) or 0)
    except ReviewError as error:
        if sys.stderr is not None:  # a program without a console has none
            sys.stderr.write(f"error: {error}\n")
        return 1
    except Exception as error:
        from reviewapp.cli.app import told

        return told(error)


if __name__ == "__main__":
    sys.exit(main())
