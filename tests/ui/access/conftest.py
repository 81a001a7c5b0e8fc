"""The one walk over the pages that every test here looks at."""

from __future__ import annotations

from tests.ui.access.walk import walked

__all__ = ["walked"]
