"""The documents that I saw, with their date and version, tied to standards; below them those that others saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.document_records import DocumentSeenRecord
from reviewapp.visit.labels import document_line, person, record_number
from reviewapp.visit.sorting import natural
from reviewapp.visit.statements import DocumentSeen
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_section import RecordSection, SectionSpec
from ui.widgets import Text
from ui.widgets.fold import Fold
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page

TITLE = FieldSpec("title", _("Title of the document"), "line")


def _line(key: str, field: str, value: Any) -> Statement:
    return DocumentSeen(id=key.partition("/")[0], **{field: value})


def _mine(state: VisitState, me: str) -> list[DocumentSeenRecord]:
    mine = [one for one in state.documents_seen.values() if one.person == me]
    return sorted(mine, key=lambda one: natural(one.key))


def _row(state: VisitState, one: DocumentSeenRecord, _on: str) -> StatusRow:
    tied = _("Standards {list}", list=", ".join(one.standards)) if one.standards else ""
    return StatusRow(
        one.key, document_line(one.title, one.version, one.date), one.note, note=tied or _("Not tied to a standard"),
        tone="info" if tied else "warn", icon="file", pill=record_number(one.key),
    )  # fmt: skip


def _begin(page: Page, title: str) -> Statement:
    return DocumentSeen(id=page.visit.next_id("document_seen", "D"), title=title)


DOCUMENTS = SectionSpec(
    kind="document_seen", title=_("Documents I have seen"),
    about=_("Each document with the date and version printed on it, and the standards it tells something about: it "
            "counts there as a source. Words only, no photographs; name nobody."),
    empty=_("None yet. Write the title of a document that you have seen."),
    fields=(
        TITLE,
        FieldSpec("date", _("Date on it"), "part_day", _("A day, a month or a year")),
        FieldSpec("version", _("Version"), "line"),
        FieldSpec("standards", _("Standards"), "standards", _("Numbers, with commas between")),
        FieldSpec("note", _("What it shows")),
    ),
    line=_line, records=_mine, row=_row, first=TITLE, add=_("Add a document"), begin=_begin,
    remove=_("Remove this document"), removed=_("Document removed. You can undo this."),
)  # fmt: skip


class DocumentsPart(RecordSection):
    """My documents, and below them in words those that others saw."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, DOCUMENTS)
        self.others = Text("", "muted")
        self._body.addWidget(self.others)

    def refresh(self) -> None:
        """Show what is recorded now."""
        super().refresh()
        others = [one for one in self._page.state.documents_seen.values() if one.person != self._page.visit.me]
        told = [
            _("{document}: {list}, seen by {person}", document=document_line(one.title, one.version, one.date),
              list=", ".join(one.standards) or _("no standard"),
              person=person(self._page.state.people, one.person))
            for one in sorted(others, key=lambda one: natural(one.key))
        ]  # fmt: skip
        self.others.setText("\n".join([_("Seen by others:"), *told]) if told else "")
        self.others.setVisible(bool(told))


class DocumentsCard(Fold[DocumentsPart]):
    """The documents seen, folded away under how many there are."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Documents seen"), self._make_part)
        self._page = page
        self.unfolded.connect(self._on_unfolded)

    def _make_part(self) -> DocumentsPart:
        return DocumentsPart(self._page)

    def commit(self) -> None:
        """Record what stands in a short field that was not left yet."""
        if self.part is not None:
            self.part.commit()

    def refresh(self) -> None:
        """Show how many there are, and the list where it is open."""
        seen = self._page.state.documents_seen
        self.set_note(plural("{n} document", "{n} documents", len(seen)) if seen else _("None yet"))
        if self.is_open and self.part is not None:
            self.part.refresh()

    def show_document(self, key: str | None) -> QWidget:
        """Open the list at this document, or where one is begun; returns what takes the focus."""
        part = self.open()
        if key is not None and part.list.choose(key):
            return part.list
        begin = part.begin_line
        return begin.first.editor if begin is not None else part.list

    @Slot()
    def _on_unfolded(self) -> None:
        self.refresh()
