"""`visit extract`: what leaves a visit for its network, as one types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import builtin
from reviewapp.national.network_key import NetworkKey, new_identity, public_of, write_network_key
from reviewapp.national.sealed import read_sealed
from tests.core.cli.support import Shell

IDENTITY = new_identity()
SAID = """
{"kind":"interview","id":"P1","group":"patient","consent_notes":true,"consent_quotes":true,"consent_circulation":true,"consent_published":true}
{"kind":"quote","id":"Q1","interview":"P1","text":"They rang zback.","standards":["151"],"tone":"positive"}
{"kind":"interview","id":"C1","group":"carer","consent_notes":true,"consent_quotes":true}
{"kind":"quote","id":"Q2","interview":"C1","text":"Nobody zasked."}
{"kind":"agreed","standard":"47","value":"met"}
"""


@pytest.fixture
def key(shell: Shell) -> Path:
    """The key file of a network; the lead's visit has something to give."""
    instrument = edition_of(next(one for one in builtin() if one.id == "qn-crhtt-4-pc"))
    path = shell.folder / "example.network-key"
    network = NetworkKey(name="Example network", public_key=public_of(IDENTITY), set_id="set1", instrument=instrument)
    write_network_key(path, network)
    shell.record("L1", SAID, me="L1")
    return path


def test_an_extract_is_written_for_a_network_and_the_code_is_remembered(shell: Shell, key: Path) -> None:
    file = shell.folder / "t07.extract"
    shell("L1", "visit", "extract", shell.visit, file, "--for", key, "--draft", code=1)
    assert "no code yet" in shell.err and not file.exists()
    shell("L1", "visit", "extract", shell.visit, file, "--for", key, "--team", "T07", code=1)
    assert "no decision is recorded yet" in shell.err and not file.exists()
    shell("L1", "visit", "extract", shell.visit, file, "--for", key, "--team", "T07", "--draft", "--cycle", "2026/27")
    assert "quotes 1, 1 stay here" in shell.err
    extract = read_sealed(file, IDENTITY).extract
    assert extract is not None
    assert (extract.team, extract.cycle, extract.status) == ("T07", "2026/27", "draft")
    shell("L1", "visit", "extract", shell.visit, file, "--for", key, "--draft")
    assert "team T07" in shell.err


def test_the_preview_shows_all_of_it_and_writes_nothing(shell: Shell, key: Path) -> None:
    words = ("visit", "extract", shell.visit, "--preview", "--for", key, "--team", "T07", "--draft")
    printed = shell("L1", *words)
    assert "They rang zback." in printed and "zasked" not in printed
    assert "1 quote: no consent to a published report" in printed
    found = shell.json("L1", *words)
    assert [quote["record"] for quote in found["extract"]["quotes"]] == ["quote/Q1/L1"]
    assert found["stays"]["quotes"] == {"no_consent": ["Q2/L1"]}
    assert (found["file"], found["network"]["set"]) == (None, "set1")
    shell("L1", "visit", "extract", shell.visit, shell.folder / "x", "--for", key, "--draft", code=1)


def test_a_notice_follows_a_withdrawal(shell: Shell, key: Path) -> None:
    file, notice = shell.folder / "t07.extract", shell.folder / "t07.notice"
    shell("L1", "visit", "extract", shell.visit, file, "--for", key, "--team", "T07", "--draft")
    shell("L1", "visit", "extract", shell.visit, notice, "--for", key, "--notice", code=1)
    assert not notice.exists()
    shell("L1", "visit", "withdraw", shell.visit, "quote", "Q1/L1", "--reason", "she asked")
    assert str(file) in shell.err
    found = shell.json("L1", "visit", "extract", shell.visit, notice, "--for", key, "--notice")
    assert found == {"file": str(notice), "visit": shell.visit, "records": ["quote/Q1/L1"], "hidden": []}
    read = read_sealed(notice, IDENTITY).notice
    assert read is not None and read.records == ("quote/Q1/L1",)


def test_wrong_usage_is_told_and_others_are_refused(shell: Shell, key: Path) -> None:
    file = shell.folder / "x"
    shell("L1", "visit", "extract", shell.visit, code=2)
    shell("L1", "visit", "extract", shell.visit, file, "--notice", "--draft", code=2)
    shell("R2", "visit", "extract", shell.visit, file, "--for", key, "--team", "T07", "--draft", code=1)
    shell("L1", "visit", "extract", shell.visit, file, "--for", shell.folder / "pass", "--team", "T07", code=1)
    assert "is not the key file of a network" in shell.err
    shell("L1", "visit", "merge", shell.visit, shell.file("no", "x"), code=1)
    assert not file.exists()


def test_a_visit_does_not_take_its_own_extract_in(shell: Shell, key: Path) -> None:
    file = shell.folder / "t07.extract"
    shell("L1", "visit", "extract", shell.visit, file, "--for", key, "--team", "T07", "--draft")
    (receipt,) = shell.json("L1", "visit", "merge", shell.visit, file, code=1)
    assert "was made for the network" in receipt["reason"]
