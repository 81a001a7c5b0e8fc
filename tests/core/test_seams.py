"""A document, a sheet from outside and an instrument are added in one place each."""

from __future__ import annotations

from pathlib import Path

from tests.scratch import Copy

FORMAT = '''"""The report as plain text: an example of a further format."""

from __future__ import annotations

from reviewapp.report.tree import Document, Heading


def text_bytes(document: Document) -> bytes:
    """The headings, a line each."""
    headings = ["".join(run.text for run in part.runs) for part in document.parts if isinstance(part, Heading)]
    return ("TEXT\\n" + "\\n".join(headings)).encode()
'''


def test_a_format_of_the_report_is_a_module_and_an_entry(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "reviewapp")
    copy.add("reviewapp/report/text_export.py", FORMAT)
    copy.edit(
        "reviewapp/report/formats.py",
        "    for made in (\n",
        "    for made in (\n"
        '        ReportFormat("txt", "Save text…", "file", "", "Text (*.txt)", b"TEXT", text_bytes),\n',
    )
    copy.edit(
        "reviewapp/report/formats.py",
        "from reviewapp.report.tree import Document\n",
        "from reviewapp.report.text_export import text_bytes\nfrom reviewapp.report.tree import Document\n",
    )
    code = (
        "import json; from click.testing import CliRunner; from reviewapp.cli.app import cli;"
        "assert CliRunner().invoke(cli, ['demo', '--headless', '--out', 'played']).exit_code == 0;"
        "assert '--txt FILE' in CliRunner().invoke(cli, ['report', '--help']).output;"
        "print(json.dumps(open('played/draft-report.txt', encoding='utf-8').read()))"
    )
    assert "TEXT\n" in copy.run(code)
    assert len(copy.touched) == 1


SHEET = '''"""Compliments that the team collected: an example of a further sheet."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.instruments.model import Instrument
from reviewapp.intake.sheet import Reading, SheetKind, TemplateSpec
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.reader import Sheet
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Context


def _read(sheets: Sequence[Sheet], _instrument: Instrument, _state: VisitState | None) -> Reading:
    count = sum(len(sheet.rows) for sheet in sheets) - 1
    return Reading([Context(field="compliments", value=count)], f"{count} compliments.")


def _template(_instrument: Instrument) -> TemplateSpec:
    return TemplateSpec("Compliments", "Compliments", (Column(title="Compliment", width=60),), [[""]], [], {})


def _taken(state: VisitState) -> str:
    return "Here" if "compliments" in state.context else "Not here yet"


SHEET = SheetKind("compliments", "Compliments", "compliments", _read, _template, _taken)
'''


def test_a_sheet_from_outside_is_a_reader_and_its_line(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "reviewapp")
    copy.add("reviewapp/intake/compliments.py", SHEET)
    copy.edit(
        "reviewapp/intake/read.py",
        "from reviewapp.intake import answers, audit, self_review, survey\n",
        "from reviewapp.intake import answers, audit, compliments, self_review, survey\n",
    )
    copy.edit("reviewapp/intake/read.py", "audit.SHEET, answers.SHEET", "audit.SHEET, answers.SHEET, compliments.SHEET")
    code = (
        "from pathlib import Path; from reviewapp.instruments.library import builtin;"
        "from reviewapp.intake import read_intake, template;"
        "sheet = template('compliments', builtin()[0], '.csv');"
        "Path('back.csv').write_bytes(sheet.rstrip() + b'\\nKind\\nQuick\\n');"
        "import json; print(json.dumps(read_intake(Path('back.csv'), 'compliments', builtin()[0]).summary));"
        "from click.testing import CliRunner; from reviewapp.cli.app import cli;"
        "assert 'compliments' in CliRunner().invoke(cli, ['intake', '--help']).output"
    )
    assert "2 compliments." in copy.run(code)
    assert len(copy.touched) == 1


def test_an_instrument_and_a_benchmark_are_files(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "reviewapp")
    for folder, name in (("instruments", "qn-crhtt-4-pc"), ("benchmarks", "qn-crhtt-2021")):
        text = (tmp_path / "resources" / folder / f"{name}.toml").read_text(encoding="utf-8")
        copy.add(f"resources/{folder}/example.toml", text.replace("qn-crhtt-4-pc", "example"))
    code = (
        "from reviewapp.instruments.library import builtin; from reviewapp.figures.benchmark import benchmark_for;"
        "import json; print(json.dumps([[one.id for one in builtin()], benchmark_for(builtin()[0]) is not None]))"
    )
    known, has_benchmark = copy.run(code)
    assert "example" in known and has_benchmark
    assert copy.touched == set()
