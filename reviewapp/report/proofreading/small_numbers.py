"""Rules on small numbers of people in texts and surveys: a count can identify a person as surely as a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from reviewapp.base.i18n import _
from reviewapp.figures.conversations import people_by_group
from reviewapp.figures.evidence import may_print
from reviewapp.figures.formatting import SMALL, prints_percent
from reviewapp.figures.ratings import survey_figures
from reviewapp.report.proofreading.finding import Finding, finding
from reviewapp.report.proofreading.texts import WrittenText, passages
from reviewapp.visit import labels
from reviewapp.visit.state import VisitState

PEOPLE = "(?:patients?|carers?|service users?|family members?|relatives?|members? of staff|nurses?|doctors?)"
_FEW = re.compile(rf"\b(?:only |just )?(?:one|two|three|four|[1-4])(?: other| more| of the| of our)? {PEOPLE}\b", re.I)
_SHARE = re.compile(
    rf"(?<![\d.])\d{{1,3}}(?:\.\d{{1,4}})? ?(?:%|per ?cent)[^.!?;\n]{{0,40}}\b(?P<who>{PEOPLE}|staff)\b", re.I
)


def small_counts_in_texts(state: VisitState, texts: Sequence[WrittenText]) -> list[Finding]:
    """Texts of the copy for wider circulation that count fewer than five people, which its figures would suppress."""
    found = []
    for text in texts:
        if text.wide and text.entity in ("passage", "agreed", "local_context") and small_count_phrase(text.text):
            found.append(
                finding(
                    state,
                    "small_number",
                    "note",
                    at=text.at,
                    standard=text.standard,
                    concerning=text.text,
                    why=_(
                        "{named} counts fewer than five people (“{few}”), also in the copy for wider circulation.",
                        named=text.named,
                        few=small_count_phrase(text.text),
                    ),
                    action=_("Write “some” or “not everyone”, if it could point to a person"),
                )
            )
    return found


@lru_cache(maxsize=8192)
def small_count_phrase(text: str) -> str:
    """The first phrase in which a text counts fewer than five people; empty if there is none."""
    match = _FEW.search(text)
    return match[0] if match else ""


def shares(state: VisitState) -> list[Finding]:
    """Percentages in written passages about a group of whom too few for a percentage answered or were spoken to."""
    answered = {name: group.respondents for name, group in survey_figures(state).items()}
    spoken = people_by_group(state)
    found = []
    for text in passages(state):
        for match in _SHARE.finditer(text.text):
            group = _group(match["who"])
            most = max(answered.get(group, 0), spoken.get(group, 0))
            if not prints_percent(most):
                found.append(
                    finding(
                        state,
                        "percentage_of_few",
                        "warn",
                        at=text.at,
                        standard=text.standard,
                        why=_(
                            "{where} has a percentage of fewer than {small} people ({words}: {most}).",
                            where=text.where,
                            small=SMALL,
                            words=_(labels.group(group)).lower(),
                            most=most,
                        ),
                        action=_("Write how many out of how many"),
                        concerning=[match[0], text.text],
                    )
                )
    return found


def _group(word: str) -> str:
    folded = word.casefold()
    if folded.startswith(("carer", "family", "relative")):
        return "carer"
    return "patient" if folded.startswith(("patient", "service")) else "staff"


def single_speakers(state: VisitState) -> list[Finding]:
    """Groups of whom one person only was spoken to and is quoted: the team will know who that was."""
    quoted = Counter(
        state.interviews[quote.interview].group
        for quote in state.quotes.values()
        if quote.text.strip() and may_print(state, quote)
    )
    found = []
    for group, count in people_by_group(state).items():
        first = next(
            (k for k, q in state.quotes.items() if _group_of_interview(state, q.interview) == group and q.text.strip()),
            "",
        )
        if count == 1 and quoted[group]:
            found.append(
                finding(
                    state,
                    "only_one_heard",
                    "note",
                    at=("quote", first, "text"),
                    concerning=group,
                    why=_(
                        "Only one {group} was interviewed and is quoted. People who know the team may know who that "
                        "is.",
                        group=_(labels.GROUPS[group].person) if group in labels.GROUPS else group,
                    ),
                    action=_("Make sure that this person knows it, or leave the quotes out"),
                )
            )
    return found


def _group_of_interview(state: VisitState, interview: str) -> str:
    talk = state.interviews.get(interview)
    return talk.group if talk else ""


FEW_ANSWERS = 10
"""Of a survey that fewer people answered little can be read; networks ask for as many of each group."""


def small_surveys(state: VisitState) -> list[Finding]:
    """Groups of whom fewer than `FEW_ANSWERS` people answered the survey."""
    found = []
    for name, group in survey_figures(state).items():
        if 0 < group.respondents < FEW_ANSWERS and group.standards:
            found.append(
                finding(
                    state,
                    "small_survey",
                    "note",
                    at=("survey", f"{name}/{next(iter(group.standards))}"),
                    why=_(
                        "The survey of one group ({name}) was answered by {respondents}. No percentages are "
                        "printed, and you can conclude little from it.",
                        name=_(labels.group(name)).lower(),
                        respondents=group.respondents,
                    ),
                    action=_("Say so if you rely on it"),
                    concerning=[name, group.respondents],
                )
            )
    return found
