"""Backup of a visit to a file that the person chooses."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.session.worker import Job, Progress, WithVisit
from ui.widgets.file_dialogs import choose_save_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reviewapp.workspace.laptop import Laptop
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


BACKUPS = _("Backups (*.rvbackup *.reviewbackup);;All files (*)")


def back_up(parent: QWidget, session: Session, visit_id: str = "") -> None:
    """Ask for a file and write an encrypted backup of a visit to it in the worker.

    An empty `visit_id` means the open visit; any other visit of this laptop can be named. Drafts become entries first.
    """
    visit, laptop = session.visit, session.laptop
    if laptop is None or (visit is None and not visit_id):
        return
    open_now = visit is not None and visit_id in ("", visit.id)
    suggestion = f"visit-{visit.state.info.date}.rvbackup" if visit is not None and open_now else "visit.rvbackup"
    path = choose_save_file(parent, _("Save a backup"), suggestion, BACKUPS)
    if path is None:
        return
    session.bridge.commit_drafts()
    copy = partial(_back_up, path)
    job: Job = partial(_back_up_other, laptop, visit_id, copy)
    if visit is not None and open_now:
        job = WithVisit(visit, copy, writes=True)  # the visit remembers the path of the copy
    session.worker.run(
        _("Backing up"),
        job,
        TellSaved(session, path, _("Saved to {name} and checked: the backup opens", name=path.name)),
    )


def _back_up(path: Path, visit: OpenVisit, _progress: Progress) -> None:
    visit.backup(path)


def _back_up_other(
    laptop: Laptop, visit_id: str, copy: Callable[[OpenVisit, Progress], None], progress: Progress
) -> None:
    with closing(laptop.open_visit(visit_id)) as visit:
        copy(visit, progress)


class TellSaved:
    """`done` callback for `Worker.run` that says in `words` that a file was saved."""

    def __init__(self, session: Session, path: Path, words: str) -> None:
        self._session, self._path, self._words = session, path, words

    def __call__(self, _nothing: object) -> None:
        self._session.tell_saved(self._path, self._words)
