"""Giving a visit's extract, or a notice of what was taken back, to its network: on the lead's laptop, by the lead."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.instruments.editions import edition_of
from reviewapp.national import given
from reviewapp.national.extract import Choices, Extracted, extract_of, may_be_final
from reviewapp.national.model import Extract, Notice
from reviewapp.national.network_key import NetworkKey
from reviewapp.national.sealed import sealed_bytes
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from reviewapp.workspace.open_visit import OpenVisit


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """An extract that is ready to be looked at and saved; `told` says what the network will make of it."""

    extracted: Extracted
    network: NetworkKey
    told: tuple[str, ...] = ()

    @property
    def extract(self) -> Extract:
        """What would leave."""
        return self.extracted.extract


def prepare_extract(visit: OpenVisit, choices: Choices, network: NetworkKey) -> Prepared:
    """The extract for a network, with its revision; nothing is written.

    The team's code is that of the last extract where none is given. Raises Invalid on another laptop than the lead's,
    without a code, for a final extract before the decision, and for a network of another instrument.
    """
    _check_lead(visit)
    state = _as_judged(visit.state, network)
    choices = _with_team(visit, choices)
    if choices.status == "final" and not may_be_final(visit.state):
        raise Invalid(
            _("no decision is recorded yet, so a final extract cannot be made"),
            field="status",
            do=_("record the decision first, or make a draft (--draft)"),
        )
    made = extract_of(state, choices)
    revision = given.next_revision(visit, made.extract, network.set_id)
    made = msgspec.structs.replace(made, extract=msgspec.structs.replace(made.extract, revision=revision))
    return Prepared(extracted=made, network=network, told=_told(state, made.extract, network))


def save_extract(visit: OpenVisit, path: Path, prepared: Prepared) -> None:
    """Write the file, signed and sealed; where it was written is kept in mind, and what left with it.

    Raises ReviewError; Invalid where the visit says something else by now than what was looked at.
    """
    extract, network = prepared.extract, prepared.network
    choices = Choices(team=extract.team, cycle=extract.cycle, status=extract.status)
    now = prepare_extract(visit, choices, network)
    if now.extract != extract:
        raise ReviewError(
            _("the visit has changed since you were shown the extract"), do=_("check it once more, then save it")
        )
    data = sealed_bytes(extract, network, visit.written.signer())
    given.note_extract(visit, extract, network)
    visit.save_document(path, data)


def notice_of(visit: OpenVisit) -> Notice | None:
    """What the network has to be told of words that were taken back; None where there is nothing.

    `records`: every quote that was withdrawn, whether this laptop knows that it left or not: a lead who took over, or
    whose laptop was restored, knows only some. `hidden`: what left from here and may not be shown as things stand.
    """
    state = visit.state
    withdrawn = {name for name in state.withdrawn if name.startswith("quote/")}
    asked = {name for name in state.hidden if name.startswith("quote/")}
    hidden = (asked | set(given.given(visit).records)) - withdrawn - _may_leave(state)
    if not withdrawn and not hidden:
        return None
    return Notice(visit=visit.id, records=tuple(sorted(withdrawn)), hidden=tuple(sorted(hidden)))


def is_notice_due(visit: OpenVisit) -> bool:
    """Whether words that left from this laptop were taken back since, and no notice of it was written."""
    known = given.given(visit)
    left = set(known.records) - set(known.told)
    notice = notice_of(visit) if left and visit.is_lead else None
    return notice is not None and bool(left & {*notice.records, *notice.hidden})


def save_notice(visit: OpenVisit, path: Path, network: NetworkKey) -> Notice:
    """Write the file with the notice, signed and sealed. Raises Invalid where nothing was taken back."""
    _check_lead(visit)
    notice = notice_of(visit)
    if notice is None:
        raise Invalid(
            _("nothing that could have been sent with an extract was withdrawn"),
            field="notice",
            do=_("make a notice once a quote was withdrawn"),
        )
    data = sealed_bytes(notice, network, visit.written.signer())
    given.note_notice(visit, notice)
    visit.save_document(path, data)
    return notice


def _may_leave(state: VisitState) -> set[str]:
    """The records whose words may leave as things stand."""
    extract = extract_of(state, Choices(team="-", cycle="-")).extract
    return {quote.record for quote in extract.quotes} | {practice.record for practice in extract.practice}


def _as_judged(state: VisitState, network: NetworkKey) -> VisitState:
    """The visit as the instrument of the network judges it. Raises Invalid where it has no such instrument."""
    if network.instrument is None or network.instrument.id == state.instrument.id:
        return state
    second = second_state(state)
    if second is not None and second.instrument.id == network.instrument.id:
        return second
    raise Invalid(
        _("{network} collects reviews by {instrument}, and this one is by {own}", network=network.name,
          instrument=network.instrument.in_words(), own=edition_of(state.instrument).in_words()),
        field="key",
        do=_("choose the key file of a network for this instrument"),
    )  # fmt: skip


def _told(state: VisitState, extract: Extract, network: NetworkKey) -> tuple[str, ...]:
    told = []
    if network.instrument is not None and network.instrument != extract.instrument:
        told.append(
            _("{network} counts another wording of the standards ({instrument}), so it will leave this visit out.",
              network=network.name, instrument=network.instrument.in_words())
        )  # fmt: skip
    if state.info.kind == "developmental":
        told.append(_("This is a developmental review: a network's figures leave it out."))
    return tuple(told)


def _with_team(visit: OpenVisit, choices: Choices) -> Choices:
    team = choices.team.strip() or given.given(visit).team
    if not team:
        raise Invalid(
            _("this team has no code yet"),
            field="team",
            do=_("give the code by which the network's office knows the team, once: --team T07"),
        )
    return msgspec.structs.replace(choices, team=team)


def _check_lead(visit: OpenVisit) -> None:
    if not visit.is_lead:
        raise Invalid(_("only the lead gives the network an extract of a visit"), field="as", do=_("ask the lead"))
