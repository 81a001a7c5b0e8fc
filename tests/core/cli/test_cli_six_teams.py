"""The six teams of the published programme, from their totals to bands and changes, through the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.support import Shell

TEAMS = {
    "1": (105, 123, "low", "moderate"),
    "2": (98, 111, "low", "low"),
    "3": (130, 149, "moderate", "moderate"),
    "4": (138, 142, "moderate", "moderate"),
    "5": (133, 155, "moderate", "moderate"),
    "6": (97, 134, "low", "moderate"),
}
"""Totals at the start and after twelve months, and their bands, as printed of the CORE programme's six teams."""


@pytest.fixture
def laptop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A laptop without a visit."""
    return Shell(tmp_path, capsys)


def test_bands_and_changes_come_out_of_entered_totals(laptop: Shell) -> None:
    beyond = {}
    for team, (first, last, low, high) in TEAMS.items():
        visit = laptop(
            "L1", "visit", "new", "--instrument", "core-fidelity-2", "--service", f"Example team {team}",
            "--organisation", "Example trust", "--date", "2016-05-12", "--round", "24 months", "--person", "L1:lead",
        ).strip()  # fmt: skip
        laptop("L1", "visit", "round", visit, "--label", "baseline", "--date", "2014-05-12", "--total", str(first))
        laptop("L1", "visit", "round", visit, "--label", "12 months", "--date", "2015-05-12", "--total", str(last))
        found = laptop.json("L1", "visit", "series", visit)
        assert [(one["total"], one["band"]) for one in found["rounds"][:2]] == [(first, low), (last, high)]
        (change,) = found["changes"]
        assert (change["before"], change["after"], change["points"]) == (0, 1, last - first)
        beyond[team] = not change["within_caution"]
    assert [team for team, one in beyond.items() if one] == ["6"]
    assert len(laptop.json("L1", "visits")["visits"]) == 6
