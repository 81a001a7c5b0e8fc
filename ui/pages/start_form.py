"""What every form behind the Start page is."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.session import Session
from ui.theme import space
from ui.widgets import Scroll


class StartForm(Scroll):
    """`arrived(visit id)`: open that visit; `left`: back to the list; `wanted(form, visit id)`: another form."""

    arrived = Signal(str)
    left = Signal()
    wanted = Signal(str, str)

    def __init__(self, session: Session, *, width: int = 170) -> None:
        super().__init__(width=space(width), gap=4)
        self._session = session
        self.visit = ""

    def begin(self, visit: str = "") -> None:
        """Shown anew, for a visit where it is about one."""
        self.visit = visit
        self.fresh()

    def fresh(self) -> None:
        """Nothing chosen, nothing said."""
