"""How strong a new passphrase is, as a bar and in words, a moment after one stops typing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.base.passphrases import LEVELS, RULE, Verdict, judge
from ui.theme import space, theme
from ui.widgets.announce import announce
from ui.widgets.basics import Text, column

PAUSE_MS = 200
"""Judging takes up to 15 ms, and so does not happen with each key."""
_WORDS = (_("Far too weak"), _("Too weak"), _("Still too weak"), _("Strong"), _("Very strong"))
_TONES = ("not_met", "not_met", "warn", "met", "met")


class StrengthMeter(QWidget):
    """Watches a field in which a new passphrase is typed. Says nothing of an empty one."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__()
        self._edit = edit
        self.bar, self.words = _Bar(), Text("", "small")
        self.setLayout(column(self.bar, self.words, gap=1))
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._on_pause)
        edit.textChanged.connect(self._on_changed)
        self._show(None)

    def judge(self) -> Verdict:
        """The verdict on what is in the field now, also shown at once."""
        self.pause.stop()
        verdict = judge(self._edit.text())
        self._show(verdict if self._edit.text() else None)
        return verdict

    @Slot()
    def _on_changed(self) -> None:
        if self._edit.text():
            self.pause.start()
        else:
            self.pause.stop()
            self._show(None)

    @Slot()
    def _on_pause(self) -> None:
        before = self.words.text()
        self.judge()
        if self.words.text() != before:
            announce(self, self.words.text())

    def _show(self, verdict: Verdict | None) -> None:
        self.bar.show_level(verdict)
        self.words.setText(verdict_words(verdict) if verdict is not None else "")
        self.setVisible(verdict is not None)


class _Bar(QWidget):
    """As many pieces as there are levels, filled up to the one that is reached."""

    def __init__(self) -> None:
        super().__init__()
        self._verdict: Verdict | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, verdict: Verdict | None) -> None:
        """Fill the bar; the words beside it say the same, so that it is nothing of its own to a screen reader."""
        self._verdict = verdict
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(40), theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._verdict is None:
            return
        from PySide6.QtCore import Qt  # not before the unlock screen is shown

        painter, look, gap = QPainter(self), theme(), theme().px(4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = (self.width() - gap * (LEVELS - 1)) / LEVELS
        reached = max(1, self._verdict.level)
        for number in range(LEVELS):
            piece = QRectF(number * (wide + gap), 0, wide, self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(look.colour("line_strong"))
            painter.setBrush(look.colour(_TONES[self._verdict.level]) if number < reached else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(piece, look.px(3), look.px(3))


def verdict_words(verdict: Verdict) -> str:
    """The verdict in words: how strong, and if it is not strong enough, why."""
    level = _WORDS[verdict.level]
    if verdict.strong:
        return level
    return _("{level}: {why}.", level=level, why=verdict.why)


def weak_words(verdict: Verdict) -> str:
    """Why a passphrase is not taken, and what to do, as the error of its field."""
    return _("This is not strong enough: {why}. Use {rule}, and avoid anything easy to guess.", why=verdict.why,
             rule=RULE)  # fmt: skip
