"""Find anything (Ctrl+K): one line, and beneath it whatever says what was typed."""

from __future__ import annotations

from ui.shell.palette.panel import FindPanel

__all__ = ["FindPanel"]
