"""What cannot be used now, and why: in the tool tip, and for screen readers in the description."""

from __future__ import annotations

from typing import NamedTuple
from weakref import ReferenceType, WeakKeyDictionary, ref

import shiboken6
from PySide6.QtWidgets import QAbstractButton, QWidget

from reviewapp.base.i18n import _
from ui.widgets.plain_text import plain_tip

WAIT = _("Wait until what was begun is finished.")
ONLY_READ = _("You can read this visit here but not change it. The line at the top of the window says why.")
ONLY_LEAD = _("Only the lead reviewer can do this.")
CHOOSE_ROW = _("First choose one in the list.")
CONFIRM_FIRST = _("First tick the box above.")


class _Said(NamedTuple):
    """What a widget says of itself while it can be used, and the reason that stands there instead."""

    tip: str
    told: str
    why_not: str


_reasons: WeakKeyDictionary[QWidget, str] = WeakKeyDictionary()
"""Why a widget cannot be used; what it holds cannot be used either."""
_said: WeakKeyDictionary[QWidget, _Said] = WeakKeyDictionary()
_held: WeakKeyDictionary[QWidget, tuple[ReferenceType[QWidget], QWidget | None]] = WeakKeyDictionary()
"""What had the keyboard in a widget that has to wait, and what got it in its place."""


def usable(widget: QWidget, why_not: str) -> None:
    """Enable the widget, or disable it with the reason why; what it said of itself before comes back with the use.

    A widget that holds buttons gives each of them its reason, except those that have one of their own.
    """
    before = _reasons.get(widget, "")
    if why_not == WAIT:
        _disable_for_a_while(widget)
    widget.setEnabled(not why_not)
    if not why_not:
        _give_back_keyboard(widget)
    if not (why_not or before):
        return
    _reasons[widget] = why_not
    for each in (widget, *widget.findChildren(QAbstractButton)):
        _tell(each, _why_not(each))


def _disable_for_a_while(widget: QWidget) -> None:
    window = widget.window()
    here = window.focusWidget()
    if here is None or not widget.isEnabled() or not (here is widget or widget.isAncestorOf(here)):
        return
    if window.isActiveWindow():
        here.clearFocus()  # Qt would pass the keyboard on, and a screen reader say what has it
    # Behind a dialog that is just closing Qt would then go to the first of the window's buttons.
    widget.setEnabled(False)
    _held[widget] = ref(here), window.focusWidget()


def _give_back_keyboard(widget: QWidget) -> None:
    """Unless somebody has gone elsewhere since."""
    here, passed_to = _held.pop(widget, (None, None))
    back = here() if here is not None else None
    if back is None or not shiboken6.isValid(back) or widget.window().focusWidget() is not passed_to:
        return
    if back.isVisible() and back.isEnabled():
        from PySide6.QtCore import Qt  # not at the start: see `theme.qt_values`

        back.setFocus(Qt.FocusReason.OtherFocusReason)


def only_read(writable: bool) -> str:
    """The reason why a visit that is not `writable` cannot be changed here; empty when it can."""
    return "" if writable else ONLY_READ


def busy_reason(busy: bool) -> str:
    """The reason why nothing can be begun while other work is going on; empty when it can."""
    return WAIT if busy else ""


def _why_not(widget: QWidget) -> str:
    """The reason of the widget itself, or else of what it stands in."""
    at: QWidget | None = widget
    while at is not None:
        if _reasons.get(at):
            return _reasons[at]
        at = None if at.isWindow() else at.parentWidget()
    return ""


def _tell(widget: QWidget, why_not: str) -> None:
    tip, told, said = widget.toolTip(), widget.accessibleDescription(), _said.pop(widget, None)
    if said is not None:  # what was set anew since stays
        tip = said.tip if tip == plain_tip(said.why_not) else tip
        told = said.told if told == said.why_not else told
    if why_not:
        _said[widget] = _Said(tip, told, why_not)
    widget.setToolTip(plain_tip(why_not) if why_not else tip)
    widget.setAccessibleDescription(why_not or told)
