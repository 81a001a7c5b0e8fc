"""A visit in which nothing is to be found, and helpers that spoil it."""

from __future__ import annotations

from reviewapp.report.proofreading import Finding, proofread
from reviewapp.visit.state import AgreedRecord, TextRecord, VisitState
from tests.core.visit.building import instrument, quote, talk, visit

SECTIONS = {"4": "Care", "14": "Care", "47": "Staff", "63": "Staff", "90": "Staff"}
PLAIN = "This is a kind team. People told us so."


def good() -> VisitState:
    """A visit with nothing to be found: rated, agreed, with evidence and recommendations."""
    measured = instrument(
        {"4": "1", "14": "1", "47": "2", "63": "1", "90": "3"}, sections=SECTIONS, audit={"A1": ["47"]}
    )
    state = visit(
        measured,
        ratings={f"{number}/R2": "met" for number in ("4", "14", "47", "90")} | {"63/R2": "not_met"},
        agreed={"4": "met", "14": "met", "47": "met", "63": "not_met", "90": "met"},
        own={"4": "met", "14": "met", "47": "met", "63": "met", "90": "met"},
        survey={"patient/14": (12, 2, 0), "carer/90": (11, 1, 0)},
        talks=[talk("P1/R2"), talk("P2/R2"), talk("C1/R2", "carer"), talk("C2/R2", "carer")],
        answers={f"{who}/notes/R2": "They come when they say." for who in ("P1", "P2", "C1", "C2")},
        quotes=[
            quote("Q1/R2", "P1", "4", tone="positive", text="They asked me first"),
            quote("Q2/R2", "C1", "63", tone="negative", text="Nobody told us of one"),
        ],
        audit={f"{n}/A1/R2": "yes" for n in range(1, 11)},
    )
    write(state, "summary", f"{PLAIN} Four of 5 standards are met. Standard 63 is not met.")
    write(state, "achievements", "People are asked first.")
    write(state, "improvements", "Peer support, standard 63, is missing.")
    write(state, "recommendation:63", "Put the case for a post again.")
    return state


def write(state: VisitState, place: str, text: str) -> None:
    state.passages[place] = TextRecord(key=place, subject=place, text=text)


def agree(state: VisitState, number: str, value: str | None, reason: str = "") -> None:
    state.agreed[number] = AgreedRecord(key=number, standard=number, value=value, reason=reason)


def say(state: VisitState, key: str, *standards: str, tone: str, interview: str = "P1", text: str = "Words") -> None:
    state.quotes[key] = quote(key, interview, *standards, tone=tone, text=text)


def found(state: VisitState, rule: str) -> list[Finding]:
    return [one for one in proofread(state) if one.rule == rule]
