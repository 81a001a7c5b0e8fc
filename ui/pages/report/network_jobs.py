"""Jobs of the part "For the network": working out what would leave, and writing it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _

if TYPE_CHECKING:
    from reviewapp.national.extract import Choices
    from reviewapp.national.giving import Prepared
    from reviewapp.national.network_key import NetworkKey
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.worker import Progress


@dataclass(frozen=True)
class PrepareJob:
    """Job: work out the extract for a network; nothing is written."""

    choices: Choices
    network: NetworkKey

    def __call__(self, visit: OpenVisit, _progress: Progress) -> Prepared:
        """The extract, ready to be looked at. Raises ReviewError."""
        from reviewapp.national.giving import prepare_extract

        return prepare_extract(visit, self.choices, self.network)


@dataclass(frozen=True)
class SaveExtractJob:
    """Job: write the extract that was looked at."""

    path: Path
    prepared: Prepared

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write it; returns its path. Raises ReviewError."""
        from reviewapp.national.giving import save_extract

        progress.report(_("Writing {name}", name=self.path.name))
        save_extract(visit, self.path, self.prepared)
        return self.path


@dataclass(frozen=True)
class SaveNoticeJob:
    """Job: write the notice of what was taken back."""

    path: Path
    network: NetworkKey

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write it; returns its path. Raises ReviewError."""
        from reviewapp.national.giving import save_notice

        progress.report(_("Writing {name}", name=self.path.name))
        save_notice(visit, self.path, self.network)
        return self.path
