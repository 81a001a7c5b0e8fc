"""Where an installation lives when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def default_home() -> Path:
    """The platform's own folder for a program's data; the desktop and the command line share it."""
    return user_data_path("reviewapp", appauthor=False)
