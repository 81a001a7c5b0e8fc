"""An unlocked installation: its visits, its instruments, and how visits are made, received, restored and checked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from reviewapp.base.errors import Busy, Damaged, Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.codebooks.library import FOLDER as CODEBOOKS
from reviewapp.codebooks.library import CodebookLibrary
from reviewapp.crosswalk.library import FOLDER, CrosswalkLibrary
from reviewapp.crosswalk.model import Crosswalk
from reviewapp.exchange import visit_pack
from reviewapp.exchange.visit_pack import PackContents
from reviewapp.instruments.library import Library
from reviewapp.instruments.model import Instrument
from reviewapp.store import (
    backup_cover,
    integrity,
    key_wrapping,
    known_notices,
    marks,
    renewing,
    restore,
    signing,
)
from reviewapp.store.clock import utc_now
from reviewapp.store.damage import told_as_damage, trouble_of
from reviewapp.store.home import Home
from reviewapp.store.integrity import Check
from reviewapp.store.rotation import Told, quiet
from reviewapp.store.visit_folders import is_set
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit import rules
from reviewapp.visit.entities import AUTHORITY_FIELD, HEADER, HEADER_SECOND
from reviewapp.visit.statements import Statement
from reviewapp.visit.statements.rounds import THIS
from reviewapp.visit.validators import check_name
from reviewapp.workspace import clocks, take_over
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.seen import SeenEntries
from reviewapp.workspace.state_cache import StateCache
from reviewapp.workspace.writer import JournalWriter

ROLES = ("lead", "clinician", "patient_rep", "carer_rep", "observer")
VisitKind = Literal["accreditation", "developmental", "interim"]
KINDS: tuple[VisitKind, ...] = ("accreditation", "developmental", "interim")
_NOTE = "note of this laptop to itself"


class NewPerson(msgspec.Struct, frozen=True):
    """A person taking part in a new visit."""

    code: str
    role: str
    name: str = ""


class SecondContent(NamedTuple):
    """The second instrument of an earlier visit, with the crosswalk between its two, if it had one."""

    instrument: Instrument
    crosswalk: Crosswalk | None = None


class VisitSummary(msgspec.Struct, frozen=True):
    """A row of the list of visits. `problem`: why the visit cannot be opened; then other fields may be empty.

    `clock`: that the time of the last change is that of a wrong clock, and whose. `rated` by this person, and `agreed`,
    are counts `of` the standards. `role` and `name` are those of this person in the visit; either may be empty.
    `round`: what it is called among the reviews of its team; `held`: its day, where that is not the planned `date`.
    """

    id: str
    service: str
    organisation: str
    date: str
    me: str
    last_change: str
    problem: str = ""
    clock: str = ""
    rated: int = 0
    agreed: int = 0
    of: int = 0
    role: str = ""
    name: str = ""
    round: str = ""
    held: str = ""


class Laptop:
    """An unlocked installation on one laptop."""

    def __init__(self, home: Home) -> None:
        """Use `create`, `open` or `recover`."""
        self.home = home
        self.library = Library(home.folder / "instruments")
        self.crosswalks = CrosswalkLibrary(home.folder / FOLDER, self.library)
        self.codebooks = CodebookLibrary(home.folder / CODEBOOKS)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a passphrase has been set in this folder."""
        return Home.exists(folder)

    @classmethod
    def create(cls, folder: Path, passphrase: str) -> tuple[Laptop, str]:
        """Set the passphrase; returns the laptop and the recovery code, which is shown once."""
        home, code = Home.create(folder, passphrase)
        return cls(home), code

    @staticmethod
    def forget_unused(folder: Path) -> None:
        """Remove a passphrase that was just set; does nothing if there is a visit or a set."""
        home = Home(folder, b"")
        if not home.store_ids():
            home.delete_key_file()

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Laptop:
        """Unlock the installation in this folder. Raises WrongPassphrase, Damaged or NewerVersion."""
        return cls(Home.unlock(folder, passphrase))

    @classmethod
    def recover(cls, folder: Path, code: str, passphrase: str, *, told: Told = quiet) -> Laptop:
        """Set a new passphrase with the printed recovery code, which stays valid. Raises WrongPassphrase."""
        return cls(Home.recover(folder, code, passphrase, told=told))

    @classmethod
    def repair(cls, folder: Path, backup: Path, secret: str) -> Laptop:
        """Put a lost or spoilt key file back from a backup that was taken away; returns the laptop, unlocked.

        `secret` is the passphrase or the recovery code of the day of the backup; what is raised is that of
        `Home.repair`.
        """
        return cls(Home.repair(folder, backup, secret))

    def check_passphrase(self, passphrase: str) -> None:
        """Raise WrongPassphrase unless this is the passphrase of this laptop."""
        Home.unlock(self.home.folder, passphrase)

    def renew_recovery_code(self, passphrase: str, *, told: Told = quiet) -> str:
        """Replace the recovery code, for a person who lost the printed one; the old code no longer works.

        Every key is made anew (`Home.renew_recovery_code`), so no visit may be open; `told` is called before each.
        Raises WrongPassphrase: whoever finds an unlocked laptop must not be able to take a key to it.
        """
        Home.unlock(self.home.folder, passphrase)
        return self.home.renew_recovery_code(passphrase, told=told)

    def visits(self) -> list[VisitSummary]:
        """The visits on this laptop, newest date first; one that cannot be opened is listed with its problem."""
        found = [self._summary(visit) for visit in self.home.visit_ids()]
        return sorted(found, key=_newest_first)

    def new_visit(
        self, *, instrument: str, service: str, organisation: str, date: str, people: Iterable[NewPerson],
        kind: str = "accreditation", deputy: str = "", words: str = "", content: Instrument | None = None,
        begin: Sequence[Statement] = (), also: str = "", second: SecondContent | None = None,
    ) -> str:  # fmt: skip
        """Create a visit with this person as its lead; returns its id. Raises Invalid, naming the field.

        With these eight `words` the deputy, if there is one, can take over from the lead. `content`: the instrument
        itself, where it comes with an earlier visit and not from this laptop's library. `begin`: what the lead records
        first; where one of these is refused there is no visit. `also`: a second instrument, by which the same
        evidence is seen through the crosswalk of this home, if it has one (`VisitState.crosswalk`). `second`: that
        instrument itself, where it comes with an earlier visit.
        """
        team = list(people)
        lead = _check_team(team)
        rules.check_date(date, "date")
        if kind not in KINDS:
            raise Invalid(
                _("{kind} is no kind of visit", kind=f"{kind!r}"), field="kind", do=_("use one of: ") + ", ".join(KINDS)
            )
        for field, text in (("service", service), ("organisation", organisation)):
            if not text.strip():
                raise Invalid(_("the {field} is missing", field=field), field=field, do=_("give its name"))
            check_name(field, text)
        if deputy:
            take_over.check_deputy(deputy, next((one.role for one in team if one.code == deputy), None))
            take_over.check_words(words)
        content = content or self.library.get(instrument)
        visit = secrets.token_hex(8)
        header = {
            "service": service, "organisation": organisation, "date": date, "kind": kind, "instrument": content.id,
            "content": msgspec.to_builtins(content),
        }  # fmt: skip
        header |= self._second(content, also, second)
        authority = signing.new_private_key()
        header[AUTHORITY_FIELD] = signing.public_of(authority).hex()
        said = [FieldWrite(HEADER, visit, field, value, ()) for field, value in header.items()]
        for person in team:
            said.append(FieldWrite("person", person.code, "role", person.role, ()))
            if person.name:
                said.append(FieldWrite("person", person.code, "name", person.name, ()))

        def fill(store: VisitStore) -> None:
            with store.transaction() as db:
                identity = visit_pack.new_identity()
                visit_pack.start(store, db, visit=visit, me=lead, identity=identity)
                store.set_local(db, marks.AUTHORITY_KEY, authority.hex())
                store.write_in(db, [*said, store.own_marks.certificate(db, store.device, lead)], person=lead)
                if deputy:
                    store.write_in(db, [take_over.sealed_deputy(store, db, deputy, words)], person=lead)
            if begin:
                JournalWriter(store, StateCache(store), SeenEntries(store)).record(begin, {}, "", lead)

        self.home.new_store(visit, fill)
        return visit

    def _second(self, content: Instrument, also: str, carried: SecondContent | None) -> dict[str, Any]:
        """The fields of the header for a second instrument; none without one. Raises Invalid."""
        if carried is None and not also:
            return {}
        second = self.library.get(also) if carried is None else carried.instrument
        if second.id == content.id:
            raise Invalid(
                _("the second instrument has the same id as the first: {id}", id=second.id),
                field="also",
                do=_("choose another one, or import its other edition under an id of its own"),
            )
        crosswalk = carried.crosswalk if carried is not None else None
        crosswalk = crosswalk or self.crosswalks.get(content, second)
        values: tuple[Any, ...] = (second, crosswalk)
        return {field: msgspec.to_builtins(value) for field, value in zip(HEADER_SECOND, values, strict=True)}

    def open_visit(
        self, visit_id: str, *, me: str | None = None, read_only: bool = False, lock: VisitLock | None = None
    ) -> OpenVisit:
        """Open a visit as the person of this laptop or, on the lead's, as host or committee.

        `lock`: the visit's, where the caller holds it already. Raises Busy if another program has the visit open for
        writing, and Invalid for another `me`.
        """
        if not read_only:
            renewing.renew(self.home, visit_id, lock)
        store = self.home.open_store(visit_id, read_only=read_only, lock=lock)
        try:
            with told_as_damage(visit_id):
                own = store.local("me")
                visit = OpenVisit(self.home, store, me or own)
                allowed = [own, rules.HOST, rules.COMMITTEE] if visit.is_lead else [own]
            if visit.me not in allowed:
                raise Invalid(
                    _("this laptop works as {own}, not as {me}", own=own, me=me),
                    field="as",
                    do=_("use one of: ") + ", ".join(allowed),
                )
            if not read_only:
                visit.finish_withdrawals()
        except BaseException:
            store.close()
            raise
        return visit

    def peek_pack(self, path: Path, phrase: str) -> PackContents:
        """Read a visit pack's contents without storing them, so that the person can choose their code.

        Raises WrongPhrase, Damaged, Invalid or NewerVersion.
        """
        __, contents = visit_pack.open_visit_pack(path, phrase)
        return visit_pack.describe(contents)

    def import_pack(self, path: Path, *, me: str, phrase: str) -> str:
        """Import a visit pack and work on it as `me`; returns the visit's id. Raises the errors of `peek_pack`."""
        identity, contents = visit_pack.open_visit_pack(path, phrase)
        return visit_pack.create_visit_from_pack(self.home, identity, contents, me)

    def restore(self, path: Path, passphrase: str) -> str:
        """Restore a visit from a backup, with the passphrase of the installation that made it; returns its id."""
        stamp = utc_now().strftime("%Y%m%dT%H%M%S%f")
        visit = backup_cover.read(path).visit
        if is_set(visit):
            raise Invalid(
                _("{name} is the backup of a network's set", name=path.name), do=_("restore it with: national restore")
            )
        return restore.restore(self.home, path, passphrase, moved_aside=f".before-restore-{visit}-{stamp}")

    def check_integrity(self, visit: str) -> list[Check]:
        """Run all integrity checks on a visit, also while another program has it or when it cannot be opened.

        What is derived from the journal and differs is then made anew, unless another program has the visit.
        """
        try:
            with closing(self.home.open_store(visit, read_only=True)) as reader:
                checks = integrity.check_integrity(self.home, visit, reader)
        except Damaged as error:
            return integrity.check_damaged(self.home, visit, error)
        differing = integrity.differing(checks)
        if differing:
            try:
                with closing(self.home.open_store(visit)) as store:
                    integrity.make_anew(store, differing)
            except Busy:
                return integrity.not_made_anew(checks)
        return checks

    def moved_aside(self, visit: str = "*") -> list[Path]:
        """Folders that restores have replaced (of one visit or of all), oldest first; kept until purged."""
        return known_notices.aside(self.home, visit)

    def change_passphrase(self, old: str, new: str, *, told: Told = quiet) -> str:
        """Replace the passphrase and every key; returns a new recovery code where the old one could not be kept.

        `told` and what is raised are those of `Home.change_passphrase`; no visit may be open.
        """
        return self.home.change_passphrase(old, new, told=told)

    def seal(self, note: bytes) -> str:
        """A note that only this laptop, unlocked, can read again; as text, for a place where others can see it."""
        return key_wrapping.wrap(self.home.key, note, _NOTE)

    def unseal(self, sealed: str) -> bytes | None:
        """The note that `seal` made; None when it was made elsewhere, with an earlier key, or is no such note."""
        try:
            return key_wrapping.unwrap(self.home.key, sealed, _NOTE)
        except ValueError:
            return None

    def _summary(self, visit: str) -> VisitSummary:
        try:
            with told_as_damage(visit), closing(self.home.open_store(visit, read_only=True)) as store:
                return _summarise(visit, store)
        except (ReviewError, OSError) as error:
            told = trouble_of(error)
            if told is None:
                raise
            return VisitSummary(visit, "", "", "", "", "", problem=str(told))


def _summarise(visit: str, store: VisitStore) -> VisitSummary:
    header, change, me = store.rows(HEADER)[0], clocks.last_change(store), store.local("me")
    rated = [one for one in store.rows("rating") if one["key"].endswith(f"/{me}") and one["value"] is not None]
    agreed = [one for one in store.rows("agreed") if one["value"] is not None]
    of = len((header["content"] or {}).get("standards", ()))
    person: dict[str, Any] = next((one for one in store.rows("person") if one["key"] == me), {})
    this: dict[str, Any] = next((one for one in store.rows("round") if one["key"] == THIS), {})
    return VisitSummary(
        visit, header["service"] or "", header["organisation"] or "", header["date"] or "", me,
        change.at, clock=change.clock, rated=len(rated), agreed=len(agreed), of=of,
        role=person.get("role") or "", name=person.get("name") or "",
        round=this.get("label") or "", held=this.get("held") or "",
    )  # fmt: skip


def _newest_first(summary: VisitSummary) -> tuple[int, str]:
    digits = "".join(c for c in summary.date if c.isdigit())
    return (-int(digits or 0), summary.id)


def _check_team(team: list[NewPerson]) -> str:
    codes = [person.code for person in team]
    for person in team:
        rules.check_code(person.code)
        check_name("person", person.name, place=_("name of {code}", code=person.code))
        if person.role not in ROLES:
            raise Invalid(
                _("{role} is no role", role=f"{person.role!r}"), field="person", do=_("use one of: ") + ", ".join(ROLES)
            )
    if len({code.casefold() for code in codes}) != len(codes):
        raise Invalid(
            _("two people have the same code (capital letters do not count)"),
            field="person",
            do=_("give each a code of their own"),
        )
    leads = [person.code for person in team if person.role == "lead"]
    if len(leads) != 1:
        raise Invalid(_("a visit needs exactly one lead"), field="person", do=_("give one person the role lead"))
    return leads[0]
