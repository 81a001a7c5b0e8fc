"""How much memory a program took."""

from __future__ import annotations

import re
from pathlib import Path


def peak_mb() -> int:
    """The most memory this program has had; `getrusage` would count what its parent had before it began."""
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    except OSError:
        found = None
    return int(found[1]) // 1024 if found else 0
