"""The sets of an installation: made, listed, found by name, opened, restored from a backup and destroyed."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument
from reviewapp.national.network_key import new_identity
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.sealed import sealed_to
from reviewapp.national.set_checks import check_set
from reviewapp.store import cleaning, known_notices, question_tables, received_extracts, restore
from reviewapp.store.clock import utc_now
from reviewapp.store.home import Home
from reviewapp.store.integrity import Check
from reviewapp.store.received_extracts import ASKED, GONE, HIDDEN
from reviewapp.store.visit_folders import SET, is_set
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.validators import check_name


class SetSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list of sets. `problem`: why it cannot be opened; then the other fields may be empty."""

    id: str
    name: str = ""
    instrument: str = ""
    edition: str = ""
    with_drafts: bool = False
    extracts: int = 0
    visits: int = 0
    last_joined: str = ""
    problem: str = ""


class DestroyedSet(msgspec.Struct, frozen=True, kw_only=True):
    """The certificate of a set that was destroyed: what it held, and how many files were deleted.

    `extracts` is None for a set that could not be opened.
    """

    set_id: str
    name: str
    extracts: int | None
    destroyed_at: str
    files: int
    left: tuple[str, ...] = ()


class Networks:
    """The sets of an unlocked installation."""

    def __init__(self, home: Home) -> None:
        """Of `laptop.home`."""
        self._home = home

    def new(self, name: str, instrument: Instrument, *, with_drafts: bool = False) -> str:
        """Make an empty set of visits by this instrument; returns its id.

        Raises Invalid for a name that is empty, not plain, or taken.
        """
        name = name.strip()
        if not name:
            raise Invalid(_("the name of the set is missing"), field="name", do=_("give it one, such as the year"))
        check_name("name", name)
        if any(one.name.casefold() == name.casefold() for one in self.summaries()):
            raise Invalid(_("there is a set {name} already", name=name), field="name", do=_("choose another name"))
        made = f"{SET}{secrets.token_hex(8)}"
        said = {
            "visit": made, "name": name, "identity": new_identity(), "with_drafts": "yes" if with_drafts else "no",
            "content": msgspec.json.encode(instrument).decode(),
        }  # fmt: skip

        def fill(store: VisitStore) -> None:
            with store.transaction() as db:
                received_extracts.create(db)
                question_tables.create(db)
                for field, value in said.items():
                    store.set_local(db, field, value)

        self._home.new_store(made, fill)
        return made

    def summaries(self) -> list[SetSummary]:
        """The sets on this laptop, by name; one that cannot be opened is listed with its problem."""
        return sorted(
            (self._summary(one) for one in self._home.set_ids()), key=lambda one: (one.name.casefold(), one.id)
        )

    def _summary(self, set_id: str) -> SetSummary:
        try:
            with self._open(set_id, read_only=True) as found:
                held = found.received()
                return SetSummary(
                    id=set_id, name=found.name, instrument=found.instrument.id, edition=found.instrument.edition,
                    with_drafts=found.rules.with_drafts, extracts=len(held), visits=len(found.counted()),
                    last_joined=max((one.at for one in held), default=""),
                )  # fmt: skip
        except ReviewError as error:
            return SetSummary(id=set_id, problem=str(error))

    def find(self, name: str) -> str:
        """The id of the set of this name, or of this id. Raises Invalid where there is none."""
        if name in self._home.set_ids():
            return name
        for one in self.summaries():
            if one.name and one.name.casefold() == name.strip().casefold():
                return one.id
        raise Invalid(
            _("there is no set {name} on this laptop", name=name), field="name", do=_("see them with: national list")
        )

    def sealed_to(self, path: Path) -> str:
        """The id of the set that an extract or a notice is sealed to.

        Raises Damaged for any other file, Invalid where it was made for none of the sets here.
        """
        key = sealed_to(path)
        for one in self._home.set_ids():
            with contextlib.suppress(ReviewError), self._open(one, read_only=True) as found:
                if found.key.public_key == key:
                    return one
        raise Invalid(
            _("{name} was made for a network that has no set on this laptop", name=path.name), field="file",
            do=_("open it on the laptop of that network's office"),
        )  # fmt: skip

    def open(self, name: str, *, read_only: bool = False) -> NetworkSet:
        """The set of this name or id, open. Raises Invalid, Busy, Damaged or NewerVersion."""
        return self._open(self.find(name), read_only=read_only)

    def _open(self, set_id: str, *, read_only: bool) -> NetworkSet:
        store = self._home.open_set(set_id, read_only=read_only)
        try:
            return NetworkSet(self._home, store)
        except BaseException:
            store.close()
            raise

    def verify(self, name: str) -> list[Check]:
        """Check everything a set holds, without changing it; also one that does not open."""
        set_id = self.find(name)
        try:
            store = self._home.open_set(set_id, read_only=True)
        except (Damaged, NewerVersion) as error:
            return [
                Check(
                    "pages", False, str(error), _("restore the newest backup that is in order: national restore FILE")
                )
            ]
        try:
            return check_set(self._home, set_id, store)
        finally:
            store.close()

    def restore(self, path: Path, passphrase: str) -> str:
        """Restore a set from a backup; returns its id. One that is there under the same id is moved aside.

        What was taken back from the one that is there is taken out of the restored one too. Raises WrongPassphrase,
        Damaged, NewerVersion, Busy, or Invalid for the backup of a visit.
        """
        named = restore.store_named_by(path)
        if not is_set(named):
            raise Invalid(_("{name} is the backup of a visit", name=path.name), do=_("restore it with: visit restore"))
        before = self._taken_back(named)
        aside = f".before-restore-{named}-{utc_now():%Y%m%dT%H%M%S%f}"
        set_id = restore.restore(self._home, path, passphrase, moved_aside=aside)
        with self._open(set_id, read_only=False) as found, found.transaction() as db:
            for visit, records in before.items():
                for state in (HIDDEN, ASKED, GONE):
                    found.take_back(db, visit, [one for one, at in records.items() if at == state], state=state)
        return set_id

    def _taken_back(self, set_id: str) -> dict[str, dict[str, int]]:
        """What was taken back from the set that is here; nothing where there is none or it does not open."""
        try:
            with self._open(set_id, read_only=True) as found:
                return found.taken_back()
        except ReviewError:
            return {}

    def purge(self, name: str, certificate: Path) -> DestroyedSet:
        """Destroy a set on this laptop: its key, its store, its backups. The certificate is written first."""
        set_id = self.find(name)
        summary = self._summary(set_id)
        folder = self._home.visit_folder(set_id)
        with VisitLock(folder, do=_("close it there, and delete it again")) as lock:
            written = DestroyedSet(
                set_id=set_id, name=summary.name, extracts=None if summary.problem else summary.extracts,
                destroyed_at=utc_now().isoformat(timespec="seconds"),
                files=sum(
                    1 for one in (folder, *known_notices.aside(self._home, set_id)) for path in one.rglob("*")
                    if path.is_file()
                ),
            )  # fmt: skip
            save_file(certificate, msgspec.json.format(msgspec.json.encode(written), indent=2) + b"\n")
            left = cleaning.destroy(folder, lock)
            for aside in known_notices.aside(self._home, set_id):
                left += cleaning.destroy(aside)
        return msgspec.structs.replace(written, left=tuple(str(path) for path in left))
