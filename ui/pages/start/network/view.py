"""A network's set on the screen: who has sent what, pictures, passages and the report, each under its own tab."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.pages.start.form import StartForm
from ui.pages.start.network.jobs import Joined, MadeReport, SetJobs, set_of
from ui.pages.start.network.passages import PassagesView
from ui.pages.start.network.pictures import PicturesView
from ui.pages.start.network.report import FORMATS, ReportView
from ui.pages.start.network.sent import SentView
from ui.session.session import Session
from ui.widgets import Button, ErrorLine, FlowLayout, Text, Toggle, column, row
from ui.widgets.appearing import IN_PLACE
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.one_stop import OneStop

if TYPE_CHECKING:
    from reviewapp.national.joining import FileReceipt
    from reviewapp.national.look import SetLook
    from reviewapp.national.model import Counted

KEY_FILES = _("Key of a network (*.network-key)")
BACKUPS = _("Backups (*.reviewbackup)")
TABS = {"sent": _("Received"), "pictures": _("Charts"), "passages": _("Text"), "report": _("Report")}


class NetworkView(StartForm):
    """Shows a set by its id; whatever changes it runs in the background and shows it anew. Emits `left`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, width=260)
        self._cycle: str | None = None
        self._made: tuple[str, str] = ("", "")
        self._seen: SetLook | None = None
        self.title, self.about = Text("", "title"), Text("", "muted")
        self.words = Text("", "small", select=True)
        self.cycle = QComboBox()
        self.cycle.setAccessibleName(_("Cycle"))
        self.cycle.currentIndexChanged.connect(self._on_cycle)
        self.key, self.backup = Button(_("Save the key file…"), "key"), Button(_("Save a backup…"), "save")
        self.check, self.back = Button(_("Check for damage"), "shield"), Button(_("Back"), "arrow_left")
        self.delete = Button(_("Delete from this laptop…"), "bin", "quiet")
        self.sent, self.pictures, self.passages, self.report = SentView(), PicturesView(), PassagesView(), ReportView()
        self.views: dict[str, QWidget] = {
            "sent": self.sent, "pictures": self.pictures, "passages": self.passages, "report": self.report,
        }  # fmt: skip
        self.tabs: dict[str, Toggle] = {}
        self._group = QButtonGroup(self)
        tabs, buttons = QWidget(), QWidget()
        flow, more = FlowLayout(tabs), FlowLayout(buttons)
        for name, words in TABS.items():
            tab = Toggle(words, name=_("View: {label}", label=words), on=name == "sent")
            self._group.addButton(tab)
            self.tabs[name] = tab
            tab.setProperty(IN_PLACE, True)
            tab.toggled.connect(self._on_tab)
            flow.addWidget(tab)
        OneStop(tabs)
        flow.addWidget(self.cycle)
        for button in (self.key, self.backup, self.check, self.delete):
            more.addWidget(button)
        self.error = ErrorLine()
        head, choices = QWidget(), QWidget()
        head.setLayout(column(self.title, self.about, self.words, gap=1))
        line = row(tabs, self.back)
        line.setStretch(0, 1)
        line.setAlignment(self.back, Qt.AlignmentFlag.AlignTop)
        choices.setLayout(line)
        # What is done with the set as a whole comes last: lists need the room at the top of a small screen.
        self.add(head, self.error, choices, *self.views.values(), buttons, None)
        self._connect()

    def _connect(self) -> None:
        self.key.clicked.connect(self._on_key)
        self.backup.clicked.connect(self._on_backup)
        self.check.clicked.connect(self._on_check)
        self.back.clicked.connect(self.dismiss)
        self.delete.clicked.connect(self._on_delete)
        self.sent.files.connect(self._on_files)
        self.sent.joined.connect(self._on_join)
        self.sent.waited_for.connect(self._on_waited_for)
        self.sent.decided.connect(self._on_decided)
        self.pictures.asked.connect(self._on_asked)
        self.passages.written.connect(self._on_written)
        self.report.wanted.connect(self._on_report)
        self.report.save.connect(self._on_save)
        self.report.stands.connect(self._on_stands)
        self.report.told.connect(self._session.notify)

    # Showing -------------------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Read the set that is to be shown."""
        if not self.visit:
            return  # a file that was opened says which set it is
        self._cycle, self._made, self._seen = None, ("", ""), None
        self.sent.forget()
        self.passages.start_anew()
        self.report.forget()
        self.tabs["sent"].setChecked(True)
        self._show_tab()
        self.error.set_text()
        self._run(_("Reading the set"), "look", self._on_look)

    def dismiss(self) -> None:
        """Leave for the list; what was typed is saved, and the pages are closed."""
        self.passages.commit()
        self.report.forget()
        super().dismiss()

    def take_file(self, path: Path) -> None:
        """Join the file that was opened with the program, in the set that it is sealed to."""
        laptop = self._session.laptop
        if laptop is not None:
            job = partial(set_of, laptop, path)
            self._session.worker.run(_("Finding its set"), job, partial(self._on_found, path), self._on_lost)

    def _on_found(self, path: Path, set_id: str) -> None:
        self.show_for(set_id)
        self._on_files([path])

    def _on_lost(self, error: ReviewError) -> None:
        self.lost.emit(str(error))

    def _jobs(self) -> SetJobs | None:
        laptop = self._session.laptop
        return SetJobs(laptop, self.visit, self._cycle) if laptop is not None and self.visit else None

    def _run(
        self, title: str, job: str, done: Callable[[Any], None], *given: object,
        failed: Callable[[ReviewError], None] | None = None,
    ) -> None:  # fmt: skip
        jobs = self._jobs()
        if jobs is not None:
            self._session.worker.run(title, partial(getattr(jobs, job), *given), done, failed or self._on_failed)

    def _on_look(self, look: SetLook) -> None:
        """Show the set as it was read; one that was left meanwhile is not shown."""
        if look.id != self.visit:
            return
        first, self._seen = self._seen is None, look
        self.error.set_text()
        self.title.setText(look.name)
        self.title.setAccessibleName(look.name)
        drafts = _("drafts count") if look.with_drafts else _("drafts do not count")
        self.about.setText(f"{look.instrument.title}, {look.instrument.edition}; {drafts}")
        self.words.setText(_("Check words of its key, the same on every lead's screen: {words}", words=look.key_words))
        self._show_cycles(look)
        self._made = ("", "")
        for view in (self.sent, self.pictures, self.passages, self.report):
            view.show_set(look)
        self._show_tab()
        if first:
            # Not in a list: it is higher than the screen, and the name of the set and its views would be out of sight.
            (self.tabs["sent"] if look.sent else self.sent.drop.button).setFocus()

    def _show_cycles(self, look: SetLook) -> None:
        known = sorted(look.figures.cycles)
        self.cycle.blockSignals(True)
        self.cycle.clear()
        for name in reversed(known):
            self.cycle.addItem(_("Cycle {name}", name=name), name)
        self.cycle.setCurrentIndex(max(self.cycle.findData(look.figures.cycle), 0))
        self.cycle.blockSignals(False)
        self.cycle.setVisible(len(known) > 1)

    def tab(self) -> str:
        """The view that is shown."""
        return next((name for name, tab in self.tabs.items() if tab.isChecked()), "sent")

    def _show_tab(self) -> None:
        for name, view in self.views.items():
            view.setVisible(name == self.tab())
        if self.tab() == "report" and self._seen is not None and self._seen.figures.n_teams:
            self._make_report()

    def _make_report(self) -> None:
        wanted = (self.visit, self.report.team())
        if self._made == wanted:
            return
        self._made = wanted
        self.report.show_going()
        self._run(_("Making the report"), "report", self._on_made, wanted[1], failed=self._on_report_failed)

    def _on_made(self, made: MadeReport) -> None:
        if self.tab() == "report":
            self.report.show_report(made)
        else:
            self._made = ("", "")

    def _on_failed(self, error: ReviewError) -> None:
        self.error.set_text(error)
        self.bring_into_view(self.error)

    def _on_report_failed(self, error: ReviewError) -> None:
        self._made = ("", "")
        self.report.show_error(error)

    # Doing ---------------------------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_tab(self, on: bool) -> None:
        if on:
            self.passages.commit()
            self._show_tab()

    @Slot()
    def _on_cycle(self) -> None:
        self._cycle = str(self.cycle.currentData())
        self._run(_("Reading the set"), "look", self._on_look)

    @Slot(list)
    def _on_files(self, paths: list[Path]) -> None:
        self._run(_("Reading the files"), "preview", partial(self._on_previewed, paths), paths)

    def _on_previewed(self, paths: list[Path], receipts: list[FileReceipt]) -> None:
        self.tabs["sent"].setChecked(True)
        self.sent.show_receipts(receipts, paths)
        self.bring_into_view(self.sent.told)

    @Slot(list)
    def _on_join(self, paths: list[Path]) -> None:
        self._run(_("Adding"), "join", self._on_joined, paths)

    @Slot(list)
    def _on_waited_for(self, codes: list[str]) -> None:
        self._run(_("Saving the list of teams"), "expect", self._on_look, codes)

    def _on_joined(self, joined: Joined) -> None:
        self._cycle = None
        self._on_look(joined.look)
        self.sent.show_receipts(joined.receipts)
        self.bring_into_view(self.sent.told)
        new = sum(one.result in ("new", "newer") for one in joined.receipts)
        self._session.notify(
            _("{new} of {all} files are new", new=new, all=len(joined.receipts)), "met" if new else "info"
        )

    @Slot(str, str, str)
    def _on_decided(self, what: str, visit: str, more: str) -> None:
        if what == "aside":
            self._run(_("Setting the visit aside"), "set_aside", self._on_look, visit, more)
        elif what == "again":
            self._run(_("Counting the visit again"), "count_again", self._on_look, visit)
        elif what == "accept":
            self._run(_("Accepting the extract"), "accept", self._on_look, visit, int(more))
        elif what == "take_out":
            self._run(_("Withdrawing the words"), "take_out", self._on_look, visit, more)
        else:
            self._run(_("Showing the words again"), "keep_shown", self._on_look, visit, more)

    @Slot(str)
    def _on_asked(self, what: str) -> None:
        kind, __, name = what.partition(" ")
        if self._seen is None or not name:
            return
        cycle = self._seen.figures.cycle
        if kind == "team":
            self._run(_("Reading the team"), "of_team", partial(self._on_team, name), name, cycle)
        else:
            self._run(_("Reading the standard"), "of_standard", partial(self._on_standard, name), name, cycle)

    def _on_team(self, team: str, found: dict[str, Counted]) -> None:
        self.pictures.show_team(team, found)

    def _on_standard(self, number: str, found: dict[str, Counted]) -> None:
        self.pictures.show_standard(number, found)

    @Slot(str, str)
    def _on_written(self, place: str, words: str) -> None:
        self._run(_("Saving the text"), "write_passage", self._on_look, place, words)

    @Slot(str)
    def _on_report(self, _team: str) -> None:
        if self.tab() == "report":
            self._make_report()

    @Slot(str, str)
    def _on_save(self, suffix: str, team: str) -> None:
        words, __, files = FORMATS[suffix]
        name = f"{self.title.text()}{f' {team}' if team else ''}.{suffix}"
        path = choose_save_file(self, words.rstrip("…"), name, files)
        if path is not None:
            self._run(
                _("Saving the report"), "save_report", self.report.show_saved, path, suffix, team,
                failed=self._on_report_failed,
            )  # fmt: skip

    @Slot(str, str)
    def _on_stands(self, finding: str, reason: str) -> None:
        self._run(_("Saving the reason"), "accept_finding", self._on_made, finding, reason)

    @Slot()
    def _on_key(self) -> None:
        path = choose_save_file(self, _("Save the key file"), f"{self.title.text()}.network-key", KEY_FILES)
        if path is not None:
            self._run(_("Saving the key file"), "write_key", self._on_saved, path)

    @Slot()
    def _on_backup(self) -> None:
        path = choose_save_file(self, _("Save a backup"), f"{self.title.text()}.reviewbackup", BACKUPS)
        if path is not None:
            self._run(_("Saving a backup"), "write_backup", self._on_saved, path)

    def _on_saved(self, path: Path) -> None:
        self._session.tell_saved(path, _("Saved and checked: {path}", path=path))

    @Slot()
    def _on_delete(self) -> None:
        self.passages.commit()
        self.report.forget()
        self.wanted.emit("network_delete", self.visit)

    @Slot()
    def _on_check(self) -> None:
        self._run(_("Checking the set"), "verify", self._on_checked)

    def _on_checked(self, wrong: list[str]) -> None:
        self.error.set_text("\n".join(wrong))
        if not wrong:
            self._session.notify(_("Everything in this set is in order"), "met")
