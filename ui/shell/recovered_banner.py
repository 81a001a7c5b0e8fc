"""Banner that lists the drafts recovered after a crash, with a button leading to each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.labels import record_number
from ui.pages import draft_words, place_of_record
from ui.session.recovered_drafts import RecoveredDraft, field_of
from ui.widgets import Banner, Button, DraftText, clear, column

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session

STOPPED = _("The program stopped while you were typing. Your text was recovered and is back where you typed it.")
TYPED = _("What you typed")


@dataclass(frozen=True)
class RecoveredPlace:
    """Where a text that was found stands: what it is called, the page, the place on it, and the text's field."""

    words: str
    page: str
    place: tuple[tuple[str, str], ...]
    field: tuple[str, ...]


def recovered_places(drafts: Iterable[RecoveredDraft], visit: OpenVisit) -> tuple[RecoveredPlace, ...]:
    """Where each of these texts is shown now; two fields of one record are one place."""
    found: dict[tuple[object, ...], RecoveredPlace] = {}
    for draft in drafts:
        page, place = place_of_record(draft.kind, draft.key, visit.state, visit.me)
        words = draft_words(draft.kind).format(**_ids_in_words(draft, visit.me)) or TYPED
        one = RecoveredPlace(words, page, tuple(place.items()), draft.field)
        found[one.page, one.place] = one
    return tuple(found.values())


def _ids_in_words(draft: RecoveredDraft, me: str) -> dict[str, str]:
    """The fields that make the record's key; an interview or a record of one's own as it is named everywhere."""
    own = draft.key.endswith(f"/{me}")
    return {
        name: record_number(f"{value}/{me}") if own and name in ("id", "interview") else value
        for name, value in draft.ids
    }


class RecoveredBanner(Banner):
    """Stays above every page until each draft's button has been pressed or the banner is dismissed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: list[RecoveredPlace] = []
        self.buttons: list[Button] = []
        self._places = QWidget()
        self._list = column(gap=1)
        self._places.setLayout(self._list)
        self.away = Button(_("Dismiss"), kind="quiet", name=_("Dismiss this message"))
        self.away.clicked.connect(self._on_away)
        self.add(self._places)
        self.add(self.away)

    def show_places(self, found: Iterable[RecoveredPlace]) -> None:
        """Offer a button for each of these; with none the banner is away."""
        self._found = list(found)
        clear(self._list)
        self.buttons = []
        for number, one in enumerate(self._found):
            button = Button(one.words, "arrow_right")
            button.setProperty("number", number)
            button.clicked.connect(self._on_place)
            self._list.addWidget(button)
            self.buttons.append(button)
        self.set_text(STOPPED if self._found else "")

    @Slot()
    def _on_place(self) -> None:
        button = self.sender()
        one = self._found[int(button.property("number"))]
        self.show_places(other for other in self._found if other is not one)
        self._session.show_page(one.page, dict(one.place))
        # Focus the text itself: in a list or table the next letters typed would rate.
        for editor in self.window().findChildren(DraftText):
            line = editor.statement()
            if line is not None and field_of(line) == one.field:
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                editor.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def _on_away(self) -> None:
        self.show_places(())
