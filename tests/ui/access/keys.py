"""Going through a window with Tab, as a person does, looking at each stop while it has the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QWidget

from tests.ui.access.checks import named, shown, takes_tab
from tests.ui.access.measure import changed_pixels

MOST = 250


@dataclass
class Round:
    """The stops of one round with Tab, and what was wrong on the way."""

    stops: list[QWidget] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def _now() -> QWidget | None:
    return QApplication.focusWidget()


def _parts(widget: QWidget) -> int:
    """How often Tab is pressed to leave: a date is gone through by day, month and year."""
    return widget.sectionCount() if isinstance(widget, QDateTimeEdit) else 1


def _go(back: bool) -> None:
    at = _now()
    assert at is not None
    QTest.keyClick(at, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)


def go_round(first: QWidget, looked: set[tuple[str, str, str]] | None = None) -> Round:
    """Tab from `first` until it comes round, comparing each stop with and without the keyboard.

    `looked` are those that need not be compared again, such as what is round every page; it grows.
    """
    result = Round()
    looked = set() if looked is None else looked
    first.activateWindow()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    if _now() is not first:
        result.traps.append(f"{named(first)} does not take the keyboard")
        return result
    seen: set[int] = set()
    at: QWidget | None = first
    while at is not None and id(at) not in seen and len(seen) < MOST:
        seen.add(id(at))
        result.stops.append(at)
        kind = (type(at).__name__, named(at), str(at.property("kind")))
        look = kind not in looked
        looked.add(kind)
        with_keyboard = at.grab().toImage() if look else QImage()
        for _ in range(_parts(at)):
            _go(back=False)
            if _now() is not at:
                break
        if _now() is at:
            result.traps.append(f"{named(at)} keeps the keyboard")
            break
        if look and shiboken6.isValid(at) and not _shows(at.grab().toImage(), with_keyboard):
            result.unseen.append(f"{named(at)} looks the same with and without the keyboard")
        at = _now()
    if not result.traps and at is not first:
        result.traps.append(f"Tab never comes back to {named(first)}: it goes round among others from {at}")
    return result


def _shows(without: QImage, having: QImage) -> bool:
    return changed_pixels(without, having) >= (having.width() + having.height()) // 2


def left_out(first: QWidget, stops: list[QWidget]) -> list[str]:
    """What takes the keyboard and can be seen, but Tab does not reach."""
    reached = {id(stop) for stop in stops}
    return [named(w) for w in shown(first.window()) if takes_tab(w) and id(w) not in reached]


def back_round(first: QWidget, stops: list[QWidget]) -> list[str]:
    """Whether Shift+Tab goes the same way back."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    for expected in [*reversed(stops[1:]), first]:
        at = _now()
        for _ in range(_parts(at) if at is not None else 1):
            _go(back=True)
            if _now() is not at:
                break
        if _now() is not expected:
            now = _now()
            return [f"Shift+Tab goes to {named(now) if now else 'nothing'}, not back to {named(expected)}"]
    return []
