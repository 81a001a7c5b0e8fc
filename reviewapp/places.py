"""Where an installation lives when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path


def default_home() -> Path:
    """The platform's own folder for a program's data; the desktop and the command line share it."""
    from platformdirs import user_data_path

    return user_data_path("reviewapp", appauthor=False)


def home_key_file(home: Path) -> Path:
    """Where an installation keeps its wrapped key."""
    return home / "home.json"


def is_set_up(home: Path) -> bool:
    """Whether a folder is an installation already; one whose key file is gone is still one.

    Here, and not in the store, so that the window asks before anything of the store is loaded.
    """
    return home_key_file(home).exists() or any(home.glob("visits/*/key.json"))
