"""Every PDF says of itself when it was made, and none that it was on 1 January 2000."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from reviewapp.instruments.library import builtin
from reviewapp.report.certificate import certificate_pdf
from reviewapp.report.paper.forms import FORMS, paper_sheet
from reviewapp.report.pdf.file_date import pdf_date
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import Text
from reviewapp.report.tree import Document, Paragraph
from tests.core.report.reading import pdf_text

DAY = date(2026, 2, 28)


def dates(pdf: bytes) -> set[datetime | None]:
    """When a file says that it was made and last changed."""
    about = PdfReader(BytesIO(pdf)).metadata
    assert about is not None
    return {about.creation_date, about.modification_date}


def document(made: str) -> Document:
    words = Paragraph(runs=(Text(text="Words."),))
    return Document(title="A page", subject="", status="final", profile="host", running="", parts=(words,), made=made)


@pytest.mark.parametrize("tagged", [True, False])
def test_a_document_is_dated_with_the_day_it_was_made_and_no_hour_that_nobody_knows(tagged: bool) -> None:
    made = pdf_bytes(document(DAY.isoformat()), tagged=tagged)
    assert dates(made) == {datetime(2026, 2, 28)}
    about = PdfReader(BytesIO(made)).metadata
    assert about is not None and str(about["/CreationDate"]) == "D:20260228"
    assert made == pdf_bytes(document(DAY.isoformat()), tagged=tagged), "the clock has no part in it"


def test_a_moment_is_written_in_the_same_time_everywhere() -> None:
    assert pdf_date("2026-03-29T01:30:00+01:00") == pdf_date("2026-03-29T00:30:00+00:00") == "D:20260329003000Z"


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_sheet_is_dated_with_the_day_it_was_made(form: str) -> None:
    instrument = builtin()[0]
    if form in {guide.group for guide in instrument.guides} | {"case_notes"}:
        assert dates(paper_sheet(instrument, form, DAY)) == {datetime(2026, 2, 28)}


def test_a_certificate_of_destruction_is_dated_with_the_destruction() -> None:
    pdf = certificate_pdf(
        {
            "visit": "v", "service": "s", "date": "2026-11-17", "person": "L1", "digest": "d", "entries": 1,
            "unreceipted": 0, "jottings": 0, "destroyed_at": "2026-11-30T23:59:59+00:00", "files": (),
            "may_survive": (), "not_promised": "",
        }
    )  # fmt: skip
    assert dates(pdf) == {datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)}
    assert "Destroyed30November2026,23:59(UTC)" in pdf_text(pdf)
    assert "Dateofvisit17November2026" in pdf_text(pdf)
