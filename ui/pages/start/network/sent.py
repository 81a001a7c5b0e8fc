"""Who has sent what: every extract with whether it counts and why not, and what the office decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _, plural
from ui.formats import long_date
from ui.widgets import Button, Card, ErrorLine, Field, FileDrop, FlowLayout, Text, column
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from pathlib import Path

    from reviewapp.national.joining import FileReceipt
    from reviewapp.national.look import AskedWords, SentExtract, SetLook

EXTRACTS = _("Extracts and notices (*.extract *.notice);;All files (*)")
NONE = _("Nothing received yet. Save the key file and give it to the leads, then add the extracts they send.")
RESULTS = {
    "new": (_("Counts"), "met", "check"),
    "newer": (_("Newer revision"), "met", "check"),
    "older": (_("Older revision"), "na", "clock"),
    "already_here": (_("Already here"), "na", "equal"),
    "apart": (_("Kept but not counted"), "warn", "differ"),
    "refused": (_("Refused"), "not_met", "cross"),
}
"""What became of a file: in words, with tone and icon."""


def receipt_row(number: int, one: FileReceipt) -> StatusRow:
    """A file that was joined, or would be."""
    words, tone, icon = RESULTS[one.result]
    if one.result in ("new", "newer") and one.revision and not one.counts:
        words, tone, icon = _("Kept, does not count"), "warn", "alert"
    about = _("Team {team}, revision {n}", team=one.team, n=one.revision) if one.revision else one.team
    return StatusRow(str(number), one.file, one.reason, words, tone, icon, note=about)


def sent_row(one: SentExtract) -> StatusRow:
    """An extract that was received."""
    title = _("Team {team} · {cycle}", team=one.team, cycle=one.cycle)
    note = _("revision {n}, added on {day}", n=one.revision, day=long_date(one.at[:10]))
    if one.counts:
        draft = one.status == "draft"
        return StatusRow(
            str(one.n), title, pill=_("Draft, counts") if draft else _("Counts"), tone="warn" if draft else "met",
            icon="edit" if draft else "check", note=note,
        )  # fmt: skip
    tone, icon = ("warn", "differ") if one.apart else ("na", "dash")
    return StatusRow(str(one.n), title, one.why, _("Does not count"), tone, icon, note=note)


class SentView(QWidget):
    """The list and its decisions.

    Emits `files(list[Path])` to have them looked at, `joined(list[Path])` to have them joined, `waited_for(codes)`, and
    `decided(what, visit, more)` for the view to do.
    """

    files = Signal(list)
    joined = Signal(list)
    waited_for = Signal(list)
    decided = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.drop = FileDrop(_("Drop the teams' extracts here, or choose them."), _("Add extracts…"), EXTRACTS)
        self.drop.dropped.connect(self.files)
        self.told, self.told_title = Card(), Text("", "heading")
        self.receipts = StatusList(_("The files"), most=320)
        self.join, self.leave_out = Button(_("Add these files"), "check", "primary"), Button(_("Cancel"))
        self.join.clicked.connect(self._on_join)
        self.leave_out.clicked.connect(self._on_leave_out)
        self._asking = QWidget()
        asking = FlowLayout(self._asking)
        for button in (self.join, self.leave_out):
            asking.addWidget(button)
        self.told.add(self.told_title, self.receipts, self._asking)
        self._build_expected()
        self.none = Text(NONE, "muted")
        self.summary = Text("", "strong")
        self.list = StatusList(_("Extracts received"), most=520)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.reason = QLineEdit()
        self.reason_field = Field(
            _("Reason for setting it aside"), self.reason, hint=_("Kept, and printed on the report")
        )
        self.aside = Button(_("Set this visit aside"), "dash")
        self.again = Button(_("Count this visit again"), "undo")
        self.accept = Button(_("Accept this extract"), "check")
        self.error = ErrorLine()
        for button, what in ((self.aside, "aside"), (self.again, "again"), (self.accept, "accept")):
            button.setProperty("what", what)
            button.clicked.connect(self._on_decide)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.aside, self.again, self.accept):
            flow.addWidget(button)
        self.decision = Card(kind="inset")
        self.decision.add(self.reason_field, self.error, buttons)
        self._build_asked()
        self.setLayout(
            column(
                self.drop,
                self.told,
                self.asked_card,
                self.none,
                self.summary,
                self.missing,
                self.list,
                self.decision,
                self.expected_field,
                gap=3,
            )
        )
        self._sent: dict[str, SentExtract] = {}
        self._paths: list[Path] = []

    def _build_expected(self) -> None:
        self.missing = Text("", select=True)
        self.expected = QLineEdit()
        self.expected.editingFinished.connect(self._on_expected)
        self._expected = ""
        hint = _("With spaces between, for example T01 T02. Then you are told which are missing.")
        self.expected_field = Field(_("Codes of the teams that are to send"), self.expected, hint=hint)

    def _build_asked(self) -> None:
        self.asked_card = Card(_("Someone asked for words to be withdrawn"))
        self.asked = StatusList(_("Words someone asked to withdraw"), most=200)
        self.take_out, self.keep = Button(_("Withdraw for good"), "bin"), Button(_("Show again"), "eye")
        for button, what in ((self.take_out, "take_out"), (self.keep, "keep")):
            button.setProperty("what", what)
            button.clicked.connect(self._on_asked)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.take_out, self.keep):
            flow.addWidget(button)
        about = Text(_("The laptop that asked had no right to. The words are hidden until you decide."), "muted")
        self.asked_card.add(about, self.asked, buttons)

    def show_set(self, look: SetLook) -> None:
        """Show what was received."""
        self._sent = {str(one.n): one for one in look.sent}
        self.list.show_rows([sent_row(one) for one in look.sent])
        figures = look.figures
        teams = plural("{n} team counts", "{n} teams count", figures.n_teams)
        words = _("{teams} in the cycle {cycle}", teams=teams, cycle=figures.cycle) if figures.cycle else ""
        left = len(look.sent) - sum(one.counts for one in look.sent)
        if words and left:
            words = f"{words}; {plural('{n} extract does not count', '{n} extracts do not count', left)}"
        self.summary.setText(words)
        self.summary.setVisible(bool(words))
        missing = _("Not counted yet: {teams}", teams=", ".join(look.missing)) if look.missing else ""
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self._expected = " ".join(look.expected)
        if not self.expected.hasFocus():
            self.expected.setText(self._expected)
        self.none.setVisible(not look.sent)
        self.drop.set_low(on=bool(look.sent))
        for part in (self.list, self.decision):
            part.setVisible(bool(look.sent))
        self._show_asked(look.asked)
        self.error.set_text()
        self._on_chosen()

    def _show_asked(self, asked: tuple[AskedWords, ...]) -> None:
        self.asked.show_rows(
            [
                StatusRow(f"{one.visit} {one.record}", one.record, pill=_("Hidden"), tone="warn", icon="eye_off",
                          note=_("Team {team}", team=one.team) if one.team else one.visit)
                for one in asked
            ]
        )  # fmt: skip
        self.asked_card.setVisible(bool(asked))

    def show_receipts(self, receipts: list[FileReceipt], asked_about: list[Path] | None = None) -> None:
        """Show what became of each file, or what would become of those that are `asked_about`."""
        self._paths = asked_about or []
        title = _("What would happen to each file") if asked_about else _("What happened to each file")
        self.told_title.setText(title)
        self.receipts.setAccessibleName(title)
        self.receipts.show_rows([receipt_row(n, one) for n, one in enumerate(receipts)])
        self.told.setVisible(bool(receipts))
        self._asking.setVisible(bool(asked_about))
        some = any(one.result not in ("refused", "already_here") for one in receipts)
        usable(self.join, "" if some else _("None of these files can be added."))
        if asked_about:
            (self.join if self.join.isEnabled() else self.leave_out).setFocus()

    def forget(self) -> None:
        """Show nothing of an earlier joining."""
        self.show_receipts([])
        self.reason.clear()
        self.reason_field.set_error()

    @Slot()
    def _on_join(self) -> None:
        paths, self._paths = self._paths, []
        if paths:
            self.joined.emit(paths)

    @Slot()
    def _on_leave_out(self) -> None:
        self.show_receipts([])
        self.drop.button.setFocus()

    @Slot()
    def _on_expected(self) -> None:
        codes = self.expected.text().replace(",", " ").split()
        if sorted(set(codes)) != self._expected.split():
            self.waited_for.emit(codes)

    def chosen(self) -> SentExtract | None:
        """The extract that is chosen in the list."""
        return self._sent.get(self.list.chosen_key())

    @Slot()
    def _on_chosen(self) -> None:
        one = self.chosen()
        may_set_aside = one is not None and not one.aside and not one.apart
        self.aside.setVisible(may_set_aside)
        self.reason_field.setVisible(may_set_aside)
        self.again.setVisible(one is not None and one.aside)
        self.accept.setVisible(one is not None and one.apart)

    @Slot()
    def _on_decide(self) -> None:
        one, what = self.chosen(), str(self.sender().property("what"))
        if one is None:
            return
        reason = self.reason.text().strip()
        if what == "aside" and not reason:
            self.reason_field.set_error(_("Enter a reason, in a few words."))
            self.reason.setFocus()
            return
        self.decided.emit(what, one.visit, reason if what == "aside" else str(one.n))

    @Slot()
    def _on_asked(self) -> None:
        visit, __, record = self.asked.chosen_key().partition(" ")
        if record:
            self.decided.emit(str(self.sender().property("what")), visit, record)
