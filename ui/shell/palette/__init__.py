"""Find anything (Ctrl+K): a search line, and below it matching pages, commands and records of the visit."""

from __future__ import annotations

from ui.shell.palette.panel import FindPanel

__all__ = ["FindPanel"]
