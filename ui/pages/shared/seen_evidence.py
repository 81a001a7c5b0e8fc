"""What an item of the second instrument sees of the evidence: under which standard it was heard, and in what relation.

No judgement is carried over: the ratings that stand below are those by the second instrument itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, join_words
from reviewapp.crosswalk.model import Relation, relation_in_words
from reviewapp.figures.lens import LensItem, SeenEvidence
from ui.labels import TONE_LOOKS, TONES
from ui.pages.shared.evidence_view import AT_ONCE, MOST, source_words, write_ratings
from ui.widgets.document import ReadingText

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState


def write_seen(visit: VisitState, second: VisitState, item: LensItem, me: str, page: ReadingText) -> Iterator[None]:
    """Write what the item sees into `page` in steps, and the others' ratings by the second instrument."""
    written = 0
    for (via, relation), pieces in groupby(item.evidence, _way):
        every = list(pieces)
        page.heading(_("Also heard under {via}: {title}", via=via, title=visit.instrument.standard(via).title))
        page.paragraph(_relation(relation, every[0]), "muted", size="small")
        for one in every:
            if written == MOST:
                break
            if written and written % AT_ONCE == 0:
                yield
            _piece(page, visit, one)
            written += 1
    if item.pieces > written:
        page.paragraph(_("and {n} more on the Interviews page", n=item.pieces - written), "muted")
    if not item.evidence:
        page.paragraph(_none(visit), "muted")
    write_ratings(page, second, item.standard, me)


def _none(visit: VisitState) -> str:
    if visit.crosswalk is None:
        return _("This visit has no crosswalk, so what was heard under the other set is not shown here.")
    return _("Nothing has been heard or read under the standards that the crosswalk connects with this.")


def _way(one: SeenEvidence) -> tuple[str, Relation]:
    return one.via, one.relation


def _relation(relation: Relation, one: SeenEvidence) -> str:
    """How the standard it was heard under relates to this one, and to which criteria."""
    words = _("Relation to this one: {relation}", relation=relation_in_words(relation))
    if not one.criteria:
        return words
    return _("{words}; about {letters}", words=words, letters=join_words(one.criteria, _(" and ")))


def _piece(page: ReadingText, visit: VisitState, one: SeenEvidence) -> None:
    if one.kind == "quote" and one.key in visit.quotes:
        quote = visit.quotes[one.key]
        tone, icon = TONE_LOOKS.get(quote.tone, TONE_LOOKS["neutral"])
        with page.inset(marked=True):
            page.paragraph(f"“{quote.text}”")
            page.state(TONES.get(quote.tone, TONES["neutral"]), tone, icon, after=source_words(visit, quote.interview))
    elif one.kind == "answer" and one.key in visit.answers:
        answer = visit.answers[one.key]
        with page.inset():
            page.paragraph(answer.text)
            page.paragraph(source_words(visit, answer.interview), "muted", size="small")
    else:
        page.paragraph(one.text)
