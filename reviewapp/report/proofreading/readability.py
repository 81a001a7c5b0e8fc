"""The rule on passages that are hard to read."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.report.proofreading.finding import Finding, finding
from reviewapp.report.proofreading.reading_grade import HIGHEST, grade
from reviewapp.report.proofreading.texts import passages
from reviewapp.visit.state import VisitState


def hard_to_read(state: VisitState) -> list[Finding]:
    """Written passages with a reading grade above `HIGHEST`, too hard for people without much schooling."""
    found = []
    for text in passages(state):
        result = grade(text.text)
        if result is not None and result.years > HIGHEST:
            long = round(result.words / result.sentences)
            found.append(
                finding(
                    state, "hard_to_read", "note", at=text.at, standard=text.standard, concerning=text.text,
                    why=_("{named} needs about {years} years of schooling to read, with {long} words in a sentence. "
                        "Up to {highest} is easy to follow.", named=text.named, years=f"{result.years:.1f}", long=long,
                          highest=f"{HIGHEST:.0f}"),
                    action=_("Use shorter sentences and plainer words"),
                )
            )  # fmt: skip
    return found
