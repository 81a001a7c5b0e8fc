"""Conversations with people: interviews that record the same conversation are merged, counted and labelled.

Two reviewers who were in one conversation each keep their own notes of it. Where both recorded it under the same id,
for the same group, and each names the other, it is one conversation with the same people.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from reviewapp.visit import labels, sorting
from reviewapp.visit.figure_cache import READING, cached_figure
from reviewapp.visit.state import InterviewRecord, QuoteRecord, VisitState


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation, however many reviewers took notes; `keys` are the interviews that record it.

    `said`: it has an answer or quote that is not blank. `done`: it also has recorded consent to notes (yes or no).
    """

    keys: tuple[str, ...]
    reviewers: tuple[str, ...]
    group: str
    people: int
    said: bool
    done: bool


@cached_figure(*READING)
def conversations(state: VisitState) -> list[Conversation]:
    """Every conversation once, sorted by group, then by reviewer and the reviewer's own numbering."""
    with_notes = _interviews_with_notes(state)
    found = []
    for recs in _grouped_by_naming(state):
        has_notes = any(rec.key in with_notes for rec in recs)
        found.append(
            Conversation(
                keys=tuple(rec.key for rec in recs),
                reviewers=tuple(rec.person for rec in recs),
                group=recs[0].group,
                people=max(1, *(rec.people for rec in recs)),
                said=has_notes,
                done=has_notes and any(rec.consent_notes is not None for rec in recs),
            )
        )
    order = {name: i for i, name in enumerate(sorting.groups(c.group for c in found))}
    return sorted(found, key=lambda c: order[c.group])


@cached_figure(*READING)
def person_labels(state: VisitState) -> dict[str, str]:
    """Label of every interview, by key: `P1`, `C2`, or `S1-S3` (with an en dash) for three members of staff together.

    Numbers start at 1 in each group; conversations with notes or quotes come first, so the report shows no gaps.
    """
    used: dict[str, int] = defaultdict(int)
    found = {}
    for talk in sorted(conversations(state), key=lambda c: not c.said):
        letter = labels.letter(talk.group)
        first, last = used[letter] + 1, used[letter] + talk.people
        used[letter] = last
        label = f"{letter}{first}" if first == last else f"{letter}{first}\N{EN DASH}{letter}{last}"
        found.update(dict.fromkeys(talk.keys, label))
    return found


def progress_by_group(state: VisitState) -> dict[str, tuple[int, int]]:
    """(done, target) of conversations for every group with a guide, a target or an interview; target 0: none is set."""
    done: dict[str, int] = defaultdict(int)
    for talk in conversations(state):
        done[talk.group] += talk.done
    targets = state.instrument.targets.interviews
    wanted = [*(guide.group for guide in state.instrument.guides), *(g for g, t in targets.items() if t), *done]
    return {group: (done[group], targets.get(group, 0)) for group in sorting.groups(wanted)}


def wanted_interviews(state: VisitState) -> tuple[int, int]:
    """(done, wanted) of the conversations that the standards ask for; a group counts no further than is asked for."""
    wanted = progress_by_group(state).values()  # without a target nothing is wanted of a group
    return sum(min(done, target) for done, target in wanted), sum(target for __, target in wanted)


def people_by_group(state: VisitState) -> dict[str, int]:
    """Number of people spoken to in conversations that are done, by group."""
    found: dict[str, int] = defaultdict(int)
    for talk in conversations(state):
        if talk.done:
            found[talk.group] += talk.people
    return dict(found)


@cached_figure(*READING)
def conversation_numbers(state: VisitState) -> dict[str, int]:
    """Number of the conversation that each interview records, by interview key; equal numbers: one conversation."""
    return {key: i for i, talk in enumerate(conversations(state)) for key in talk.keys}


@cached_figure("quotes")
def quotes_by_interview(state: VisitState) -> dict[str, list[QuoteRecord]]:
    """Quotes by interview key, sorted by quote number; interviews without quotes are absent."""
    found: dict[str, list[QuoteRecord]] = defaultdict(list)
    for quote in sorted(state.quotes.values(), key=lambda quote: sorting.natural(quote.id)):
        found[quote.interview].append(quote)
    return dict(found)


@cached_figure("answers", "quotes")
def noted(state: VisitState) -> dict[str, tuple[int, int]]:
    """(notes, quotes) that are not blank, counted by interview key; interviews without any are absent."""
    notes = Counter(answer.interview for answer in state.answers.values() if answer.text.strip())
    quotes = Counter(quote.interview for quote in state.quotes.values() if quote.text.strip())
    return {key: (notes[key], quotes[key]) for key in notes.keys() | quotes.keys()}


def _interviews_with_notes(state: VisitState) -> set[str]:
    """Keys of the interviews with at least one answer or quote that is not blank."""
    return set(noted(state))


def _grouped_by_naming(state: VisitState) -> list[list[InterviewRecord]]:
    """Interviews grouped into conversations by mutual naming, sorted by reviewer and id."""
    in_order = sorted(state.interviews.values(), key=lambda r: (sorting.natural(r.person), sorting.natural(r.id)))
    by_identity: dict[tuple[str, str, str], InterviewRecord] = {(r.group, r.id, r.person): r for r in in_order}
    joined: dict[str, list[InterviewRecord]] = {}
    found = []
    for first in in_order:
        if first.key in joined:
            continue
        together = [first]
        joined[first.key] = together
        for rec in together:  # grows while it is read: a third reviewer may be named by the second only
            for name in sorting.in_order(rec.with_):
                other = by_identity.get((rec.group, rec.id, name))
                if other is not None and rec.person in other.with_ and other.key not in joined:
                    joined[other.key] = together
                    together.append(other)
        found.append(together)
    return found
