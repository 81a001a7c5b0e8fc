"""A figure on the pages of the report is a click from what it rests on."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewapp.report.content.build import build
from reviewapp.report.json_export import report_json
from tests.core.report.building import TODAY, report
from tests.core.report.sampled import sample_report
from tests.ui.support import App, Homes, Opener, focus
from ui.pages import PAGES
from ui.pages.report.page import ReportPage
from ui.pages.shared.figure_links import Link, origin_of
from ui.pages.standards.page import StandardsPage

LONG_MS = 60_000


def figures_of(app: App, part: str) -> tuple[ReportPage, list[Link]]:
    """The report at one of its parts, and the figures on the pages that are drawn."""
    page = cast(ReportPage, app.go("report"))
    page.outline.choose(part)
    app.qtbot.waitUntil(lambda: page.pages.up_to_date and bool(page.pages.view._links), timeout=LONG_MS)
    return page, [link for links in page.pages.view._links.values() for link in links]


def click(page: ReportPage, link: Link) -> None:
    view = page.pages.view
    where = view._around(link).center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def test_a_share_by_type_opens_the_standards_of_that_type(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page, links = figures_of(app, "summary")
    share = next(link for link in links if link.path == "figures.by_type.2.met")
    held = build(app.visit.state, app.visit.status(), today=TODAY)
    printed = {number["from"]: number["text"] for number in report_json(held)["printed"]}
    assert share.words == printed["figures.by_type.2.met"]
    click(page, share)
    standards = cast(StandardsPage, app.page)
    assert standards.TITLE == "Standards"
    assert standards.type_box.currentData() == "2"


def test_with_the_keyboard_one_goes_from_figure_to_figure(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page, links = figures_of(app, "summary")
    view = page.pages.view
    focus(view)
    shown = view._shown_links()
    for _ in range(3):
        app.qtbot.keyClick(view, Qt.Key.Key_Right)
    app.qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view._link == shown[1]
    assert shown[1].words in view.accessibleDescription()
    origin = origin_of(shown[1].path)
    assert origin is not None
    app.qtbot.keyClick(view, Qt.Key.Key_Return)
    title = {"agree": "Agree", "standards": "Standards"}[origin[0]]
    assert title == app.page.TITLE
    assert links


@pytest.mark.parametrize("made", [report, sample_report])
def test_every_figure_leads_somewhere_but_those_published_elsewhere(made) -> None:
    known = {entry.name for entry in PAGES}
    for number in report_json(made())["printed"]:
        origin = origin_of(number["from"])
        if number["from"].startswith(("report.benchmark", "report.previous")):
            assert origin is None
        else:
            assert origin is not None and origin[0] in known, number["from"]


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("figures.by_section.A. B, and C.percent", ("standards", {"section": "A. B, and C"})),
        ("self_review.by_type.1.met", ("standards", {"type": "1"})),
        ("survey.carer.standards.36.1.percent", ("standards", {"standard": "36.1"})),
        ("survey.carer.respondents", ("overview", {})),
        ("audit.A1.percent", ("case_notes", {"item": "A1"})),
        ("report.rated_as.36.1.met", ("agree", {"standard": "36.1"})),
        ("report.compared_by_section.A. B.team", ("standards", {"section": "A. B"})),
        ("report.self_reviewed.36.1", ("standards", {"standard": "36.1"})),
        ("material.concerns", ("interviews", {})),
        ("nowhere", None),
    ],
)
def test_every_kind_of_figure_leads_to_the_page_it_comes_from(path: str, origin: object) -> None:
    assert origin_of(path) == origin
