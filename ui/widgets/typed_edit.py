"""Fields in which a day or a time is typed as people write it; a day can also be chosen in a calendar."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from reviewapp.base.i18n import _
from reviewapp.base.typed_dates import typed_time
from ui.formats import locale, long_date, read_day
from ui.theme import space, theme
from ui.theme.icons import set_icon
from ui.widgets.basics import ErrorLine
from ui.widgets.buttons import IconButton
from ui.widgets.field import Field

ISO = "yyyy-MM-dd"
CELL = (46, 32)
"""Width and height of a day in the calendar: the short name of its weekday stands above it."""


class TypedEdit(QLineEdit):
    """A line for a value that can be written in several ways: left, it shows the value as the program writes it.

    What is not understood stays as it was typed, and `misread(line)` says so once; `misread("")` that all is well.
    """

    misread = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if name:
            self.setAccessibleName(name)
        self.editingFinished.connect(self._on_finished)

    def read(self, text: str) -> str | None:
        """What these words mean; None if that is not clear. Each kind of field has its own."""
        raise NotImplementedError

    def words(self, value: str) -> str:
        """A value as it is shown: `read` of it gives the value again."""
        return value

    def advice(self) -> str:
        """What to write instead of what is not understood."""
        raise NotImplementedError

    def value(self) -> str | None:
        """The value that was typed, empty if nothing was; None for what is not understood."""
        text = self.text().strip()
        return self.read(text) if text else ""

    def set_value(self, value: str) -> None:
        """Show a value, as if nothing had been typed; empty clears the field."""
        self.setText(self.words(value) if value else "")
        self.misread.emit("")

    @Slot()
    def _on_finished(self) -> None:
        if not self.isModified():
            return
        value = self.value()
        if value:
            self.setText(self.words(value))
            self.setModified(True)  # whoever records it on leaving asks for that
        self.misread.emit(self.advice() if value is None else "")


class TimeEdit(TypedEdit):
    """A line for a time of day, no wider than one: `930`, `9.30` and `9:30 am` are 09:30.

    Shown by itself or within a `Field`.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._error: ErrorLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def error(self) -> ErrorLine:
        """The line that says what is not understood, for a page that places it; a `Field` has one of its own."""
        if self._error is None:
            self._error = ErrorLine(of=self, alone=True)
            self.misread.connect(self._error.set_text)
        return self._error

    def sizeHint(self) -> QSize:
        """Wide enough for a time as people write it."""
        return QSize(self.fontMetrics().horizontalAdvance("00:00 p.m.") + space(8), super().sizeHint().height())

    def read(self, text: str) -> str | None:
        """The time, as 09:30."""
        return typed_time(text)

    def advice(self) -> str:
        """How a time is written."""
        return _("“{text}” is not understood as a time. Write it like 9:30 or 14:30.", text=self.text().strip())


class DayEdit(TypedEdit):
    """A line for a day: `29112027`, `29/11/27`, `29 Nov 2027` or `tomorrow`; Alt+Down or F4 opens a calendar."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setPlaceholderText(_("like 29 Nov 2027"))
        self.open_calendar = IconButton("calendar", _("Calendar (Alt+Down)"), parent=self)
        self.open_calendar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open_calendar.setProperty("kind", "inner")
        self.open_calendar.setCursor(Qt.CursorShape.ArrowCursor)
        self.open_calendar.clicked.connect(self.show_calendar)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def minimumSizeHint(self) -> QSize:
        # What says how a day is written is never cut off.
        size, words = super().minimumSizeHint(), self.fontMetrics().horizontalAdvance(self.placeholderText())
        return size.expandedTo(QSize(words + self.open_calendar.width() + space(4), 0))

    def read(self, text: str) -> str | None:
        """The day, as 2027-11-29."""
        return read_day(text)

    def words(self, value: str) -> str:
        """The day with its month in words."""
        return long_date(value)

    def advice(self) -> str:
        """How a day is written."""
        return not_a_day(self.text().strip())

    @Slot()
    def show_calendar(self) -> None:
        """Open the calendar below the field, at the day that stands in it or at today."""
        if self.isReadOnly() or not self.isEnabled():
            return
        calendar = CalendarPopup(self)
        calendar.picked.connect(self._on_picked)
        calendar.show_below(self, self.value() or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # As in other date fields: F4, or Alt with the arrow down.
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or event.key() == Qt.Key.Key_F4:
            self.show_calendar()
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 4
        self.open_calendar.setGeometry(self.width() - side - 2, 2, side, side)

    @Slot()
    def _on_themed(self) -> None:
        self.setTextMargins(0, 0, self.sizeHint().height() - space(1), 0)

    @Slot(str)
    def _on_picked(self, iso: str) -> None:
        self.setText(self.words(iso))
        self.setModified(True)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.editingFinished.emit()


class CalendarPopup(QFrame):
    """A calendar over the page; emits `picked(day)`. Escape, or a click beside it, closes it without a choice."""

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(locale())
        self.calendar.setFirstDayOfWeek(locale().firstDayOfWeek())
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(_("Calendar"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # no day is red: that is the colour of what is wrong
            self.calendar.setWeekdayTextFormat(day, self.calendar.weekdayTextFormat(Qt.DayOfWeek.Monday))
        self.calendar.setMinimumSize(theme().px(CELL[0]) * 7, theme().px(CELL[1]) * 7 + theme().px(44))
        for name, icon in (("qt_calendar_prevmonth", "arrow_left"), ("qt_calendar_nextmonth", "arrow_right")):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:  # Qt's own arrows are black in the dark
                set_icon(button, icon, "accent", 18)
        self.calendar.activated.connect(self._on_activated)
        self.calendar.clicked.connect(self._on_activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(1), space(1), space(1), space(1))
        layout.addWidget(self.calendar)

    def show_below(self, field: QWidget, iso: str) -> None:
        """Show it at this field with a day chosen, all of it on the screen."""
        day = QDate.fromString(iso, ISO)
        self.calendar.setSelectedDate(day if day.isValid() else QDate.currentDate())
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height()))
        screen = field.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place.setY(max(screen.top(), field.mapToGlobal(QPoint(0, 0)).y() - self.height()))
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        self.move(place)
        self.show()
        self.calendar.setFocus()

    @Slot(QDate)
    def _on_activated(self, day: QDate) -> None:
        self.close()
        self.picked.emit(day.toString(ISO))


class DayField(Field):
    """A day with its label; what is not understood is said below it."""

    editor: DayEdit

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, DayEdit(), hint=hint, parent=parent)
        self.editor.misread.connect(self.set_error)

    def day(self) -> str:
        """The day as 2027-11-29. Empty for none and for what is not understood, which is then said, in the field."""
        found = self.editor.value()
        if not found:
            self.set_error(self.editor.advice() if found is None else _("Write a day, such as 29 Nov 2027."))
        return found or ""


def not_a_day(text: str) -> str:
    """What is said of words that are not understood as a day."""
    return _("“{text}” is not understood as a day. Write it with its year, like 29 Nov 2027 or 29/11/27.", text=text)
