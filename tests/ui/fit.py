"""What fits on the usual small screen: 1366 x 768 at 100 %, and at 125 % (what Windows proposes for it)."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.support import App

SCREENS = {100: (1366, 748), 125: (1093, 596)}
"""Size of the maximised window in its own pixels, without its title bar, by the scale of the system in per cent."""
ROUNDS = 6


def use_screen(app: App, percent: int) -> None:
    """The window maximised on that screen, come to rest."""
    app.window.resize(*SCREENS[percent])
    rest()
    assert (app.window.width(), app.window.height()) == SCREENS[percent], "the page pushes the window beyond the screen"


def rest() -> None:
    """Let layouts settle."""
    for _ in range(ROUNDS):
        QApplication.processEvents()


def whole(widget: QWidget) -> bool:
    """Whether all of a widget can be seen: nothing cuts it, covers it or has scrolled it away."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()
