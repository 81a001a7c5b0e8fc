"""All evidence on one standard, side by side: self-review, surveys, case notes, quotes, notes, ratings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.figures.evidence import Evidence
from reviewapp.figures.formatting import prints_percent
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.blind import shows_others
from reviewapp.visit.labels import document_line, person, record_number
from ui.formats import before_colon, share
from ui.labels import MANY, ONE_OF, TONE_LOOKS, TONES
from ui.widgets.document import ReadingText
from ui.widgets.rating import icon_of, tone_of, value_label

if TYPE_CHECKING:
    from reviewapp.instruments.model import Instrument
    from reviewapp.visit.state import RatingRecord, VisitState

MOST = 25
"""Most quotes shown at once; the rest only on the Interviews page, so that opening a standard stays quick."""

AT_ONCE = 3
"""Quotes written in one step before control returns to the event loop."""

NOT_YET_OPEN = _("The others' ratings are shown once the lead has opened the meeting.")
NOT_YET_MINE = _("The others' ratings of this are shown once you have given your own.")


class EvidenceView(ReadingText):
    """Reading view of one standard's evidence; others' ratings are included only as far as `me` may see them."""

    def __init__(self) -> None:
        super().__init__(_("Evidence"))
        self._seen: tuple[object, ...] = ()

    def show_evidence(self, state: VisitState, found: Evidence, *, others: bool, me: str = "") -> None:
        """Show the evidence on a standard; nothing is redrawn while what is shown has not changed."""
        given = {code: rating for code, rating in found.ratings.items() if code != me}
        visible = others and shows_others(state, me, found.standard)
        said = (found.self_review, found.survey, found.audit, found.documents, found.quotes, found.answers, given)
        seen = (found.standard, others, visible, state.meeting_opened, *said)
        if seen == self._seen:
            return
        self._seen = seen
        self.write(partial(write_evidence, state, found, others, me))

    def show_written(self, seen: tuple[object, ...], writer: Callable[[ReadingText], Iterator[None]]) -> None:
        """Show what `writer` writes; nothing is redrawn while `seen`, all that it rests on, has not changed."""
        if seen != self._seen:
            self._seen = seen
            self.write(writer)


def write_evidence(state: VisitState, found: Evidence, others: bool, me: str, page: ReadingText) -> Iterator[None]:
    """Write the evidence into `page` in steps: self-review, surveys, case notes, documents, words, ratings."""
    _claim(page, state.instrument, found)
    _surveys(page, found)
    _case_notes(page, found)
    _documents(page, state, found)
    yield from _quotes(page, state, found)
    _notes(page, state, found)
    if others:
        write_ratings(page, state, found.standard, me)
    if not found.pieces:
        page.paragraph(
            _("Nothing has been heard or read about this {noun} yet.", noun=nouns_of(state.instrument).one), "muted"
        )


def _claim(page: ReadingText, instrument: Instrument, found: Evidence) -> None:
    scale = instrument.scale
    page.heading(_("The team's self-review"))
    claim = found.self_review
    if claim is None or (claim.value is None and not claim.comment):
        page.paragraph(
            _("The team did not give a self-review for this {noun}.", noun=nouns_of(instrument).one), "muted"
        )
        return
    page.state(value_label(scale, claim.value), tone_of(scale, claim.value), icon_of(scale, claim.value))
    if claim.comment:
        page.paragraph(claim.comment)


def _surveys(page: ReadingText, found: Evidence) -> None:
    if not found.survey:
        return
    page.heading(_("Surveys"))
    for group, counts in found.survey.items():
        words = MANY.get(group, group)
        how_many = _(" ({n} answered)", n=counts.n) if prints_percent(counts.n) else ""
        page.paragraph(
            _("{words}: {share} said yes{how_many}", words=words, share=share(counts.yes, counts.n), how_many=how_many)
        )


def _case_notes(page: ReadingText, found: Evidence) -> None:
    audited = [a for a in found.audit if a.counts.n or a.counts.na]
    if audited:
        page.heading(_("Case notes"))
    for item in audited:
        seen = item.counts
        told = _("{share} yes", share=share(seen.yes, seen.n)) if seen.n else _("not applicable in the records read")
        missing = _(", {not_recorded} not recorded", not_recorded=seen.not_recorded) if seen.not_recorded else ""
        page.paragraph(f"{before_colon(item.text)}: {told}{missing}")


def _documents(page: ReadingText, state: VisitState, found: Evidence) -> None:
    if found.documents:
        page.heading(_("Documents seen"))
    for one in found.documents:
        page.paragraph(document_line(one.title, one.version, one.date))
        about = [one.note.rstrip(". "), _("Seen by {person}", person=person(state.people, one.person))]
        page.paragraph(". ".join(part for part in about if part), "muted", size="small")


def _quotes(page: ReadingText, state: VisitState, found: Evidence) -> Iterator[None]:
    if not found.quotes:
        return
    page.heading(_("What people said"))
    for number, quote in enumerate(found.quotes[:MOST]):
        if number and number % AT_ONCE == 0:
            yield
        words = TONES.get(quote.tone, TONES["neutral"])
        tone, icon = TONE_LOOKS.get(quote.tone, TONE_LOOKS["neutral"])
        with page.inset(marked=True):
            page.paragraph(f"“{quote.text}”")
            page.state(words, tone, icon, after=source_words(state, quote.interview))
    if len(found.quotes) > MOST:
        page.paragraph(_("and {n} more on the Interviews page", n=len(found.quotes) - MOST), "muted")


def _notes(page: ReadingText, state: VisitState, found: Evidence) -> None:
    answers = [a for a in found.answers if a.text]
    if not answers:
        return
    page.heading(_("Interview notes"))
    for answer in answers[:MOST]:
        prompt = state.instrument.prompt(answer.prompt)
        with page.inset():
            if prompt is not None:
                page.paragraph(prompt.text, "muted", size="small")
            page.paragraph(answer.text)
            page.paragraph(source_words(state, answer.interview), "muted", size="small")


def source_words(state: VisitState, interview: str) -> str:
    """The source of a quote or note: `P1 · R2 (clinician), patient`."""
    talk = state.interviews.get(interview)
    group = ONE_OF.get(talk.group, talk.group) if talk else ""
    return _("{interview}, {group}", interview=record_number(interview, state.people), group=group)


def write_ratings(page: ReadingText, state: VisitState, number: str, me: str) -> None:
    """What the others rated a standard and wrote of it, or why that is not shown yet."""
    given = [rating for _code, rating in sorted(_of_others(state, number, me).items())]
    visible = shows_others(state, me, number)
    if visible and not given:
        return
    page.heading(_("What the other reviewers think"))
    if not visible:
        page.paragraph(NOT_YET_MINE if state.meeting_opened else NOT_YET_OPEN, "muted")
        return
    scale = state.instrument.scale
    for rating in given:
        value, who = rating.value, person(state.people, rating.person)
        page.state(value_label(scale, value), tone_of(scale, value), icon_of(scale, value), before=who)
        if rating.note:
            page.paragraph(rating.note, indent=4)


def _of_others(state: VisitState, number: str, me: str) -> dict[str, RatingRecord]:
    return {one.person: one for one in state.ratings.values() if one.standard == number and one.person != me}
