"""Every kind of PDF that the program writes, made of the examples: what is checked of one is checked of all.

A copy with a password is made of one of these; it is no PDF/A (`test_encryption`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from reviewapp.base.paths import resource
from reviewapp.figures.status import status
from reviewapp.instruments.library import builtin
from reviewapp.plan.pages.build import PAGES, page_of
from reviewapp.report.certificate import certificate_pdf
from reviewapp.report.paper.booklet import rating_booklet
from reviewapp.report.paper.forms import CASE_NOTES, paper_sheet
from reviewapp.report.paper.quick_start import Step, quick_start_card
from reviewapp.report.paper.timetable import timetable_pdf
from reviewapp.report.paper.words_page import words_page
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.profiles import PROFILES
from tests.core.national.reported import document as national_report
from tests.core.national.reported import golden_figures, material
from tests.core.plan.plan_building import action
from tests.core.report import fidelity
from tests.core.report.sampled import sample_report, sample_visit

DAY = date(2027, 3, 1)
MADE_IN = {
    "reviewapp.report.formats",
    "reviewapp.plan.pages.build",
    "reviewapp.report.certificate",
    "reviewapp.report.paper.booklet",
    "reviewapp.report.paper.forms",
    "reviewapp.report.paper.quick_start",
    "reviewapp.report.paper.timetable",
    "reviewapp.report.paper.words_page",
}
"""The modules that make a PDF; one that is new needs its documents in `KINDS`."""


def _plan_page(name: str) -> bytes:
    state = fidelity.third_round()
    if not state.actions:
        state = msgspec.structs.replace(state, actions={"A": action("A", "1", action="Ring back", status="open")})
    return page_of(name, state, status(state), lambda _key: (), DAY)


def _certificate() -> bytes:
    facts = {
        "visit": "v", "service": "Example Team", "date": "2026-11-17", "person": "L1", "digest": "d", "entries": 1,
        "unreceipted": 0, "jottings": 0, "destroyed_at": "2026-11-30T23:59:59+00:00", "files": ("journal.db", "keys"),
        "may_survive": (), "left": ("notes.txt",), "not_promised": "A copy that nobody knows of may still exist.",
    }  # fmt: skip
    return certificate_pdf(facts)


def _sheets() -> dict[str, Callable[[], bytes]]:
    """Forms, booklet and the rest of what is printed for a day without a laptop."""
    standards = builtin()[0]
    forms = [*(guide.group for guide in standards.guides), CASE_NOTES]
    made: dict[str, Callable[[], bytes]] = {f"paper {form}": _sheet(form) for form in forms}
    made["booklet"] = lambda: rating_booklet(standards, DAY, service="Example Team", reviewer="R2, carer")
    made["booklet of a scale"] = lambda: rating_booklet(fidelity.SCALE, DAY)
    step = Step("Start", "Open a visit.", resource("help", "start.png"), "The page Start with one visit")
    made["quick-start card"] = lambda: quick_start_card("Quick start", "A day.", [step] * 3, [], foot="Card", today=DAY)
    made["timetable"] = lambda: timetable_pdf(sample_visit(), DAY)
    made["words"] = lambda: words_page("lamp otter quay vine road seal", opens="the visit pack", today=DAY)
    return made


def _sheet(form: str) -> Callable[[], bytes]:
    return lambda: paper_sheet(builtin()[0], form, DAY)


def _report(profile: str) -> Callable[[], bytes]:
    return lambda: pdf_bytes(sample_report(profile))  # type: ignore[arg-type]


def _page(name: str) -> Callable[[], bytes]:
    return lambda: _plan_page(name)


KINDS: dict[str, Callable[[], bytes]] = {
    **{f"report for {profile}": _report(profile) for profile in PROFILES},
    "report of three rounds": lambda: pdf_bytes(fidelity.reported("three rounds", "committee")),
    "national report": lambda: pdf_bytes(national_report(material(golden_figures()))),
    **{f"page {name}": _page(name) for name in PAGES},
    "certificate": _certificate,
    **_sheets(),
}
