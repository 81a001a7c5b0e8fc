"""Fixtures of every test of the action plan."""

from __future__ import annotations

from tests.ui.action_plan.support import planned

__all__ = ["planned"]
