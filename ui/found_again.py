"""What was being typed when the program last stopped without warning: named, and one press leads to each of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.visit import statements as n
from ui.widgets import Banner, Button, DraftText, clear, column

if TYPE_CHECKING:
    from ui.session import Session

Place = dict[str, str]
STOPPED = _("The program stopped while you were typing. What you typed was found, and is back in its place.")


@dataclass(frozen=True)
class Found:
    """A text that was found: what it is, without any of its words, the page and place where it stands, its field."""

    words: str
    page: str
    place: tuple[tuple[str, str], ...]
    field: tuple[str, ...]


def found_in(drafts: Iterable[n.Line], me: str) -> tuple[Found, ...]:
    """Where each of these texts is now; two fields of one record are one place."""
    found = [_found(line, me) for line in drafts]
    return tuple({(one.page, one.place): one for one in found}.values())


def field_of(line: n.Line) -> tuple[str, ...]:
    """The record and the field that a line of one text says something of, without the text."""
    return (line.kind(), *(str(getattr(line, name)) for name in line.IDS), *line.values())


def _found(line: n.Line, me: str) -> Found:
    ids = {name: str(getattr(line, name)) for name in line.IDS}
    words, page, place = _WHERE.get(type(line), _anywhere)(ids, me)
    return Found(words, page, tuple(place.items()), field_of(line))


def _rating(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("Your note on standard {standard}", standard=ids["standard"]), "standards", ids


def _local(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("Local context of standard {standard}", standard=ids["standard"]), "standards", ids


def _agreed(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("What was agreed on standard {standard}", standard=ids["standard"]), "agree", ids


def _answer(ids: Place, me: str) -> tuple[str, str, Place]:
    place = {"interview": f"{ids['interview']}/{me}", "prompt": ids["prompt"]}
    return _("Your notes of interview {interview}", interview=ids["interview"]), "interviews", place


def _quote(ids: Place, me: str) -> tuple[str, str, Place]:
    return _("Quote {id}", id=ids["id"]), "interviews", {"quote": f"{ids['id']}/{me}"}


def _concern(ids: Place, me: str) -> tuple[str, str, Place]:
    return _("Immediate concern {id}", id=ids["id"]), "interviews", {"concern": f"{ids['id']}/{me}"}


def _audit(ids: Place, _me: str) -> tuple[str, str, Place]:
    place = {"record": ids["case_note"], "item": ids["item"]}
    return _("Case note {case_note}, item {item}", case_note=ids["case_note"], item=ids["item"]), "case_notes", place


def _passage(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("A passage of the report"), "report", {"passage": ids["place"]}


def _action(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("Action {id}", id=ids["id"]), "action_plan", {"action": ids["id"]}


def _anywhere(_ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("What you typed"), "overview", {}


_WHERE: dict[type[n.Line], Callable[[Place, str], tuple[str, str, Place]]] = {
    n.Rating: _rating,
    n.LocalContext: _local,
    n.Agreed: _agreed,
    n.Answer: _answer,
    n.Quote: _quote,
    n.Concern: _concern,
    n.Audit: _audit,
    n.Passage: _passage,
    n.Action: _action,
}


class FoundBanner(Banner):
    """Stays over every page until each place was gone to, or it was put away."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: list[Found] = []
        self.buttons: list[Button] = []
        self._places = QWidget()
        self._list = column(gap=1)
        self._places.setLayout(self._list)
        self.away = Button(_("Put away"), kind="quiet", name=_("Put this message away"))
        self.away.clicked.connect(self._on_away)
        self.add(self._places)
        self.add(self.away)

    def show_found(self, found: Iterable[Found]) -> None:
        """These, or nothing."""
        self._found = list(found)
        clear(self._list)
        self.buttons = []
        for number, one in enumerate(self._found):
            button = Button(one.words, "arrow_right")
            button.setProperty("number", number)
            button.clicked.connect(self._on_place)
            self._list.addWidget(button)
            self.buttons.append(button)
        self.say(STOPPED if self._found else "")

    @Slot()
    def _on_place(self) -> None:
        button = self.sender()
        one = self._found[int(button.property("number"))]
        self.show_found(other for other in self._found if other is not one)
        self._session.show_page(one.page, dict(one.place))
        # Into the text itself: in a list or table the next letters would rate.
        for editor in self.window().findChildren(DraftText):
            line = editor.says()
            if line is not None and field_of(line) == one.field:
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                editor.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def _on_away(self) -> None:
        self.show_found(())
