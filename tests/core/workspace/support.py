"""Helpers for the tests of what a visit's team does on its laptops."""

from __future__ import annotations

from reviewapp.visit import statements
from tests.core.homes import Team


def rate(team: Team, code: str, value: str, standard: str = "47") -> None:
    team.visit(code).record(statements.Rating(standard=standard, value=value))


def exchange(team: Team, *codes: str) -> None:
    """The lead joins these people's work, and they take the lead's."""
    for code in codes:
        assert team.visit("L1").merge(team.return_of(code)).reason is None
    for code in codes:
        assert team.visit(code).merge(team.return_of("L1")).reason is None
