"""Fixtures of the tests of the palette."""

from __future__ import annotations

from tests.ui.shell.palette_support import app

__all__ = ["app"]
