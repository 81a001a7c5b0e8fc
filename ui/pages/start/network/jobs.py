"""What the screens of a set have done in the background: each job opens the set, and closes it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.national import deciding, joining
from reviewapp.national.joining import FileReceipt
from reviewapp.national.look import SetLook, look_at, ratings_of_standard, ratings_of_team
from reviewapp.national.model import Counted
from reviewapp.national.network_key import write_network_key
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.networks import Networks
from reviewapp.national.proofreading.proofread import NationalFinding
from reviewapp.national.report import make, passages

if TYPE_CHECKING:
    from reviewapp.instruments.model import Instrument
    from reviewapp.workspace.laptop import Laptop
    from ui.session.worker import Progress

T = TypeVar("T")
Then = Callable[[NetworkSet], T]


class Joined(NamedTuple):
    """What joining did, and the set after it."""

    receipts: list[FileReceipt]
    look: SetLook


class MadeReport(NamedTuple):
    """The report as it would be saved: its number, its pages as PDF, what the proof-reader finds."""

    number: int
    pdf: bytes
    findings: list[NationalFinding]


class SetJobs:
    """Jobs on one set of an installation; each is to be given to the worker."""

    def __init__(self, laptop: Laptop, set_id: str, cycle: str | None = None) -> None:
        self._networks = Networks(laptop.home)
        self._set_id, self._cycle = set_id, cycle

    def look(self, _progress: Progress) -> SetLook:
        """Read the set."""
        with self._networks.open(self._set_id, read_only=True) as network:
            return look_at(network, self._cycle)

    def join(self, paths: list[Path], progress: Progress) -> Joined:
        """Join files; cancelling before the last was read changes nothing."""

        def told(number: int, of: int) -> None:
            progress.report(_("File {n} of {of}", n=number, of=of), number / of)

        with self._networks.open(self._set_id) as network:
            receipts = joining.join(network, paths, told)
            return Joined(receipts, look_at(network))

    def preview(self, paths: list[Path], progress: Progress) -> list[FileReceipt]:
        """What joining these files would do."""

        def told(number: int, of: int) -> None:
            progress.report(_("File {n} of {of}", n=number, of=of), number / of)

        with self._networks.open(self._set_id, read_only=True) as network:
            return joining.preview(network, paths, told)

    def _changed(self, change: Callable[[NetworkSet], object]) -> SetLook:
        with self._networks.open(self._set_id) as network:
            change(network)
            return look_at(network, self._cycle)

    def set_aside(self, visit: str, reason: str, _progress: Progress) -> SetLook:
        """Leave a visit out of the figures."""
        return self._changed(lambda network: deciding.set_aside(network, visit, reason))

    def count_again(self, visit: str, _progress: Progress) -> SetLook:
        """Count a visit that was set aside."""
        return self._changed(lambda network: deciding.count_again(network, visit))

    def accept(self, visit: str, n: int, _progress: Progress) -> SetLook:
        """Count an extract that stands apart."""
        return self._changed(lambda network: deciding.accept(network, visit, n))

    def take_out(self, visit: str, record: str, _progress: Progress) -> SetLook:
        """Take words out for good."""
        return self._changed(lambda network: deciding.withdraw(network, visit, [record]))

    def keep_shown(self, visit: str, record: str, _progress: Progress) -> SetLook:
        """Show words again that a laptop without the right asked for."""
        return self._changed(lambda network: deciding.keep_shown(network, visit, [record]))

    def expect(self, codes: list[str], _progress: Progress) -> SetLook:
        """Keep which teams are to send an extract."""
        return self._changed(lambda network: deciding.expect(network, codes))

    def write_passage(self, place: str, words: str, _progress: Progress) -> SetLook:
        """Write a passage of the report."""
        return self._changed(lambda network: passages.write(network, place, words))

    def of_team(self, team: str, cycle: str, _progress: Progress) -> dict[str, Counted]:
        """How each standard counts for one team."""
        with self._networks.open(self._set_id, read_only=True) as network:
            return ratings_of_team(network, team, cycle)

    def of_standard(self, number: str, cycle: str, _progress: Progress) -> dict[str, Counted]:
        """How one standard counts for every team."""
        with self._networks.open(self._set_id, read_only=True) as network:
            return ratings_of_standard(network, number, cycle)

    def write_key(self, path: Path, _progress: Progress) -> Path:
        """Write the key file for the leads."""
        with self._networks.open(self._set_id, read_only=True) as network:
            write_network_key(path, network.key)
        return path

    def write_backup(self, path: Path, _progress: Progress) -> Path:
        """Write a backup to be taken away."""
        with self._networks.open(self._set_id, read_only=True) as network:
            network.write_backup(path)
        return path

    def verify(self, _progress: Progress) -> list[str]:
        """Check the set; returns what is wrong, in words."""
        checks = self._networks.verify(self._set_id)
        return [f"{one.what}; {one.do}" for one in checks if not one.ok]

    def report(self, team: str, _progress: Progress) -> MadeReport:
        """Make the report, to be looked at; nothing is noted as given out."""
        with self._networks.open(self._set_id) as network:
            made = make.report_of(network, network.figures(cycle=self._cycle), team=team)
            return MadeReport(made.number, made.rendered("pdf"), make.findings(network, made))

    def accept_finding(self, finding: str, reason: str, progress: Progress) -> MadeReport:
        """Let a finding of the proof-reader stand."""
        with self._networks.open(self._set_id) as network:
            made = make.report_of(network, network.figures(cycle=self._cycle))
            make.accept(network, made, finding, reason)
        return self.report("", progress)

    def save_report(self, path: Path, suffix: str, team: str, _progress: Progress) -> Path:
        """Save the report, and note in the set that it was given out."""
        with self._networks.open(self._set_id) as network:
            made = make.report_of(network, network.figures(cycle=self._cycle), team=team)
            save_file(path, made.rendered(suffix))
            network.note_printed(made.printed)
        return path


def make_set(laptop: Laptop, name: str, instrument: Instrument, drafts: bool, _progress: Progress) -> str:
    """Make a set; returns its id. Its key file can be written from it at any time."""
    return Networks(laptop.home).new(name, instrument, with_drafts=drafts)


def set_of(laptop: Laptop, path: Path, _progress: Progress) -> str:
    """The id of the set that a file is sealed to."""
    return Networks(laptop.home).sealed_to(path)
