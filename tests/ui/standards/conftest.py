"""Homes with criteria, and with two sets of standards, for the tests of this page."""

from tests.ui.scored_visit import scored, two_sets

__all__ = ["scored", "two_sets"]
