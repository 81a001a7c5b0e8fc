"""Everything that can be read of a visit outside its store: documents, sheets, what commands print and screens read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from reviewapp.factcheck.export_sheet import response_sheet
from reviewapp.intake import SHEETS, template
from reviewapp.plan.export_sheet import export_plan
from reviewapp.plan.pages.build import PAGES, page_pdf
from reviewapp.report.content.build import build
from reviewapp.report.formats import FORMATS
from reviewapp.report.proofreading import proofread
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.report.reading import pdf_text

DAY = date(2026, 11, 17)


def readable(made: bytes) -> bytes:
    """The bytes of a file and whatever can be unpacked from it."""
    if made.startswith(b"%PDF"):
        return made + pdf_text(made).encode()
    if is_zipfile(BytesIO(made)):
        with ZipFile(BytesIO(made)) as parts:
            return made + b"".join(parts.read(name) for name in parts.namelist())
    return made


def documents(visit: OpenVisit) -> Iterator[tuple[str, bytes]]:
    state, status = visit.state, visit.status()
    for profile in ("committee", "host", "circulation"):
        tree = build(state, status, profile=profile, today=DAY)
        yield from ((f"report {profile}.{suffix}", made.render(tree)) for suffix, made in FORMATS.items())
    yield "plan", export_plan(state)
    pages = PAGES.keys() - {"rounds"}  # there is one round only
    yield from ((f"page {page}", page_pdf(page, visit, DAY)) for page in pages)
    yield "response sheet", response_sheet(state, DAY)
    yield from ((f"template {kind}", template(kind, state.instrument, suffix=".xlsx")) for kind in SHEETS)


def printed_by_commands(visit: OpenVisit, word: str, *records: tuple[str, str]) -> Iterator[tuple[str, bytes]]:
    """What commands and screens read, also when this word is looked for, with the history of these records."""
    yield "status", json.dumps(visit.status()).encode()
    yield "find", repr([(hit.entity, hit.key, hit.title, hit.snippet) for hit in visit.find(word)]).encode()
    yield "state", repr(visit.state).encode()
    yield "checks", repr([*visit.check_integrity(), *proofread(visit.state)]).encode()
    yield "drafts", repr(visit.drafts()).encode()
    yield "requests", repr([visit.requests_to_withdraw(), visit.laptops.apart(), visit.laptops.all()]).encode()
    for kind, key in records:
        yield f"history of {kind}", repr(visit.history(kind, key)).encode()
