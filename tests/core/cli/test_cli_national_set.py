"""A network's set on the command line: every refusal names a command that exists, and a passage is text or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.cli.app import cli
from reviewapp.national import deciding
from tests.core.cli.support import Shell
from tests.core.homes import PASSPHRASE
from tests.core.national.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def at_office(office: Office, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    (office.folder / "pass").write_text(PASSPHRASE + "\n")
    yield Shell(office.folder, capsys)


def test_what_a_refusal_tells_one_to_do_is_a_command_that_exists(office: Office) -> None:
    known = set(cli.commands["national"].commands)  # type: ignore[attr-defined]
    source = "".join(path.read_text(encoding="utf-8") for path in Path(deciding.__file__).parent.glob("*.py"))
    named = set(re.findall(r"national ([a-z-]+)[ \"]", source.replace("national report", "")))
    assert "show" in named
    assert {name for name in named if f": national {name}" in source} <= known
    with office.open() as found, pytest.raises(Invalid, match="national show"):
        deciding.accept(found, "no visit", 1)


@pytest.mark.parametrize(
    ("content", "why"), [(b"\xff\xfe\x00", "it is not text in UTF-8"), (b"x" * 90_000, "it is longer than any passage")]
)
def test_a_file_that_is_no_passage_is_refused_in_one_line(
    at_office: Shell, office: Office, content: bytes, why: str
) -> None:
    path = office.folder / "foreword.txt"
    path.write_bytes(content)
    at_office("office", "national", "passage", office.set_id, "foreword", "--text-file", path, code=1)
    (line,) = at_office.err.splitlines()
    assert line.startswith("error: ") and why in line


def test_a_passage_comes_from_a_file(at_office: Shell, office: Office) -> None:
    path = office.folder / "foreword.txt"
    path.write_text("To everybody who wrote to us.\n", encoding="utf-8")
    at_office("office", "national", "passage", office.set_id, "foreword", "--text-file", path)
    listed = at_office.json("office", "national", "passage", office.set_id)["passages"]
    assert listed[0] == {"place": "foreword", "text": "To everybody who wrote to us."}
