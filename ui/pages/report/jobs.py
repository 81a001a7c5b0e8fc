"""Jobs that build the report: for the preview, and as a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from reviewapp.report.profiles import FILE_NAMES
from reviewapp.report.tree import Profile
from reviewapp.visit.state import TextRecord
from reviewapp.visit.statements import Passage
from reviewapp.workspace.moment import copy_of
from reviewapp.workspace.seen_figures import seen_state, seen_status

if TYPE_CHECKING:
    from reviewapp.report.formats import ReportFormat
    from reviewapp.report.proofreading import Finding
    from reviewapp.report.proofreading.perhaps_names import PerhapsName
    from reviewapp.report.tree import Document
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.report.outline import Headings
    from ui.session.worker import Progress


@dataclass(frozen=True)
class PreviewPages:
    """A preview: the PDF, the first-level headings of the whole report, and the anchors of the PDF's bookmarks."""

    pdf: bytes
    headings: Headings
    anchors: tuple[str, ...]


class PreviewJob:
    """Job: build the preview with the drafts included; the visit is not changed.

    Only the part of heading `anchor` is built, or the whole report if it is None.
    """

    def __init__(self, profile: Profile, anchor: str | None) -> None:
        self._profile, self._anchor = profile, anchor

    def __call__(self, visit: OpenVisit, progress: Progress) -> PreviewPages:
        """Build the preview; also imports pypdfium2 here, which displays it, to keep that off the main thread."""
        import pypdfium2  # noqa: F401

        from reviewapp.report.content.excerpt import excerpt
        from reviewapp.report.pdf.render import pdf_bytes
        from reviewapp.report.tree import Heading

        with_drafts(visit)
        document = _document(visit, self._profile)
        progress.check()
        seen = document if self._anchor is None else excerpt(document, self._anchor)
        headings = [block for block in document.parts if isinstance(block, Heading)]
        return PreviewPages(
            pdf_bytes(seen, tagged=False, traced=True),
            tuple((h.id, words_of(h.runs)) for h in headings if h.level == 1),
            tuple(block.id for block in seen.parts if isinstance(block, Heading)),
        )


class _OfTheMoment:
    """Base of jobs that read the visit as it was when the job was created, unaffected by later changes."""

    def __init__(self, state: VisitState) -> None:
        self._state = copy_of(state)


class PerhapsNamesJob(_OfTheMoment):
    """Job: find what may be names in what is written."""

    def __call__(self, _progress: Progress) -> list[PerhapsName]:
        """The proposals, none of which is on the list."""
        from reviewapp.report.proofreading.perhaps_names import perhaps_names
        from reviewapp.report.proofreading.texts import all_texts

        return perhaps_names(self._state, all_texts(self._state))


class ProofreadJob(_OfTheMoment):
    """Job: proof-read the visit."""

    def __call__(self, _progress: Progress) -> list[Finding]:
        """Proof-read; the first run spends most of its time on imports."""
        from reviewapp.report.proofreading import proofread

        return proofread(self._state)


@dataclass(frozen=True)
class SaveReportJob:
    """Job: write the report to a file, verified by reading it back; with a `password` a PDF opens with that only."""

    path: Path
    format: ReportFormat
    profile: Profile
    password: str = field(default="", repr=False)

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write the report; returns its path. Raises ReviewError."""
        progress.report(_("Writing {name}", name=self.path.name))
        made = self.format.render(_document(visit, self.profile))
        if self.password:
            from reviewapp.report.pdf.encryption import encrypted

            made = encrypted(made, self.password)
        visit.save_document(self.path, made)
        return self.path


def with_drafts(visit: OpenVisit) -> VisitState:
    """The state of this connection's visit, with the passages being typed included."""
    state = visit.state
    for line in visit.drafts():
        if isinstance(line, Passage) and (line.text is None or isinstance(line.text, str)):
            state.passages[line.place] = TextRecord(key=line.place, subject=line.place, text=line.text or "")
    return state


def suggested_name(suffix: str, profile: Profile, day: str, *, final: bool = False) -> str:
    """A file name that says what it is and not where or who."""
    return f"{'final' if final else 'draft'}-report-{day}{FILE_NAMES[profile]}.{suffix}"


def words_of(runs: object) -> str:
    """The plain text of a heading's runs."""
    return "".join(getattr(run, "text", "") for run in runs) if isinstance(runs, tuple) else ""


def _document(visit: OpenVisit, profile: Profile) -> Document:
    from reviewapp.report.content.build import build

    return build(seen_state(visit), seen_status(visit), profile=profile, today=today())
