"""Fixtures of every test of Overview."""

from __future__ import annotations

from tests.ui.overview.support import before

__all__ = ["before"]
