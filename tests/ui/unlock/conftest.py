"""Fixtures of the tests of locking."""

from __future__ import annotations

from tests.ui.unlock.locking import held

__all__ = ["held"]
