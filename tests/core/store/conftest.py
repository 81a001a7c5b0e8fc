"""Two who say something, for tests of a journal in memory."""

from __future__ import annotations

import pytest

from tests.core.store.journals import Author


@pytest.fixture
def lead() -> Author:
    return Author("L1")


@pytest.fixture
def reviewer() -> Author:
    return Author("R2", day=16)
