"""Coders against coders and groups against groups: numbers with what they rest on, settled with a reason that stays."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewapp.figures.theme_agreement import coder_agreement
from reviewapp.visit.statements import Coding
from reviewapp.visit.themes import units
from reviewapp.workspace.meeting import open_meeting
from tests.ui.support import App, Homes, Opener, focus, words_on
from tests.ui.themes.support import coded_elsewhere, opened
from ui.pages.themes.coders import alpha_words
from ui.pages.themes.page import ThemesPage
from ui.widgets.full_height_table import WORDS


def coded_by_two(app: App, homes: Homes, folder: Path) -> list[str]:
    """Three quotes, coded by the lead and by R3, who differ on the last; the meeting is open."""
    keys = [unit.key for unit in units(app.visit.state) if unit.key.startswith("quote/")][:3]
    said = [["T1"], ["T2"], ["T1", "T3"]]
    coded_elsewhere(
        app,
        homes,
        folder,
        "R3",
        *(Coding(unit=k, themes=t) for k, t in zip(keys, [["T1"], ["T2"], ["T3"]], strict=True)),
    )
    app.visit.record(*(Coding(unit=k, themes=t) for k, t in zip(keys, said, strict=True)))
    return keys


def view(app: App, name: str) -> ThemesPage:
    page = opened(app)
    page.tabs[name].click()
    QApplication.processEvents()
    return page


def test_coders_are_not_compared_before_the_meeting(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    coded_by_two(app, homes, tmp_path)
    page = view(app, "coders")
    assert page.coders.blind.isVisible() and not page.coders.table.isVisible() and not page.coders.differ.isVisible()


def test_alpha_stands_with_its_n_and_each_difference_side_by_side(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    keys = coded_by_two(app, homes, tmp_path)
    open_meeting(app.visit)
    page = view(app, "coders")
    found = coder_agreement(app.visit.state)
    assert alpha_words(found.alpha) in page.coders.summary.text() and "n = 3" in page.coders.summary.text()
    assert [row.key for row in page.coders.list.told.rows] == [keys[2]]
    assert page.coders.sides.text().splitlines() == [
        "L1 (lead reviewer): Getting help, and how quickly, Flexible",
        "R3 (clinician): Flexible",
    ]
    assert page.coders.choice.ticked() == {"T3"}, "what all see"
    assert alpha_words(None) == "cannot be computed"


def test_the_lead_settles_with_a_reason_that_is_kept(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    unit = coded_by_two(app, homes, tmp_path)[2]
    open_meeting(app.visit)
    page = view(app, "coders")
    page.coders.settle.click()
    assert unit not in app.visit.state.agreed_codings and "reason" in app.window.status.message.text()
    app.keys(page.coders.reason, "Waiting is another matter")
    page.coders.settle.click()
    agreed = app.visit.state.agreed_codings[unit]
    assert agreed.themes == ("T3",) and agreed.reason == "Waiting is another matter"
    assert page.coders.said.text() == "Agreed: Flexible" and page.coders.again.isVisible()
    page.coders.again.click()
    agreed = app.visit.state.agreed_codings[unit]
    assert agreed.themes is None and agreed.reason, "the reason stays"


def test_everything_is_settled_by_keys_alone_one_after_the_other(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    keys = coded_by_two(app, homes, tmp_path)
    app.visit.record(Coding(unit=keys[0], themes=["T9"]), Coding(unit=keys[1], themes=[]))
    open_meeting(app.visit)
    coders = view(app, "coders").coders
    assert coders.start_focus() is coders.list
    first, second, third = [row.key for row in coders.list.told.rows]
    app.keys(coders.list, Qt.Key.Key_Return)
    assert coders.choice.hasFocus()
    assert coders.settle.text() == "Save: none fits", "that nothing is ticked is said before it is agreed"
    app.keys(coders.choice, Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert coders.settle.text() == "Save with 1 theme"
    assert coders.reason.hasFocus()
    app.keys(coders.reason, Qt.Key.Key_Escape)
    assert coders.list.hasFocus() and coders.list.chosen_key() == first
    for unit, after in ((first, second), (second, third), (third, third)):
        app.keys(coders.list, Qt.Key.Key_Return)
        app.keys(coders.choice, Qt.Key.Key_Return)
        app.keys(coders.reason, "We talked")
        QTest.keyClick(coders.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        agreed = app.visit.state.agreed_codings[unit]
        assert agreed.themes is not None and agreed.reason == "We talked"
        assert coders.list.hasFocus() and coders.list.chosen_key() == after
    assert "Nothing left to agree" in app.window.status.message.text()


def test_settling_without_a_reason_stays_and_says_so(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    unit = coded_by_two(app, homes, tmp_path)[2]
    open_meeting(app.visit)
    coders = view(app, "coders").coders
    focus(coders.list)
    QTest.keyClick(coders.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert unit not in app.visit.state.agreed_codings and coders.reason.hasFocus()


def test_a_cell_opens_the_words_behind_it_and_a_word_its_unit(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = next(one for one in units(app.visit.state) if one.key.startswith("quote/"))
    app.visit.record(Coding(unit=unit.key, themes=["T1"]))
    page = view(app, "groups")
    groups = page.groups
    assert "own codings" in groups.about.text()
    index = groups.table.words.index(0, 1)
    assert index.data(WORDS).title == "1 of 1"
    groups.table.setCurrentIndex(index)
    app.keys(groups.table, Qt.Key.Key_Return)
    assert [row.key for row in groups.words.told.rows] == [unit.key] and groups.words.hasFocus()
    app.qtbot.waitUntil(lambda: not groups.words.visibleRegion().isEmpty())
    app.keys(groups.words, Qt.Key.Key_Escape)
    assert groups.table.hasFocus() and groups.table.currentIndex() == index, "back to the cell"
    app.keys(groups.table, Qt.Key.Key_Return)
    groups.words.activated.emit(groups.words.currentIndex())
    assert page.view() == "code" and page.coding.list.chosen_key() == unit.key and page.coding.list.hasFocus()


def test_a_row_is_greyed_with_its_reason_where_coders_differ_more_than_groups(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    coded_by_two(app, homes, tmp_path)
    open_meeting(app.visit)
    page = view(app, "groups")
    told = {page.groups.table.key_at(i): cells for i, (__, cells) in enumerate(page.groups.table.words.rows)}
    assert told["T1"][0].dim and "at least as much" in told["T1"][0].note and "1 not agreed" in told["T1"][0].note
    assert "own codings" not in words_on(page.groups)
    focus(page.groups.table)
