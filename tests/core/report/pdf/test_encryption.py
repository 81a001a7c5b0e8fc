"""A PDF with a password: nobody reads it without, and with it nothing is missing, for a screen reader too."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.report.pdf.encryption import check_password, encrypted
from reviewapp.report.pdf.render import pdf_bytes
from tests.core.report.building import report
from tests.core.report.pdf.conformance import faults
from tests.core.report.pdf.test_tagging import elements
from tests.core.report.reading import pdf_text

PASSWORD = "lamp otter quay vine"


@pytest.fixture(scope="module")
def plain():
    return pdf_bytes(report())


@pytest.fixture(scope="module")
def made(plain):
    return encrypted(plain, PASSWORD)


def test_without_the_password_nothing_is_read_and_it_is_aes_with_256_bits(plain, made):
    assert made.startswith(b"%PDF-1.7")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(made))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(made), password=PASSWORD[:-1])
    for said in (b"en-GB", b"The review team"):
        assert said in plain and said not in made
    with pikepdf.open(BytesIO(made), password=PASSWORD) as opened:
        found = opened.encryption
        assert (found.R, found.bits) == (6, 256)
        assert found.stream_method == found.string_method and found.stream_method.name == "aesv3"
        assert (opened.pdf_version, opened.extension_level) == ("1.7", 8) and not opened.check_pdf_syntax()


def test_with_it_the_text_the_tags_the_language_and_the_title_are_those_of_the_plain_one(plain, made, tmp_path):
    with pikepdf.open(BytesIO(plain)) as before, pikepdf.open(BytesIO(made), password=PASSWORD) as after:
        assert [str(one.S) for one in elements(after)] == [str(one.S) for one in elements(before)]
        for name in ("Lang", "MarkInfo", "ViewerPreferences"):
            assert repr(after.Root[f"/{name}"]) == repr(before.Root[f"/{name}"])
        with before.open_metadata() as said, after.open_metadata() as still:
            claim = {name for name in said if name.startswith("{http://www.aiim.org/pdfa/ns/id/}")}
            assert dict(still.items()) == {name: value for name, value in said.items() if name not in claim}
            assert len(claim) == 2
        assert b"pdfaid" not in after.Root.Metadata.read_bytes()
        assert after.docinfo["/Title"] == before.docinfo["/Title"] != ""
        assert after.allow.accessibility and after.allow.extract
        after.save(tmp_path / "opened.pdf", encryption=False)
    assert pdf_text((tmp_path / "opened.pdf").read_bytes()) == pdf_text(plain)
    assert faults((tmp_path / "opened.pdf").read_bytes(), "ua1") == []


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [("Ångström lamp 12", "A\u030angstro\u0308m lamp 12"), ("lamp\u00a0otter vine", "lamp otter vine")],
)
def test_a_password_opens_however_its_accents_and_blanks_are_typed(plain, chosen, typed):
    """pikepdf takes a password as it is; a program that follows the standard makes the same of both."""
    import unicodedata

    for words in (chosen, typed):
        with pikepdf.open(BytesIO(encrypted(plain, words)), password=unicodedata.normalize("NFKC", words)):
            pass


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "short",
        "elevenchars",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababab",
        "a b c d",
        " " * 20,
        "    a     b   ",
        "password1234",
        "abcdefghijklm",
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(weak):
    with pytest.raises(Invalid, match="too easy to guess"):
        check_password(weak)


@pytest.mark.parametrize(
    "odd", ["lamp otter\x07quay vine", "lamp otter quay vine " * 7, "lamp otter quay \U000e0041 vine"]
)
def test_a_password_that_no_reader_would_take_is_refused_before_anything_is_written(odd):
    with pytest.raises(Invalid, match="cannot be used"):
        check_password(odd)
