"""The page "You said, we did" for the wall of a waiting room: quotes by topic beside the team's actions on them.

Only quotes whose speakers consented to wider circulation, labelled by a letter and a number; no count of people, no
owner, no reviewer and no immediate concern is on it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.plan.progress import by_day
from reviewapp.plan.rows import overdue
from reviewapp.report.content.ranking import strengths, verdict_words
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.runs import Run, Runs, Text, Tone
from reviewapp.report.tree import Block, Column, Document, Heading, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.sorting import type_first
from reviewapp.visit.state import ActionRecord, QuoteRecord, VisitState

MOST_QUOTES = 2
"""The most quotes on one topic: a wall is read in passing."""
MOST_PRAISE = 3
"""The most quotes of praise."""
PLACE = {"done": 0, "in_progress": 1, "open": 2}
SAID = {"done": "✓ Done: ", "in_progress": "Begun: ", "open": "Planned: "}


def you_said(state: VisitState, status: dict[str, Any], today: date, *, praise: int = MOST_PRAISE) -> Document:
    """The document: one row per topic, those with a finished action first; then at most `praise` quotes of praise.

    Raises `Invalid` if no action is done, begun or planned.
    """
    material = ReportData(state, status, "circulation")
    topics = _topics(material)
    if not topics:
        raise Invalid(
            _("there is no action to report yet"),
            do=_("first write in the action plan what is done, started or planned"),
        )
    printed: set[str] = set()
    rows = tuple(_topic(material, number, actions, printed, today) for number, actions in topics)
    parts: list[Block] = [
        Heading(level=1, runs=text("You said, we did"), id="you-said"),
        Paragraph(runs=text(_opening(material, quoted=bool(printed))), style="lead"),
    ]
    columns = (Column(title="You said", weight=1.15), Column(title="We did, or are doing"))
    parts.append(Table(caption="", columns=columns, rows=rows))
    parts += _praise(material, printed, praise)
    parts.append(Paragraph(runs=text(f"{_day(today)}. Something to add? Tell any member of the team."), style="small"))
    return Document(
        title=f"You said, we did: {state.info.service}",
        subject="You said, we did",
        status="final",
        profile="circulation",
        running=state.info.service,
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author=state.info.service,
    )


def _opening(material: ReportData, *, quoted: bool) -> str:
    """Who came, whom they asked, and what stands below; nobody is named who was not asked."""
    spoken = [labels.group(group).lower() for group in material.value("material.people_spoken_to")]
    asked = f" They asked {labels.all_of(spoken)} how things are here." if spoken else ""
    said = "what people said" if quoted else "what it was about"
    return f"On {material.day} a team of reviewers visited us.{asked} This is {said}, and what we are doing about it."


def _topics(material: ReportData) -> list[tuple[str, list[ActionRecord]]]:
    """Standards and their actions that are not dropped; standards with a finished action come first."""
    by_standard: dict[str, list[ActionRecord]] = {}
    for action in sorted(material.state.actions.values(), key=by_day):
        if action.status in PLACE and action.action.strip():
            by_standard.setdefault(action.standard, []).append(action)

    def key(item: tuple[str, list[ActionRecord]]) -> tuple[Any, ...]:
        number, actions = item
        known = material.standards.get(number)
        first = min(PLACE[a.status] for a in actions)
        return (known is None, first, type_first(known) if known else ())

    return sorted(by_standard.items(), key=key)


def _topic(
    material: ReportData, number: str, actions: list[ActionRecord], printed: set[str], today: date
) -> tuple[Runs, Runs]:
    """One row: the topic with its quotes, or the standard's statement without any, and the actions on it.

    Adds the quotes to `printed`, so that none is printed twice.
    """
    standard = material.standards.get(number)
    quote_cell: list[Run] = [
        Text(text=standard.title if standard else "What else we are doing", bold=True, tone="accent")
    ]
    quotes = [q for q in _critical_quotes(material, number) if q.key not in printed][:MOST_QUOTES]
    for quote in quotes:
        voice = material.quote(quote)
        quote_cell += [Text(text=f"\n“{voice.text}”"), Text(text=f" – {voice.label}, {voice.group}", tone="muted")]
    printed |= {quote.key for quote in quotes}
    if standard and not quotes:
        asked = standard.statement.strip() or standard.title
        quote_cell += [Text(text=f"\n{_found(material, number)}: ", tone="muted"), Text(text=asked)]
    action_cell: list[Run] = []
    for action in sorted(actions, key=lambda a: (PLACE[a.status], *by_day(a))):
        action_cell += [*text("\n" if action_cell else ""), *_action_runs(action, today)]
    return tuple(quote_cell), tuple(action_cell)


def _found(material: ReportData, number: str) -> str:
    """What the review found of a standard with an action; only what it asks where reviewers rated it otherwise or not.

    The team may act on any standard: on one that is met, that was not rated, that it rated itself only.
    """
    rating = material.effective[number]
    if rating.basis == "self_review" or material.instrument.scale.verdict(rating.value) != "gap":
        return "What is asked of us"
    return verdict_words(material).found_gap


def _critical_quotes(material: ReportData, number: str) -> list[QuoteRecord]:
    """Quotes on a standard that are not praise: negative, then mixed, then neutral."""
    return [q for tone in ("negative", "mixed", "neutral") for q in material.quotes_on(number, tone)]


def _praise_quote(material: ReportData, quote: QuoteRecord) -> Block:
    """The quote without its number and those of standards, which mean nothing to a reader in a waiting room."""
    from msgspec.structs import replace

    return replace(material.quote(quote), standards=(), number=0)


def _action_runs(action: ActionRecord, today: date) -> Runs:
    tone: Tone = "met" if action.status == "done" else "accent"
    runs: Runs = (Text(text=SAID[action.status], bold=True, tone=tone), *text(action.action.strip()))
    if action.status != "done" and action.due:
        when = "was due" if overdue(action, today.isoformat()) else "by"
        runs += text(f" ({when} {labels.day(action.due)})", tone="muted")
    return runs


def _praise(material: ReportData, printed: set[str], most: int) -> list[Block]:
    good = [q for number in strengths(material) for q in material.quotes_on(number, "positive")]
    chosen = [q for q in dict.fromkeys(good) if q.key not in printed][:most]
    if not chosen:
        return []
    made: list[Block] = [
        Heading(level=2, runs=text("What you told us is good"), id="praise"),
        Paragraph(runs=text("We want to keep it so."), keep=True),
    ]
    return [*made, *(_praise_quote(material, quote) for quote in chosen)]


def _day(today: date) -> str:
    return labels.day(today.isoformat())
