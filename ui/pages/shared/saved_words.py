"""What is said of a document that was saved: where it is, and who can read it."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.i18n import _

NOT_ENCRYPTED = _("It is not encrypted: anyone who gets the file can read it.")
WITH_PASSWORD = _("It opens only with the password you set.")


def said_when_saved(path: Path, *, with_password: bool = False) -> str:
    """What is said once a document is saved: its name, without the folders, and whether it is encrypted."""
    return _("Saved and checked: {name}. {who}", name=path.name, who=WITH_PASSWORD if with_password else NOT_ENCRYPTED)


def saved_words(path: Path, *, with_password: bool = False) -> str:
    """The path, and below it whether the document is encrypted."""
    return f"{path}\n{WITH_PASSWORD if with_password else NOT_ENCRYPTED}"
