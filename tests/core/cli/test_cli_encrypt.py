"""`report --encrypt-with`: which documents are encrypted, which are not, and that this is said."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from reviewapp.cli.output import NOT_ENCRYPTED
from tests.core.cli.support import Shell

PASSWORD = "lamp otter quay vine"


def test_a_pdf_with_a_password_opens_with_it_only_and_no_more_is_said_of_it(shell: Shell, tmp_path: Path) -> None:
    pdf, password = tmp_path / "r.pdf", shell.file("password", f"{PASSWORD}\r\nnot this line\n")
    shell("L1", "report", shell.visit, "--pdf", pdf, "--encrypt-with", password)
    assert shell.err.splitlines() == [f"saved {pdf}"]
    assert pdf.stat().st_mode & 0o077 == 0
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(pdf.read_bytes()))
    pikepdf.open(pdf, password=PASSWORD).close()


def test_what_is_saved_beside_it_is_said_to_be_plain(shell: Shell, tmp_path: Path) -> None:
    pdf, docx = tmp_path / "r.pdf", tmp_path / "r.docx"
    password = shell.file("password", PASSWORD)
    shell("L1", "report", shell.visit, "--pdf", pdf, "--docx", docx, "--encrypt-with", password)
    assert shell.err.splitlines() == [f"saved {pdf}", f"saved {docx}", f"note: r.docx: {NOT_ENCRYPTED}"]
    assert docx.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("document", [("--pdf",), ("--docx",), ("--json",), ("--response-sheet",)])
def test_a_document_without_a_password_is_said_to_be_plain(document: tuple[str], shell: Shell, tmp_path: Path) -> None:
    shell("L1", "report", shell.visit, *document, tmp_path / "file.xlsx")
    assert f"note: {NOT_ENCRYPTED}" in shell.err.splitlines()


def test_a_plan_is_said_to_be_plain_and_a_pack_is_not(shell: Shell, tmp_path: Path) -> None:
    shell("L1", "plan", "export", shell.visit, tmp_path / "plan.xlsx")
    assert f"note: {NOT_ENCRYPTED}" in shell.err.splitlines()
    shell("L1", "visit", "return", shell.visit, tmp_path / "return")
    assert NOT_ENCRYPTED not in shell.err


def test_a_weak_or_missing_password_writes_nothing_at_all(shell: Shell, tmp_path: Path) -> None:
    pdf, docx, sheet = (tmp_path / name for name in ("r.pdf", "r.docx", "s.xlsx"))
    for password in (shell.file("weak", "secret"), shell.file("empty", ""), tmp_path / "nowhere", tmp_path):
        shell(
            "L1", "report", shell.visit, "--pdf", pdf, "--docx", docx, "--response-sheet", sheet,
            "--encrypt-with", password, code=1,
        )  # fmt: skip
        assert not any(path.exists() for path in (pdf, docx, sheet))


def test_a_password_without_a_pdf_is_wrong_usage(shell: Shell, tmp_path: Path) -> None:
    shell(
        "L1", "report", shell.visit, "--docx", tmp_path / "r.docx", "--encrypt-with", shell.file("p", PASSWORD), code=2
    )
    assert not (tmp_path / "r.docx").exists()
