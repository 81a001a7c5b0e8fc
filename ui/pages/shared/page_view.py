"""View of the report's pages, drawn as they come into view."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from reviewapp.base.i18n import _
from ui.pages.shared.figure_links import Link, links_of
from ui.theme import space, theme

KEPT = 10
"""Drawn pages kept in memory; A4 at 600 pixels of width takes 2 MB, so of wider ones fewer are kept."""
ZOOMS = (50, 75, 100, 125, 150, 200, 300)
"""Sizes of a page in per cent that + and - step through; 100 is the size of the paper."""
DOTS = 96 / 72
"""Pixels to a point of the page at 100 %."""
ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
"""With Ctrl they change the text of the whole program."""


class OpenDocument:
    """The open document of a view; closed with the view, so that nothing of the report stays in memory."""

    def __init__(self) -> None:
        self.document: Any = None

    def close(self) -> None:
        """Close the document, if one is open."""
        if self.document is not None:
            self.document.close()
            self.document = None


class PageView(QAbstractScrollArea):
    """Scrolling view of a PDF.

    Emits `moved(page, pages)`, counted from 1, `drawn` when every page in view is, `zoomed` when its pages have another
    size, and `asked(path)` to show a figure's source, when it is clicked, or chosen with the arrow keys and Enter.
    Pages are as wide as the view until Ctrl and the wheel, + or - make them larger or smaller; W fits them again.
    """

    moved = Signal(int, int)
    drawn = Signal()
    asked = Signal(str)
    zoomed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._percent: int | None = None
        self.held = OpenDocument()
        self._sizes: list[tuple[float, float]] = []
        self._tops: list[int] = []
        self._drawn: OrderedDict[int, QImage] = OrderedDict()
        self._links: dict[int, list[Link]] = {}
        self._link: Link | None = None
        self.viewport().setMouseTracking(True)
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.setInterval(0)
        self._draw.timeout.connect(self._on_draw)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        # Not a slot of this widget: once it is being destroyed its own slots are no longer called.
        self.destroyed.connect(self.held.close)

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page at the middle of the view, from 1; 0 without pages."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return sum(1 for top in self._tops if top <= middle)

    @property
    def complete(self) -> bool:
        """Whether there are pages in view and none of them is blank because it has yet to be drawn."""
        in_view = self._in_view()
        return bool(in_view) and all(self._is_drawn(page) for page in in_view)

    def show_pdf(self, data: bytes) -> list[tuple[str, int]]:
        """Show a document at the current scroll position; returns its bookmarks, each with its page from 0."""
        import pypdfium2

        bar = self.verticalScrollBar()
        here, within = self._place()
        self.forget()
        document = self.held.document = pypdfium2.PdfDocument(data)
        self._sizes = [document.get_page_size(i) for i in range(len(document))]
        self._lay_out()
        if here < self.pages:
            bar.setValue(self._tops[here] + round(within * self._height(here)))
        self.viewport().update()
        self._announce_page()
        marks = []
        for mark in document.get_toc():
            target = mark.get_dest()
            marks.append((mark.get_title(), (target.get_index() if target else None) or 0))
        return marks

    def go_to_page(self, page: int) -> None:
        """Scroll a page, counted from 0, to the top."""
        if 0 <= page < self.pages:
            self.verticalScrollBar().setValue(self._tops[page] - space(2))

    @property
    def fits(self) -> bool:
        """Whether the pages are as wide as the view, however wide that is."""
        return self._percent is None

    @property
    def percent(self) -> int:
        """The size of the pages, of that of the paper."""
        return round(100 * self._width() / (self._sizes[0][0] * DOTS)) if self._sizes else 100

    def zoom(self, step: int) -> None:
        """Show the pages in the next larger (+1) or smaller (-1) size."""
        here = self.percent
        others = [one for one in ZOOMS if (one > here if step > 0 else one < here)]
        if others and self._sizes:
            self._set_percent(others[0] if step > 0 else others[-1])

    @Slot()
    def fit_width(self) -> None:
        """Show the pages as wide as the view."""
        self._set_percent(None)

    def _set_percent(self, percent: int | None) -> None:
        """Change the size; what is at the top of the view stays there."""
        here, within = self._place()
        self._percent = percent
        self._lay_out()
        if here < self.pages:
            self.verticalScrollBar().setValue(self._tops[here] + round(within * self._height(here)))
        self.viewport().update()
        self.zoomed.emit()

    def forget(self) -> None:
        """Close the document and clear the view."""
        self._drawn.clear()
        self._links.clear()
        self._link = None
        self._sizes, self._tops = [], []
        self.held.close()

    # Geometry ------------------------------------------------------------------------------------------------

    def _width(self) -> int:
        if self._percent is not None and self._sizes:
            return round(self._sizes[0][0] * DOTS * self._percent / 100)
        # Beside the scroll bar, also while it is not there: pages that grew when it goes would bring it back for ever.
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        return max(space(20), room - 2 * space(3))

    def _height(self, page: int) -> int:
        wide, high = self._sizes[page]
        return round(self._width() * high / wide)

    def _place(self) -> tuple[int, float]:
        """The page at the top of the view, and the fraction of it that is above."""
        value = self.verticalScrollBar().value()
        page = max(0, sum(1 for top in self._tops if top <= value) - 1)
        return (page, (value - self._tops[page]) / self._height(page)) if self._tops else (0, 0.0)

    def _lay_out(self) -> None:
        top, self._tops = space(2), []
        for i in range(self.pages):
            self._tops.append(top)
            top += self._height(i) + space(3)
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, top - seen))
        bar.setPageStep(seen)
        bar.setSingleStep(space(10))
        across, beyond = self.horizontalScrollBar(), self._width() + 2 * space(3) - self.viewport().width()
        across.setRange(0, max(0, beyond if not self.fits else 0))
        across.setPageStep(self.viewport().width())
        across.setSingleStep(space(10))

    def _in_view(self) -> list[int]:
        value, seen = self.verticalScrollBar().value(), self.viewport().height()
        return [i for i, top in enumerate(self._tops) if top < value + seen and top + self._height(i) > value]

    def _announce_page(self) -> None:
        self.setAccessibleDescription(_("Page {page} of {pages}", page=self.page, pages=self.pages))
        self.moved.emit(self.page, self.pages)

    # Drawing -------------------------------------------------------------------------------------------------

    def _is_drawn(self, page: int) -> bool:
        image = self._drawn.get(page)
        wanted = round(self._width() * self.devicePixelRatioF())
        return image is not None and abs(image.width() - wanted) <= 1

    @Slot()
    def _on_draw(self) -> None:
        """Draw one missing page, then start again for the next, so that the program stays responsive."""
        missing = [i for i in self._in_view() if not self._is_drawn(i)]
        if not missing or self.held.document is None:
            return
        number = missing[0]
        page = self.held.document[number]
        scale = self._width() * self.devicePixelRatioF() / self._sizes[number][0]
        bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=4)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBA8888
        ).copy()
        bitmap.close()
        page.close()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._links[number] = links_of(self.held.document, number)
        self._drawn[number] = image
        self._drawn.move_to_end(number)
        most = round(KEPT * min(1.0, (600 / self._width()) ** 2))
        while len(self._drawn) > max(most, len(self._in_view())):
            self._drawn.popitem(last=False)
        self.viewport().update()
        if len(missing) > 1:
            self._draw.start()
        else:
            self.drawn.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Only what has been drawn is painted; missing pages are requested.
        look = theme()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), look.colour("surface_alt"))
        wanting = False
        for i in self._in_view():
            target = self._page_rect(i)
            image = self._drawn.get(i)
            if image is not None:
                painter.drawImage(target, image)
            else:
                painter.fillRect(target, look.colour("surface"))
            wanting = wanting or not self._is_drawn(i)
            painter.setPen(QPen(look.colour("line_strong"), 1))
            painter.drawRect(target)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            if self._link is not None:
                painter.drawRect(self._around(self._link))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
        if wanting:
            self._draw.start()

    # Figures ---------------------------------------------------------------------------------------------------

    def _page_rect(self, page: int) -> QRectF:
        """Rectangle of a page in the view."""
        left = max(space(3), (self.viewport().width() - self._width()) // 2) - self.horizontalScrollBar().value()
        return QRectF(left, self._tops[page] - self.verticalScrollBar().value(), self._width(), self._height(page))

    def _around(self, link: Link) -> QRectF:
        return link.within(self._page_rect(link.page), self._sizes[link.page][0]).adjusted(-2, -1, 2, 1)

    def _shown_links(self) -> list[Link]:
        """The visible figures, from the top down."""
        view = QRectF(self.viewport().rect())
        held = [link for page in self._in_view() for link in self._links.get(page, [])]
        return [link for link in held if view.intersects(self._around(link))]

    def link_at(self, where: QPointF) -> Link | None:
        """The figure at a point of the view; None if there is none."""
        return next((link for link in self._shown_links() if self._around(link).contains(where)), None)

    def _choose_link(self, step: int) -> None:
        shown = self._shown_links()
        if not shown:
            return
        before = shown.index(self._link) if self._link in shown else (-1 if step > 0 else len(shown))
        self._link = shown[max(0, min(before + step, len(shown) - 1))]
        self.setAccessibleDescription(_("{words}: Enter opens what this figure rests on", words=self._link.words))
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # A pointing hand shows that a figure can be clicked.
        over = self.link_at(event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.viewport().setToolTip(_("Open what this figure rests on") if over else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        over = self.link_at(event.position())
        if over is not None and event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit(over.path)

    # Events --------------------------------------------------------------------------------------------------

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self.viewport().update()
        self._announce_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The scroll position stays at the same text.
        here, within = self._place()
        super().resizeEvent(event)
        self._lay_out()
        if self.fits:
            self.zoomed.emit()
        if here < self.pages:
            self.verticalScrollBar().setValue(self._tops[here] + round(within * self._height(here)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # With Ctrl the wheel zooms, as in every other view of pages.
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Home and End scroll, + - and W change the size; Left and Right choose a figure, Enter opens its source.
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() in ZOOM_KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_KEYS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_W and not event.modifiers():
            self.fit_width()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose_link(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._link in self._shown_links():
            self.asked.emit(self._link.path if self._link else "")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # The focus frame is painted on the viewport.
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # The viewport may be gone already while the window closes.
        super().focusOutEvent(event)
        with contextlib.suppress(RuntimeError):
            self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(180), theme().px(180))
