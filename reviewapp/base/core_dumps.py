"""No core dumps: a program that crashes leaves nothing of its memory, where what people said and the keys are."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from pathlib import Path
from typing import Any

_FILTER = Path("/proc/self/coredump_filter")
_NO_ERROR_BOX = 0x0002
_NO_HEAP = 0x0001


def forbid_core_dumps() -> None:
    """Have the system write nothing of this process's memory when it crashes, nor of those it starts.

    On Linux the limit stops a dump to a file; a dump that is piped to a program (systemd, apport) takes no notice of
    the limit, so no part of the memory is left to be dumped either. The process stays "dumpable" in the sense of
    `prctl`: a desktop's file dialogs and its choice of dark or light come through a portal, which refuses a process it
    may not look at, and whoever runs as the same user is no one this protects against (packaging/SECURITY.md). macOS
    has the limit, Windows is asked for no error report with the heap; neither was tried there.
    """
    if sys.platform == "win32":
        _forbid_error_reports(ctypes.WinDLL("kernel32"))
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        if _FILTER.exists():
            _FILTER.write_text("0\n", encoding="ascii")


def _forbid_error_reports(kernel: Any) -> None:
    """Ask Windows for no box and no heap in its error reports."""
    kernel.SetErrorMode(kernel.GetErrorMode() | _NO_ERROR_BOX)
    with contextlib.suppress(AttributeError):
        kernel.WerSetFlags(_NO_HEAP)
