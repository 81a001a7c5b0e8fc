"""Text box that never loses text: saved as a draft within a second, committed as an entry when it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.base.limits import LONGEST_TEXT
from ui.theme import space
from ui.widgets.identity_hint import IdentityHint

if TYPE_CHECKING:
    from reviewapp.visit.statements import Statement
    from ui.spelling import SpellingMarks

PAUSE_MS = 250
TYPING_MS = 1_000
COMMIT_MS = 30_000
RETRY_MS = 2_000
PRESSED_MS = 50


class DraftTarget(Protocol):
    """Destination of a text box's statements; in the program the `Bridge` to the open visit."""

    @property
    def writable(self) -> bool:
        """Whether the visit may be changed."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of people who must not be recognised in what is typed."""

    def typing(self) -> None:
        """Called on each edit: there is text that is not on the disk yet."""

    def has_draft(self, line: Statement) -> bool:
        """Whether the field that this statement writes still has a draft."""

    def save_draft(self, line: Statement) -> bool:
        """Save the text being typed as a draft; False if it could not be saved."""

    def commit_drafts(self) -> bool:
        """Turn every draft into an entry; False if that failed."""


def _hint(text: str, names: tuple[str, ...]) -> str:
    if len(text) > LONGEST_TEXT:
        return _(
            "{n} characters too many. The limit is {most}. Your text stays here and is saved once it is shorter.",
            n=f"{len(text) - LONGEST_TEXT:,}",
            most=f"{LONGEST_TEXT:,}",
        )
    if not text.strip():
        return ""
    from reviewapp.visit.identifying import hint  # not needed by a window in which nothing is written yet

    return hint(text, names)


class DraftText(QPlainTextEdit):
    """Text box bound to one text field of one record at a time; emits `edited` when the person changes the text.

    `bind(make_line, text)` sets the field: `make_line(text)` is a statement with ids and that one field. The text is
    saved as a draft 250 ms after a pause and every second while typing; it becomes an entry on leaving the box or the
    page, after 30 s of pause, and on locking. `refresh(text)` shows others' changes and never replaces text being
    typed. While the disk is full the text stays here and is saved as soon as there is room. What may tell who somebody
    is, is said under the words.
    """

    edited = Signal()

    def __init__(
        self,
        target: DraftTarget,
        name: str,
        *,
        placeholder: str = "",
        rows: int = 3,
        most: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._target, self._rows, self._most = target, rows, most
        self._make_statement: Callable[[str], Statement] | None = None
        self._unsaved = self._uncommitted = self._setting = False
        self._hint: IdentityHint | None = None
        self._spelling: SpellingMarks | None = None
        self._seen = ""
        self._not_pasted = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = self._timer(PAUSE_MS, self._on_flush)
        self._typing = self._timer(TYPING_MS, self._on_flush)
        self._commit_timer = self._timer(COMMIT_MS, self._on_commit_due)
        self._pressed = self._timer(PRESSED_MS, self._show_hint)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.setEnabled(False)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def bind(self, make_line: Callable[[str], Statement] | None, text: str = "") -> None:
        """Bind to another field, or with None to none (disabled); text typed for the last one is committed first."""
        self.commit()
        self._make_statement = make_line
        self.show_bound(text)

    def show_bound(self, text: str) -> None:
        """Show the text of what the box was just bound to; disabled if that is nothing."""
        self.setEnabled(self.bound)
        if self.isReadOnly() is self._target.writable:
            self.setReadOnly(not self._target.writable)
        self._replace_text(text)
        self._unsaved = self._uncommitted = False

    def refresh(self, text: str) -> None:
        """Show the field's present text; ignored while text typed here is not an entry yet."""
        if self._uncommitted:
            # Undo, or another box, may have committed every draft: then the visit's text is the one to show.
            self._uncommitted = self.has_draft()
        if self._unsaved or self._uncommitted or self.toPlainText() == text:
            return
        cursor = self.textCursor()
        anchor, position, scroll = cursor.anchor(), cursor.position(), self.verticalScrollBar().value()
        self._replace_text(text)
        cursor = self.textCursor()
        cursor.setPosition(min(anchor, len(text)))
        cursor.setPosition(min(position, len(text)), cursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scroll)

    def flush(self) -> bool:
        """Save the draft now; False if it could not be saved (it is retried automatically)."""
        self._pause.stop()
        self._typing.stop()
        self._show_hint()
        if not self._unsaved or not self.bound:
            return True
        if not self.save_text(self.toPlainText()):
            self._typing.start(RETRY_MS)
            return False
        self._typing.setInterval(TYPING_MS)
        self._unsaved, self._uncommitted = False, True
        self._commit_timer.start()
        return True

    def commit(self) -> None:
        """Save the draft and turn it into an entry."""
        self._commit_timer.stop()
        if self.flush() and self._uncommitted and self.commit_text():
            self._uncommitted = False

    # Where the text goes; another kind of box writes elsewhere --------------------------------------------------

    @property
    def bound(self) -> bool:
        """Whether the box is bound to something that its text can be saved in."""
        return self._make_statement is not None

    def save_text(self, text: str) -> bool:
        """Save the text durably; False if that failed."""
        return self._make_statement is not None and self._target.save_draft(self._make_statement(text))

    def commit_text(self) -> bool:
        """Turn what was saved into an entry; False if that failed."""
        return self._target.commit_drafts()

    def has_draft(self) -> bool:
        """Whether what was saved is not an entry yet."""
        return self._make_statement is not None and self._target.has_draft(self._make_statement(""))

    # -------------------------------------------------------------------------------------------------------------

    def statement(self) -> Statement | None:
        """The statement this box makes, without its text: which record and field; None while it is not bound."""
        return self._make_statement("") if self._make_statement is not None else None

    @property
    def waiting(self) -> bool:
        """Whether text typed here is not an entry yet."""
        return self._unsaved or self._uncommitted

    @property
    def unsaved(self) -> bool:
        """Whether text typed here is not even saved as a draft."""
        return self._unsaved

    def _replace_text(self, text: str) -> None:
        document = self.document()
        if text or not document.isEmpty() or document.isUndoAvailable() or document.isRedoAvailable():
            self._setting = True
            self.setPlainText(text)
            self._setting = False
        self._show_hint()

    @property
    def hint(self) -> str:
        """What is said under the words: that something in them may tell who somebody is. Empty: nothing was found."""
        return self._hint.text() if self._hint is not None else ""

    def _show_hint(self) -> None:
        """Look through the words and say what may tell who somebody is.

        The line makes the box higher, so it waits while a mouse button is down: the box may be left by pressing what
        stands below, which must not move away from under the mouse.
        """
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._pressed.start()
            return
        words = _hint(self.toPlainText(), self._target.names) if self._make_statement is not None else ""
        words = self._not_pasted or words
        if words == self.hint:
            return
        if self._hint is None:
            self._hint = IdentityHint(self)
        self._hint.show_words(words)
        self._place_hint()
        self.updateGeometry()

    def insertFromMimeData(self, source: QMimeData) -> None:
        # Laying out a book takes Qt half a minute, and it could not be kept: it stays where it was copied from.
        many = len(source.text()) if source.hasText() else 0
        if many > LONGEST_TEXT:
            self._not_pasted = _(
                "Not pasted: it has {n} characters and the limit is {most}. Paste it in parts.",
                n=f"{many:,}",
                most=f"{LONGEST_TEXT:,}",
            )
            self._show_hint()
            return
        super().insertFromMimeData(source)

    def _place_hint(self) -> None:
        if self._hint is not None:
            self.setViewportMargins(0, 0, 0, self._hint.put())

    @Slot()
    def _on_text_changed(self) -> None:
        # Qt tells marks under misspelt words as it tells changes of the text.
        text = self.toPlainText()
        same, self._seen = text == self._seen, text
        if same or self._setting or not self.bound:
            return
        self._unsaved = True
        self._not_pasted = ""
        self._target.typing()
        self._pause.start()
        if not self._typing.isActive():
            self._typing.start(TYPING_MS)
        self.edited.emit()

    @Slot()
    def _on_flush(self) -> None:
        self.flush()

    @Slot()
    def _on_commit_due(self) -> None:
        self.commit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Only boxes that somebody came to are looked through: a page may have dozens of them.
        super().focusInEvent(event)
        if self._spelling is None:
            from ui.spelling import SpellingMarks, dictionary

            dictionary().prepare()
            self._spelling = SpellingMarks(self, dictionary())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Leaving the box commits its text; a context menu opening over it is not leaving.
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z undoes typing while there is any, and the last change of the visit after that.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            nothing = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            if nothing or (event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def sizeHint(self) -> QSize:
        # As high as the text, between `rows` and `most` lines.
        lines = max(self._rows, min(self._most, round(self.document().size().height())))
        frame = space(5)
        hint_height = self._hint.needed(self.width()) if self._hint is not None else 0
        height = self.fontMetrics().lineSpacing() * lines + frame + space(1) + hint_height
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(space(40), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Another width wraps the text differently and changes the height.
        super().resizeEvent(event)
        self._place_hint()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @Slot()
    def _on_size_changed(self) -> None:
        self.updateGeometry()
