"""What was typed for somebody without a laptop is told to the lead, who confirms it with one press."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop
from tests.ui.overview.support import opened
from tests.ui.support import PASSPHRASE, PHRASE, Homes, Opener, words_on
from ui.widgets import Button


def test_the_lead_sees_what_waits_and_confirms_it_with_one_press(homes: Homes, program: Opener, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.finish()
    assert page.typed_for.isHidden()
    laptop = Laptop.create(tmp_path / "R2", PASSPHRASE)[0]
    typist = laptop.open_visit(laptop.import_pack(homes.pack, me="R2", phrase=PHRASE))
    typist.record_for("R4", Rating(standard="4", value="not_met", note="read out"))
    typist.write_return(tmp_path / "typed.review")
    typist.close()
    before = app.visit.state.ratings.get("4/R4")
    app.visit.merge(tmp_path / "typed.review")
    shown = page.typed_for
    assert shown.isVisible() and "R2 (clinician) typed 2 things for R4 (patient representative)" in shown.words.text()
    assert app.visit.state.ratings.get("4/R4") == before
    assert "confirming cannot be undone" in words_on(shown)
    (button,) = [one for one in shown.buttons.findChildren(Button) if not one.isHidden()]
    app.keys(button, Qt.Key.Key_Space)
    assert shown.isHidden() and app.visit.laptops.typed_for() == []
    assert "read out" in {one.value for one in app.visit.history("rating", "4/R4") if one.counts}
