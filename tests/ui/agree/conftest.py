"""Homes with criteria, for the tests of this page."""

from tests.ui.scored_visit import scored

__all__ = ["scored"]
