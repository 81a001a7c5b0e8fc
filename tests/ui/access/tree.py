"""What a screen reader is told about a page, as lines of text that can be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

ROWS = 3
"""Children of a list or table that are written down, of each role."""
_ROLE, _TEXT = QAccessible.Role, QAccessible.Text
QUIET = frozenset(
    (
        *(_ROLE.NoRole, _ROLE.Client, _ROLE.Grouping, _ROLE.Pane, _ROLE.Window, _ROLE.Border, _ROLE.Splitter),
        *(_ROLE.LayeredPane, _ROLE.Graphic),
    )
)
LEFT_OUT = frozenset({_ROLE.ScrollBar, _ROLE.Grip})
LISTS = frozenset({_ROLE.List, _ROLE.Table, _ROLE.Tree})
STATES = ("disabled", "checkable", "checked", "selected", "focusable", "readOnly", "expanded", "collapsed", "hasPopup")
VOLATILE = (
    (re.compile(r"\b\d+ (s|min|h|days?) ago\b|\bjust now\b"), "<ago>"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b"), "<date>"),
    (re.compile(r"\b\d{1,2}/\d{1,2}/(20)?\d\d\b|\b20\d\d-\d\d-\d\d\b"), "<date>"),
    (re.compile(r"(?<=<date>, )(in \d+ days|today|tomorrow|yesterday)\b"), "<ago>"),
    (re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, today\b"), "<weekday>"),
    # At night what was said today was said yesterday, and its day is told.
    (re.compile(r"(\b\d{1,2} [A-Z][a-z]{2} )?\b([01]\d|2[0-3]):[0-5]\d\b"), "<time>"),
    (re.compile(r"\b[0-9a-f]{6}\b"), "<laptop>"),
    (re.compile(r"(\b[Ww]ords(?: of [^:]*)?: )[a-z]+(?: [a-z]+){2,3}(?=[.]|$)"), r"\1<words>"),
    (re.compile(r"/\S*/(?=\S)"), "<folder>/"),
)


def calm(text: str) -> str:
    """Words without what differs from day to day."""
    line = " ".join(text.split())
    for pattern, instead in VOLATILE:
        line = pattern.sub(instead, line)
    return line


def lines(widget: QWidget) -> str:
    """The accessible tree below a widget."""
    face = QAccessible.queryAccessibleInterface(widget)
    return "".join(f"{line}\n" for line in _lines(face, 0)) if face is not None else ""


def _lines(face: QAccessibleInterface, depth: int) -> Iterator[str]:
    state = face.state()
    if state.invisible or face.role() in LEFT_OUT:
        return
    name, role = calm(face.text(_TEXT.Name)), face.role()
    said = bool(name) or role not in QUIET
    if said:
        yield f"{'  ' * depth}{_one(face, name)}"
    children = [child for i in range(face.childCount()) if (child := face.child(i)) is not None and child.isValid()]
    seen: Counter[QAccessible.Role] = Counter()
    more = False
    for child in children:
        below = list(_lines(child, depth + said))
        seen[child.role()] += bool(below)
        if role in LISTS and seen[child.role()] > ROWS:
            more = more or bool(below)
        else:
            yield from below
    if more:
        yield f"{'  ' * (depth + said)}... and more"


def _one(face: QAccessibleInterface, name: str) -> str:
    state = face.state()
    states = [word for word in STATES if getattr(state, word)]
    line = f'{face.role().name} "{name}"'
    if states:
        line += f" [{', '.join(states)}]"
    value, about = calm(face.text(_TEXT.Value)), calm(face.text(_TEXT.Description))
    if value and value != name:
        line += f" = {value}"
    return f"{line} ({about})" if about and about != name else line
