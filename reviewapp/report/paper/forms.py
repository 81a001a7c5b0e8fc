"""Empty forms as PDF, for when a laptop fails: an interview with its guide, or the grid of case notes.

They hold no data of a visit: only the instrument's questions, and lines to write on.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.model import GROUPS, AuditItem, Guide, Instrument
from reviewapp.report import fonts, house_style
from reviewapp.report.escape import markup
from reviewapp.report.paper.flowables import SIDE, boxes, grid, heading_line, lines
from reviewapp.report.pdf.file_date import set_file_date
from reviewapp.visit import labels

CASE_NOTES = "case_notes"
FORMS: tuple[str, ...] = (*GROUPS, CASE_NOTES)

CONSENT = (
    ("May I write down what you tell me?", ("Yes", "No")),
    ("May we use some of your own words in the report? Your name is never in it.", ("Yes", "No")),
    ("May those words also stand in the copy that other people can read?", ("Yes", "No")),
    ("May they also stand in a report that is published, for anybody to read?", ("Yes", "No")),
)
SAY_FIRST = (
    "Say who you are, that you do not work for this team, and that taking part is up to the person: they may pass "
    "over any question, stop at any time, and take back what they said. If you hear that somebody is at risk, you "
    "will have to pass it on."
)
AFTERWARDS = (
    "No names on this sheet. As soon as a laptop is at hand again, type it into Reviewapp, and then deal with the "
    "paper as your network asks."
)
_LINES_FOR_PROMPT, _LINES_AT_END, _RECORDS = 3, 6, 10


def paper_sheet(instrument: Instrument, form: str, today: date) -> bytes:
    """The PDF of an empty form for a group of people (`patient` ...) or for `case_notes`, dated today.

    Raises Invalid for a group without an interview guide, or any other `form`.
    """
    if form == CASE_NOTES:
        return _case_notes(instrument, today)
    guide = instrument.guide(form)
    if guide is None:
        raise Invalid(
            _("there is no guide for {form}", form=f"{form!r}"),
            field="form",
            do=_("choose a group that the standards have questions for"),
        )
    return _interview(instrument, guide, today)


def _interview(instrument: Instrument, guide: Guide, today: date) -> bytes:
    setter = _Typesetter()
    title = f"Interview with {labels.a_one_of(guide.group)}"
    story: list[Any] = [
        setter.text(title, "h1"),
        setter.text(_edition(instrument), "small"),
        heading_line(("Reviewer (code)", "Date", "Number (such as P1)", "How many people")),
        setter.gap(6),
        boxes("How", ("in person", "phone", "video"), setter.style("cell")),
        setter.gap(8),
        setter.text("Before you begin", "h2"),
        setter.text(SAY_FIRST, "body"),
        *(boxes(question, choices, setter.style("cell")) for question, choices in CONSENT),
        setter.text("Questions", "h2"),
    ]
    for prompt in guide.prompts:
        tests = f" (standards {', '.join(prompt.standards)})" if prompt.standards else ""
        story.append(setter.kept(setter.bold(prompt.id, prompt.text, tests), lines(_LINES_FOR_PROMPT), setter.gap(5)))
    story += [
        setter.kept(setter.text("Anything else, and words to quote", "h2"), lines(_LINES_AT_END)),
        setter.kept(setter.text("What cannot wait: what was said, who was told, at what time", "h2"), lines(4)),
        setter.gap(10),
        setter.text(AFTERWARDS, "small"),
    ]
    return _pdf(story, title, landscape=False, today=today)


def _case_notes(instrument: Instrument, today: date) -> bytes:
    setter = _Typesetter()
    title = "Case notes"
    story: list[Any] = [
        setter.text(title, "h1"),
        setter.text(_edition(instrument), "small"),
        heading_line(("Reviewer (code)", "Date")),
        setter.gap(6),
        setter.text(
            "Write the number of each record, from the team's own list, over its column; never a name or an NHS "
            "number. In the cells: Y yes, N no, A does not apply, R not recorded.",
            "body",
        ),
        grid([_item(setter, item) for item in instrument.audit], _RECORDS, _width(landscape=True)),
        setter.gap(8),
        setter.text(AFTERWARDS, "small"),
    ]
    return _pdf(story, title, landscape=True, today=today)


def _item(setter: _Typesetter, item: AuditItem) -> Any:
    return setter.bold(item.item, item.text, "", style="cell")


def _edition(instrument: Instrument) -> str:
    return f"{instrument.title}, {instrument.edition}" if instrument.edition else instrument.title


class _Typesetter:
    """Makes paragraphs in the report's styles; all text is escaped."""

    def __init__(self) -> None:
        self._glyphs = fonts.register()
        self._styles = house_style.paragraph_styles()

    def style(self, name: str) -> Any:
        return self._styles[name]

    def text(self, text: str, style: str) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(markup(text, self._glyphs), self._styles[style])

    def bold(self, first: str, rest: str, small: str, *, style: str = "body") -> Any:
        from reportlab.platypus import Paragraph

        inner = f"<b>{markup(first, self._glyphs)}</b>  {markup(rest, self._glyphs)}"
        quiet = f'<font color="{house_style.MUTED}">{markup(small, self._glyphs)}</font>' if small else ""
        return Paragraph(inner + quiet, self._styles[style])

    def gap(self, points: float) -> Any:
        from reportlab.platypus import Spacer

        return Spacer(1, points)

    def kept(self, *parts: Any) -> Any:
        from reportlab.platypus import KeepTogether

        return KeepTogether(list(parts))


def _width(*, landscape: bool) -> float:
    return (house_style.PAGE_HEIGHT if landscape else house_style.PAGE_WIDTH) - 2 * SIDE


def _pdf(story: list[Any], title: str, *, landscape: bool, today: date) -> bytes:
    from reportlab.platypus import SimpleDocTemplate

    size = (
        (house_style.PAGE_HEIGHT, house_style.PAGE_WIDTH)
        if landscape
        else (house_style.PAGE_WIDTH, house_style.PAGE_HEIGHT)
    )
    stream = BytesIO()
    template = SimpleDocTemplate(
        stream, pagesize=size, leftMargin=SIDE, rightMargin=SIDE,
        topMargin=16 * house_style.MM, bottomMargin=16 * house_style.MM,
        title=f"Paper sheet: {title}", author="Reviewapp", creator="Reviewapp", lang="en-GB", displayDocTitle=True,
        invariant=1, initialFontName=fonts.REGULAR,
    )  # fmt: skip
    foot = _foot(title, today)
    template.build(story, onFirstPage=foot, onLaterPages=foot)
    return stream.getvalue()


def _foot(title: str, today: date) -> Any:
    def draw(canvas: Any, template: Any) -> None:
        from reportlab.lib.colors import HexColor

        set_file_date(canvas, today.isoformat())
        canvas.saveState()
        canvas.setFont(fonts.REGULAR, 9)
        canvas.setFillColor(HexColor(house_style.MUTED))
        canvas.drawString(SIDE, 9 * house_style.MM, f"{title}: no names on this sheet")
        canvas.drawRightString(template.pagesize[0] - SIDE, 9 * house_style.MM, f"Page {canvas.getPageNumber()}")
        canvas.restoreState()

    return draw
