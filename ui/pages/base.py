"""Base class of every page: it shows the open visit, records statements in it, and commits all drafts when left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Statement
from ui.session.worker import Job, Progress, WithVisit
from ui.widgets import DraftText
from ui.widgets.taborder import first_stop

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.session.session import Session


class Page(QWidget):
    """A page; subclasses create their widgets in `build` and fill them in `refresh`.

    `refresh(change)` is called after every change of what the page `SHOWS` while it is in view, and with None when it
    is shown after such a change or after the visit was opened; `leave` when another page is shown, on lock and on
    close. A page is deleted when the visit is closed or the program locks: what it needs to restore afterwards goes
    through `place` and `reveal`.
    """

    TITLE: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    """Help shown with F1, in plain language; a blank line separates paragraphs."""
    SHOWS: ClassVar[frozenset[str] | None] = None
    """Kinds of record (`Statement.kind`) whose changes affect the page; None: any kind may."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Create the page within `parent` and at its size; reparented later, every widget would be styled once more."""
        super().__init__(parent)
        if parent is not None:
            self.resize(parent.size())
        self.session = session
        self.setObjectName("page")
        self.setAccessibleName(self.TITLE)
        self._tied: list[tuple[QWidget, QWidget]] = []
        self.build()

    def build(self) -> None:
        """Create the widgets; called once. A visit is open unless the page needs none."""

    def refresh(self, change: Change | None) -> None:
        """Show the current state of the visit; selection, caret and scroll position stay."""

    def finish(self) -> None:
        """Complete at once what is otherwise built or filled shortly after the page is first shown."""

    def preparations(self) -> Iterator[Callable[[], object]]:
        """What can be made before the page is first shown, besides `build`, in pieces: once a visit is open."""
        yield from ()

    @classmethod
    def shows(cls, change: Change) -> bool:
        """Whether this change affects the page; a change that names no record affects every page."""
        return cls.SHOWS is None or not change.records or any(kind in cls.SHOWS for kind, __ in change.records)

    def leave(self) -> None:
        """Commit every draft on this page to the visit."""
        for editor in self.findChildren(DraftText):
            editor.commit()

    def find_text(self) -> bool:
        """Focus the find box (Ctrl+F); False if the page has none."""
        return False

    def place(self) -> dict[str, str]:
        """The current position on the page, without any private text: `{"standard": "47"}`."""
        return {}

    def reveal(self, place: dict[str, str]) -> None:
        """Show such a position; keys of records that no longer exist are ignored."""

    def reset_page(self) -> None:
        """Return to the page's first view; called when it is chosen in the navigation while already in view."""

    def tie_to_list(self, part: QWidget, chosen_in: QWidget, *, enter: bool = False) -> None:
        """Say that `part` shows closely what is chosen in a list: from there Escape and Alt+Left lead to the list.

        With `enter` that key leads from the list to what can be done there first. The list may lie in the part.
        """
        self._tied.append((part, chosen_in))
        if enter and isinstance(chosen_in, QAbstractItemView):
            chosen_in.activated.connect(self._on_list_entered)

    @Slot()
    def _on_list_entered(self) -> None:
        view = self.sender()
        for part, chosen_in in self._tied:
            first = first_stop(part, after=chosen_in) if chosen_in is view else None
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_to_list(self) -> bool:
        """Go from what is read closely back to the list it was chosen in; False from everywhere else."""
        here, found = self.window().focusWidget(), None
        for part, chosen_in in self._tied:
            other = here is not None and here is not chosen_in
            within = other and (part is here or part.isAncestorOf(here))
            if within and (found is None or found[0].isAncestorOf(part)):
                found = part, chosen_in
        if found is None:
            return False
        self.show_list(found[1])
        if not found[1].isVisible():
            return False
        found[1].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def show_list(self, chosen_in: QWidget) -> None:
        """Show a list that parts are tied to again, where there is room for one of the two only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape comes here when nothing that has the focus has a use for it.
        if event.key() == Qt.Key.Key_Escape and self.back_to_list():
            event.accept()
            return
        super().keyPressEvent(event)

    def start_focus(self) -> QWidget | None:
        """The widget that gets the focus when the page is shown; None: what has it, else the first that takes it."""
        return None

    @property
    def visit(self) -> OpenVisit:
        """The open visit; only for pages that need one."""
        visit = self.session.visit
        assert visit is not None, "this page is shown only while a visit is open"
        return visit

    @property
    def state(self) -> VisitState:
        """The current state of the visit, read-only."""
        return self.visit.state

    @property
    def writable(self) -> bool:
        """False while another program holds the visit's lock: the page shows it but changes nothing."""
        return self.session.bridge.writable

    def record(self, *lines: Statement, name: str = "") -> Change | None:
        """Record statements as one change named `name`; None if refused (the status bar shows why)."""
        return self.session.bridge.record(*lines, name=name)

    def draft(self, name: str, *, placeholder: str = "", rows: int = 3, most: int = 14) -> DraftText:
        """A text box that saves by itself; call its `bind` with the statement it writes."""
        return DraftText(self.session.bridge, name, placeholder=placeholder, rows=rows, most=most)

    def notify(self, text: object, tone: str = "info") -> None:
        """Show one line in the status bar; `tone` is info, met, warn or not_met."""
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
        """Commit the drafts and run `job(progress)` in the worker; then `done(result)` or `failed(error)` is called."""
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
        """Like `run`, but `job(visit, progress)` gets its own connection, read-only unless the job `writes`."""
        self.run(title, WithVisit(self.visit, job, writes=writes), done, failed, cancel=cancel)
