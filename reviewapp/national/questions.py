"""The questions of `resources/national/questions.sql`, by name: one text, asked unchanged of every engine."""

from __future__ import annotations

import re
from functools import cache

from reviewapp.base.paths import resource

RATINGS_ONLY = ("visits", "per_standard", "per_visit")
"""Questions that read nothing but `visits` and `ratings`: what a service was rated, without a count of people."""

_NAME = re.compile(r"(?m)^-- name: (\w+)$")


@cache
def questions() -> dict[str, str]:
    """Every question by its name, without comments and without a semicolon at its end; read once."""
    text = resource("national", "questions.sql").read_text(encoding="utf-8")
    parts = _NAME.split(text)[1:]
    return {name: said.strip().removesuffix(";") for name, said in zip(parts[::2], parts[1::2], strict=True)}
