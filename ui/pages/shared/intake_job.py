"""Intake of a sheet from the team, as a job for the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, plural

if TYPE_CHECKING:
    from reviewapp.instruments.model import Group
    from reviewapp.intake import Intake
    from reviewapp.spreadsheets.outside import OutsideWords
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
        return found.summary, visit.record(*found.lines, name=_("importing {name}", name=self._path.name))


def needs_a_look(found: Intake) -> bool:
    """True if somebody should see more of a file than that it was taken in."""
    earlier = found.earlier
    said = earlier.overwritten or earlier.left or earlier.removed or found.identifying
    return bool(found.words or found.not_taken or found.skipped or said or found.doubtful)


@dataclass(frozen=True)
class IntakeLookJob:
    """Job: read a sheet from the team; it is recorded at once only if there is nothing else to see in it.

    Cells that are not understood are left out and told. `sheets`: those that somebody chose; `settled`: what somebody
    typed in place of odd cells; `replace`: what earlier sheets of this kind had and this one has not is emptied;
    `add`: its people are others than those counted before; `only_look`: record nothing in any case. `group` and
    `columns`: who answered a survey, and what its columns are; the latter is remembered in `home`.
    """

    path: Path
    kind: str
    sheets: tuple[str, ...] = ()
    settled: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    replace: bool = False
    add: bool = False
    only_look: bool = False
    group: Group | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    home: Path | None = None

    def __call__(self, visit: OpenVisit, progress: Progress) -> tuple[Intake, tuple[str, Change] | None]:
        """What the sheet holds, and what `IntakeRecordJob` returns if it was recorded.

        Raises ReviewError; `SheetsUndecided`, `ColumnsUndecided`, `GroupUndecided` or `PeopleUndecided` to be asked.
        """
        from reviewapp.intake import Choices, read_intake
        from reviewapp.intake.column_choices import ColumnMemory

        progress.report(_("Reading {name}", name=self.path.name))
        visit.write_as_host_if_lead()
        instrument = visit.state.instrument
        memory = ColumnMemory(self.home) if self.home is not None and self.kind == "survey" else None
        columns = {**(memory.of(instrument) if memory else {}), **self.columns}
        choices = Choices(
            sheets=self.sheets, settled=self.settled, skip_bad=True, replace=self.replace, me=visit.me,
            group=self.group, columns=columns, add=self.add,
        )  # fmt: skip
        found = read_intake(self.path, self.kind, instrument, visit.state, choices)
        if memory is not None:
            memory.remember(instrument, self.columns)
        if any(not one.said for one in found.columns):
            return found, None
        if self.only_look or needs_a_look(found):
            return found, None
        progress.check()
        return found, IntakeRecordJob(self.path, found)(visit, progress)


@dataclass(frozen=True)
class IntakeRecordJob:
    """Job: record a sheet that was read, with the words to keep as notes."""

    path: Path
    found: Intake
    keep: tuple[OutsideWords, ...] = ()

    def __call__(self, visit: OpenVisit, progress: Progress) -> tuple[str, Change]:
        """Record the sheet as the team's statements; returns a summary and the change. Raises ReviewError."""
        from reviewapp.visit.team_notes import notes_of

        visit.write_as_host_if_lead()
        notes = notes_of(self.keep, visit.state, self.path.name)
        name = _("importing {name}", name=self.path.name)
        kept = plural("{n} note kept.", "{n} notes kept.", len(notes)) if notes else ""
        summary = " ".join(part for part in (self.found.summary, kept) if part)
        return summary, visit.record(*self.found.lines, *notes, name=name)
