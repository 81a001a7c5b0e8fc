"""For the network: everything is looked at before it is saved, and words that are taken back are told."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

import ui.widgets.file_dialogs
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import builtin
from reviewapp.national.network_key import NetworkKey, new_identity, public_of, write_network_key
from reviewapp.national.sealed import read_sealed
from reviewapp.visit.statements import Decision, PracticeConsent
from reviewapp.workspace.withdrawal import withdraw
from tests.ui.support import App, Homes, Opener
from ui.pages.report.network import NetworkPanel
from ui.pages.report.page import ReportPage

IDENTITY = new_identity()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The file that the network's office gave out."""
    instrument = edition_of(next(one for one in builtin() if one.id == "qn-crhtt-4-pc"))
    path = tmp_path / "example.network-key"
    network = NetworkKey(name="Example network", public_key=public_of(IDENTITY), set_id="set1", instrument=instrument)
    write_network_key(path, network)
    return path


def panel_of(app: App) -> NetworkPanel:
    page = cast(ReportPage, app.go("report"))
    app.settle()
    assert page.outline.choose("network")
    return page.afterwards.network


def press(app: App, button: QPushButton) -> None:
    """From the keyboard."""
    app.keys(button, Qt.Key.Key_Space)
    app.settle()


def answer(path: Path) -> None:
    """What the next file dialog gives."""
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])


def saved(app: App, panel: NetworkPanel, path: Path) -> None:
    """Look at what would leave, and save it."""
    press(app, panel.show_it)
    assert panel.dialog is not None
    answer(path)
    press(app, panel.dialog.save)


def test_what_would_leave_is_shown_whole_and_then_saved(
    program: Opener, homes: Homes, tmp_path: Path, key: Path
) -> None:
    app = program(homes.lead)
    panel = panel_of(app)
    assert panel.isVisible() and not panel.due.isVisible() and panel.draft.isChecked()
    assert not panel.final.isEnabled() and panel.waits.isVisible()
    press(app, panel.show_it)
    assert panel.error.label.text() == "Choose the network's key file first."
    answer(key)
    press(app, panel.key)
    assert "Example network" in panel.key_words.text()
    press(app, panel.show_it)
    assert "no code yet" in panel.team_field.error.label.text()
    app.keys(panel.team, "T07")
    press(app, panel.show_it)
    assert panel.dialog is not None and panel.dialog.isVisible()
    shown = "\n".join(row.title for row in panel.dialog.listed.told.rows)
    extract_quotes = [quote.text for quote in app.visit.state.quotes.values()]
    assert sum(text in shown for text in extract_quotes) == 26
    assert "quotes: no consent to a published report" in shown
    answer(tmp_path / "t07.extract")
    press(app, panel.dialog.save)
    read = read_sealed(tmp_path / "t07.extract", IDENTITY).extract
    assert read is not None and (read.team, read.status, len(read.quotes)) == ("T07", "draft", 26)
    assert panel.saved.isVisible() and str(tmp_path / "t07.extract") in panel.saved.text()


def test_nothing_is_saved_that_was_not_agreed_to(program: Opener, homes: Homes, tmp_path: Path, key: Path) -> None:
    app = program(homes.lead)
    panel = panel_of(app)
    answer(key)
    press(app, panel.key)
    app.keys(panel.team, "T07")
    press(app, panel.show_it)
    assert panel.dialog is not None
    press(app, panel.dialog.away)
    assert not panel.saved.isVisible()
    assert not list(tmp_path.glob("*.extract"))


def test_a_file_that_is_no_key_is_told_beside_the_button(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    panel = panel_of(app)
    (tmp_path / "other.txt").write_text("hello")
    answer(tmp_path / "other.txt")
    press(app, panel.key)
    assert "is not the key file of a network" in panel.error.label.text()


def test_after_a_decision_it_is_final_and_a_withdrawal_offers_the_notice(
    program: Opener, homes: Homes, tmp_path: Path, key: Path
) -> None:
    app = program(homes.lead)
    panel = panel_of(app)
    app.visit.record(Decision(presentation=1, label="deferred", date="2026-12-01"))
    assert panel.final.isEnabled() and panel.final.isChecked() is False
    panel.final.click()
    answer(key)
    press(app, panel.key)
    app.keys(panel.team, "T07")
    saved(app, panel, tmp_path / "t07.extract")
    first = read_sealed(tmp_path / "t07.extract", IDENTITY).extract
    assert first is not None and first.status == "final"
    assert not panel.due.isVisible()
    withdraw(app.visit, "quote", "Q1/R2", reason="she asked")
    assert panel.due.isVisible() and "1 quote was withdrawn" in panel.due_words.text()
    answer(tmp_path / "t07.notice")
    press(app, panel.notice)
    notice = read_sealed(tmp_path / "t07.notice", IDENTITY).notice
    assert notice is not None and notice.records == ("quote/Q1/R2",)
    assert not panel.due.isVisible()


def test_key_and_code_are_known_the_next_time(program: Opener, homes: Homes, tmp_path: Path, key: Path) -> None:
    app = program(homes.lead)
    panel = panel_of(app)
    answer(key)
    press(app, panel.key)
    app.keys(panel.team, "T07")
    saved(app, panel, tmp_path / "t07.extract")
    again = NetworkPanel(app.page)
    app.qtbot.addWidget(again)
    again.refresh()
    assert again.team.text() == "T07" and "Example network" in again.key_words.text()


def test_a_reviewer_is_told_that_the_lead_does_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    panel = panel_of(app)
    assert panel.only_lead.isVisible() and not panel.form.isVisible() and not panel.due.isVisible()


def test_good_practice_is_written_at_a_standard_and_waits_for_the_team(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    card = panel_of(app).practice
    assert not card.words.isVisible() and not card.listed.isVisible()
    app.keys(card.number, "999", Qt.Key.Key_Return)
    assert "no standard with that number" in card.field.error.label.text()
    card.number.clear()
    app.keys(card.number, "47", Qt.Key.Key_Return)
    assert card.words.isVisible() and card.title.text().startswith("47")
    app.keys(card.words, "They ring back.")
    card.words.commit()
    assert app.visit.state.passages["practice:47"].text == "They ring back."
    (row,) = card.listed.told.rows
    assert (row.key, row.note, row.detail) == ("47", "No answer yet", "They ring back.")
    visit = app.visit
    visit.me = "host"
    visit.record(PracticeConsent(standard="47", published=True, named=True))
    visit.me = "L1"
    assert card.listed.told.rows[0].note == "May be published, with the team's name"
    app.keys(card.number, "153", Qt.Key.Key_Return)
    assert card.words.toPlainText() == ""
    assert card.listed.choose("47") and card.words.toPlainText() == "They ring back."
