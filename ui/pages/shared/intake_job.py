"""Intake of a sheet from the team, as a job for the worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.session.worker import Progress


SHEET_FILES = _("Spreadsheets (*.xlsx *.csv);;All files (*)")


class IntakeJob:
    """Job: read a sheet from the team and record it as the team's statements, all of it or nothing."""

    def __init__(self, path: Path, kind: str) -> None:
        self._path, self._kind = path, kind

    def __call__(self, visit: OpenVisit, progress: Progress) -> tuple[str, Change]:
        """Read and record the sheet; returns a summary and the change. Raises ReviewError."""
        from reviewapp.intake import read_intake

        found = read_intake(self._path, self._kind, visit.state.instrument, visit.state)
        progress.check()
        visit.write_as_host_if_lead()
        return found.summary, visit.record(*found.lines, name=_("taking in {name}", name=self._path.name))
