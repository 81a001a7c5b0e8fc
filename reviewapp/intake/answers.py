"""The team's answers to the draft report; they are read by the factual check, which knows the sheet it sent."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, plural
from reviewapp.factcheck import read_answers
from reviewapp.instruments.model import Instrument
from reviewapp.intake.sheet import Reading, SheetKind, TemplateSpec
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.reader import Sheet
from reviewapp.visit.state import VisitState


def _read(sheets: Sequence[Sheet], _instrument: Instrument, state: VisitState | None) -> Reading:
    if state is None:
        raise Invalid(_("answers to a draft belong to a visit"), field="kind", do=_("name the visit"))
    found = read_answers(sheets, state)
    return Reading(found.lines, found.summary)


def _template(instrument: Instrument) -> TemplateSpec:
    """Without a visit there is no draft to print the ratings of; the sheet that has them is made with the report."""
    columns = (
        Column(title="Standard", width=10, locked=True, middle=True),
        Column(title="Type", width=7, locked=True, middle=True),
        Column(title="Title", width=28, locked=True),
        Column(title="What is asked", width=50, locked=True),
        Column(title="Your answer", width=46),
        Column(title="Further evidence", width=40),
        Column(title="Outside your control?", width=28),
    )
    how = [
        ("What this is", "Your team's answers to the draft report, standard by standard. Leave a row empty where you "
                         "agree or have nothing to add."),
        ("Your answer", "What is wrong or missing in what the draft says about this standard."),
        ("Further evidence", "What shows it: name the paper, policy or figure and its date."),
        ("Outside your control?", "If this is not commissioned, or not in your team's hands, say what is and by whom."),
        ("Please do not", "write names or anything that could tell who a patient, carer or member of staff is."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[s.number, s.type, s.title, s.statement, "", "", ""] for s in instrument.standards]
    return TemplateSpec("Answers to the draft report", "Answers", columns, rows, how, {}, freeze=1)


def _taken(state: VisitState) -> str:
    return plural("{n} answer", "{n} answers", len(state.responses)) if state.responses else _("Not here yet")


SHEET = SheetKind("response", _("The team's answer to the draft"), "answers", _read, _template, _taken, prepares=False)
