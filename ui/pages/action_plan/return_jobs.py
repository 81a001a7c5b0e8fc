"""Jobs of the action plan for the worker: read a returned sheet, write the sheet and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.dates import today
from reviewapp.base.i18n import _

if TYPE_CHECKING:
    from reviewapp.plan import PlanReturn
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.worker import Progress

PATTERN = _("Excel sheets (*.xlsx)")


@dataclass(frozen=True)
class ReadReturnJob:
    """Job: compare a returned sheet with the visit, changing nothing.

    `sheets`: those that somebody chose; `corrections`: what somebody typed in place of odd cells.
    """

    path: Path
    sheets: tuple[str, ...] = ()
    corrections: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, visit: OpenVisit, progress: Progress) -> PlanReturn:
        """Read the sheet; returns the preview. Raises ReviewError."""
        from reviewapp.plan import preview_return

        progress.report(_("Reading {name}", name=self.path.name))
        return preview_return(visit, self.path, sheets=self.sheets, skip_odd=True, corrections=self.corrections)


@dataclass(frozen=True)
class ExportPlanJob:
    """Job: write the sheet for the team, verified by reading it back."""

    path: Path

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write the sheet and remember what was sent and when; returns the path. Raises ReviewError."""
        from reviewapp.plan import remember_sent, sheet_of

        progress.report(_("Writing {name}", name=self.path.name))
        visit.save_document(self.path, sheet_of(visit))
        if not visit.read_only:
            remember_sent(visit, today().isoformat())
        return self.path


@dataclass(frozen=True)
class PrintPageJob:
    """Job: write one of the documents, as PDF or Word."""

    path: Path
    page: str
    suffix: str = "pdf"

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write the page; returns the path. Raises ReviewError."""
        from reviewapp.plan.pages.build import page_file

        progress.report(_("Writing {name}", name=self.path.name))
        visit.save_document(self.path, page_file(self.page, visit, today(), self.suffix))
        return self.path
