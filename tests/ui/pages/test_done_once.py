"""Nothing is worked out or made more often than it has to be: what keeps a large visit quick."""

from __future__ import annotations

from collections import Counter
from typing import cast

from PySide6.QtWidgets import QApplication

from reviewapp.figures.audit import audit_figures
from reviewapp.figures.conversations import person_labels
from reviewapp.figures.ratings import peer_ratings
from reviewapp.visit import statements
from tests.ui.support import App, Homes, Opener
from ui.pages import PAGES
from ui.pages.interviews.page import InterviewsPage
from ui.pages.standards.page import StandardsPage

RESTS_ON_RATINGS = {"overview", "standards", "agree", "action_plan"}
WITHOUT_RATINGS = {"interviews", "case_notes"}


def walk(app: App) -> Counter[str]:
    """Every page, and how often each was shown anew on the way."""
    before = Counter(app.window.stack.turns)
    for entry in PAGES:
        app.go(entry.name)
        QApplication.processEvents()
    return app.window.stack.turns - before


def test_pages_seen_again_stay_as_they_are_while_nothing_changes(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    assert set(walk(app)) >= {entry.name for entry in PAGES} - {"overview"}
    assert walk(app) == Counter()


def test_a_rating_shows_only_those_pages_anew_that_rest_on_ratings(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    walk(app)
    app.visit.record(statements.Rating(standard="47", note="seen once more"))
    shown = set(walk(app))
    assert shown >= RESTS_ON_RATINGS
    assert not shown & WITHOUT_RATINGS


def test_a_record_that_was_read_leaves_the_page_of_interviews_as_it_is(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    walk(app)
    app.visit.record(statements.CaseNote(id="77"))
    shown = set(walk(app))
    assert "case_notes" in shown
    assert "interviews" not in shown


def test_a_change_of_everything_shows_every_page_anew(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    walk(app)
    app.go("start")
    app.session.bridge.reload("combining work")
    assert set(walk(app)) >= {entry.name for entry in PAGES} - {"start"}


def test_walking_through_the_pages_works_no_figure_out_again(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    walk(app)
    state = app.visit.state
    figures = [person_labels(state), audit_figures(state), peer_ratings(state)]
    walk(app)
    assert all(
        a is b for a, b in zip(figures, [person_labels(state), audit_figures(state), peer_ratings(state)], strict=True)
    )


def test_a_key_that_rates_leaves_figures_that_do_not_rest_on_ratings(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards"))
    state = app.visit.state
    names, cells, ratings = person_labels(state), audit_figures(state), peer_ratings(state)
    app.keys(page.list, "m")
    assert peer_ratings(state) is not ratings
    assert person_labels(state) is names and audit_figures(state) is cells


def test_my_own_rating_leaves_the_evidence_beside_it_as_it_is(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    written = page.detail.evidence.document().revision()
    app.keys(page.list, "m")
    assert page.detail.buttons.value() == "met"
    assert page.detail.evidence.document().revision() == written
    app.go("standards", {"standard": "54"})
    assert page.detail.evidence.document().revision() > written


def test_the_questions_of_a_group_are_made_once(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(InterviewsPage, app.go("interviews"))
    first = {rec.group: rec.key for rec in app.visit.state.interviews.values() if rec.person == app.visit.me}
    made = {}
    first = dict(list(first.items())[:2])
    assert len(first) == 2
    for group, key in first.items():
        app.go("interviews", {"interview": key})
        made[group] = dict(page.form.boxes)
    for group, key in first.items():
        app.go("interviews", {"interview": key})
        assert page.form.boxes == made[group]
        assert all(box.isVisibleTo(page.form) for box in page.form.boxes.values())
