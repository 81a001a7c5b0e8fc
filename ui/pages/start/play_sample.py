"""The samples: generated in a home of their own, then restored on this laptop like any other visit."""

from __future__ import annotations

import secrets
import shutil
import tomllib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reviewapp.base.i18n import _
from reviewapp.base.paths import resource
from reviewapp.workspace.laptop import Laptop
from ui.session.worker import Progress

if TYPE_CHECKING:
    from reviewapp.workspace.laptop import VisitSummary

Sample = Literal["peer_review", "fidelity"]
FOLDERS: dict[Sample, str] = {"peer_review": "sample", "fidelity": "sample-fidelity"}


def visit_of_sample(sample: Sample, visits: Iterable[VisitSummary]) -> str:
    """The id of the latest of these visits that is this sample, which the names in it tell; empty for none."""
    about = tomllib.loads(resource(FOLDERS[sample], "visit.toml").read_text(encoding="utf-8"))
    names = about["service"], about["organisation"]
    found = [one for one in visits if not one.problem and (one.service, one.organisation) == names]
    return max(found, key=lambda one: one.date).id if found else ""


class PlaySample:
    """Job: generate a sample; the home it was generated in is deleted."""

    def __init__(self, laptop: Laptop, home: Path, sample: Sample = "peer_review") -> None:
        self._laptop, self._home, self._sample = laptop, home, sample

    def __call__(self, progress: Progress) -> str:
        """Generate and restore the sample, of a programme every visit; returns the id of the one to open."""
        from reviewapp.demo import play, play_fidelity

        scratch, passphrase = self._home / f".sample-{secrets.token_hex(4)}", secrets.token_urlsafe(24)
        generate = play_fidelity if self._sample == "fidelity" else play
        try:
            result = generate(scratch, passphrase=passphrase, progress=progress.report, documents=False)
            progress.report(_("Copying the sample to this laptop"))
            lead, restored = Laptop.open(result.lead_home, passphrase), ""
            for visit_id in result.visits:
                copy = scratch / f"{visit_id}.rvbackup"
                with closing(lead.open_visit(visit_id)) as visit:
                    visit.backup(copy)
                restored = self._laptop.restore(copy, passphrase)
            return restored
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
