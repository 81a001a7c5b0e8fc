"""`forms export` on the command line."""

from __future__ import annotations

from pathlib import Path

from reviewapp.instruments.editions import digest
from reviewapp.instruments.library import builtin
from reviewapp.spreadsheets.reader import read_sheets
from tests.core.cli.support import Shell


def test_a_form_is_saved_and_what_it_is_is_told(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    told = shell.json("L1", "forms", "export", shell.visit, path, "--kind", "survey", "--group", "patient")
    assert (told["version"], told["questions"], told["to_translate"]) == (digest(builtin()[0])[:12], 28, 0)
    assert [sheet.name for sheet in read_sheets(path)] == ["survey", "choices", "settings"]
    shell("R2", "forms", "export", shell.visit, path, "--kind", "survey", "--group", "carer", "--language", "cy")
    assert "Cymraeg are still the English ones" in shell.err


def test_a_form_that_cannot_be_is_refused_in_one_line(shell: Shell, tmp_path: Path) -> None:
    path, ask = tmp_path / "form.csv", ("--kind", "survey", "--group")
    shell("L1", "forms", "export", shell.visit, path, *ask, "patient", code=1)
    assert shell.err.startswith("error: a form is not written as '.csv'") and not path.exists()
    shell("L1", "forms", "export", shell.visit, path.with_suffix(".xlsx"), *ask, "manager", code=2)
    shell("L1", "forms", "export", shell.visit, path.with_suffix(".xlsx"), *ask, "staff", "--language", "qq", code=1)
    assert "there is no language 'qq'" in shell.err and list(tmp_path.glob("*.xlsx")) == []
