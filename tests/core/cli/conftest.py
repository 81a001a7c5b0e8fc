"""Fixtures of every test of the command line."""

from __future__ import annotations

from tests.core.cli.support import shell

__all__ = ["shell"]
