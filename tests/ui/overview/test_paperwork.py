"""Documents to look at: what the team was asked for, ticked by the lead as it comes in, read by everybody."""

from __future__ import annotations

from PySide6.QtCore import Qt

from reviewapp.visit.statements import CriterionFinding, Paper
from tests.ui.overview.support import opened
from tests.ui.scored_visit import ScoredHomes, scored
from tests.ui.support import Homes, Opener

__all__ = ["scored"]


def test_the_lead_ticks_what_has_come_in_and_undo_takes_it_back(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    card = opened(app).paperwork
    assert card.note.text() == "0 of 12 received, 0 looked at"
    part = card.open()
    row = part.list.told.rows[0]
    assert (row.key, row.pill) == ("example-fidelity-8/1/a", "Missing")
    part.list.choose(row.key)
    app.keys(part.list, Qt.Key.Key_Space)
    assert app.visit.state.papers[row.key].received
    assert card.note.text() == "1 of 12 received, 0 looked at"
    assert part.list.told.rows[0].pill == "Received" and row.key in part.list.ticked()
    app.window.actions_.undo.trigger()
    assert card.note.text() == "0 of 12 received, 0 looked at"
    app.visit.record(CriterionFinding(standard="5", criterion="a", source="document", value="met"))
    assert card.note.text() == "1 of 12 received, 1 looked at"
    looked_at = next(one for one in part.list.told.rows if one.pill == "Looked at")
    assert looked_at.key not in part.list.told.offered, "what was looked at is here"


def test_a_reviewer_reads_the_list(program: Opener, scored: ScoredHomes) -> None:
    part = opened(program(scored.reviewer)).paperwork.open()
    assert len(part.list.told.rows) == 12 and not part.list.told.offered


def test_standards_without_criteria_need_no_list(program: Opener, homes: Homes) -> None:
    assert not opened(program(homes.lead)).paperwork.isVisible()


def test_a_link_leads_to_it(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    app.visit.record(Paper(scale="example-fidelity-8", standard="5", criterion="a", received=True))
    page = opened(app)
    page.reveal({"card": "paperwork"})
    assert page.start_focus() is page.paperwork.head
