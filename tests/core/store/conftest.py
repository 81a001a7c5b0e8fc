"""Two who say something, for tests of a journal in memory; a laptop whose keys are changed."""

from __future__ import annotations

import pytest

from tests.core.store.journals import Author
from tests.core.store.rotating import mine, prepared

__all__ = ["mine", "prepared"]


@pytest.fixture
def lead() -> Author:
    return Author("L1")


@pytest.fixture
def reviewer() -> Author:
    return Author("R2", day=16)
