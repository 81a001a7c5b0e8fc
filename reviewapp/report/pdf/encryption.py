"""A PDF that opens with a password only: AES-256 as in PDF 2.0 (ISO 32000-2, 7.6), with tags, language and title kept.

What is encrypted can be no PDF/A, which must open for ever, and does not say that it is one; it stays PDF/UA: every
program that reads a PDF aloud may have its text once it is open (`ALL_DOCUMENT_PERMISSIONS`).
"""

from __future__ import annotations

import io
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.base.passphrases import RULE, weakness
from reviewapp.report.pdf.archive import without_claim

LONGEST = 127
"""Bytes of a password that a PDF program looks at."""


def check_password(password: str) -> None:
    """Raise Invalid for a password that is soon guessed, or that not every program could be given.

    Whoever has the file can try as many as they like, as fast as they can.
    """
    why = weakness(password.strip())
    if why:
        raise Invalid(
            _("the password is too easy to guess: {why}", why=why),
            field="password",
            do=_("use {rule} that are not connected", rule=RULE),
            kept=_("nothing was saved"),
        )
    if len(password.encode("utf-8", "surrogateescape")) > LONGEST:
        raise _unusable(_("it is longer than {n} bytes", n=LONGEST))
    _prepared(password)


def encrypted(pdf: bytes, password: str) -> bytes:
    """The same document, encrypted with the password. Raises Invalid as `check_password`."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject

    check_password(password)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    metadata: Any = writer.root_object["/Metadata"]
    metadata.get_object().set_data(without_claim(metadata.get_object().get_data()))
    writer.pdf_header = "%PDF-1.7"
    writer.root_object[NameObject("/Extensions")] = _extensions()
    writer.encrypt(_prepared(password), algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _extensions() -> Any:
    """That a file of PDF 1.7, as PDF/UA-1 asks for, is encrypted as PDF 2.0 does: Adobe's extension level 8."""
    from pypdf.generic import DictionaryObject, NameObject, NumberObject

    level = {NameObject("/BaseVersion"): NameObject("/1.7"), NameObject("/ExtensionLevel"): NumberObject(8)}
    return DictionaryObject({NameObject("/ADBE"): DictionaryObject(level)})


def _prepared(password: str) -> str:
    """The password as every program makes it of what is typed (SASLprep, RFC 4013). Raises Invalid where that fails."""
    import stringprep
    import unicodedata

    spaced = "".join(" " if stringprep.in_table_c12(one) else one for one in password)
    made = unicodedata.normalize("NFKC", "".join(one for one in spaced if not stringprep.in_table_b1(one)))
    if not made.isprintable() or any(stringprep.in_table_a1(one) for one in made):
        raise _unusable(_("it has a character that some programs do not accept"))
    return made


def _unusable(why: str) -> Invalid:
    return Invalid(
        _("such a password cannot be used: {why}", why=why),
        field="password",
        do=_("use a shorter one of letters, digits and signs"),
        kept=_("nothing was saved"),
    )
