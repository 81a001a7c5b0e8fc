"""Printing a few words that are to be kept on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def print_text(parent: QWidget, text: str) -> bool | None:
    """Ask for a printer and send the text to it: True when it was sent, False when not, None without a printer."""
    from PySide6.QtGui import QTextDocument
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter()
    if not printer.isValid():
        return None
    if not QPrintDialog(printer, parent).exec():
        return False
    document = QTextDocument()
    document.setPlainText(text)
    document.print_(printer)
    return True
