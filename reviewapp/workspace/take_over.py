"""Who leads, and how a deputy takes over: the key for it lies in the visit, sealed under eight words on paper."""

from __future__ import annotations

import msgspec

from reviewapp.base.errors import Invalid, WrongPhrase
from reviewapp.base.i18n import _
from reviewapp.base.names import as_text
from reviewapp.exchange import phrase, void_receipts
from reviewapp.store import journal, key_wrapping, mark_values, marks, signing
from reviewapp.store.driver import Database
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.store.mark_values import DeputyMark, SealedKey
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import DEPUTY, LEADS_ON, PROOF, TAKE_OVER, YIELDS
from reviewapp.visit.labels import person
from reviewapp.visit.standing import Standing, Standings
from reviewapp.visit.state import VisitState
from reviewapp.workspace import laptops
from reviewapp.workspace.laptops import Marking

_PLACE = (DEPUTY, "visit", PROOF)
_PURPOSE = "key of the deputy"
WITHOUT_DEPUTY = _(
    "restore the newest backup of the lead's laptop on another one with its passphrase or recovery code: it leads as "
    "before"
)
"""What can be done when the lead's laptop is lost and nobody can take over."""


class Lost(msgspec.Struct, frozen=True):
    """Entries that the earlier lead's receipt said to be held and that are not here; `first` to `last` of a laptop."""

    device: str
    code: str
    first: int
    last: int

    @property
    def entries(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


class Leading(msgspec.Struct, frozen=True):
    """Who leads the visit. `take_over`: the entry with which they took over, empty for who made the visit; `at`: when.

    `here`: on this laptop; `led_here`: this laptop led before; `rivals`: laptops that took over at the same time and do
    not lead; `rival_here`: this is one of them. `copy_here`: of the copies of the lead's laptop another one leads.
    `deputy`: who may take over, by code, empty for nobody.
    """

    code: str
    take_over: str = ""
    at: str = ""
    device: str = ""
    here: bool = False
    led_here: bool = False
    rivals: tuple[str, ...] = ()
    rival_here: bool = False
    copy_here: bool = False
    deputy: str = ""
    lost: tuple[Lost, ...] = ()


def leading(store: VisitStore) -> Leading:
    """Who leads, and what came of a take-over, by the entries that are here."""
    standings = store.standings()
    now, own = standings.epochs[-1], standings.of(store.device)
    begun = now.take_over
    entry = next(iter(journal.of_ids(store.db, [begun.id])), None) if begun else None
    codes = {device: one.person for device, one in store.devices().items()}
    missing = sorted(void_receipts.not_here(store).items())
    lost = tuple(Lost(device, codes.get(device, "?"), *span) for device, span in missing)
    rivals = tuple(one.device for one in now.rivals)
    return Leading(
        code=now.code, take_over=begun.id if begun else "", at=entry.at if entry else "",
        device=begun.device if begun else "", here=own.lead, led_here=_led_before(standings, own),
        rivals=rivals, rival_here=store.device in rivals,
        copy_here=bool(own.unaware) and standings.is_second_copy(store.device),
        deputy=min((one.code for one in standings.deputies()), default=""), lost=lost,
    )  # fmt: skip


def _led_before(standings: Standings, own: Standing) -> bool:
    return bool(own.led or own.unaware) and not own.lead and not standings.is_second_copy(own.device)


def sealed_deputy(store: VisitStore, db: Database, code: str, words: str) -> FieldWrite:
    """What names a deputy, with a new key sealed under the words; to be written on a laptop of the lead's."""
    key = signing.new_private_key()
    stretch = Argon2Params.fresh(key_wrapping.PASSPHRASE_COST)
    sealed = key_wrapping.wrap(stretch.derive(phrase.plain_phrase(words)), key, _PURPOSE)
    private, epoch = store.own_marks.authority(db)
    known = marks.load(db)
    turn = 1 + max((one.turn for one in known.marks.deputies if one.epoch == epoch), default=0)
    said = DeputyMark(code, signing.public_of(key).hex(), turn, SealedKey(stretch, sealed), epoch)
    return FieldWrite(
        *_PLACE, mark_values.name_deputy(private, store.local("visit"), said), journal.head_ids(db, _PLACE)
    )


def check_deputy(code: str, role: str | None) -> None:
    """Raise Invalid for somebody who cannot take over: not on the visit, the lead, or who only observes."""
    if role is None:
        why = _("{code} is not on this visit", code=f"{code!r}")
    elif role == "lead":
        why = _("{code} leads the visit already", code=code)
    elif role == "observer":
        why = _("{code} is an observer and cannot lead", code=code)
    else:
        return
    raise Invalid(why, field="deputy", do=_("name a reviewer of the visit"))


def check_words(words: str) -> None:
    """Raise Invalid for words that are not eight of the list: a few easily guessed ones would give the visit away."""
    if not phrase.is_deputy_words(words):
        raise Invalid(
            _("these are not eight words of the list"),
            field="words",
            do=_("let the program make them, or check how each word is written"),
        )


def naming(store: VisitStore, state: VisitState, code: str, words: str) -> Marking:
    """The lead names who may take over with these words; earlier words open nothing any more. Raises Invalid."""
    store.check_writable()
    if not store.standings().of(store.device).lead or not laptops.may_mark(store):
        raise Invalid(_("only the lead's laptop names a deputy"), field="deputy", do=_("ask the lead"))
    known = state.people.get(code)
    check_deputy(code, known.role if known else None)
    check_words(words)
    return Marking(
        [sealed_deputy(store, store.db, code, words)], _("naming {person} as deputy", person=person(state.people, code))
    )


def take_over(store: VisitStore, words: str) -> str:
    """This laptop leads from now on, with everything it holds; returns what was done. Not undoable.

    Raises Invalid for whom the lead did not name, WrongPhrase for other words.
    """
    store.check_writable()
    standings, me = store.standings(), store.local("me")
    if standings.of(store.device).lead:
        raise Invalid(_("this laptop leads the visit already"), field="visit", do=_("continue with it"))
    named = marks.deputies(store.db)
    if not named:
        raise Invalid(_("{lead} named no deputy", lead=standings.lead_code), field="visit", do=WITHOUT_DEPUTY)
    ours = [one for one in named if one.code == me]
    if not ours:
        raise Invalid(
            _("only {code} can take over from {lead}", code=named[0].code, lead=standings.lead_code),
            field="visit",
            do=_("do it on the laptop of {code}", code=named[0].code),
        )
    key = _opened(ours, words)
    if key is None:
        raise _wrong_words(words)
    _lead_from_here(store, key, me)
    return _("taking over from {lead}", lead=standings.lead_code)


def _wrong_words(words: str) -> WrongPhrase:
    """What is said of other words; one that is none of the list was read or typed wrong, and is named."""
    strange = [as_text(word)[:40] for word in phrase.not_in_list(words)]
    if strange:
        return WrongPhrase(
            _("these are not the deputy's words: “{word}” is none of the words that the program uses", word=strange[0]),
            do=_("look at it again on the lead's paper"),
        )
    return WrongPhrase(_("these are not the deputy's words"), do=_("check each of the eight words on the lead's paper"))


def _lead_from_here(store: VisitStore, key: bytes, me: str) -> None:
    """Write that this laptop leads, and with the new key what the earlier lead said of laptops."""
    address = (TAKE_OVER, store.device, PROOF)
    with store.transaction() as db:
        store.own_marks.write_pending(db)
        epoch, known = store.standings().epoch + 1, laptops.laptops(store)
        seen = journal.entries_per_device(db)
        value = mark_values.take_over(key.hex(), store.local("visit"), store.device, me, epoch, seen)
        store.write_in(db, [FieldWrite(*address, value, journal.head_ids(db, address))], person=me)
        store.set_local(db, marks.AUTHORITY_KEY, key.hex())
        others = [one for one in known if one.device != store.device]
        store.write_in(db, [store.own_marks.certificate(db, store.device, me), *_renewed(store, db, others)], person=me)


def give_way(store: VisitStore) -> str:
    """Of two laptops that took over at the same time, this one does not lead; returns what was done. Raises Invalid."""
    store.check_writable()
    standings = store.standings()
    now = standings.epochs[-1]
    took_over = {one.device for one in (now.take_over, *now.rivals) if one is not None}
    if not now.rivals or store.device not in took_over:
        raise Invalid(
            _("no other laptop took over at the same time as this one"), field="visit", do=_("name a deputy instead")
        )
    address = (YIELDS, store.device, PROOF)
    with store.transaction() as db:
        said = FieldWrite(*address, mark_values.of_itself(standings.epoch), journal.head_ids(db, address))
        store.write_in(db, [said], person=store.local("me"))
        if store.standings().must_hear(store.device):
            store.own_marks.write_heard(db, standings.epoch)
    return _("giving way to the other laptop")


def lead_from_copy(store: VisitStore) -> str:
    """Of the copies of the lead's laptop, this one leads from now on; returns what was done. Raises Invalid."""
    store.check_writable()
    standings, me = store.standings(), store.local("me")
    if not standings.is_second_copy(store.device) or me != standings.lead_code or not laptops.may_mark(store):
        raise Invalid(
            _("this is not a copy of the lead's laptop while another copy leads"),
            field="visit",
            do=_("see who leads with: visit laptops"),
        )
    address = (LEADS_ON, store.device, PROOF)
    with store.transaction() as db:
        store.own_marks.write_pending(db)
        known = laptops.laptops(store, trunks=True)
        value = mark_values.leads_on(standings.copies_turn())
        others = _renewed(store, db, [one for one in known if one.device != store.device])
        said = FieldWrite(*address, value, journal.head_ids(db, address))
        store.write_in(db, [said, *others], person=me)
    return _("leading from this copy of the laptop")


def _opened(named: list[DeputyMark], words: str) -> bytes | None:
    """The private key that the words open; None when they are others. What costs too much is not tried."""
    secret = phrase.plain_phrase(words)
    for one in named:
        if not one.lock.stretch.reasonable():
            continue
        try:
            key = key_wrapping.unwrap(one.lock.stretch.derive(secret), one.lock.sealed, _PURPOSE)
        except ValueError:
            continue
        if key is not None and len(key) == 32 and signing.public_of(key).hex() == one.key:
            return key
    return None


def _renewed(store: VisitStore, db: Database, known: list[laptops.LaptopStanding]) -> list[FieldWrite]:
    """What the earlier lead said of laptops, said again: so nothing that lead says afterwards changes it.

    Another laptop of the deputy's stays certified as it was, and does not lead.
    """
    standings, me = store.standings(), store.local("me")
    said = []
    for one in known:
        certified = standings.of(one.device).certified
        if certified and certified != me:
            said.append(store.own_marks.certificate(db, one.device, certified))
        if one.state == "aside":
            said.append(store.own_marks.setting_aside(db, one.device, *laptops.aside_said(store, one.device)))
    return said
