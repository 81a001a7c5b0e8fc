"""The visits on this laptop: open, check, copy, go back, delete; and what is said when one will not open."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QProgressBar, QWidget

import ui.widgets.file_dialogs
from reviewapp.base.errors import ReviewError
from reviewapp.store import rolling_backups
from reviewapp.visit.labels import person
from reviewapp.visit.statements import Agreed, Rating, Round
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener, focus
from ui.pages.standards.page import StandardsPage
from ui.pages.start.card import BrokenCard, VisitCard
from ui.pages.start.check_visit import CheckVisit
from ui.pages.start.delete import DeleteVisit
from ui.pages.start.page import StartPage
from ui.pages.start.restore import RestoreBackup
from ui.widgets import CardButton


def start_page(app: App, view: str = "") -> StartPage:
    return cast(StartPage, app.go("start", {"view": view} if view else None))


def empty(program: Opener) -> App:
    """A laptop with a passphrase and no visits."""
    app = program(None, unlocked=False)
    laptop, _ = Laptop.create(app.session.home, PASSPHRASE)
    app.session.adopt(laptop)
    return app


def first_in(layout: QLayout) -> QWidget:
    item = layout.itemAt(0)
    widget = item.widget() if item is not None else None
    assert widget is not None
    return widget


def ask(app: App, action: str) -> StartPage:
    """Choose from the menu beside the first visit."""
    page = start_page(app)
    card = first_in(page.visits_box)
    assert isinstance(card, VisitCard)
    card.actions_[action].trigger()
    app.settle()
    return page


def visit_of(app: App) -> str:
    assert app.session.laptop is not None
    return app.session.laptop.visits()[0].id


def damage(home: Path) -> None:
    """What a failing disk does to the store of the visit."""
    (store,) = home.glob("visits/*/visit.db")
    data = bytearray(store.read_bytes())
    data[:4096] = bytes(4096)
    store.write_bytes(data)


def broken_card(app: App) -> tuple[StartPage, BrokenCard]:
    """The visit is closed and its store spoilt; what the list says of it then."""
    app.session.close_visit()
    damage(app.session.home)
    page = start_page(app)
    page.refresh(None)
    broken = first_in(page.visits_box)
    assert isinstance(broken, BrokenCard)
    return page, broken


def test_a_visit_is_opened_from_the_list(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, visit=False)
    page = start_page(app)
    card = page.start_focus()
    assert isinstance(card, CardButton)
    app.keys(card, Qt.Key.Key_Space)
    assert app.visit.me == "R2"


def test_a_backup_comes_back_as_a_visit(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    copy = tmp_path / "copy.rvbackup"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([copy])
    app.window.actions_.backup.trigger()
    app.settle()
    assert copy.exists()
    other = empty(program)
    form = cast(RestoreBackup, start_page(other, "restore").views["restore"])
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([copy])
    other.keys(form.drop.button, Qt.Key.Key_Space)
    other.keys(form.passphrase, "wrong one", Qt.Key.Key_Return)
    other.settle()
    assert form.field.error.isVisible()
    form.passphrase.clear()
    other.keys(form.passphrase, PASSPHRASE, Qt.Key.Key_Return)
    other.settle()
    assert other.visit.state.info == app.visit.state.info


def test_nothing_is_restored_while_words_a_full_disk_refused_are_on_the_screen(
    program: Opener, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, copy = program(homes.reviewer), tmp_path / "copy.rvbackup"
    app.visit.backup(copy)
    note = cast(StandardsPage, app.go("standards", {"standard": "47"})).detail.note

    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    with monkeypatch.context() as patched:
        patched.setattr(app.visit._store.drafts, "save", full)
        app.keys(note, "precious")
        form = restore_form(app, copy)
        app.keys(form.passphrase, PASSPHRASE, Qt.Key.Key_Return)
        app.settle()
        assert "some text is not saved, so the visit stays open" in form.error.label.text().lower()
        assert note.toPlainText() == "precious" and app.session.visit is not None
        assert app.session.laptop is not None and app.session.laptop.moved_aside() == []
    app.keys(form.passphrase, Qt.Key.Key_Return)
    app.settle()
    (kept,) = app.session.laptop.moved_aside()
    assert str(kept) in form.kept.text(), "with room again it is restored, and what was here is put aside"


def test_a_visit_that_another_program_has_open_is_not_restored(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app, copy = program(homes.reviewer), tmp_path / "copy.rvbackup"
    app.visit.backup(copy)
    other = program(app.session.home, visit=False, copy=False)
    form = restore_form(other, copy)
    other.keys(form.passphrase, PASSPHRASE, Qt.Key.Key_Return)
    other.settle()
    assert (
        "open in another window or program" in form.error.label.text()
        and "close it there" in form.error.label.text().lower()
    )
    app.visit.record(Rating(standard="47", value="met"))
    app.session.close_visit()
    other.keys(form.passphrase, Qt.Key.Key_Return)
    other.settle()
    assert other.session.laptop is not None
    assert len(other.session.laptop.moved_aside()) == 1, "closed there, it can be restored here"


def restore_form(app: App, copy: Path) -> RestoreBackup:
    """The form to restore a backup, with this file chosen."""
    form = cast(RestoreBackup, start_page(app, "restore").views["restore"])
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([copy])
    app.keys(form.drop.button, Qt.Key.Key_Space)
    return form


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_beside_a_visit_opens_with_the_keyboard(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, visit=False)
    card = first_in(start_page(app).visits_box)
    assert isinstance(card, VisitCard)
    app.keys(card.more, Qt.Key.Key_Space)
    assert card.menu.isVisible()
    assert card.menu.activeAction() is card.actions_["look"]
    assert "Example Crisis" in card.more.accessibleName()
    card.menu.close()


def test_checking_a_visit_says_of_each_part_that_it_is_in_order(program: Opener, homes: Homes) -> None:
    for open_now in (False, True):
        app = program(homes.lead, visit=open_now)
        page = ask(app, "look")
        form = cast(CheckVisit, page.views["look"])
        told = form.told.toPlainText()
        assert "Everything is in order" in told and "Damaged" not in told
        assert told.count("In order") == 7, "everything is looked at, also while the visit is open"
        assert not form.restore.isVisible()


def test_a_visit_that_will_not_open_says_why_and_comes_back_from_its_own_backup(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.visit.record(Rating(standard="47", value="met"))
    app.visit.back_up_now()
    page, broken = broken_card(app)
    app.keys(broken.look, Qt.Key.Key_Space)
    app.settle()
    form = cast(CheckVisit, page.views["look"])
    assert "Damaged" in form.told.toPlainText()
    app.keys(form.restore, Qt.Key.Key_Space)
    restore = cast(RestoreBackup, page.views["restore"])
    assert restore.own.isVisible()
    app.keys(first_in(restore._own_flow), Qt.Key.Key_Space)
    assert not restore.field.isVisible(), "its key lies beside the visit: no passphrase is asked for"
    app.keys(restore.button, Qt.Key.Key_Space)
    app.settle()
    assert app.session.laptop is not None
    (kept,) = app.session.laptop.moved_aside()
    assert str(kept) in restore.kept.text()
    app.keys(restore.open, Qt.Key.Key_Space)
    assert app.visit.state.ratings["47/R2"].value == "met"


def test_a_visit_that_is_not_open_is_backed_up(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.reviewer, visit=False)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "copy.rvbackup"])
    ask(app, "backup")
    assert (tmp_path / "copy.rvbackup").exists()
    assert "copy.rvbackup" in app.window.status.message.text()


def test_work_without_a_receipt_is_deleted_only_by_who_says_to_know(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer)
    app.visit.record(Rating(standard="47", value="met"))
    visit, elsewhere = app.visit.id, tmp_path / "back.rvreturn"
    app.visit.write_return(elsewhere)
    form = cast(DeleteVisit, ask(app, "delete").views["delete"])
    assert "has not confirmed" in form.warning.label.text()
    assert not form.button.isEnabled()
    app.keys(form.sure, Qt.Key.Key_Space)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([])
    app.keys(form.button, Qt.Key.Key_Space)
    assert app.visit.id == visit, "no certificate, no deleting"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "certificate.pdf"])
    app.keys(form.button, Qt.Key.Key_Space)
    app.settle()
    told = form.told.toPlainText()
    assert str(elsewhere) in told
    assert "certificate.json" in told
    assert "sticks" in told
    assert (tmp_path / "certificate.pdf").exists()
    assert not (app.session.home / "visits" / visit).exists()
    app.keys(form.back, Qt.Key.Key_Space)
    assert start_page(app).none_yet.isVisible()


def test_what_a_restore_put_aside_goes_when_the_visit_is_deleted(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.reviewer)
    copy = tmp_path / "copy.rvbackup"
    app.visit.backup(copy)
    app.session.close_visit()
    assert app.session.laptop is not None
    app.session.laptop.restore(copy, PASSPHRASE)
    (aside,) = app.session.laptop.moved_aside()
    form = cast(DeleteVisit, ask(app, "delete").views["delete"])
    form.sure.setChecked(True)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "certificate.pdf"])
    app.keys(form.button, Qt.Key.Key_Space)
    app.settle()
    assert form.after.isVisible() and not aside.exists()


def test_work_with_a_receipt_is_deleted_without_more_words(program: Opener, homes: Homes, tmp_path: Path) -> None:
    reviewer, lead = empty(program), program(homes.lead)
    assert reviewer.session.laptop is not None
    reviewer.session.open_visit(reviewer.session.laptop.import_pack(homes.pack, me="R3", phrase=PHRASE))
    reviewer.visit.record(Rating(standard="47", value="met"))
    back, receipt = tmp_path / "r.rvreturn", tmp_path / "r.rvreceipt"
    reviewer.visit.write_return(back)
    assert lead.visit.merge(back).reason is None
    lead.visit.write_receipt(receipt)
    assert reviewer.visit.merge(receipt).reason is None
    assert reviewer.visit.here.unreceipted() == 0
    form = cast(DeleteVisit, ask(reviewer, "delete").views["delete"])
    assert form.button.isEnabled() and not form.jottings.isVisible()
    assert not form.sure.isVisible()
    assert "has everything" in form.warning.label.text()


def test_a_backup_of_an_earlier_version_is_told_as_such_and_asks_for_the_passphrase_of_its_day(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.reviewer)
    visit = app.visit
    earlier = visit.back_up_now()
    rolling_backups.delete([earlier])
    visit.backup(earlier)  # as it was: with a key of its own
    form = cast(RestoreBackup, ask(app, "restore").views["restore"])
    app.keys(first_in(form._own_flow), Qt.Key.Key_Space)
    assert "An earlier version of the program made it" in form.file.text() and form.field.isVisible()


def test_the_lead_is_asked_about_work_that_nobody_else_is_known_to_hold(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Rating(standard="47", value="na"))
    app.session.close_visit()
    form = cast(DeleteVisit, ask(app, "delete").views["delete"])
    assert "may be nowhere else" in form.warning.label.text() and form.sure.isVisible()
    assert not form.button.isEnabled()


def test_the_lead_says_to_know_before_deleting(program: Opener, homes: Homes) -> None:
    app = program(homes.lead, visit=False)
    form = cast(DeleteVisit, ask(app, "delete").views["delete"])
    assert not form.button.isEnabled()
    form.sure.click()
    assert form.button.isEnabled()
    assert visit_of(app)


def test_a_visit_that_will_not_open_can_be_deleted_by_who_says_to_know(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer)
    visit = app.visit.id
    page, broken = broken_card(app)
    app.keys(broken.delete, Qt.Key.Key_Space)
    app.settle()
    form = cast(DeleteVisit, page.views["delete"])
    assert "destroyed unread" in form.warning.label.text()
    assert not form.button.isEnabled()
    app.keys(form.sure, Qt.Key.Key_Space)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "certificate.pdf"])
    app.keys(form.button, Qt.Key.Key_Space)
    app.settle()
    assert "A visit that would not open" in form.told.toPlainText()
    assert not (app.session.home / "visits" / visit).exists()


def test_private_jottings_are_told_before_they_are_destroyed(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.reviewer)
    app.visit.jottings.write(("standard", "47"), "mine alone")
    form = cast(DeleteVisit, ask(app, "delete").views["delete"])
    assert (
        form.jottings.isVisible()
        and form.jottings.text() == "1 private jotting is destroyed too. There is no other copy."
    )
    assert form.sure.isVisible() and not form.button.isEnabled()
    form.sure.setChecked(True)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "certificate.pdf"])
    app.keys(form.button, Qt.Key.Key_Space)
    app.settle()
    assert form.after.isVisible() and "mine alone" not in form.told.toPlainText()


def test_a_card_tells_how_far_the_visit_is(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    of = len(app.visit.state.instrument.standards)
    meeting.open_meeting(app.visit)
    app.visit.record(*(Agreed(standard=number, value="met") for number in ("1", "47")))
    agreed = sum(1 for one in app.visit.state.agreed.values() if one.value is not None)
    card = first_in(start_page(app).visits_box)
    assert isinstance(card, VisitCard)
    (bar,) = card.card.findChildren(QProgressBar)
    assert (bar.value(), bar.maximum()) == (agreed, of)
    assert f"{agreed} of {of} agreed" in card.card.accessibleDescription()


def test_before_anything_is_agreed_a_card_tells_what_its_person_has_rated(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    of = len(app.visit.state.instrument.standards)
    app.visit.record(
        *(Rating(standard=number, value="met") for number in ("1", "47")), Rating(standard="1", value=None)
    )
    card = first_in(start_page(app).visits_box)
    assert isinstance(card, VisitCard)
    assert f"1 of {of} rated by you" in card.card.accessibleDescription()
    assert f"You are {person(app.visit.state.people, app.visit.me)}." in card.card.accessibleDescription()
    assert card.card.findChildren(QProgressBar)[0].value() == 1


@pytest.mark.parametrize("name", ["new", "take", "write_pack", "restore", "look", "delete", "teams", "network_new"])
def test_a_form_has_the_keyboard_and_escape_returns_to_what_opened_it(program: Opener, homes: Homes, name: str) -> None:
    app = program(homes.lead)
    page = start_page(app)
    opened_from = page.restore
    focus(opened_from)
    page.reveal({"view": name, "visit": visit_of(app) if name in ("look", "delete") else ""})
    app.settle()
    here = app.window.focusWidget()
    assert here is not None and page.views[name].isAncestorOf(here)
    app.keys(here, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.home
    assert app.window.focusWidget() is opened_from


def test_a_visit_in_a_series_is_listed_with_its_round_and_the_day_it_was_held(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Round(id="this", label="6 months", planned="2027-05-04", held="2027-05-11"))
    card = first_in(start_page(app).visits_box)
    assert isinstance(card, VisitCard)
    assert "6 months, 11 May 2027. You are" in card.card.accessibleName() + card.card.accessibleDescription()
