"""Pictures show pages that have come to rest."""

from __future__ import annotations

from pathlib import Path

from tests.ui.support import Homes, Opener
from ui.app import screenshots
from ui.pages.shared.page_view import PageView


def test_the_screenshot_of_the_report_waits_for_its_pages(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = app.go("report")
    screenshots.wait_until_idle(app.window)
    (preview,) = page.findChildren(PageView)
    assert preview.pages > 0


def test_every_view_asked_for_has_a_screenshot_in_every_look(program: Opener, homes: Homes, tmp_path: Path) -> None:
    names = [name for name, _ in screenshots.views()]
    assert len(names) == len(set(names))
    app = program(homes.lead)
    assert screenshots.write_screenshots(app.window, tmp_path, frozenset(["start_delete", "gate_forgot"])) == 2 * len(
        screenshots.LOOKS
    )
    assert len(list(tmp_path.glob("*.png"))) == 2 * len(screenshots.LOOKS)
