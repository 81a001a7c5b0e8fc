"""What the status bar said is taken off when it is no longer so."""

from __future__ import annotations

from tests.ui.support import Homes, Opener


def test_an_error_goes_when_one_goes_to_another_page(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    message = app.window.status.message
    app.session.notify("the file was not imported", "not_met")
    assert message.text() == "The file was not imported"
    app.window.status._hide_timer.timeout.emit()
    app.session.notify("the file was not imported", "not_met")
    app.window.navigate("standards")
    assert message.text() == ""


def test_an_error_that_belongs_to_no_page_stays(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.session.hourly_backup.failed.emit("there is no room for a backup")
    app.window.navigate("standards")
    assert app.window.status.message.text() == "There is no room for a backup"
    assert app.window.status.message.property("kind") == "error"


def test_what_was_well_is_not_cut_short_by_a_page(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.session.notify("saved", "met")
    app.window.navigate("standards")
    assert app.window.status.message.text() == "Saved"
