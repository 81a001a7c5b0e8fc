"""`visit find`: what was written, from the command line, also while the program has the visit open."""

from __future__ import annotations

from reviewapp.workspace.laptop import Laptop
from tests.core.cli.support import Shell

NOTE = '{"kind":"rating","standard":"47","note":"The zebra crossing was closed"}'


def test_what_was_written_is_found_with_its_place_and_its_matches(shell: Shell) -> None:
    shell.record("R2", NOTE, me="R2")
    (one,) = shell.json("R2", "visit", "find", shell.visit, "zeb cross")["found"]
    assert (one["kind"], one["entity"], one["key"], one["field"]) == ("note", "rating", "47/R2", "note")
    assert [one["text"][begin:end] for begin, end in one["marks"]] == ["zeb", "cross"]
    assert one["standards"] == ["47"]
    assert "The zebra crossing" in shell("R2", "visit", "find", shell.visit, '"zebra crossing"')


def test_nothing_found_is_no_fault_and_says_so(shell: Shell) -> None:
    assert shell.json("R2", "visit", "find", shell.visit, 'xylo" AND *(')["found"] == []
    assert shell("R2", "visit", "find", shell.visit, "xylophone") == ""
    assert "no matches" in shell.err


def test_one_may_look_while_the_program_has_the_visit(shell: Shell) -> None:
    shell.record("R2", NOTE, me="R2")
    passphrase = (shell.folder / "pass").read_text().splitlines()[0]
    visit = Laptop.open(shell.folder / "R2", passphrase).open_visit(shell.visit)
    assert len(shell.json("R2", "visit", "find", shell.visit, "zebra")["found"]) == 1
    visit.close()
