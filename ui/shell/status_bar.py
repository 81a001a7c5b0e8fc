"""Status bar: whether everything is saved, the last message, and the running job."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.visit.labels import record_number
from ui.theme import space
from ui.theme.icons import set_icon
from ui.widgets.announce import announce
from ui.widgets.basics import Elided, Text, row, sentence
from ui.widgets.buttons import Button

SAY_MS = 12_000
CALM_MS = 1_500
"""Saving is announced this long after the last save: once, not with every word."""
SAVED = _("All work saved")


def ago(seconds: float) -> str:
    """`seconds` as words, such as `just now` or `3 min ago`."""
    whole = int(seconds)
    if whole < 2:
        return _("just now")
    if whole < 60:
        return _("{whole} s ago", whole=whole)
    if whole < 3600:
        return _("{n} min ago", n=whole // 60)
    return _("{n} h ago", n=whole // 3600)


class StatusLine(QFrame):
    """Left: whether everything is saved. Middle: the last message. Right: what stays open, the running job."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self._saving_icon = QLabel()
        self.saving = Elided("", "small")
        self._message_icon = QLabel()
        self.message = Elided("", "small")
        self.staying = Button("", "clock", "link", tip=_("Lock automatically again"))
        self.staying.hide()
        self.job = Text("", "small", wrap=False)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setFixedWidth(space(40))
        self.bar.setTextVisible(False)
        self.cancel = Button(_("Cancel"), kind="link")
        parts = (
            self._saving_icon,
            self.saving,
            self._message_icon,
            self.message,
            self.staying,
            self.job,
            self.bar,
            self.cancel,
        )
        layout = row(*parts, gap=2)
        layout.setContentsMargins(space(4), space(1), space(4), space(1))
        layout.setStretch(3, 1)
        layout.insertSpacing(2, space(4))
        self.setLayout(layout)
        self._saved_at: float | None = None
        self._failed = ""
        self._error = False
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._hide_timer = QTimer(self)
        self._hide_timer.setSingleShot(True)
        self._hide_timer.setInterval(SAY_MS)
        self._hide_timer.timeout.connect(self._on_hide_due)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._on_announce_due)
        self._show_job(False)
        self.nothing_open()

    def show_staying(self, interview: str, minutes: int) -> None:
        """Show for which interview the program stays open and how long still; without one, nothing."""
        self.staying.setVisible(bool(interview))
        if interview:
            words = _("Stays open for {id}: {n} min", id=record_number(interview), n=minutes)
            self.staying.setText(words)
            self.staying.setAccessibleName(_("{words}. Press to lock automatically again", words=words))

    def nothing_open(self) -> None:
        """Show no saving state: no visit is open."""
        self._saved_at, self._failed = None, ""
        self._tick.stop()
        self._calm.stop()
        self._state("", "", "muted")

    def read_only(self) -> None:
        """Show that the visit is open for reading only, as another program has it."""
        self.nothing_open()
        self._state("eye", _("Reading only"), "muted")

    def visit_open(self) -> None:
        """Show everything as saved: the visit was just read from the disk."""
        self._show_saved()

    @Slot()
    def on_typed(self) -> None:
        """Show that text is being saved."""
        self._calm.stop()
        if not self._failed:
            self._state("clock", _("Saving…"), "muted")
            self._tick.stop()

    @Slot()
    def on_saved(self) -> None:
        """Show that everything is saved; announced to a screen reader after a pause."""
        self._show_saved()
        self._calm.start()

    def _show_saved(self) -> None:
        self._saved_at, self._failed = time.monotonic(), ""
        self._on_tick()
        self._tick.start()

    @Slot(object)
    def on_failed(self, error: ReviewError) -> None:
        """Show and announce at once that saving failed; the text is still on the screen."""
        self._failed = _("Cannot save: {what}. Your text is still here", what=error.what)
        self._tick.stop()
        self._calm.stop()
        self._state("alert", self._failed, "not_met")
        announce(self, self._failed, urgent=True)

    @Slot()
    def _on_announce_due(self) -> None:
        if not self._failed:
            announce(self, SAVED)

    @Slot()
    def _on_tick(self) -> None:
        if self._saved_at is not None and not self._failed:
            self._state("check", f"{SAVED} {ago(time.monotonic() - self._saved_at)}", "met")

    def _state(self, icon: str, text: str, role: str) -> None:
        set_icon(self._saving_icon, icon, role, 16)
        self._saving_icon.setVisible(bool(icon))
        self.saving.setText(text)
        self.saving.set_kind("error" if role == "not_met" else "small")

    @Slot(str, str)
    def show_message(self, text: str, tone: str = "info") -> None:
        """Show and announce a message; it disappears after 12 s.

        With the tone `not_met` it stays until `forget_error`, and `lasting` until the next message.
        """
        short = " ".join(text.split())
        self._error = tone == "not_met"
        self.message.setText(sentence(short))
        wrong = tone in ("not_met", "lasting")
        tone = "not_met" if wrong else tone
        self.message.set_kind("error" if wrong else "small")
        set_icon(self._message_icon, {"met": "check", "not_met": "alert", "warn": "alert"}.get(tone, "info"), tone, 16)
        self._message_icon.setVisible(bool(text))
        announce(self, short, urgent=tone == "not_met")
        self._hide_timer.stop()
        if not wrong:
            self._hide_timer.start()

    @Slot()
    def forget_error(self) -> None:
        """Hide an error that was said: it is no longer so, or the person went to another page."""
        if self._error:
            self._on_hide_due()

    @Slot()
    def _on_hide_due(self) -> None:
        self._error = False
        self.message.setText("")
        self._message_icon.hide()

    @Slot(str, bool)
    def on_began(self, title: str, can_cancel: bool) -> None:
        """Show a job that still runs after 600 ms. No animation: the bar appears once its progress is known."""
        self.job.setText(title)
        self._show_job(True)
        self.bar.hide()
        self.cancel.setVisible(can_cancel)

    @Slot(float, str)
    def on_progressed(self, share: float, text: str) -> None:
        """Show the progress of the job; `share` is 0-1, negative hides the bar."""
        self.job.setText(text)
        self.bar.setRange(0, 100)
        self.bar.setValue(max(0, round(share * 100)))
        self.bar.setVisible(share >= 0)

    @Slot()
    def on_idle(self) -> None:
        """Hide the job: none is running."""
        self._show_job(False)

    def _show_job(self, on: bool) -> None:
        widgets: tuple[QWidget, ...] = (self.job, self.bar, self.cancel)
        for widget in widgets:
            widget.setVisible(on)
