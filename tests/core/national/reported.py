"""The example set of 29 teams as a report: its material and its tree, with passages and words that a test adds."""

from __future__ import annotations

from collections.abc import Mapping

from reviewapp.national.figures import NationalFigures
from reviewapp.national.report.build import build
from reviewapp.national.report.material import NationalMaterial, Words
from reviewapp.report.tree import Document
from tests.core.national.sets import figures
from tests.core.national.teams_2021 import INSTRUMENT, TEAMS, extracts

CODES = {team: f"{(n * 11) % 29 + 1:02}" for n, team in enumerate(TEAMS)}
"""Printed codes of the teams, the same in every test."""


def golden_figures() -> NationalFigures:
    return figures(extracts(), INSTRUMENT)


def material(
    found: NationalFigures, passages: Mapping[str, str] | None = None, words: Words | None = None, own: str = ""
) -> NationalMaterial:
    return NationalMaterial(
        found, INSTRUMENT, words=words or Words(), passages=passages or {}, codes=CODES, own=own
    )  # fmt: skip


def document(made: NationalMaterial) -> Document:
    return build(made, number=1, made="2021-12-31")
