"""Banner for a passphrase that was set when a weaker one was still taken: it opens, and should be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction

from reviewapp.base.i18n import _
from ui.widgets import Banner, Button

if TYPE_CHECKING:
    from ui.session.session import Session

AWAY_FOR = timedelta(days=7)
"""How long it stays away once it was put away."""
SETTING = "weak_passphrase_put_away"


class PassphraseBanner(Banner):
    """Looks after each unlocking; put away, it comes back after a week, until the passphrase is changed."""

    def __init__(self, session: Session, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._session, self._today = session, today
        self.change = Button(_("Change passphrase…"))
        self.away = Button(_("Dismiss"), kind="quiet", name=_("Dismiss this message"))
        self.away.clicked.connect(self._on_away)
        self.add(self.change)
        self.add(self.away)
        session.laptop_changed.connect(self.look)
        session.passphrase_changed.connect(self.look)

    def change_with(self, action: QAction) -> None:
        """Set the command that the button runs."""
        self.change.clicked.connect(action.trigger)

    @Slot()
    def look(self) -> None:
        """Show that the passphrase is weak, and why, or nothing."""
        why = self._session.weak_passphrase
        self.set_text(
            _(
                "The passphrase of this laptop is weak: {why}. Anyone who finds the laptop may guess it. Choose a "
                "stronger one.",
                why=why,
            )
            if why and not self._is_away()
            else "",
            "warn",
            "key",
        )

    def _is_away(self) -> bool:
        try:
            since = date.fromisoformat(self._session.settings.text(SETTING, ""))
        except ValueError:
            return False
        return since <= self._today() < since + AWAY_FOR

    @Slot()
    def _on_away(self) -> None:
        self._session.settings.set(SETTING, self._today().isoformat())
        self.look()
