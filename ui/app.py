"""The way in: `reviewapp` without a command calls `main`."""

from __future__ import annotations

import sys
from pathlib import Path

from reviewapp.laptop import Laptop  # the core before PySide6, which slows every later import
from reviewapp.places import default_home

HOME_MODE = 0o700


def main(
    home: Path | None = None, visit: str | None = None, passphrase: str | None = None, file: Path | None = None
) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    With `passphrase` the home is unlocked at once (it must exist), and with `visit` that visit is opened. A `file`
    leads to the page that takes it. Raises what `Laptop.open` raises.
    """
    folder = home or default_home()
    folder.mkdir(mode=HOME_MODE, parents=True, exist_ok=True)
    laptop = Laptop.open(folder, passphrase) if passphrase is not None else None

    from PySide6.QtWidgets import QApplication

    from ui.bugs import install_hook
    from ui.session import Session
    from ui.theme import theme
    from ui.window import MainWindow

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Reviewapp")
    session = Session(folder)
    look = theme()
    look.choice = session.settings.text("theme", "system")
    look.percent = session.settings.number("text", 100)
    look.apply()
    window = MainWindow(session)
    before = sys.excepthook
    install_hook(window)
    window.show()
    window.system.listen()
    if file is not None:
        from ui.arriving import place_for

        window.come_back_to(place_for(file, folder))
    if laptop is not None:
        application.processEvents()  # the window first, then what is in it
        if file is None:
            window.come_back_to({"visit": visit or "", "page": "overview" if visit else "start"})
        session.adopt(laptop)
    try:
        return application.exec() if window.isVisible() else 0
    finally:
        sys.excepthook = before


if __name__ == "__main__":
    sys.exit(main())
