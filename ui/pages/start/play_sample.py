"""The sample visit: generated in a home of its own, then restored on this laptop like any other visit."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from reviewapp.base.i18n import _
from reviewapp.workspace.laptop import Laptop
from ui.session.worker import Progress


class PlaySample:
    """Job: generate the sample visit; the home it was generated in is deleted."""

    def __init__(self, laptop: Laptop, home: Path) -> None:
        self._laptop, self._home = laptop, home

    def __call__(self, progress: Progress) -> str:
        """Generate and restore the sample; returns the visit's id."""
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
