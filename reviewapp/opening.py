"""The shortest way to the window: nothing is loaded for it but itself."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from reviewapp.base.errors import ReviewError


def open_at_once() -> int | None:
    """Open the desktop program and stay until it is closed; None where it is not installed."""
    if find_spec("PySide6") is None or find_spec("ui") is None:
        return None
    # Nothing is garbage while the program is loaded; it looks for some again when that is done.
    gc.disable()
    home = os.environ.get("REVIEWAPP_HOME")
    try:
        return int(import_module("ui.app.main").main(home=Path(home) if home else None) or 0)
    except ReviewError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except Exception as error:
        from reviewapp.cli.app import fault

        return fault(error)
    finally:
        gc.enable()
