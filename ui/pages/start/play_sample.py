"""Trying the sample: played apart, then brought into this laptop as a visit like any other."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from reviewapp.base.i18n import _
from reviewapp.workspace.laptop import Laptop
from ui.session.worker import Progress


class PlaySample:
    """A job for the worker; returns the visit's id. What it plays in is removed again."""

    def __init__(self, laptop: Laptop, home: Path) -> None:
        self._laptop, self._home = laptop, home

    def __call__(self, progress: Progress) -> str:
        """In the worker."""
        from reviewapp.demo import play

        scratch, passphrase = self._home / f".sample-{secrets.token_hex(4)}", secrets.token_urlsafe(24)
        try:
            result = play(scratch, passphrase=passphrase, progress=progress.report, documents=False)
            progress.report(_("Bringing the sample to this laptop"))
            copy = scratch / "sample.rvbackup"
            visit = Laptop.open(result.lead_home, passphrase).open_visit(result.visit)
            try:
                visit.backup(copy)
            finally:
                visit.close()
            return self._laptop.restore(copy, passphrase)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
