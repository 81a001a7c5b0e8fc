"""Making an empty paper sheet, for a laptop that dies."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.files import save_file
from reviewapp.instruments.model import Instrument
from ui.session.worker import Progress


class PaperSheet:
    """A job for the worker: writes the sheet, gives back the name of the file."""

    def __init__(self, instrument: Instrument, form: str, path: Path) -> None:
        self._instrument, self._form, self._path = instrument, form, path

    def __call__(self, progress: Progress) -> str:
        """Draw and save; raises ReviewError when it cannot be written."""
        from reviewapp.report.paper.forms import paper_sheet

        save_file(self._path, paper_sheet(self._instrument, self._form))
        return self._path.name
