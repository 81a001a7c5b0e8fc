"""Start: every way to get a visit onto this laptop, by keyboard, with mistakes said beside the field."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt

import ui.widgets.file_dialogs
from reviewapp.figures.series import series_of
from reviewapp.instruments.exporting import export_instrument
from reviewapp.instruments.importing.read import read_standards
from reviewapp.instruments.library import builtin
from reviewapp.workspace.laptop import Laptop
from tests.core.spreadsheets.book_building import book, saved
from tests.ui.access.checks import out_of_order
from tests.ui.access.keys import back_round, go_round
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.pack import TakePack, WritePack
from ui.pages.start.page import StartPage


def start_page(app: App, view: str = "") -> StartPage:
    return cast(StartPage, app.go("start", {"view": view} if view else None))


def empty(program: Opener) -> App:
    """A laptop with a passphrase and no visits."""
    app = program(None, unlocked=False)
    laptop, _ = Laptop.create(app.session.home, PASSPHRASE)
    app.session.adopt(laptop)
    return app


def test_an_empty_laptop_says_how_to_begin(program: Opener) -> None:
    page = start_page(empty(program))
    assert page.none_yet.isVisible()
    assert page.start_focus() is page.new


def test_a_new_visit_is_made_with_the_keyboard_alone(program: Opener) -> None:
    app = empty(program)
    page = start_page(app)
    app.keys(page.new, Qt.Key.Key_Space)
    form = cast(NewVisit, page.views["new"])
    assert form.isVisible()
    app.keys(form.service, "Northern Crisis Team")
    app.keys(form.organisation, "Example Trust")
    app.keys(form.make, Qt.Key.Key_Space)
    info = app.visit.state.info
    assert (info.service, info.organisation, info.kind) == ("Northern Crisis Team", "Example Trust", "accreditation")
    assert [(p.key, p.role) for p in app.visit.state.people.values()] == [
        ("L1", "lead"),
        ("R2", "clinician"),
        ("R3", "clinician"),
        ("R4", "patient_rep"),
    ]
    assert app.window.header.service.text() == "Northern Crisis Team"


def test_escape_and_start_leave_a_form_and_keep_what_is_in_it(program: Opener) -> None:
    app = empty(program)
    page = start_page(app, "new")
    form = cast(NewVisit, page.views["new"])
    app.keys(form.service, "Northern Crisis Team", Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.home
    page.new.click()
    assert page.stack.currentWidget() is form
    assert form.service.text() == "Northern Crisis Team"
    nav = app.window.nav.list
    place = nav.visualRect(nav.currentIndex()).center()
    app.qtbot.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.stack.currentWidget() is page.home
    page.new.click()
    assert form.service.text() == "Northern Crisis Team"
    app.window.actions_.pages["start"].trigger()
    assert page.stack.currentWidget() is page.home
    page.new.click()
    form.left.emit()
    page.new.click()
    assert form.service.text() == "", "Back is done with it"


def test_mistakes_in_the_form_are_said_beside_the_field(program: Opener) -> None:
    app = empty(program)
    page = start_page(app, "new")
    form = cast(NewVisit, page.views["new"])
    app.keys(form.make, Qt.Key.Key_Space)
    assert "service" in form.fields["service"].error.label.text()
    app.keys(form.service, "S")
    app.keys(form.organisation, "O")
    form.team.people[1].code.setText("L1")
    app.keys(form.make, Qt.Key.Key_Space)
    assert not form.fields["service"].error.isVisible()
    assert "same code" in form.team.error.label.text()
    assert app.session.visit is None


def test_a_mistake_out_of_sight_is_brought_into_view_and_goes_when_it_is_mended(program: Opener) -> None:
    app = empty(program)
    app.window.resize(1024, 700)
    form = cast(NewVisit, start_page(app, "new").views["new"])
    app.keys(form.service, "Northern Crisis Team")
    form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
    error = form.fields["organisation"].error
    app.keys(form.make, Qt.Key.Key_Space)
    app.qtbot.waitUntil(lambda: not error.visibleRegion().isEmpty())
    assert form.organisation.hasFocus()
    app.keys(form.organisation, "E")
    assert not error.isVisible()


def test_the_day_of_the_week_stands_beneath_the_day(program: Opener) -> None:
    form = cast(NewVisit, start_page(empty(program), "new").views["new"])
    hint = form.fields["date"].hint
    assert hint.text().endswith(", today")
    form.date.set_value("2026-05-12")
    assert hint.isVisible() and hint.text() == "Tuesday" == form.date.accessibleDescription()


def test_the_lead_of_a_new_visit_is_who_makes_it(program: Opener) -> None:
    form = cast(NewVisit, start_page(empty(program), "new").views["new"])
    lead, *others = form.team.people
    assert not lead.remove.isEnabled() and not lead.role.isEnabled()
    assert all(one.role.findData("lead") < 0 and one.remove.isEnabled() for one in others)


def test_up_and_down_go_from_card_to_card(program: Opener, homes: Homes) -> None:
    app = program(homes.lead, visit=False)
    page = start_page(app)
    first = page.start_focus()
    assert first is not None
    app.keys(first, Qt.Key.Key_Down)
    assert page.new.hasFocus()
    app.keys(page.new, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_people_are_added_and_removed(program: Opener) -> None:
    app = empty(program)
    form = cast(NewVisit, start_page(app, "new").views["new"])
    app.keys(form.team.add_person, Qt.Key.Key_Space)
    assert [p.code.text() for p in form.team.people] == ["L1", "R2", "R3", "R4", "R5"]
    app.keys(form.team.people[2].remove, Qt.Key.Key_Space)
    assert [p.code.text() for p in form.team.people] == ["L1", "R2", "R4", "R5"]


def look_inside(app: App, form: TakePack, pack: Path, phrase: str) -> None:
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([pack])
    app.keys(form.drop.button, Qt.Key.Key_Space)
    app.keys(form.phrase, phrase, Qt.Key.Key_Return)
    app.settle()


def test_a_visit_pack_is_taken_with_the_six_words(program: Opener, homes: Homes) -> None:
    app = empty(program)
    form = cast(TakePack, start_page(app, "take").views["take"])
    look_inside(app, form, homes.pack, "wrong words entirely for this pack")
    assert "six words do not open" in form.phrase_field.error.label.text()
    look_inside(app, form, homes.pack, " more")
    assert "7 words. Enter all six" in form.phrase_field.error.label.text(), "what was typed stays, to be put right"
    form.phrase.clear()
    look_inside(app, form, homes.pack, f" {PHRASE.upper()} ")
    choices = {b.property("code"): b for b in form.group.buttons()}
    assert set(choices) == {"L1", "R2", "R3", "R4"}
    assert choices["R2"].text() == "R2, clinician", "nobody is named in the sample"
    assert not form.start.isEnabled()
    app.keys(choices["L1"], Qt.Key.Key_Space)
    assert "second laptop" in form.second.text() and form.second.isVisible()
    app.keys(choices["R3"], Qt.Key.Key_Space)
    assert not form.second.isVisible()
    app.keys(choices["R3"], Qt.Key.Key_Tab)
    assert app.window.focusWidget() is form.start, "Tab goes on where one works next"
    app.keys(form.start, Qt.Key.Key_Space)
    app.settle()
    assert app.visit.me == "R3"
    assert app.page.TITLE != "Start"
    form = cast(TakePack, start_page(app, "take").views["take"])
    look_inside(app, form, homes.pack, PHRASE)
    again = form.group.checkedButton()
    assert again is not None and again.property("code") == "R3", "a newer pack of a visit that is here already"
    assert form.start.isEnabled()


def test_tab_goes_through_joining_a_visit_as_one_reads(program: Opener, homes: Homes) -> None:
    app = empty(program)
    form = cast(TakePack, start_page(app, "take").views["take"])
    app.window.resize(1366, 768)
    look_inside(app, form, homes.pack, PHRASE)
    choices = {b.property("code"): b for b in form.group.buttons()}
    app.keys(choices["L1"], Qt.Key.Key_End)
    app.keys(choices["R4"], Qt.Key.Key_Space)
    first = form.drop.button
    went = go_round(first)
    stops = [stop for stop in went.stops if form.isAncestorOf(stop)]
    shown = form.phrase_field.show_words
    assert stops == [form.drop.button, form.phrase, shown, form.look, choices["R4"], form.start, form.back]
    assert out_of_order(stops) == went.traps == back_round(first, went.stops) == []


def test_a_file_that_is_no_pack_is_refused_beside_the_file(program: Opener, tmp_path: Path) -> None:
    app = empty(program)
    form = cast(TakePack, start_page(app, "take").views["take"])
    (tmp_path / "letter.txt").write_text("hello")
    look_inside(app, form, tmp_path / "letter.txt", PHRASE)
    assert form.file_error.isVisible()
    assert form.look.isEnabled()


def test_a_pack_with_a_weak_phrase_is_taken_and_told_and_its_phrase_forgotten(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    lead, pack = program(homes.lead), tmp_path / "weak.rvpack"
    lead.visit.write_visit_pack(pack, "the the the the")
    app = empty(program)
    form = cast(TakePack, start_page(app, "take").views["take"])
    look_inside(app, form, pack, "the the the the")
    app.keys({b.property("code"): b for b in form.group.buttons()}["R3"], Qt.Key.Key_Space)
    app.keys(form.start, Qt.Key.Key_Space)
    app.settle()
    assert app.visit.me == "R3"
    assert "words of this pack are weak: it repeats itself" in app.window.status.message.text()
    assert form.phrase.text() == "" and not form.phrase.isUndoAvailable()


def test_the_pack_the_lead_writes_opens_elsewhere(program: Opener, homes: Homes, tmp_path: Path) -> None:
    lead = program(homes.lead)
    form = cast(WritePack, start_page(lead, "write_pack").views["write_pack"])
    path = tmp_path / "out.rvpack"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    lead.keys(form.part.write, Qt.Key.Key_Space)
    lead.settle()
    words = form.part.panel.words.text()
    assert "out.rvpack" in form.part.panel.saved.text()
    other = empty(program)
    take = cast(TakePack, start_page(other, "take").views["take"])
    look_inside(other, take, path, words)
    assert take.who.isVisible()
    told, there = form.part.fingerprint, take.fingerprint
    assert told.words.text() == there.words.text() == lead.visit.laptops.visit_words(), (
        "the same four words on both screens"
    )
    assert told.isVisible() and there.isVisible() and "changed on the way" in there.note.text()


def test_only_the_lead_writes_a_visit_pack(program: Opener, homes: Homes) -> None:
    assert start_page(program(homes.lead)).pack.isVisible()
    assert not start_page(program(homes.reviewer)).pack.isVisible()


def test_the_sample_is_played_into_this_laptop(program: Opener) -> None:
    app = empty(program)
    page = start_page(app)
    app.keys(page.sample, Qt.Key.Key_Space)
    app.settle()
    assert len(app.visit.state.instrument.standards) == 44
    assert app.visit.state.agreed
    assert not list(app.session.home.glob(".sample-*"))


def test_the_programme_is_played_into_this_laptop_with_every_round_and_opened_again_after(program: Opener) -> None:
    app = empty(program)
    page = start_page(app)
    app.keys(page.programme, Qt.Key.Key_Space)
    app.settle()
    assert app.session.laptop is not None and len(app.session.laptop.visits()) == 3
    assert app.visit.state.instrument.scale.kind == "scored" and app.visit.is_lead
    assert [one.label for one in series_of(app.visit.state).rounds] == ["baseline", "6 months", "12 months"]
    assert not list(app.session.home.glob(".sample-*"))
    last = app.visit.id
    app.session.open_visit(app.session.laptop.visits()[-1].id)
    page = start_page(app)
    app.keys(page.programme, Qt.Key.Key_Space)
    assert app.visit.id == last and len(app.session.laptop.visits()) == 3


def import_file(app: App, form: NewVisit, path: Path) -> None:
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    app.keys(form.bring.choose, Qt.Key.Key_Space)
    app.settle()


def test_standards_from_a_file_are_shown_kept_and_chosen(program: Opener, tmp_path: Path) -> None:
    app = empty(program)
    assert app.session.laptop is not None
    source, target = app.session.laptop.library.all()[0], tmp_path / "wording_2026.csv"
    export_instrument(source, target)
    target.write_bytes(target.read_bytes().replace(b"guidance", b"hints", 1))
    form = cast(NewVisit, start_page(app, "new").views["new"])
    import_file(app, form, target)
    told = form.bring.told.toPlainText()
    assert "44 standards" in told
    assert "24 of type 1, 19 of type 2, 1 of type 3" in told
    assert "'hints' is not known and was not read" in told
    assert form.bring.title.text() == "wording 2026"
    form.bring.title.clear()
    app.keys(form.bring.title, "Official wording, 5th edition", Qt.Key.Key_Return)
    app.settle()
    assert "part of a larger set" in form.bring.told.toPlainText()
    assert form.instrument.currentText() == "Official wording, 5th edition"
    app.keys(form.service, "S")
    app.keys(form.organisation, "O", Qt.Key.Key_Return)
    app.keys(form.make, Qt.Key.Key_Space)
    assert app.visit.state.instrument.id == "official-wording-5th-edition"


def test_a_second_set_of_the_same_name_gets_a_place_of_its_own(program: Opener, tmp_path: Path) -> None:
    app = empty(program)
    assert app.session.laptop is not None
    library = app.session.laptop.library
    form = cast(NewVisit, start_page(app, "new").views["new"])
    for number in range(2):
        path = tmp_path / f"{number}" / "wording.csv"
        path.parent.mkdir()
        export_instrument(library.all()[0], path)
        if number:
            path.write_bytes(path.read_bytes().replace(b"The team", b"Each team"))
        import_file(app, form, path)
        app.keys(form.bring.take, Qt.Key.Key_Space)
        app.settle()
    assert {i.id for i in library.all()} - {i.id for i in builtin()} == {"wording", "wording-2"}
    assert form.instrument.currentData() == "wording-2"


def test_the_sheets_that_hold_the_standards_are_chosen_where_that_is_not_certain(
    program: Opener, tmp_path: Path
) -> None:
    app = empty(program)
    form = cast(NewVisit, start_page(app, "new").views["new"])
    head = ["number", "type", "section", "statement"]
    made = book(Access=[head, ["1", "1", "Access", "A door."]], Old=[head, ["2", "1", "Access", "A bell."]])
    made["Old"].sheet_state = "hidden"
    import_file(app, form, saved(made, tmp_path / "standards.xlsx"))
    asked = form.bring
    assert asked.sheets.isVisible() and not asked.take.isVisible()
    assert asked.sheets.ticked() == {"sAccess"}
    app.keys(asked.read_sheets, Qt.Key.Key_Space)
    app.settle()
    assert asked.take.isVisible() and not asked.sheets.isVisible()
    app.keys(asked.take, Qt.Key.Key_Space)
    app.settle()
    assert app.session.laptop is not None
    assert [s.number for s in app.session.laptop.library.all()[-1].standards] == ["1"]


def test_a_file_without_standards_is_refused_where_it_was_chosen(program: Opener, tmp_path: Path) -> None:
    app = empty(program)
    form = cast(NewVisit, start_page(app, "new").views["new"])
    (tmp_path / "letter.txt").write_text("hello")
    import_file(app, form, tmp_path / "letter.txt")
    assert "letter.txt" in form.bring.error.label.text()
    assert not form.bring.card.isVisible()
    assert form.bring.choose.isEnabled()


def test_the_standards_of_a_visit_leave_as_a_spreadsheet(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    path = tmp_path / "standards.xlsx"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    app.window.actions_.export.trigger()
    app.settle()
    assert len(read_standards(path).standards) == 44
    assert "standards.xlsx" in app.window.status.message.text()


def test_a_new_visit_says_that_its_standards_are_superseded_and_by_what(program: Opener, tmp_path: Path) -> None:
    app = empty(program)
    form = cast(NewVisit, start_page(app, "new").views["new"])
    hint = form.fields["instrument"].hint
    assert hint.text().startswith("Replaced by the 5th edition (June 2022).") and hint.isVisible()
    assert form.instrument.accessibleDescription() == hint.text()
    assert app.session.laptop is not None
    export_instrument(app.session.laptop.library.all()[0], tmp_path / "newer.csv")
    import_file(app, form, tmp_path / "newer.csv")
    form.bring.title.clear()
    app.keys(form.bring.title, "Newer wording, 5th edition", Qt.Key.Key_Return)
    app.settle()
    assert form.instrument.currentText() == "Newer wording, 5th edition"
    assert hint.text() == "What the service is measured against"
    form.instrument.setCurrentIndex(0)
    assert hint.text().startswith("Replaced by")
