"""What must be true of a page for everybody: each function names what is wrong, and none of them changes a page."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QSplitter,
    QTextEdit,
    QToolButton,
    QWidget,
)

from tests.ui.access.measure import SCALE, Drawings, contrast_in, drawing, edge_contrast, scaled
from ui.theme import theme
from ui.widgets import CardButton, Elided

LEAST_TARGET = 24
ALIKE = 0.7
"""Share of the letters from which on Orca takes a name for the same as a label, and says one of them."""
TEXT_LEAST, CONTROL_LEAST = 4.5, 3.0
INTERACTIVE = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
)
EDGED = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QCheckBox)
WHOLES = (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView)
"""What is one thing to the person, whatever it is made of."""
_ROLE = QAccessible.Role
NO_ROLE = frozenset({_ROLE.NoRole, _ROLE.Client, _ROLE.Grouping, _ROLE.Pane, _ROLE.Window})
STATES = ("met", "not_met", "warn", "info")


def shown(root: QWidget) -> list[QWidget]:
    """Everything in a widget's window that can be seen, itself too; of a page that is not in view nothing is asked."""
    return [*_seen_in(root)] if root.isVisibleTo(root.window()) else []


def _seen_in(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow() and not child.isHidden():
            yield from _seen_in(child)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab is meant to stop here."""
    tab = (widget.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
    return tab and widget.isEnabled() and widget.focusProxy() is None and not isinstance(widget.parent(), WHOLES)


def controls(root: QWidget) -> list[QWidget]:
    """Everything one can do something with."""
    return [
        widget
        for widget in shown(root)
        if (isinstance(widget, INTERACTIVE) or takes_tab(widget))
        and not isinstance(widget, QHeaderView | QScrollBar)
        and not isinstance(widget.parent(), WHOLES)
    ]


def named(widget: QWidget) -> str:
    """A widget in words, for what a test says."""
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName() or '(no name)'}"


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader cannot name, or does not know the kind of, and rows of a list without words."""
    wrong = []
    for widget in controls(root):
        face = QAccessible.queryAccessibleInterface(widget)
        if face is None or not face.text(QAccessible.Text.Name).strip():
            wrong.append(f"{named(widget)} has no name")
        elif face.role() in NO_ROLE:
            wrong.append(f"{named(widget)} has no role")
        if isinstance(widget, QAbstractItemView):
            wrong += [f"{named(widget)}: {row}" for row in _silent_rows(widget)]
    for widget in shown(root):
        painted = QAccessible.queryAccessibleInterface(widget) if _paints_words(widget) else None
        if painted is not None and painted.role() in NO_ROLE:
            wrong.append(f"{named(widget)} paints words but has no role")
    return wrong


def named_twice(root: QWidget) -> list[str]:
    """Inputs whose label is not their name: a screen reader says one and then the other."""
    return [
        f"{named(buddy)} has the label {label.text()}"
        for label in shown(root)
        if isinstance(label, QLabel) and (buddy := label.buddy()) is not None
        if SequenceMatcher(None, label.text().lower(), buddy.accessibleName().lower()).ratio() < ALIKE
    ]


def _paints_words(widget: QWidget) -> bool:
    ours = type(widget).__module__.startswith("ui.") and "paintEvent" in vars(type(widget))
    return ours and bool(drawing(widget).words)


def _silent_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), 40) if model is not None else 0):
        index = model.index(row, 0)
        words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        if not str(words or "").strip():
            yield f"row {row} says nothing"


def too_small(root: QWidget) -> list[str]:
    """Targets under 24 px, and rows of lists under 24 px."""
    wrong = [
        f"{named(w)}: {w.width()} x {w.height()}"
        for w in controls(root)
        if w.isEnabled() and min(w.width(), w.height()) < LEAST_TARGET
    ]
    for view in shown(root):
        if isinstance(view, QAbstractItemView) and view.model() is not None and view.model().rowCount():
            high = view.visualRect(view.model().index(0, 0)).height()
            if 0 < high < LEAST_TARGET:
                wrong.append(f"{named(view)}: a row is {high} high")
    return wrong


def cut_off(root: QWidget) -> list[str]:
    """Words that have no room: in labels and buttons by what they ask for, elsewhere by what is drawn past the edge."""
    return [cut for widget in shown(root) if (cut := _label_cut(widget) or _button_cut(widget) or _hint_cut(widget))]


def _label_cut(widget: QWidget) -> str:
    if not isinstance(widget, QLabel) or isinstance(widget, Elided) or not widget.text():
        return ""
    high = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
    narrow = not widget.wordWrap() and widget.width() < widget.sizeHint().width() - 1
    return widget.text() if narrow or widget.height() < high - 1 else ""


def _button_cut(widget: QWidget) -> str:
    if not isinstance(widget, QAbstractButton) or isinstance(widget, CardButton) or not widget.text():
        return ""
    narrow = widget.width() < widget.sizeHint().width() - 2 or widget.height() < widget.fontMetrics().height()
    return widget.text() if narrow else ""


def _hint_cut(widget: QWidget) -> str:
    """The words that stand in an input, or a choice, wider than the input."""
    if isinstance(widget, QLineEdit) and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox):
        words = widget.placeholderText()
        return words if widget.fontMetrics().horizontalAdvance(words) > widget.width() - 20 else ""
    if isinstance(widget, QComboBox):
        words = widget.currentText()
        return words if widget.fontMetrics().horizontalAdvance(words) > widget.width() - 38 else ""
    if isinstance(widget, QAbstractSpinBox):
        words = widget.text()
        return words if widget.fontMetrics().horizontalAdvance(words) > widget.width() - 18 else ""
    return ""


def past_the_edge(root: QWidget, made: Drawings | None = None) -> list[str]:
    """Words that a widget paints itself and that end outside it, where nothing of them is drawn."""
    wrong, made = list[str](), made or Drawings()
    for widget in shown(root):
        if drawn(widget) is not None and type(widget).__module__.startswith("ui."):
            room = QRectF(widget.rect()).adjusted(-1, -1, 1, 1)
            wrong += [f"{run.text} in {named(widget)}" for run in made.of(widget).words if not room.contains(run.box)]
    return wrong


def outside(root: QWidget) -> list[str]:
    """What lies past the right edge of the window or of what it scrolls in, where nothing brings it into view."""
    wrong = []
    for widget in shown(root):
        if isinstance(widget, QScrollBar) or not isinstance(widget, (QLabel, *INTERACTIVE)):
            continue
        frame = _frame_of(widget)
        if frame is None:
            continue
        right = widget.mapTo(frame, QPoint(widget.width(), 0)).x() if widget is not frame else 0
        if right > frame.width() + 1:
            wrong.append(f"{named(widget)} ends {right - frame.width()} px outside")
    return wrong


def _frame_of(widget: QWidget) -> QWidget | None:
    """The viewport or window that cuts a widget off on the right; None where one can scroll to it."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            scrolls = isinstance(area, QAbstractItemView) or area.horizontalScrollBar().maximum() > 0
            return None if scrolls else parent
        parent = area
    return parent


def drawn(widget: QWidget) -> QWidget | None:
    """What to ask for a widget's own painting; None for what paints no words of its own."""
    if isinstance(widget, QScrollBar | QMenuBar | QAbstractScrollArea) or not _paints(type(widget).__mro__):
        return None
    return widget if widget.width() > 2 and widget.height() > 2 else None


@cache
def _paints(kinds: tuple[type, ...]) -> bool:
    """Whether a kind of widget, with its bases, may paint words: Qt's boxes do not, nor ours that paint as these."""
    for one in kinds:
        if one in (QWidget, QFrame):
            return False
        if "paintEvent" in vars(one) or one.__module__.startswith("PySide6."):
            return True
    return True


def _faint(widget: QWidget, root: QWidget, image: QImage, made: Drawings) -> Iterator[str]:
    seen = QRectF(widget.visibleRegion().boundingRect()).adjusted(-1, -1, 1, 1)
    corner = widget.mapTo(root, QPoint(0, 0))
    for words in made.of(widget).words:
        if not seen.contains(words.box.center()):
            continue
        # Two pixels less on either side, where the caret may stand.
        box = words.box.adjusted(2, 0, -2, 0).intersected(seen).translated(corner)
        found = contrast_in(image, scaled(box))
        if found < TEXT_LEAST:
            yield f"{words.text!r} in {named(widget)}: {found:.2f}"


def faint_words(root: QWidget, image: QImage, made: Drawings | None = None) -> list[str]:
    """Words under 4.5:1 on their ground. `image` is `picture_of(root)`."""
    made = made or Drawings()
    return [faint for w in shown(root) if drawn(w) is not None for faint in _faint(w, root, image, made)]


def faint_controls(root: QWidget, image: QImage) -> list[str]:
    """Inputs whose edge, and buttons whose picture, is under 3:1. What cannot be used need not stand out."""
    wrong = []
    for widget in controls(root):
        if not widget.isEnabled() or widget.visibleRegion().boundingRect() != widget.rect():
            continue
        box = scaled(QRectF(QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())))
        if isinstance(widget, QCheckBox):
            found = contrast_in(image, box)
        elif isinstance(widget, EDGED) and not _read_only(widget):
            found = edge_contrast(image, box, reach=3 * SCALE)
        elif isinstance(widget, QToolButton):
            inside = 4 * SCALE  # the border, which stands out while the keyboard is here, is not the picture
            found = contrast_in(image, box.adjusted(inside, inside, -inside, -inside))
        else:
            continue
        if found < CONTROL_LEAST:
            wrong.append(f"{named(widget)}: {found:.2f}")
    return wrong


def _read_only(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit | QAbstractSpinBox) and widget.isReadOnly()


def colour_alone(root: QWidget, made: Drawings | None = None) -> list[str]:
    """Words in the colour of a state with no picture beside them."""
    drawings = made or Drawings()
    tones = {theme().hex(tone): tone for tone in STATES}
    plain = {theme().hex(role) for role in ("text", "muted", "accent", "on_accent", "na")}
    words: list[tuple[str, QRectF, str]] = []
    pictures: list[QRectF] = []
    for widget in shown(root):
        if drawn(widget) is None:
            continue
        corner, seen = widget.mapTo(root, QPoint(0, 0)), QRectF(widget.rect())
        painted = drawings.of(widget)
        pictures += [picture.translated(corner) for picture in painted.pictures]
        words += [
            (run.text, run.box.translated(corner), tones[run.fill])
            for run in painted.words
            if run.fill in tones and run.fill not in plain and seen.contains(run.box.center())
        ]
    icons = [p for p in pictures if 4 <= max(p.width(), p.height()) <= theme().px(60)]
    lines = [box for _, box, _ in words]
    return [f"{text!r} only in the colour of {tone}" for text, box, tone in words if not _beside(box, icons, lines)]


def _beside(box: QRectF, icons: list[QRectF], lines: list[QRectF]) -> bool:
    """An icon within reach on the left, on the line of the words or on the first line of the same paragraph."""
    reach = theme().px(40)
    rows = [box, *(one for one in lines if abs(one.left() - box.left()) < 2 and one.top() < box.top())]
    return any(
        abs(icon.center().y() - line.center().y()) <= line.height() * 1.5
        and -reach <= icon.right() - line.left() <= theme().px(8)
        for line in rows
        for icon in icons
    )


def group_of(widget: QWidget) -> QWidget | None:
    """The part of a split page that a widget lies in."""
    part, found = widget, None
    while (parent := part.parentWidget()) is not None:
        if isinstance(parent, QSplitter):
            found = part
        part = parent
    return found


def out_of_order(stops: list[QWidget]) -> list[str]:
    """Where Tab goes back against the way one reads, or leaves a part of a split page and comes back to it."""
    wrong = []
    for one, following in pairwise(stops):
        here, there = _place(one), _place(following)
        row = min(here.bottom(), there.bottom()) - max(here.top(), there.top()) > min(here.height(), there.height()) / 2
        left = row and there.right() <= here.left() + 1
        up = there.bottom() <= here.top() + 1 and there.left() < here.right() - 1
        if left or up:
            wrong.append(f"{named(one)} is followed by {named(following)}, which is {'before' if left else 'above'} it")
    groups = [g for g in (group_of(stop) for stop in stops) if g is not None]
    runs = [g for i, g in enumerate(groups) if i == 0 or groups[i - 1] is not g]
    if len(runs) != len(set(map(id, runs))):
        wrong.append("Tab leaves a part of the page and comes back to it: " + ", ".join(named(s) for s in stops))
    return wrong


def many_stops(stops: list[QWidget]) -> list[str]:
    """Choices of one group that are more than one stop for Tab."""
    groups: dict[int, list[QWidget]] = {}
    for stop in stops:
        if isinstance(stop, QAbstractButton) and stop.isCheckable() and stop.group() is not None:
            groups.setdefault(id(stop.group()), []).append(stop)
    return [", ".join(named(one) for one in group) for group in groups.values() if len(group) > 1]


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
