"""veraPDF, whose rules are those of the standards, finds nothing against any kind of PDF that the program writes.

Only where it is installed, which is 160 MB: `packaging/dev.py test --slow` makes an environment that has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.report.pdf.encryption import encrypted
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.tree import Paragraph
from tests.core.report.pdf import verapdf
from tests.core.report.pdf.every_kind import KINDS
from tests.core.report.pdf.test_pdf import document, words

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(verapdf.missing()), reason=f"not installed: {', '.join(verapdf.missing())}"),
]
RULES = {"PDFUA_1": 106, "PDFA_2_A": 153}
"""Fewer of them would mean that something of a profile was not read."""
PASSWORD = "lamp otter quay vine"


@pytest.fixture(scope="module", autouse=True)
def java() -> Iterator[None]:
    yield
    verapdf.stop()


@pytest.mark.parametrize("name", KINDS)
def test_it_finds_nothing_against_reading_it_aloud_or_keeping_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(KINDS[name]())
    for profile in verapdf.PROFILES:
        rules, checks, found = verapdf.verdict(path, profile)
        assert found == []
        assert rules >= RULES[profile] and checks > rules
        print(f"{name}: {profile}: {checks} checks by {rules} rules")


def test_it_finds_what_is_not_tagged(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_bytes(document(Paragraph(runs=words("Said."))), tagged=False))
    assert verapdf.verdict(path, "PDFUA_1").found and verapdf.verdict(path, "PDFA_2_A").found


def test_a_copy_with_a_password_does_not_say_that_it_is_for_ever(tmp_path: Path) -> None:
    import pikepdf

    locked, opened = tmp_path / "locked.pdf", tmp_path / "opened.pdf"
    locked.write_bytes(encrypted(KINDS["certificate"](), PASSWORD))
    with pikepdf.open(locked, password=PASSWORD) as found:
        found.save(opened, encryption=False)
    assert verapdf.verdict(opened, "PDFUA_1").found == []
    assert any("6.6.4" in one for one in verapdf.verdict(opened, "PDFA_2_A").found)
