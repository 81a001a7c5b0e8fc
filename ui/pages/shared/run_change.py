"""Changes that are more than statements, run from a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reviewapp.base.errors import ReviewError

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change
    from ui.session.session import Session


def run_change(session: Session, call: Callable[[], Change]) -> Change | None:
    """Run a call to the core; returns its change, or None if it was refused (the status bar shows why)."""
    try:
        change = call()
    except ReviewError as error:
        session.bridge.refused.emit(error)
        return None
    session.bridge.saved.emit()
    return change
