"""`forms export` on the command line."""

from __future__ import annotations

from pathlib import Path

from reviewapp.instruments.editions import digest
from reviewapp.instruments.library import builtin
from reviewapp.intake.survey_form import survey_form
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


def kobo(path: Path, *rows: str) -> Path:
    asked = {one.standard: one.name for one in survey_form(builtin()[0]).questions}
    heads = f"{asked['4']};{asked['20']};Anything else?;respondent_group;_uuid;_index;__version__"
    path.write_text("\n".join([heads, *rows]), encoding="utf-8")
    return path


def test_an_export_is_taken_in_and_what_its_columns_are_is_said_once(shell: Shell, tmp_path: Path) -> None:
    version = digest(builtin()[0])[:12]
    rows = [f"yes;no;They never rang {n}.;carer;u{n};{n};{version}" for n in (1, 2)]
    path = kobo(tmp_path / "export.csv", *rows)
    ask = ("intake", shell.visit, path, "--kind", "survey")
    shell("L1", *ask, "--column", "Nowhere=comment", code=1)
    assert "the file has no column “Nowhere”" in shell.err
    first = shell.json("L1", *ask, "--column", "Anything else?=comment/20")
    assert first["lines"] == 4 and first["entries"] > 0
    again = shell.json("L1", *ask)
    assert (again["lines"], again["entries"]) == (4, 0), "the same file changes nothing, and the column is remembered"
    survey = shell.json("L1", "visit", "status", shell.visit)["survey"]["carer"]
    assert survey["respondents"] == 2 and survey["standards"]["4"]["yes"] == 2
    assert shell.json("L1", "visit", "themes", shell.visit)["units"]["all"] == 2


def test_a_changed_comment_is_shown(shell: Shell, tmp_path: Path) -> None:
    ask = ("--kind", "survey", "--column", "Anything else?=comment", "--json")
    shell("L1", "intake", shell.visit, kobo(tmp_path / "one.csv", "yes;no;Too late.;staff;u1;1;x"), *ask)
    changed = kobo(tmp_path / "two.csv", "yes;no;Much too late.;staff;u1;1;x", "yes;;;staff;u2;2;x")
    told = shell.json("L1", "intake", shell.visit, changed, *ask[:-1])
    assert "staff, comment on Anything else?: Too late. → Much too late." in told["overwritten"]
    assert "version x" in told["summary"]


def test_columns_and_groups_are_for_surveys(shell: Shell, tmp_path: Path) -> None:
    path = kobo(tmp_path / "export.csv", "yes;no;;;u1;1;x")
    shell("L1", "intake", shell.visit, path, "--kind", "audit", "--group", "staff", code=2)
    shell("L1", "intake", shell.visit, path, "--kind", "survey", "--column", "Anything", code=1)
    shell("L1", "intake", shell.visit, path, "--kind", "survey", code=1)
    assert "does not say who answered" in shell.err
    shell("L1", "intake", shell.visit, path, "--kind", "survey", "--group", "staff")


def test_exports_add_up_and_a_withdrawn_comment_does_not_come_back(shell: Shell, tmp_path: Path) -> None:
    ask = ("--kind", "survey", "--column", "Anything else?=comment/20")
    first = kobo(tmp_path / "one.csv", "yes;no;They never rang.;carer;u1;1;x")
    shell("L1", "intake", shell.visit, first, *ask)
    shell("L1", "intake", shell.visit, kobo(tmp_path / "two.csv", "no;no;;carer;u2;1;x"), *ask)
    assert "1 submission imported before is not in this file and still counts." in shell.err
    shell("L1", "record", shell.visit, _lines(tmp_path, '{"kind":"survey","group":"staff","standard":"4","yes":1}'))
    shell("L1", "intake", shell.visit, kobo(tmp_path / "s.csv", "yes;no;;staff;u3;1;x"), *ask, code=1)
    assert "a sheet with 1 member of staff was counted before" in shell.err and "--add" in shell.err
    shell("L1", "intake", shell.visit, first, *ask, "--add", "--replace", code=2)
    (found,) = shell.json("L1", "visit", "find", shell.visit, "never rang")["found"]
    shell("L1", "visit", "withdraw", shell.visit, "survey_comment", found["key"], "--reason", "they asked")
    shell("L1", "intake", shell.visit, first, *ask)
    assert "1 comment was withdrawn here and is not imported again" in shell.err
    assert shell.json("L1", "visit", "find", shell.visit, "never rang")["found"] == []
    carers = shell.json("L1", "visit", "status", shell.visit)["survey"]["carer"]
    assert (carers["respondents"], carers["standards"]["4"]["yes"], carers["standards"]["4"]["no"]) == (2, 1, 1)


def _lines(folder: Path, *lines: str) -> Path:
    path = folder / "lines.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
