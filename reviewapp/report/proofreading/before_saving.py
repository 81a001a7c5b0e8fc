"""What stands in the way of a document that is about to leave the visit: findings to stop for, still open.

The report is stopped by every such finding. Another document is stopped by what in its own texts may identify
somebody: what a sheet or a page does not print does no harm there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.report.proofreading import proofread, with_acceptances
from reviewapp.report.proofreading.finding import Finding
from reviewapp.report.proofreading.private import IDENTIFYING, identifying, names
from reviewapp.report.proofreading.texts import WrittenText, all_texts
from reviewapp.visit.practice import PRACTICE
from reviewapp.visit.state import VisitState
from reviewapp.visit.validators import HOST

DocumentKind = str
"""A document with people's words, as on the command line: `report`, `response-sheet`, `sheet` or a page of the plan."""


def _in_response_sheet(text: WrittenText) -> bool:
    of_host = text.entity == "local_context" and text.key.endswith(f"/{HOST}")
    praised = text.entity == "passage" and text.key.startswith(PRACTICE)
    return of_host or praised or text.entity == "response" or (text.entity, text.field) == ("agreed", "reason")


def _in_plan(text: WrittenText) -> bool:
    return text.entity == "action"


def _in_sheet(text: WrittenText) -> bool:
    return text.entity == "action" or (text.entity, text.field) == ("goal", "text")


def _in_brief(text: WrittenText) -> bool:
    return (
        text.entity == "handover"
        or (text.entity == "action" and text.field in ("action", "owner"))
        or (text.entity == "goal" and text.field in ("text", "target"))
    )


def _on_wall(text: WrittenText) -> bool:
    return (text.entity, text.field) == ("action", "action") or (text.entity == "quote" and text.wide)


def _on_scoping_day(text: WrittenText) -> bool:
    return text.entity in ("goal", "scoping", "readiness")


def _in_plain_words(text: WrittenText) -> bool:
    return (text.entity, text.field) == ("action", "action")


def _in_minutes(text: WrittenText) -> bool:
    return (
        text.entity in ("follow_up", "follow_up_goal", "escalation", "handover", "staff_change", "learning_event")
        or (text.entity, text.field) in (("goal", "text"), ("goal", "reason"), ("action", "owner"))
    )  # fmt: skip


def _for_managers(text: WrittenText) -> bool:
    of_goal = text.entity == "goal" and text.field in ("text", "target", "reason")
    barrier = (text.entity, text.field) == ("follow_up_goal", "barrier")
    return of_goal or barrier or text.entity in ("escalation", "local_context")


def _of_rounds(text: WrittenText) -> bool:
    return text.entity == "round"


def _in_profile(text: WrittenText) -> bool:
    return text.entity in ("context", "local_context")


def _in_timetable(text: WrittenText) -> bool:
    return text.entity == "slot"


def _in_booklet(text: WrittenText) -> bool:
    return False


def _shared(text: WrittenText) -> bool:
    return text.entity == "shared_practice"


def _printed(text: WrittenText) -> bool:
    return text.printed


_PRINTS: dict[DocumentKind, Callable[[WrittenText], bool]] = {
    "response-sheet": _in_response_sheet,
    "sheet": _in_sheet,
    "progress": _in_plan,
    "brief": _in_brief,
    "you-said": _on_wall,
    "plain-summary": _in_plain_words,
    "scoping": _on_scoping_day,
    "follow-up": _in_minutes,
    "managers-brief": _for_managers,
    "rounds": _of_rounds,
    "team-profile": _in_profile,
    "examples": _shared,
    "timetable": _in_timetable,
    "booklet": _in_booklet,
}
"""Which texts of the visit each document prints, besides the report; one that is not named may print any of them."""


def stops(state: VisitState, document: DocumentKind, earlier: Iterable[WrittenText] = ()) -> list[Finding]:
    """The findings to stop for before this document is saved: red ones that nobody accepted.

    `earlier`: texts that the document prints beside those that stand now, such as earlier reports of progress.
    """
    if document == "report":
        return open_stops(proofread(state))
    prints = _PRINTS.get(document, _printed)
    texts = [msgspec.structs.replace(text, printed=True) for text in all_texts(state) if prints(text)]
    if document != "scoping":
        texts = [text for text in texts if not _is_candidate(state, text)]
    texts += [text for text in earlier if text.text.strip()]
    found = {one.id: one for one in (*identifying(state, texts), *names(state, texts))}
    return open_stops(with_acceptances(list(found.values()), state))


def _is_candidate(state: VisitState, text: WrittenText) -> bool:
    """Whether it is of a goal that nobody has chosen: no document but that of the scoping day prints it."""
    return text.entity == "goal" and not state.goals[text.key].chosen_by.strip()


def open_stops(found: Sequence[Finding]) -> list[Finding]:
    """Those of the findings that are red and that nobody accepted; what may identify somebody comes first."""
    waiting = [one for one in found if one.severity == "stop" and one.accepted is None]
    return sorted(waiting, key=lambda one: one.rule not in IDENTIFYING)


def headline(found: Sequence[Finding]) -> str:
    """How many things may identify someone, and how many others stand in the way."""
    who = sum(one.rule in IDENTIFYING for one in found)
    others = len(found) - who
    told = [plural("{n} thing may identify someone", "{n} things may identify someone", who)] if who else []
    if others:
        told.append(
            plural("{n} more is marked Stop", "{n} more are marked Stop", others)
            if who
            else plural("{n} warning is marked Stop", "{n} warnings are marked Stop", others)
        )
    return _("; ").join(told)
