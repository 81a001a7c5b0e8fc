"""Making the report in the worker: for the preview, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.figures.report_counts import with_extra
from reviewapp.figures.status import status as compute_status
from reviewapp.report.profiles import FILE_NAMES
from reviewapp.report.tree import Profile
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.state import TextRecord
from reviewapp.visit.statements import Passage

if TYPE_CHECKING:
    from reviewapp.report.formats import ReportFormat
    from reviewapp.report.proofreading import Finding
    from reviewapp.report.tree import Document
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.report.outline import Headings
    from ui.session.worker import Progress


@dataclass(frozen=True)
class PreviewPages:
    """A preview: the pages, the headings of the whole report's first level, and the anchors of its bookmarks."""

    pdf: bytes
    headings: Headings
    anchors: tuple[str, ...]


class PreviewJob:
    """The pages as they would be now, with what is still being typed in them; the visit is not changed.

    Of the part that the heading `anchor` belongs to; of the whole report where that is None.
    """

    def __init__(self, profile: Profile, anchor: str | None) -> None:
        self._profile, self._anchor = profile, anchor

    def __call__(self, visit: OpenVisit, progress: Progress) -> PreviewPages:
        """In the worker; what the pages are shown with is loaded here as well."""
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


class ProofreadJob:
    """What the proof-reader finds in a visit as it is when this is made, whatever is written meanwhile."""

    def __init__(self, state: VisitState) -> None:
        fields = ((name, getattr(state, name)) for name in state.__struct_fields__)
        # Records never change, the tables they stand in do.
        self._state = msgspec.structs.replace(state, **{n: dict(t) for n, t in fields if isinstance(t, dict)})

    def __call__(self, _progress: Progress) -> list[Finding]:
        """In the worker; the first time most of it is loading."""
        from reviewapp.report.proofreading import proofread

        return proofread(self._state)


@dataclass(frozen=True)
class SaveReportJob:
    """Write the report to a file, read back before it is called saved."""

    path: Path
    format: ReportFormat
    profile: Profile

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """In the worker."""
        progress.report(_("Writing {name}", name=self.path.name))
        save_file(self.path, self.format.render(_document(visit, self.profile)))
        return self.path


def with_drafts(visit: OpenVisit) -> VisitState:
    """The state of a visit of one's own, with passages that are being typed put in."""
    state = visit.state
    for line in visit.drafts():
        if isinstance(line, Passage) and (line.text is None or isinstance(line.text, str)):
            state.passages[line.place] = TextRecord(key=line.place, subject=line.place, text=line.text or "")
    return state


def suggested_name(suffix: str, profile: Profile, day: str, *, final: bool = False) -> str:
    """A file name that says what it is and not where or who."""
    return f"{'final' if final else 'draft'}-report-{day}{FILE_NAMES[profile]}.{suffix}"


def words_of(runs: object) -> str:
    """The plain words of a heading."""
    return "".join(getattr(run, "text", "") for run in runs) if isinstance(runs, tuple) else ""


def _document(visit: OpenVisit, profile: Profile) -> Document:
    from reviewapp.report.content.build import build

    status, state = visit.status(), as_seen_by(visit.state, visit.me)
    if state is not visit.state:
        status = with_extra(state, compute_status(state))
    return build(state, status, profile=profile, today=date.today())
