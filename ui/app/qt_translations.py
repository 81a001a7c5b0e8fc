"""Translations of Qt's own texts, such as the menu of a text field."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from ui.formats import locale


def install_qt_translations(application: QCoreApplication) -> bool:
    """Load and install Qt's translation for the program's language; False if Qt has none for it."""
    words = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return words.load(locale(), "qtbase", "_", folder) and application.installTranslator(words)
