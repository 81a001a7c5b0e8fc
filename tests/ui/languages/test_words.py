"""The glossary in `ui/README.md` holds: what it says not to say stands in no text of the program."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ui.pages import PAGES

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "packaging"))

from _words import SourceText, plain_words, words  # noqa: E402

GLOSSARY = "## Words"
NOT_WORDS = re.compile(r"\{\w*\}|\bvisit (?:settle|certify)\b")
"""Fields, and commands whose names are contracts."""
NOT_IN_COMMANDS = ("a return", "new return", "your return", "somebody", "everybody", "put right")
"""What the commands and documents do not say either: a work file, anyone or a person, everyone, corrected."""


@cache
def source_texts() -> tuple[SourceText, ...]:
    return tuple(words())


@cache
def plain_texts() -> tuple[SourceText, ...]:
    return tuple(plain_words())


def forbidden() -> list[str]:
    """Each term in `marks` in the last column of the glossary's tables."""
    text = (ROOT / "ui" / "README.md").read_text(encoding="utf-8").partition(GLOSSARY)[2]
    rows = (line for line in text.splitlines() if line.startswith("| ") and line.count("|") == 4)
    return [term for line in rows for term in re.findall(r"`([^`]+)`", line.split("|")[3])]


def told(term: str, found: SourceText) -> Iterator[str]:
    """Where a text says a term, whole words in any case."""
    pattern = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
    for form in found.forms:
        if pattern.search(NOT_WORDS.sub("", form)):
            yield f"{found.path}:{found.line}: {form[:120]}"


def test_the_glossary_names_terms_that_are_not_to_be_used() -> None:
    assert len(forbidden()) > 40


@pytest.mark.parametrize("term", forbidden())
def test_no_text_of_the_program_says_it_otherwise_than_the_glossary(term: str) -> None:
    assert [line for found in source_texts() for line in told(term, found)] == []


@pytest.mark.parametrize("term", [*forbidden(), *NOT_IN_COMMANDS])
def test_no_command_and_no_document_says_it_otherwise_than_the_glossary(term: str) -> None:
    assert [line for found in plain_texts() for line in told(term, found)] == []


def test_the_help_of_every_command_is_among_the_texts() -> None:
    said = {form for found in plain_texts() for form in found.forms}
    assert "Import work files and receipts, one by one; a refused one does not stop the others." in said


def test_a_page_is_called_what_its_entry_is_called() -> None:
    assert [entry.nav for entry in PAGES if "combine" in entry.nav.lower()] == ["Combine"]


def test_a_percentage_has_no_space_before_its_sign() -> None:
    loose = re.compile(r"[\d}] %(?!\w)")
    assert [one for one in source_texts() if any(loose.search(form) for form in one.forms)] == []


def test_files_come_in_by_import_alone() -> None:
    """A button that reads a file says Import…, Add files… or Open …; none says it in other words."""
    other = re.compile(r"^(Take|Bring|Read|Load|Get) .*…$")
    assert [one for one in source_texts() if any(other.match(form) for form in one.forms)] == []
