"""What was counted or measured for one criterion: a number, or so many of so many."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.instruments.model import Criterion
from reviewapp.visit.criterion_records import CriterionRecord
from ui.theme import space
from ui.widgets import DescribingText, ErrorLine, Text, column, row

Number = int | float
Typed = tuple[str, str]


def number_in(text: str) -> Number | None:
    """The number that was typed, with a point or a comma; None for nothing. Raises ValueError for anything else."""
    words = text.strip().replace(",", ".")
    if not words:
        return None
    return int(words) if words.isascii() and words.isdigit() else _finite(words)


def _finite(words: str) -> float:
    found = float(words)
    if found != found or found in (float("inf"), float("-inf")):
        raise ValueError(words)
    return found


class QuantityBox(QWidget):
    """Two inputs, `n` and `of`; emits `given(n, of)` once both can be read. What cannot be stays, and says why."""

    given = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.n, self.of = QLineEdit(), QLineEdit()
        for box, name in ((self.n, _("Counted")), (self.of, _("Of how many"))):
            box.setAccessibleName(name)
            box.setMaximumWidth(space(24))
            box.editingFinished.connect(self.commit)
        self.label, self.of_word = Text("", "strong", wrap=False), Text("", wrap=False)
        self.unit = DescribingText("", "muted", of=self.n)
        self.label.setText(_("Counted"))
        self.label.setBuddy(self.n)
        self.of_word.setText(_("of"))
        self.error = ErrorLine(of=self.n, alone=True)
        line = row(self.label, self.n, self.of_word, self.of, self.unit)
        line.setStretch(4, 1)
        self.setLayout(column(line, self.error, gap=1))
        self._share = False
        self._shown: Typed = ("", "")
        self._about = ""
        self._unfinished: dict[str, tuple[Typed, str]] = {}

    def show_quantity(self, about: str, one: Criterion, mine: CriterionRecord | None) -> None:
        """Show the number of a row; what was typed there and cannot be read yet is as it was left."""
        recorded = (_text(mine.n), _text(mine.of)) if mine is not None else ("", "")
        if about == self._about and recorded == self._shown:
            return
        self._about, self._shown, self._share = about, recorded, one.measure == "share"
        typed, why = self._unfinished.get(about, (recorded, ""))
        for box, text in zip((self.n, self.of), typed, strict=True):
            box.setText(text)
        self.of.setVisible(self._share)
        self.of_word.setVisible(self._share)
        self.unit.setText(one.unit)
        self.error.set_text(why)

    def begin(self, figure: str) -> None:
        """Type the first figure of a number in place of the one that is there."""
        self.n.setFocus()
        self.n.setText(figure)

    @Slot()
    def commit(self) -> None:
        """Emit what is typed, if it is new and can be read."""
        typed = self.n.text().strip(), self.of.text().strip() if self._share else ""
        if typed == self._shown:
            self._unfinished.pop(self._about, None)
            self.error.set_text("")
            return
        try:
            n, of = number_in(typed[0]), number_in(typed[1])
        except ValueError:
            self._refuse(typed, _("That is not a number. Enter figures, such as 8 or 2.5."))
            return
        if self._share and (n is None) != (of is None):
            self._refuse(typed, _("A share needs both numbers, such as 8 of 10."))
            return
        self._unfinished.pop(self._about, None)
        self.error.set_text("")
        self.given.emit(n, of)

    def refused(self, why: str) -> None:
        """What was emitted is not recorded; it stays, with why."""
        self._refuse((self.n.text(), self.of.text()), why)

    def _refuse(self, typed: Typed, why: str) -> None:
        self._unfinished[self._about] = typed, why
        self.error.set_text(why)


def _text(number: Number | None) -> str:
    return "" if number is None else f"{number:g}" if isinstance(number, float) else str(number)
