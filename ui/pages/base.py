"""What every page is: a widget that shows the visit, says things to it, and leaves nothing unsaved behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.visit.statements import Statement
from ui.session.worker import Job, Progress, WithVisit
from ui.widgets import DraftText, EmptyState, column

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.session.session import Session


class Page(QWidget):
    """Build widgets in `build`, fill them in `refresh`.

    `refresh(change)` comes after every change of what the page `SHOWS` while it is in view, and with None when it is
    shown after such a change or the visit was opened; `leave` when another page is shown, on lock and on close. A page
    is thrown away when the visit is closed or the program locks: what it wants back afterwards goes through `place`
    and `go_to`.
    """

    TITLE: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    """Plain words for F1; a blank line between paragraphs."""
    SHOWS: ClassVar[frozenset[str] | None] = None
    """The kinds of record (`Statement.kind`) whose change changes what the page shows; None: every kind may."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Within `parent` and in its size from the start: moved there later, all of it would be dressed once more."""
        super().__init__(parent)
        if parent is not None:
            self.resize(parent.size())
        self.session = session
        self.setObjectName("page")
        self.setAccessibleName(self.TITLE)
        self.build()

    def build(self) -> None:
        """Make the widgets, once. A visit is open unless the page needs none."""

    def refresh(self, change: Change | None) -> None:
        """Show the visit as it is now. Keep selection, caret and scroll."""

    def finish(self) -> None:
        """Show now what would otherwise be shown in the moments after, where it is out of sight at first."""

    @classmethod
    def shows(cls, change: Change) -> bool:
        """Whether the page is different after this change; one that names no record is of everything."""
        return cls.SHOWS is None or not change.records or any(kind in cls.SHOWS for kind, __ in change.records)

    def leave(self) -> None:
        """Make everything typed on this page an entry."""
        for editor in self.findChildren(DraftText):
            editor.commit()

    def find_text(self) -> bool:
        """Ctrl+F: focus the find box; False when the page has none."""
        return False

    def place(self) -> dict[str, str]:
        """Where one is on the page, without any private text: `{"standard": "47"}`."""
        return {}

    def reveal(self, place: dict[str, str]) -> None:
        """Come back to such a place; ignore what no longer exists."""

    def reset_page(self) -> None:
        """Chosen in the navigation while in view: put away what stands before the page itself."""

    def start_focus(self) -> QWidget | None:
        """Where the keyboard begins when the page is shown; None leaves it to Qt."""
        return None

    @property
    def visit(self) -> OpenVisit:
        """The open visit. Only for pages that need one."""
        visit = self.session.visit
        assert visit is not None, "this page is shown only while a visit is open"
        return visit

    @property
    def state(self) -> VisitState:
        """Everything the visit says now; read-only."""
        return self.visit.state

    @property
    def writable(self) -> bool:
        """False while another program has the visit: show, but change nothing."""
        return self.session.bridge.writable

    def record(self, *lines: Statement, name: str = "") -> Change | None:
        """Say something; None when it was refused (the status line says why)."""
        return self.session.bridge.record(*lines, name=name)

    def draft(self, name: str, *, placeholder: str = "", rows: int = 3, most: int = 14) -> DraftText:
        """A text box that saves by itself; call its `bind` to say what it writes."""
        return DraftText(self.session.bridge, name, placeholder=placeholder, rows=rows, most=most)

    def notify(self, text: object, tone: str = "info") -> None:
        """One line in the status bar. `tone`: info, met, warn, not_met."""
        self.session.notify(text, tone)

    def run(
        self,
        title: str,
        job: Job,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[ReviewError], None] | None = None,
        *,
        cancel: bool = False,
    ) -> None:
        """Long work beside the screen: `job(progress)`; drafts become entries first."""
        self.leave()
        self.session.worker.run(title, job, done, failed, cancel=cancel)

    def run_with_visit(
        self,
        title: str,
        job: Callable[[OpenVisit, Progress], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[ReviewError], None] | None = None,
        *,
        cancel: bool = False,
        writes: bool = False,
    ) -> None:
        """Like `run`, with its own connection: `job(visit, progress)`; it can only read unless the job `writes`."""
        self.run(title, WithVisit(self.visit, job, writes=writes), done, failed, cancel=cancel)


class NotYet(Page):
    """Stands where a page will be; never pretends."""

    TITLE = _("Not in this version")
    HELP = _("This page is not part of this version yet. Your work on the other pages is not affected.")

    def __init__(self, session: Session, title: str, icon: str, parent: QWidget | None = None) -> None:
        self._words = (title, icon)
        super().__init__(session, parent)

    def build(self) -> None:
        """One honest sentence."""
        title, icon = self._words
        self.setLayout(column(EmptyState(icon, title, _("This page is not part of this version yet.")), gap=0))
