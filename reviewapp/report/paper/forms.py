"""Empty forms as PDF, for when a laptop fails: an interview with its guide, or the grid of case notes.

They hold no data of a visit: only the instrument's questions, and lines to write on.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.model import GROUPS, AuditItem, Guide, Instrument
from reviewapp.report.paper.flowables import boxes, grid, heading_line, lines
from reviewapp.report.paper.typesetter import PaperTypesetter, fewest_pages, paper_pdf, paper_width
from reviewapp.visit import labels

CASE_NOTES = "case_notes"
FORMS: tuple[str, ...] = (*GROUPS, CASE_NOTES)

CONSENT = (
    ("May I write down what you tell me?", ("Yes", "No")),
    ("May we use some of your own words in the report? Your name is never in it.", ("Yes", "No")),
    ("May we also use them in the copy for wider circulation?", ("Yes", "No")),
    ("May we also use them in a published report, which anyone can read?", ("Yes", "No")),
)
SAY_FIRST = (
    "Say who you are, that you do not work for this team, and that taking part is up to the person: they can skip "
    "any question, stop at any time, and withdraw what they said. If you hear that someone is at risk, you will "
    "have to pass it on."
)
AFTERWARDS = (
    "No names on this sheet. As soon as you have a laptop again, type it into Reviewapp, and then deal with the "
    "paper as your network asks."
)
_RECORDS = 10
_ROOM = ((4, 8.0), (4, 4.0), (3, 8.0), (3, 5.0), (3, 3.0))
"""Lines to write on for each question and points between questions: the most room that costs no page more."""


_CELL_PADDING = (5.0, 3.0, 1.5)
"""Points above and below what stands in a cell of the grid, the most first."""


def paper_sheet(instrument: Instrument, form: str, today: date) -> bytes:
    """The PDF of an empty form for a group of people (`patient` ...) or for `case_notes`, dated today.

    Raises Invalid for a group without an interview guide, or any other `form`.
    """
    if form == CASE_NOTES:
        return _case_notes(instrument, today)
    guide = instrument.guide(form)
    if guide is None:
        raise Invalid(
            _("there is no topic guide for {form}", form=f"{form!r}"),
            field="form",
            do=_("choose a group that the standards have questions for"),
        )
    return _interview(instrument, guide, today)


def _interview(instrument: Instrument, guide: Guide, today: date) -> bytes:
    return fewest_pages(_set_interview(instrument, guide, today, *room) for room in _ROOM)


def _set_interview(instrument: Instrument, guide: Guide, today: date, line_count: int, gap: float) -> bytes:
    """The sheet with so many lines to write on for each question, and so much space after them."""
    setter = PaperTypesetter()
    title = f"Interview with {labels.a_one_of(guide.group)}"
    story: list[Any] = [
        setter.text(title, "h1", spaceBefore=0, spaceAfter=8),
        setter.text(_edition(instrument), "small"),
        heading_line(("Reviewer (code)", "Date", "Number (such as P1)", "How many people")),
        setter.gap(6),
        boxes("How", ("in person", "phone", "video"), setter.style("cell")),
        setter.gap(gap),
        setter.text("Before you begin", "h2", spaceBefore=gap),
        setter.text(SAY_FIRST, "body"),
        *(boxes(question, choices, setter.style("cell")) for question, choices in CONSENT),
        setter.text("Questions", "h2", spaceBefore=2 * gap),
    ]
    for prompt in guide.prompts:
        tests = f" (standards {', '.join(prompt.standards)})" if prompt.standards else ""
        asked = setter.bold(prompt.id, prompt.text, tests, spaceAfter=gap / 2)
        story.append(setter.kept(asked, lines(line_count), setter.gap(gap)))
    story += [
        setter.kept(setter.text("Anything else, and words to quote", "h2", spaceBefore=gap), lines(2 * line_count)),
        setter.kept(
            setter.text(
                "Immediate concern: what was said, who was told, at what time, action taken", "h2", spaceBefore=gap
            ),
            lines(line_count + 1),
        ),
        setter.gap(gap),
        setter.text(AFTERWARDS, "small"),
    ]
    return paper_pdf(story, title, foot=_foot(title), today=today)


def _case_notes(instrument: Instrument, today: date) -> bytes:
    return fewest_pages(_set_case_notes(instrument, today, padding) for padding in _CELL_PADDING)


def _set_case_notes(instrument: Instrument, today: date, padding: float) -> bytes:
    setter = PaperTypesetter()
    title = "Case notes"
    items = [_item(setter, item) for item in instrument.audit]
    story: list[Any] = [
        setter.text(title, "h1", spaceBefore=0, spaceAfter=4),
        setter.text(_edition(instrument), "small"),
        heading_line(("Reviewer (code)", "Date")),
        setter.gap(6),
        setter.text(
            "Write the number of each record, from the team's own list, above its column; never a name or an NHS "
            "number. In the cells: Y yes, N no, A not applicable, R not recorded.",
            "body",
        ),
        grid(items, _RECORDS, paper_width(landscape=True), padding=padding),
        setter.gap(2 + padding),
        setter.text(AFTERWARDS, "small"),
    ]
    return paper_pdf(story, title, foot=_foot(title), today=today, landscape=True)


def _item(setter: PaperTypesetter, item: AuditItem) -> Any:
    return setter.bold(item.item, item.text, "", style="cell")


def _edition(instrument: Instrument) -> str:
    return f"{instrument.title}, {instrument.edition}" if instrument.edition else instrument.title


def _foot(title: str) -> str:
    return f"{title}: no names on this sheet"
