"""A network's set on the screen: made, joined, looked at, written for, and its report saved."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt

import ui.widgets.file_dialogs
from reviewapp.demo.network import NetworkDemo, play_network
from reviewapp.national.model import Notice
from reviewapp.national.network_key import read_network_key
from reviewapp.national.networks import Networks
from reviewapp.national.sealed import write_notice
from reviewapp.store import signing
from tests.ui.fit import rest, use_screen, whole
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from ui.app.opened_file import place_for
from ui.pages.start.network.delete import DeleteSet
from ui.pages.start.network.new_set import NewSet
from ui.pages.start.network.view import NetworkView
from ui.pages.start.page import StartPage
from ui.pages.start.restore import RestoreBackup


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> NetworkDemo:
    return play_network(tmp_path_factory.mktemp("network") / "demo", passphrase=PASSPHRASE, progress=lambda _: None)


def opened(app: App) -> NetworkView:
    page = cast(StartPage, app.go("start", {"view": "list"}))
    app.keys(page.sets.cards[0], Qt.Key.Key_Space)
    app.settle()
    return cast(NetworkView, page.views["network"])


def tab(app: App, view: NetworkView, name: str) -> None:
    app.qtbot.mouseClick(view.tabs[name], Qt.MouseButton.LeftButton)
    app.settle()
    app.settle()


def test_start_lists_the_sets_beside_the_visits_only_where_there_are_any(
    program: Opener, homes: Homes, office: NetworkDemo
) -> None:
    page = cast(StartPage, program(homes.lead).go("start", {"view": "list"}))
    assert not page.sets.isVisible()
    page = cast(StartPage, program(office.home, visit=False).go("start", {"view": "list"}))
    assert page.sets.isVisible()
    assert page.sets.cards[0].text_.text().startswith("29 reviews count, of 29 extracts.")


def test_who_has_sent_is_listed_and_a_visit_is_set_aside_with_a_reason_and_counted_again(
    program: Opener, office: NetworkDemo
) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    assert view.sent.summary.text() == "29 teams count in the cycle 2021"
    assert view.sent.drop.height() < 2 * view.sent.drop.button.height(), "the list needs the room"
    view.sent.list.choose("3")
    app.qtbot.mouseClick(view.sent.aside, Qt.MouseButton.LeftButton)
    assert view.sent.reason_field.error.isVisible()
    app.keys(view.sent.reason, "the team asked")
    app.qtbot.mouseClick(view.sent.aside, Qt.MouseButton.LeftButton)
    app.settle()
    assert view.sent.summary.text() == "28 teams count in the cycle 2021; 1 extract does not count"
    row = next(one for one in view.sent.list.told.rows if one.key == "3")
    assert (row.pill, row.detail) == ("Does not count", "set aside by the office: the team asked")
    view.sent.list.choose("3")
    app.qtbot.mouseClick(view.sent.again, Qt.MouseButton.LeftButton)
    app.settle()
    assert view.sent.summary.text() == "29 teams count in the cycle 2021"


def test_a_set_opens_at_its_name_and_its_views_take_turns_without_moving_their_buttons(
    program: Opener, office: NetworkDemo
) -> None:
    app = program(office.home, visit=False)
    use_screen(app, 100)
    view = opened(app)
    rest()
    assert whole(view.title) and whole(view.back)
    for name in ("pictures", "passages", "sent"):
        tab(app, view, name)
        assert whole(view.title) and whole(view.tabs[name]), "the next press is on the same line"


def test_joining_says_what_became_of_each_file(
    program: Opener, office: NetworkDemo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    nothing = tmp_path / "holiday.jpg"
    nothing.write_bytes(b"no extract")
    files = [office.home.parent.parent / "extracts" / "T05.extract", nothing]
    monkeypatch.setattr(ui.widgets.file_dialogs, "NEXT_ANSWERS", [files])
    app.qtbot.mouseClick(view.sent.drop.button, Qt.MouseButton.LeftButton)
    app.settle()
    assert view.sent.told_title.text() == "What would happen to each file"
    assert [row.pill for row in view.sent.receipts.told.rows] == ["Already here", "Refused"]
    assert not view.sent.join.isEnabled()
    assert "is not an extract of a visit" in view.sent.receipts.told.rows[1].detail


def test_words_that_a_laptop_without_the_right_asked_for_are_decided_here(
    program: Opener, office: NetworkDemo, tmp_path: Path
) -> None:
    key = read_network_key(office.home.parent.parent / "example.network-key")
    notice = tmp_path / "notice.extract"
    said = Notice(visit=f"{9:016x}", records=("quote/Q2/R2",))
    write_notice(notice, said, network=key, private=signing.new_private_key())
    app = program(office.home, visit=False)
    view = opened(app)
    view.sent.files.emit([notice])
    app.settle()
    assert not view.sent.asked_card.isVisible()
    app.qtbot.mouseClick(view.sent.join, Qt.MouseButton.LeftButton)
    app.settle()
    assert view.sent.told_title.text() == "What happened to each file"
    assert [row.title for row in view.sent.asked.told.rows] == ["quote/Q2/R2"]
    view.sent.asked.choose(f"{9:016x} quote/Q2/R2")
    app.qtbot.mouseClick(view.sent.take_out, Qt.MouseButton.LeftButton)
    app.settle()
    assert not view.sent.asked_card.isVisible()


def test_teams_that_are_to_send_and_have_not_are_named(program: Opener, office: NetworkDemo) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    assert not view.sent.missing.isVisible()
    app.keys(view.sent.expected, "T05, T31 T30", Qt.Key.Key_Return)
    app.settle()
    assert view.sent.missing.text() == "Not counted yet: T30, T31"


def test_a_file_that_is_opened_with_the_program_is_joined_in_the_set_it_is_sealed_to(
    program: Opener, office: NetworkDemo
) -> None:
    path = office.home.parent.parent / "extracts" / "T05.extract"
    assert place_for(path, office.home) == {"page": "start", "view": "network", "file": str(path)}
    app = program(office.home, visit=False)
    page = cast(StartPage, app.go("start", place_for(path, office.home)))
    for _round in range(3):
        app.settle()
    view = cast(NetworkView, page.views["network"])
    assert [row.pill for row in view.sent.receipts.told.rows] == ["Already here"]


def test_a_file_for_another_network_leads_to_the_list_and_says_so(
    program: Opener, homes: Homes, office: NetworkDemo
) -> None:
    path = office.home.parent.parent / "extracts" / "T05.extract"
    app = program(homes.lead)
    page = cast(StartPage, app.go("start", place_for(path, homes.lead)))
    app.settle()
    assert page.stack.currentWidget() is page.home
    assert "was made for a network that has no set on this laptop" in page.error.label.text()


def test_pictures_show_every_team_as_a_dot_in_the_order_of_codes_and_what_is_behind_a_row_by_keys(
    program: Opener, office: NetworkDemo
) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    tab(app, view, "pictures")
    rows = view.pictures.model.rows[1:]
    assert [row.label for row in rows] == [f"Team T{n:02}" for n in range(1, 30)]
    assert rows[0].note == "42 of 44 · 95%"
    assert view.pictures.about.text().startswith("Shaded: half of the teams, between 70% and 86%")
    app.keys(view.pictures.table, Qt.Key.Key_Down, Qt.Key.Key_Return)
    app.settle()
    assert view.pictures.behind_title.text() == "Team T02"
    behind = view.pictures.behind_list.told.rows
    assert [row.pill for row in behind[:3]] == ["Not met"] * 3
    assert view.pictures.behind_list.hasFocus()


def test_a_standard_shows_which_teams_do_not_meet_it(program: Opener, office: NetworkDemo) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    tab(app, view, "pictures")
    view.pictures.what.setCurrentIndex(view.pictures.what.findData("standards Service provision and structure"))
    assert view.pictures.model.rows[1].note == "23 of 29 · 79%"
    view.pictures.asked.emit("standard 47")
    app.settle()
    first = view.pictures.behind_list.told.rows[0]
    assert (first.title, first.pill) == ("Team T02", "Not met")


def test_what_has_no_value_stands_last_in_either_order(program: Opener, office: NetworkDemo) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    tab(app, view, "pictures")
    view.pictures.order.setCurrentIndex(1)
    values = [row.value or 0 for row in view.pictures.model.rows[1:]]
    assert values == sorted(values)


def test_a_passage_is_saved_when_another_place_is_chosen(program: Opener, office: NetworkDemo) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    tab(app, view, "passages")
    view.passages.list.choose("key findings")
    app.keys(view.passages.edit, "Overall the teams met 74 % of the standards.")
    view.passages.list.choose("preface")
    app.settle()
    assert view.passages.edit.toPlainText() == ""
    view.passages.list.choose("key findings")
    assert view.passages.edit.toPlainText() == "Overall the teams met 74 % of the standards."
    tab(app, view, "report")
    whys = [row.title for row in view.report.findings.told.rows]
    assert {row.pill for row in view.report.findings.told.rows} <= {"Stop", "Check", "Note", "Accepted"}, (
        "as in a visit"
    )
    assert any(why.startswith("It prints 74 % for all standards; the sections give 77%") for why in whys)


def test_the_report_is_looked_at_and_saved_for_everybody_and_for_one_team(
    program: Opener, office: NetworkDemo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    tab(app, view, "report")
    assert view.report.pages.pages > 20
    view.report.copy.setCurrentIndex(view.report.copy.findData("T07"))
    app.settle()
    answers = [[tmp_path / "t07.pdf"], [tmp_path / "tables.xlsx"]]
    monkeypatch.setattr(ui.widgets.file_dialogs, "NEXT_ANSWERS", answers)
    for suffix in ("pdf", "xlsx"):
        app.qtbot.mouseClick(view.report.buttons[suffix], Qt.MouseButton.LeftButton)
        app.settle()
    assert (tmp_path / "t07.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "tables.xlsx").read_bytes().startswith(b"PK")
    assert str(tmp_path / "tables.xlsx") in words_on(view.report.saved)


def test_a_set_is_made_and_its_key_file_saved(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = cast(StartPage, app.go("start", {"view": "list"}))
    app.keys(page.network, Qt.Key.Key_Space)
    form = cast(NewSet, page.views["network_new"])
    app.keys(form.name, "Crisis teams", Qt.Key.Key_Return)
    app.settle()
    app.settle()
    view = cast(NetworkView, page.views["network"])
    assert view.title.text() == "Crisis teams"
    assert view.sent.none.isVisible()
    monkeypatch.setattr(ui.widgets.file_dialogs, "NEXT_ANSWERS", [[tmp_path / "x.network-key"]])
    app.qtbot.mouseClick(view.key, Qt.MouseButton.LeftButton)
    app.settle()
    assert read_network_key(tmp_path / "x.network-key").name == "Crisis teams"
    laptop = app.session.laptop
    assert laptop is not None
    assert [one.name for one in Networks(laptop.home).summaries()] == ["Crisis teams"]
    app.keys(view.back, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.home
    assert page.sets.isVisible()


def test_a_set_is_deleted_with_a_certificate_and_comes_back_from_a_backup(
    program: Opener, office: NetworkDemo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = program(office.home, visit=False)
    view = opened(app)
    answers = [[tmp_path / "x.reviewbackup"], [tmp_path / "certificate.json"]]
    monkeypatch.setattr(ui.widgets.file_dialogs, "NEXT_ANSWERS", answers)
    app.qtbot.mouseClick(view.backup, Qt.MouseButton.LeftButton)
    app.settle()
    app.qtbot.mouseClick(view.delete, Qt.MouseButton.LeftButton)
    page = cast(StartPage, app.page)
    form = cast(DeleteSet, page.stack.currentWidget())
    assert not form.button.isEnabled()
    form.sure.setChecked(True)
    app.qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    app.settle()
    assert (tmp_path / "certificate.json").is_file()
    assert not page.sets.isVisible()
    page = cast(StartPage, app.go("start", place_for(tmp_path / "x.reviewbackup", office.home)))
    restore = cast(RestoreBackup, page.stack.currentWidget())
    app.keys(restore.passphrase, PASSPHRASE, Qt.Key.Key_Return)
    for _round in range(3):
        app.settle()
    assert page.stack.currentWidget() is view
    assert view.sent.summary.text() == "29 teams count in the cycle 2021"


def test_the_same_name_twice_is_refused_beside_the_field(program: Opener, office: NetworkDemo) -> None:
    app = program(office.home, visit=False)
    page = cast(StartPage, app.go("start", {"view": "network_new"}))
    form = cast(NewSet, page.views["network_new"])
    app.keys(form.name, "example NETWORK 2021", Qt.Key.Key_Return)
    app.settle()
    assert form.name_field.error.isVisible()
    assert page.stack.currentWidget() is form
