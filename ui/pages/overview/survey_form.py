"""The survey as a form for the programs with which teams ask people: a button with a group for each file."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from ui.labels import MANY
from ui.widgets import Button

if TYPE_CHECKING:
    from reviewapp.instruments.model import Group, Instrument
    from ui.session.worker import Progress

LANGUAGE_NAMES = {
    "ar": _("Arabic"), "bn": _("Bengali"), "cy": _("Welsh"), "es": _("Spanish"), "fr": _("French"), "ga": _("Irish"),
    "gd": _("Scottish Gaelic"), "gu": _("Gujarati"), "pa": _("Punjabi"), "pl": _("Polish"), "pt": _("Portuguese"),
    "ro": _("Romanian"), "so": _("Somali"), "ur": _("Urdu"), "zh": _("Chinese"),
}  # fmt: skip
SECOND = dict(sorted(LANGUAGE_NAMES.items(), key=itemgetter(1)))
"""The languages in which a form can be handed out beside English. Not what they call themselves: fonts may lack it."""


class SurveyForm:
    """Job: write the survey of a group as an XLSForm."""

    def __init__(self, path: Path, group: Group, instrument: Instrument, language: str = "") -> None:
        self._path, self._group, self._instrument, self._language = path, group, instrument, language

    def __call__(self, progress: Progress) -> tuple[str, int]:
        """Write the form; returns the file's name, and how many texts are to be translated. Raises ReviewError."""
        from reviewapp.intake.survey_form import survey_form
        from reviewapp.intake.xlsform import xlsform

        progress.report(_("Making the form"))
        written = xlsform(survey_form(self._instrument, self._group), self._language)
        progress.check()
        save_file(self._path, written.data)
        return self._path.name, written.untranslated


class SurveyFormButton(Button):
    """Menu of the groups that are asked, and of a second language; emits `wanted(group, code of the language)`."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        name = _("Save the survey as a form for KoboToolbox or ODK")
        super().__init__(_("Online form…"), "survey", "quiet", name=name)
        menu = QMenu(self)
        for group in SURVEY_GROUPS:
            action = menu.addAction(f"{MANY[group]}…")
            action.setData(group)
            action.triggered.connect(self._on_group)
        menu.addSeparator()
        self.second = QMenu(menu)
        self._languages = QActionGroup(self)
        self._languages.triggered.connect(self._on_language)
        for code, name in {"": _("English only"), **SECOND}.items():
            action = self.second.addAction(name)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(not code)
            self._languages.addAction(action)
        menu.addMenu(self.second)
        self.setMenu(menu)
        self._on_language()

    def language(self) -> str:
        """The code of the second language, empty for English alone."""
        chosen = self._languages.checkedAction()
        return str(chosen.data()) if chosen is not None else ""

    @Slot()
    def _on_language(self) -> None:
        code = self.language()
        self.second.setTitle(_("Second language: {name}", name=SECOND[code]) if code else _("Second language"))

    @Slot()
    def _on_group(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.wanted.emit(str(action.data()), self.language())
