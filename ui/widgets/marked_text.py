"""A line of text in which what was looked for is bold and underlined."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from reviewapp.search.query import HighlightedText
from ui.theme import theme

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


def draw_marked(painter: QPainter, rect: QRectF, marked: HighlightedText, kind: str, role: str) -> None:
    """One line, cut with … where it is too long; matches are bold, underlined and in the colour of text."""
    look = theme()
    plain, strong, narrow, wide = _letters(look.percent, kind)
    colours = look.colour(role), look.colour("text") if marked.marks else None
    x = rect.left()
    for text, match in runs(_from_match(marked, wide, rect.width())):
        painter.setFont(strong if match else plain)
        painter.setPen(colours[match] or colours[0])
        metrics, room = wide if match else narrow, rect.right() - x
        length = metrics.horizontalAdvance(text)
        if length > room:
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))
            painter.drawText(QRectF(x, rect.top(), room + 1, rect.height()), int(_LINE), cut)
            return
        painter.drawText(QRectF(x, rect.top(), length + 1, rect.height()), int(_LINE), text)
        x += length


@lru_cache(maxsize=16)
def _letters(_percent: int, kind: str) -> tuple[QFont, QFont, QFontMetricsF, QFontMetricsF]:
    """Plain letters, those of a match, and their measures; asked for with every row that is drawn."""
    plain, strong = theme().font(kind), theme().font(kind, strong=True)
    strong.setUnderline(True)
    return plain, strong, QFontMetricsF(plain), QFontMetricsF(strong)


def _from_match(marked: HighlightedText, metrics: QFontMetricsF, room: float) -> HighlightedText:
    """Without its beginning, where the first match would lie beyond the edge."""
    if not marked.marks:
        return marked
    begin, end = marked.marks[0]
    if metrics.horizontalAdvance(marked.text[: end + 1]) <= room:
        return marked
    at = begin
    while at and metrics.horizontalAdvance(marked.text[at - 1 : end]) < room / 2:
        at -= 1
    at = max(marked.text.find(" ", at, begin) + 1, at)
    return HighlightedText(f"… {marked.text[at:]}", tuple((b - at + 2, e - at + 2) for b, e in marked.marks))


def runs(marked: HighlightedText) -> list[tuple[str, bool]]:
    """The text in pieces, and which of them were looked for."""
    pieces, at = [], 0
    for begin, end in marked.marks:
        pieces += [(marked.text[at:begin], False), (marked.text[begin:end], True)]
        at = end
    pieces.append((marked.text[at:], False))
    return [piece for piece in pieces if piece[0]]
