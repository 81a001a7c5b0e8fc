"""The survey as a form for the programs with which teams ask people: a button with a group for each file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu

from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from ui.labels import MANY
from ui.widgets import Button

if TYPE_CHECKING:
    from reviewapp.instruments.model import Group, Instrument
    from ui.session.worker import Progress


class SurveyForm:
    """Job: write the survey of a group as an XLSForm."""

    def __init__(self, path: Path, group: Group, instrument: Instrument) -> None:
        self._path, self._group, self._instrument = path, group, instrument

    def __call__(self, progress: Progress) -> str:
        """Write the form; returns the file's name. Raises ReviewError."""
        from reviewapp.intake.survey_form import survey_form
        from reviewapp.intake.xlsform import xlsform

        save_file(self._path, xlsform(survey_form(self._instrument, self._group)).data)
        return self._path.name


class SurveyFormButton(Button):
    """Menu of the groups that are asked; emits `wanted(group)`."""

    wanted = Signal(str)

    def __init__(self) -> None:
        name = _("Save the survey as a form for KoboToolbox or ODK")
        super().__init__(_("Form…"), "survey", "quiet", name=name)
        menu = QMenu(self)
        for group in SURVEY_GROUPS:
            action = menu.addAction(f"{MANY[group]}…")
            action.setData(group)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)

    @Slot("QAction*")
    def _on_triggered(self, action: object) -> None:
        self.wanted.emit(str(action.data()))  # type: ignore[attr-defined]
