"""Running a change from a button: named, refused calmly."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reviewapp.base.errors import ReviewError

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change
    from ui.session.session import Session


def run_change(session: Session, call: Callable[[], Change]) -> Change | None:
    """A call to the core that is more than a line; None when it was refused, and the status line says why."""
    try:
        change = call()
    except ReviewError as error:
        session.bridge.refused.emit(error)
        return None
    session.bridge.saved.emit()
    return change
