"""`report --check` and `report --accept`: the contract of the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.core.cli.support import Shell

FIELDS = {"id", "rule", "severity", "place", "why", "action", "accepted"}
LINES = """
{"kind":"passage","place":"summary","text":"Ring 07700 900123."}
{"kind":"concern","id":"IC1","text":"Somebody may be at risk"}
{"kind":"known_name","id":"N1","name":"Blodwen Example"}
{"kind":"passage","place":"method","text":"Blodwen showed us round."}
"""


def findings(shell: Shell, rule: str = "") -> list[dict[str, Any]]:
    every = shell.json("L1", "report", shell.visit, "--check")["findings"]
    return [one for one in every if rule in ("", one["rule"])]


def test_check_lists_every_finding_with_its_place_and_is_no_failure(shell: Shell) -> None:
    shell.record("L1", LINES, me="L1")
    every = findings(shell)
    assert all(one.keys() >= FIELDS for one in every)
    assert {one["severity"] for one in every} == {"stop", "warn"}
    assert {"passage/summary", "passage/method", "concern/IC1/L1", "rating/47"} <= {one["place"] for one in every}
    assert len({one["id"] for one in every}) == len(every)
    text = shell("L1", "report", shell.visit, "--check")
    assert "Stop: Immediate concern 1" in text
    assert "Blodwen" not in text and "900123" not in text
    assert "anonymous" in shell.err


def test_accept_keeps_the_reason_and_check_shows_it(shell: Shell) -> None:
    shell.record("L1", LINES, me="L1")
    (one,) = findings(shell, "phone")
    shell("L1", "report", shell.visit, "--accept", one["id"], "--reason", "It is the team's own line.")
    assert findings(shell, "phone") == [one | {"accepted": {"person": "L1", "reason": "It is the team's own line."}}]
    assert "Accepted by L1: It is the team's own line." in shell("L1", "report", shell.visit, "--check")


def test_what_cannot_be_accepted_is_refused_and_nothing_is_changed(shell: Shell) -> None:
    shell.record("L1", LINES, me="L1")
    shell.record("R2", LINES, me="R2")
    (one,) = findings(shell, "phone")
    shell("L1", "report", shell.visit, "--accept", "phone-12", "--reason", "Because.", code=1)
    shell("L1", "report", shell.visit, "--accept", one["id"], "--reason", " ", code=1)
    shell("R2", "report", shell.visit, "--accept", one["id"], "--reason", "Because.", code=1)
    assert "only the lead" in shell.err
    assert findings(shell, "phone") == [one]


def test_check_writes_no_files_and_json_alone_needs_one(shell: Shell, tmp_path: Path) -> None:
    shell("L1", "report", shell.visit, "--check", "--pdf", tmp_path / "x.pdf", code=2)
    shell("L1", "report", shell.visit, "--check", "--json", tmp_path / "x.json", code=2)
    shell("L1", "report", shell.visit, "--json", code=2)
    shell("L1", "report", shell.visit, "--accept", "phone-12", code=2)
    shell("L1", "report", shell.visit, "--reason", "Because.", code=2)
    assert not list(tmp_path.glob("x.*"))
    shell("L1", "report", shell.visit, "--json", tmp_path / "x.json")
    assert (tmp_path / "x.json").stat().st_size > 1000
