"""The way in: `reviewapp` without a command calls `main`."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

from reviewapp.laptop import Laptop  # the core before PySide6, which slows every later import

HOME_MODE = 0o700


def default_home() -> Path:
    """The platform's data folder for this program."""
    return Path(platformdirs.user_data_dir("reviewapp", appauthor=False))


def main(home: Path | None = None, visit: str | None = None, passphrase: str | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    With `passphrase` the home is unlocked at once (it must exist), and with `visit` that visit is opened.
    """
    from PySide6.QtWidgets import QApplication

    from ui.bugs import install_hook
    from ui.session import Session
    from ui.theme import theme
    from ui.window import MainWindow

    folder = home or default_home()
    folder.mkdir(mode=HOME_MODE, parents=True, exist_ok=True)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Reviewapp")
    session = Session(folder, application)
    look = theme()
    look.choice = session.settings.text("theme", "system")
    look.percent = session.settings.number("text", 100)
    look.apply()
    window = MainWindow(session)
    install_hook(window)
    window.show()
    if passphrase is not None:
        window.come_back_to({"visit": visit or "", "page": "overview" if visit else "start"})
        session.adopt(Laptop.open(folder, passphrase))
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
