"""A program that locks while something is typed or a job runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.support import App
from ui.pages.standards.page import StandardsPage
from ui.session.worker import Progress
from ui.shell.curtain import Curtain


def note_of(app: App) -> QWidget:
    return cast(StandardsPage, app.go("standards", {"standard": "47"})).detail.note


def curtain(app: App) -> Curtain:
    found = app.window.findChild(Curtain)
    assert found is not None
    return found


MOST_ROUNDS = 3_000
"""A job whose test has failed ends all the same."""


class Held:
    """A job that goes on until the test lets it end."""

    def __init__(self, *, until: Callable[[], None] | None = None) -> None:
        self.began, self._may_end, self._until = threading.Event(), threading.Event(), until

    def __call__(self, progress: Progress) -> None:
        self.began.set()
        for _ in range(MOST_ROUNDS):
            if self._may_end.wait(0.01):
                break
            progress.check()
        if self._until is not None:
            self._until()

    def end(self) -> None:
        self._may_end.set()


@pytest.fixture
def held() -> Iterator[Held]:
    job = Held()
    yield job
    job.end()
