"""One session with the real Orca for all tests here; skipped, with the reason, where it cannot be heard."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.meeting import open_meeting
from tests.orca.reader import Session, listening, missing
from tests.ui.support import PASSPHRASE, Homes, homes

__all__ = ["homes"]

NEVER = (
    (re.compile(r"layered pane", re.I), "what Qt builds with is nobody's affair"),
    (re.compile(r"\binvalid\b", re.I), "the program did not answer"),
    (re.compile(r"^\W*(panel|text|button|push button|check box|radio button|list|table)\W*$", re.I), "has no name"),
    (re.compile(r"\b[0-9a-f]{12,}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-"), "an id"),
    (re.compile(r"(^|\s)/(home|tmp|root|usr|var)/|\.py\b"), "a path"),
    (re.compile("|".join(PASSPHRASE.split()[1:])), "a passphrase"),  # its first word is one that the program says
)
"""What is never said, and why."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here take long: a session begins in ten seconds, and each key waits for what is said."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def session(homes: Homes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Orca and the program, on the lead's laptop of the sample visit, which is open."""
    named = os.environ.get("ORCA_ROOT", "")
    root = Path(named) if named else None
    reason = missing(root)
    if reason:
        pytest.skip(reason)
    place = tmp_path_factory.mktemp("orca")
    home = place / "L1"
    shutil.copytree(homes.lead, home)
    laptop = Laptop.open(home, PASSPHRASE)
    visit = laptop.open_visit(laptop.visits()[0].id)
    open_meeting(visit)
    visit.close()
    with listening(home, PASSPHRASE, place, root) as begun:
        yield begun


@pytest.fixture
def orca(session: Session) -> Iterator[Session]:
    """The session for one test, in which nothing may be said that is never said."""
    began = len(session.heard.read())
    session.go_to_start()
    yield session
    session.press("Escape")
    said = [words for kind, words in session.heard.read()[began:] if kind == "say"]
    wrong = [f"{words!r}: {why}" for words in said for pattern, why in NEVER if pattern.search(words)]
    assert wrong == []
