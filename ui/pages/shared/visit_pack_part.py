"""The visit pack: the lead writes it before the day, the others open it with its six-word phrase."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.exchange.phrase import new_phrase
from ui.pages.shared.six_words import SixWords
from ui.pages.shared.words_line import VISIT, WordsLine
from ui.session.worker import Progress, WithVisit
from ui.widgets import Button, Card, ErrorLine, SectionHeading, row
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session

PACKS = _("Visit packs (*.rvpack);;All files (*)")

ABOUT = _(
    "One file for everyone's laptop: the visit, what is rated, the timetable and who asks what. It opens with six "
    "words, which are shown once you have saved it. Make it again whenever something has changed: a newer pack does "
    "no harm."
)

ABOUT_AGAIN = _(
    "For a colleague who has to start again, on another laptop or in another folder. It contains the visit, what is "
    "rated, the people, the timetable and who asks what, as the lead entered them and as far as this laptop knows. "
    "It contains ratings, interviews and case notes only if they are the lead's, and those stay hidden until the "
    "meeting opens. It opens with six new words. Your colleague's earlier work is in the file you save on Combine."
)

PASS_ON = _(
    "Tell people the words in person or by phone, never in the message that carries the file. They are not kept "
    "here. If you lose them, make the pack again."
)

FINGERPRINT = _(
    "People who open the pack should see the same four check words before they choose who they are. If they see "
    "other words, something was changed on the way, and they must not use that pack."
)


class WritePack:
    """Job: write the visit pack to `path`, sealed with `phrase`."""

    def __init__(self, path: Path, phrase: str) -> None:
        self._path, self._phrase = path, phrase

    def __call__(self, visit: OpenVisit, _progress: Progress) -> tuple[list[str], str]:
        """Write the pack; returns the names of its files and the six words. Raises ReviewError."""
        return [one.name for one in visit.write_visit_pack(self._path, self._phrase)], self._phrase


class PackPart(Card):
    """A button that writes the visit pack, and then shows its six words in a dialog.

    `heading=False` leaves out the section heading, for a page whose own heading already names the pack.
    """

    def __init__(self, session: Session, *, heading: bool = True) -> None:
        super().__init__(kind="inset" if heading else "card")
        self._session = session
        self.write = Button(_("Make visit pack…"), "stick", "plain" if heading else "primary")
        self.write.clicked.connect(self._on_write)
        self.error = ErrorLine()
        self.fingerprint = WordsLine(VISIT, FINGERPRINT)
        if heading:
            self.add(SectionHeading(_("Visit pack"), ABOUT))
        self.add(row(self.write, None), self.error, self.fingerprint)
        self._show_fingerprint()

    @cached_property
    def panel(self) -> SixWords:
        """The dialog of the six words, made with the first pack."""
        made = SixWords(self._session, _("The six words of the visit pack"), PASS_ON, _("the visit pack"), self)
        made.passed_on.connect(self._on_passed_on)
        return made

    @Slot()
    def _on_write(self) -> None:
        visit = self._session.visit
        if visit is None:
            return
        path = choose_save_file(self, _("Make visit pack"), f"visit-{visit.state.info.date}.rvpack", PACKS)
        if path is None:
            return
        self.error.set_text()
        usable(self.write, WAIT)
        self._session.bridge.commit_drafts()
        job = WithVisit(visit, WritePack(path, new_phrase()), writes=True)
        self._session.worker.run(_("Making the visit pack"), job, partial(self._on_written, path), self._on_failed)

    def _on_written(self, path: Path, made: tuple[list[str], str]) -> None:
        (name, *others), phrase = made
        usable(self.write, "")
        told = _("{name} is saved. These six words open it:", name=name)
        if others:
            told = _("{name} is saved with {others}, because it is too large for one file. Give everyone all of them: "
                "they open one on Join a visit and import the others on Combine. These six words open each file:",
                     name=name, others=", ".join(others))  # fmt: skip
        self.panel.show_words(told, phrase)
        self._session.tell_saved(path, _("The visit pack is saved as {name}.", name=name))

    def _on_failed(self, error: ReviewError) -> None:
        usable(self.write, "")
        self.error.set_text(error)

    @Slot()
    def _on_passed_on(self) -> None:
        self.fresh()
        self.write.setFocus()

    def fresh(self) -> None:
        """Clear the six words and the error from the screen."""
        if "panel" in vars(self):
            self.panel.forget()
        self.error.set_text()
        self._show_fingerprint()

    def _show_fingerprint(self) -> None:
        """The four words of the open visit, which the other screens are compared with."""
        visit = self._session.visit
        self.fingerprint.set_words(visit.laptops.visit_words() if visit is not None else "")
