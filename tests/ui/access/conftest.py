"""Fixtures of every test here: the one walk over the pages, widgets in a window of their own, and a screen reader."""

from __future__ import annotations

from tests.ui.access.support import reader, shown
from tests.ui.access.walk import walked

__all__ = ["reader", "shown", "walked"]
