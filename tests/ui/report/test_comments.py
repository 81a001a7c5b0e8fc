"""Comments made in the committee's Word come back on the page Report, beside the parts they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from docx import Document as open_word

import ui.widgets.file_dialogs
from reviewapp.base.dates import today
from reviewapp.report.content.build import build
from reviewapp.report.docx.ooxml import bookmark_name
from reviewapp.report.docx.render import docx_bytes
from reviewapp.workspace.seen_figures import seen_state, seen_status
from tests.ui.support import Homes, Opener
from ui.pages.report.page import ReportPage


def commented(page: ReportPage, folder: Path, **comments: str) -> Path:
    """A Word copy of the page's report with a comment on the heading of each part named."""
    path = folder / "draft.docx"
    path.write_bytes(docx_bytes(build(seen_state(page.visit), seen_status(page.visit), today=today())))
    word = open_word(str(path))
    for part, words in comments.items():
        name = bookmark_name(part)
        found = next(p for p in word.paragraphs if p._p.xpath(f'.//w:bookmarkStart[@w:name="{name}"]'))
        word.add_comment(found.runs, text=words, author="Example reader", initials="ER")
    word.save(str(path))
    return path


def test_comments_are_imported_listed_with_their_parts_and_dealt_with(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = cast(ReportPage, app.go("report"))
    path = commented(page, tmp_path, summary="Shorter, please", method="Who was asked?")
    page.outline.choose("comments")
    panel = page.afterwards.comments
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    panel.take.click()
    app.settle()
    assert "2 new comments" in panel.told.text()
    titles = " ".join(row.title for row in panel.listed.told.rows)
    assert "Summary" in titles and "How this review was done" in titles
    panel.listed.choose(next(one.id for one in page.state.report_comments.values() if one.part == "summary"))
    assert panel.words.text() == "Shorter, please"
    panel.go.click()
    assert page.outline.chosen_key() == "summary"
    page.outline.choose("comments")
    panel.done.click()
    app.settle()
    assert [one.done for one in page.state.report_comments.values() if one.part == "summary"] == [True]
    assert panel.width() <= page.writing.viewport().width(), "what the button then says cuts nothing off"
    page.visit.undo()
    page.visit.undo()
    assert not page.state.report_comments


def test_a_word_copy_dropped_on_any_page_is_imported_where_comments_are(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    path = commented(cast(ReportPage, app.go("report")), tmp_path, summary="Shorter, please")
    app.go("standards")
    app.window.dropped.look([path])
    app.settle()
    app.settle()
    page = cast(ReportPage, app.page)
    assert page.outline.chosen_key() == "comments"
    assert [row.detail for row in page.afterwards.comments.listed.told.rows] == ["Shorter, please"]


def test_a_word_file_that_is_no_copy_of_a_report_is_refused_where_it_was_dropped(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    before = app.go("standards")
    open_word().save(str(tmp_path / "minutes.docx"))
    app.window.dropped.look([tmp_path / "minutes.docx"])
    app.settle()
    assert app.page is before
    assert "minutes.docx is not a Word copy of a report" in app.window.dropped.label.text()


def test_a_file_that_is_no_copy_of_the_report_is_refused_beside_the_button(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = cast(ReportPage, app.go("report"))
    page.outline.choose("comments")
    path = tmp_path / "other.docx"
    open_word().save(str(path))
    page.afterwards.comments.import_file(path)
    app.settle()
    assert "not a Word copy of a report" in page.afterwards.comments.error.label.text()
