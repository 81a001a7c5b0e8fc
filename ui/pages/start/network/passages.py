"""The passages of the report: the places on the left, the words of the chosen one beside them, saved on leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.national.report.passages import place_title
from ui.theme import space
from ui.widgets import Button, ErrorLine, Field, Text, column, row
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.national.look import SetLook

ABOUT = _(
    "Write the text of the report here. Parts you leave empty are left out. It is saved when you go to another "
    "part, or leave. Under Report, it is checked against the figures."
)


class PassagesView(QWidget):
    """Emits `written(place, words)` when a passage was changed and is left."""

    written = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._saved: dict[str, str] = {}
        self._place = ""
        self.list = StatusList(_("Parts of the report"), most=560)
        self.list.setMinimumWidth(space(70))
        self.list.selectionModel().currentChanged.connect(self._on_place)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(space(60))
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.field = Field(_("Text"), self.edit)
        self.error = ErrorLine()
        self.save = Button(_("Save"), "save")
        self.save.clicked.connect(self.commit)
        side = QWidget()
        side.setLayout(column(self.field, self.error, row(self.save, None), gap=2))
        line = QWidget()
        both = row(self.list, side, gap=4)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        line.setLayout(both)
        self.setLayout(column(Text(ABOUT, "muted"), line, gap=3))

    def show_set(self, look: SetLook) -> None:
        """Show the places; the chosen one, and what is being typed there, stays."""
        self._saved = dict(look.passages)
        self.list.show_rows([self._row(place) for place in look.places])
        if not self._place and look.places:
            self.list.choose(look.places[0])

    def _row(self, place: str) -> StatusRow:
        words = self._saved.get(place, "")
        many = len(words.split())
        detail = plural("{n} word", "{n} words", many) if many else ""
        return StatusRow(
            place, place_title(place), detail, tone="met" if many else "na", icon="check" if many else "circle",
            state=_("written") if many else _("empty"),
        )  # fmt: skip

    @Slot(QModelIndex, QModelIndex)
    def _on_place(self, _now: QModelIndex, _before: QModelIndex) -> None:
        place = self.list.chosen_key()
        if not place or place == self._place:
            return
        self.commit()
        self._place = place
        self.field.label.setText(place_title(place))
        self.edit.setAccessibleName(place_title(place))
        self.edit.setPlainText(self._saved.get(place, ""))
        self.error.set_text()

    @Slot()
    def commit(self) -> None:
        """Have what was typed saved, where it differs from what is."""
        words = self.edit.toPlainText().strip()
        if self._place and words != self._saved.get(self._place, ""):
            self._saved[self._place] = words
            self.written.emit(self._place, words)

    def start_anew(self) -> None:
        """Forget the chosen place: another set is shown."""
        self._place = ""
        self._saved = {}
        self.edit.clear()
        self.error.set_text()
