"""Qt's own words, such as the menu of a text field, in the program's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from ui.formats import locale


def install_qt_translations(application: QCoreApplication) -> bool:
    """Load them for the rest of the program's life; False where Qt has none in this language."""
    words = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return words.load(locale(), "qtbase", "_", folder) and application.installTranslator(words)
