"""Writing an empty paper form, for use when a laptop fails."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.dates import today
from reviewapp.base.files import save_file
from reviewapp.instruments.model import Instrument
from ui.session.worker import Progress


class PaperSheet:
    """Job: write an empty paper form as PDF; returns the file's name."""

    def __init__(self, instrument: Instrument, form: str, path: Path) -> None:
        self._instrument, self._form, self._path = instrument, form, path

    def __call__(self, progress: Progress) -> str:
        """Draw and save the form; raises ReviewError when it cannot be written."""
        from reviewapp.report.paper.forms import paper_sheet

        save_file(self._path, paper_sheet(self._instrument, self._form, today()))
        return self._path.name
