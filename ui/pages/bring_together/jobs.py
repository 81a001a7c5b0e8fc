"""Reading, joining and writing files of the visit: the jobs for the worker, and the rows that show their results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.exchange.pack import read_file
from reviewapp.exchange.parts import in_words
from ui.pages.bring_together.join_summary import entries_in_words
from ui.pages.bring_together.saved import Saved
from ui.pages.shared.laptop_words import LaptopNames, apart_in_words, copied_in_words, refused_in_words
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.exchange.returns import Receipt
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.worker import Progress

PATTERN = _("Returns and receipts (*.rvreturn *.rvreceipt *.review);;All files (*)")


@dataclass(frozen=True)
class IncomingFile:
    """A file that was brought in, with its receipt: the result of joining it, or of the preview."""

    path: Path
    receipt: Receipt
    kind: str = "return"
    clock: str = ""
    """That the clock of the laptop it comes from was wrong."""

    @property
    def ready(self) -> bool:
        """Whether anything of the file can be joined."""
        return self.receipt.reason is None or self.receipt.entries.in_ > self.receipt.entries.refused

    def status_row(self, named: LaptopNames) -> StatusRow:
        """The row of the list for this file."""
        counts = self.receipt.entries
        if not self.ready:
            reason = self.receipt.reason or ""
            detail = reason if reason.startswith(self.path.name) else reason[:1].upper() + reason[1:]
            if counts.refused:
                detail += plural(
                    "\nThe one entry in it was refused.", "\nAll {n} entries in it were refused.", counts.refused
                )
            return StatusRow(str(self.path), self.path.name, detail, _("Not added"), "not_met", "cross")
        if self.kind == "receipt":
            who = _("Receipt from {person}", person=named.person(self.receipt.from_.person))
            words = _("It says which of your work the lead has. It changes nothing.")
            return StatusRow(str(self.path), who, words, _("Receipt"), "info", "file", note=self.path.name)
        ready = _("Ready to add") if counts.new else _("Nothing new")
        part = self.receipt.part
        parts = [in_words(part.number, part.of, part.missing)] if part else []
        told = [
            *copied_in_words(self.receipt.forks, named),
            *refused_in_words(self.receipt.refused_parts, named),
            *apart_in_words(self.receipt.apart, named),
        ]
        return StatusRow(
            key=str(self.path),
            title=_("From {laptop}", laptop=named(self.receipt.from_.person, self.receipt.from_.device)),
            detail="\n".join(
                [
                    plural(
                        "{n} entry. {what}.",
                        "{n} entries. {what}.",
                        counts.in_,
                        what=entries_in_words(
                            counts.new, counts.already_here, self.receipt.kinds, hidden=bool(self.receipt.hidden)
                        ),
                    ),
                    *(words[:1].upper() + words[1:] + "." for words in parts),
                    *told,
                ]
            ),
            note=self.path.name,
            pill=_("Not all of it") if self.receipt.refused_parts else ready,
            tone="warn" if told else "info" if counts.new else "na",
            icon="alert" if told else "file" if counts.new else "equal",
        )


def kind_of(path: Path) -> str:
    """`return`, `receipt` or `visit-pack`, from the cover; an unreadable file is a `return`, which `merge` refuses."""
    try:
        return read_file(path)[0].reviewapp
    except ReviewError:
        return "return"


@dataclass(frozen=True)
class PreviewJob:
    """Job: preview what joining each file would do, changing nothing."""

    paths: tuple[Path, ...]

    def __call__(self, visit: OpenVisit, progress: Progress) -> list[IncomingFile]:
        """Preview the files; returns them in the order given."""
        found = []
        for number, path in enumerate(self.paths):
            progress.report(_("Reading {name}", name=path.name), number / len(self.paths))
            found.append(IncomingFile(path, visit.merge(path, preview=True), kind_of(path)))
        return found


@dataclass(frozen=True)
class JoinJob:
    """Job: join the files one after the other; files joined before a cancellation or an error stay joined."""

    paths: tuple[Path, ...]

    def __call__(self, visit: OpenVisit, progress: Progress) -> list[IncomingFile]:
        """Join the files; returns them in the order given. Raises ReviewError."""
        done: list[IncomingFile] = []
        for number, path in enumerate(self.paths):
            progress.report(_("Adding {name}", name=path.name), number / len(self.paths))
            kind, receipt = kind_of(path), visit.merge(path)
            people = visit.state.people
            wrong = {one.device: one.in_words(people) for one in visit.here.wrong_clocks()}
            done.append(IncomingFile(path, receipt, kind, wrong.get(receipt.from_.device, "")))
        return done


@dataclass(frozen=True)
class WriteReturnJob:
    """Job: write everything on this laptop to a file, verified by reading it back."""

    path: Path

    def __call__(self, visit: OpenVisit, progress: Progress) -> Saved:
        """Write the file, or several; returns where they are and their size. Raises ReviewError."""
        progress.report(_("Writing {name}", name=self.path.name))
        first, *others = visit.write_return(self.path)
        return Saved.at(first, *others, left_out=visit.written.left_out)


def suggested_name(me: str, *, everybody: bool, today: date) -> str:
    """A file name that reveals nothing to a finder: a code and a date, never the service or a person."""
    return f"{me}-{'everybody-' if everybody else ''}{today.isoformat()}.rvreturn"
