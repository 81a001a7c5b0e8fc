"""Documents seen on Overview: begun with a title, dated as people write dates, and evidence at their standards."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt

from reviewapp.base.errors import Invalid
from reviewapp.visit.statements import DocumentSeen
from tests.ui.overview.support import opened
from tests.ui.support import App, focus
from ui.pages.shared.record_fields import FieldSpec, parse, written
from ui.pages.standards.page import StandardsPage

DATE = FieldSpec("date", "Date on it", "part_day")


def test_a_document_is_begun_with_its_title_and_tied_to_standards(before: App) -> None:
    page = opened(before)
    page.reveal({"card": "documents"})
    part = page.documents.open()
    assert part.begin_line is not None
    before.keys(part.begin_line.first.editor, "Operational policy", Qt.Key.Key_Return)
    for name, typed in (("date", "March 2026"), ("version", "4"), ("standards", "1, 47")):
        before.keys(part.form.fields[name].editor, typed, Qt.Key.Key_Return)
    focus(part.list)
    (one,) = before.visit.state.documents_seen.values()
    assert (one.title, one.date, one.version, one.standards) == ("Operational policy", "2026-03", "4", ("1", "47"))
    assert page.documents.note.text() == "1 document"


def test_a_standard_says_what_a_document_shows_and_who_saw_it_as_two_sentences(before: App) -> None:
    before.visit.record(DocumentSeen(id="D1", title="Minutes", standards=["1"], note="Patients came to four of six."))
    page = cast(StandardsPage, before.go("standards", {"standard": "1"}))
    before.settle()
    assert "Patients came to four of six. Seen by L1 (lead reviewer)" in page.detail.evidence.toPlainText()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2026", "2026"), ("03/2026", "2026-03"), ("march 2026", "2026-03"), ("17/3/2026", "2026-03-17"), ("", None)],
)
def test_the_date_of_a_document_is_typed_as_people_write_it(typed: str, meant: str | None) -> None:
    assert parse(DATE, typed) == meant
    assert parse(DATE, written(DATE, meant)) == meant


def test_what_is_no_date_is_refused_and_said(before: App) -> None:
    with pytest.raises(Invalid):
        parse(DATE, "last spring")
