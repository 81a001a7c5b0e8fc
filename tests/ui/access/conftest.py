"""Fixtures of every test here: the one walk over the pages, and widgets in a window of their own."""

from __future__ import annotations

from tests.ui.access.support import shown
from tests.ui.access.walk import walked

__all__ = ["shown", "walked"]
