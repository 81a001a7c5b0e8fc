"""The figures of an earlier visit, compared by the editions and crosswalks that are on this laptop."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from reviewapp.base.i18n import _
from reviewapp.crosswalk.comparable import Comparable, NotComparable, comparable
from reviewapp.crosswalk.library import FOLDER, CrosswalkLibrary
from reviewapp.figures.previous import previous_fact
from reviewapp.figures.rounds import RoundFigures, earlier_rounds
from reviewapp.figures.series import Editions
from reviewapp.instruments.editions import Edition, digest, edition_of
from reviewapp.instruments.library import Library
from reviewapp.instruments.model import Instrument
from reviewapp.store.home import Home
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Context


def earlier_figures(home: Home, state: VisitState, content: bytes) -> Context:
    """The fact to record of an earlier visit, from its `report.json` or `status.json`.

    Where it was made on another edition, what may be compared is looked up in the crosswalks of this laptop. Raises
    Invalid like `previous_fact`, and Damaged for a crosswalk that cannot be read.
    """
    return previous_fact(content, state, partial(comparable_with, home, state.instrument))


def comparable_with(home: Home, instrument: Instrument, earlier: Edition) -> Comparable:
    """What of a visit on an earlier wording may be compared with one on this instrument.

    Nothing, with the reason, where that wording is not on this laptop or there is no crosswalk. Of a wording without a
    digest the one of its name is taken, the current one first.
    """
    library = Library(home.folder / "instruments")
    before = _held(library, earlier)
    if before is None:
        why = _("the standards of the earlier visit are not on this laptop: import that edition")
        return Comparable((), tuple(NotComparable(s.number, "now", why) for s in instrument.standards))
    return comparable(before, instrument, CrosswalkLibrary(home.folder / FOLDER, library).get(before, instrument))


def _held(library: Library, earlier: Edition) -> Instrument | None:
    for one in library.editions(earlier.id):
        if digest(one) == earlier.digest or (not earlier.digest and earlier.edition in ("", one.edition)):
            return one
    return None


def editions_of(home: Home, state: VisitState, others: Iterable[RoundFigures] = ()) -> dict[str, Editions]:
    """What this laptop's crosswalks say of the earlier editions in a series; nothing of one that it does not hold.

    For `figures.series.series_of`, by the digest of the edition. `others`: rounds that the visit does not know of.
    """
    now = edition_of(state.instrument)
    earlier = [one for one in (*others, *earlier_rounds(state)) if one.digest and one.digest != now.digest]
    if not earlier:
        return {}
    library = Library(home.folder / "instruments")
    crosswalks, found = CrosswalkLibrary(home.folder / FOLDER, library), {}
    for one in earlier:
        before = library.find(Edition(one.instrument, one.edition, one.digest))
        if before is None or edition_of(before) == now:
            continue
        compared = comparable(before, state.instrument, crosswalks.get(before, state.instrument))
        found[one.digest] = Editions(
            before={pair.now: pair.before for pair in compared.pairs},
            why={gone.standard: gone.why for gone in compared.not_comparable if gone.side == "now"},
        )
    return found
