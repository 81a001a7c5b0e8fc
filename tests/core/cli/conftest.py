"""Fixtures of every test of the command line."""

from __future__ import annotations

from tests.core.cli.support import prepared_shell, shell

__all__ = ["prepared_shell", "shell"]
