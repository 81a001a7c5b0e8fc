"""Printing what is kept on paper: a few words, or the pages of a PDF that is never saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.theme.tokens import FAMILY

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
"""Dots an inch in which a page is drawn: what printers print text in."""
POINTS = 11
"""The size of printed words."""
COLUMN = 190
"""How far from the edge of the text, in points, a second column begins."""


def print_text(parent: QWidget, text: str) -> str | None:
    """Ask for a printer and send the text to it: words that say so; empty when cancelled, None without a printer."""
    printer = _printer()
    if printer is None or not _is_chosen(printer, parent):
        return None if printer is None else ""
    draw_text(printer, text)
    return sent_in_words(printer)


def print_pages(parent: QWidget, pdf: bytes) -> str | None:
    """Ask for a printer and send the pages of a PDF to it; answers as `print_text`. They are written nowhere else."""
    printer = _printer()
    if printer is None or not _is_chosen(printer, parent):
        return None if printer is None else ""
    draw_pages(printer, pdf)
    return sent_in_words(printer)


def sent_in_words(printer: QPrinter) -> str:
    """What is said once it was sent: somebody who printed into a file has words on the disk that anybody can read."""
    name = Path(printer.outputFileName()).name
    if not name:
        return _("Sent to the printer.")
    return _("Saved as {name}. It is not encrypted: print it, and delete it from this laptop.", name=name)


def draw_text(printer: QPrinter, text: str) -> None:
    """Draw a text on as many sheets as it takes; what stands behind a tab begins in a column of its own."""
    from PySide6.QtGui import QFont, QTextDocument, QTextOption

    document, option = QTextDocument(), QTextOption()
    font = QFont(FAMILY)
    font.setPointSize(POINTS)  # the sizes of the screen are in pixels, of which a printer has ten times as many
    document.setDefaultFont(font)
    option.setTabStopDistance(COLUMN)
    document.setDefaultTextOption(option)
    document.setPlainText(text)
    document.print_(printer)


def draw_pages(printer: QPrinter, pdf: bytes) -> None:
    """Draw each page of a PDF on a sheet of the printer, as large as the paper allows."""
    import pypdfium2
    from PySide6.QtGui import QPainter

    printer.setFullPage(True)
    document = pypdfium2.PdfDocument(pdf)
    painter = QPainter(printer)
    for number, page in enumerate(document):
        if number:
            printer.newPage()
        image, sheet = _image(page), painter.viewport()
        size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(sheet.adjusted(0, 0, size.width() - sheet.width(), size.height() - sheet.height()), image)
    painter.end()
    document.close()


def _image(page: Any) -> QImage:
    bitmap = page.render(scale=DPI / 72, prefer_bgrx=True)
    found = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    return found.copy()  # the image alone does not keep the bytes


def _printer() -> QPrinter | None:
    from PySide6.QtPrintSupport import QPrinter as Printer

    printer = Printer(Printer.PrinterMode.HighResolution)
    return printer if printer.isValid() else None


def _is_chosen(printer: QPrinter, parent: QWidget) -> bool:
    """Whether the person chose a printer, or a file to print into, and did not cancel."""
    from PySide6.QtPrintSupport import QPrintDialog

    return bool(QPrintDialog(printer, parent).exec())
