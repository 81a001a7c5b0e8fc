"""One entry, one conflict: what is counted on the command line is in the form of its number."""

from __future__ import annotations

import re

import pytest

from reviewapp.cli import output
from reviewapp.exchange.returns import Apart, EntryCounts, Receipt, Sender
from tests.core.cli.support import Shell

FEW = re.compile(r"\b1 (entries|values|lines|files|disagreements|conflicts|records)\b")


@pytest.mark.parametrize(("many", "told"), [(1, "1 entry of"), (2, "2 entries of")])
def test_what_stands_apart_is_counted_in_the_form_of_its_number(many: int, told: str) -> None:
    part = Apart("ab" * 16, "R3", many, "the lead set this laptop aside")
    receipt = Receipt(
        file="f", visit="v", from_=Sender("R3", "ab" * 16), entries=EntryCounts(in_=1, new=1), reason=None,
        conflicts=[{}], disagreements=1, digest="", apart=(part,),
    )  # fmt: skip
    (line,) = output.apart(receipt)
    assert told in line and ("is kept but not counted" in line) == (many == 1) and not FEW.search(line)
    assert "1 entry, 1 new" in output.receipt(receipt) and "1 disagreement, 1 with two versions" in output.receipt(
        receipt
    )


def test_one_line_and_one_entry_are_told_as_one(shell: Shell) -> None:
    shell.record("R2", '{"kind":"rating","standard":"47","value":"met"}', me="R2")
    assert "1 line recorded, 1 new entry" in shell.err
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    assert not FEW.search(shell("L1", "visit", "merge", shell.visit, shell.folder / "r2") + shell.err)
    assert not FEW.search(shell("L1", "visit", "laptops", shell.visit))
