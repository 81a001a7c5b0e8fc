"""The session: the unlocked laptop, the open visit, and the bridge and worker shared by all pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal, Slot

from reviewapp.base.errors import Busy, ReviewError
from reviewapp.base.i18n import _
from reviewapp.base.paths import is_set_up
from ui.session import garbage
from ui.session.settings import Settings

if TYPE_CHECKING:
    from reviewapp.workspace.laptop import Laptop
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.bridge import Bridge
    from ui.session.hourly_backup import HourlyBackup
    from ui.session.recovered_drafts import RecoveredDraft
    from ui.session.stay_open import StayOpen
    from ui.session.worker import Progress, Worker


_JUDGED, _STRONG = "passphrase", b"strong"
"""Setting with which a passphrase is remembered that was found strong, sealed: the lists by which it is judged take
13 MB. A new passphrase makes the key anew, which opens the note of the one before no more."""


class Session(QObject):
    """State shared by the window and all pages. `laptop` is None while locked, `visit` None while none is open.

    Emits `laptop_changed` after unlocking and `visit_changed` when a visit has been opened or closed.
    """

    laptop_changed = Signal()
    visit_changed = Signal()
    unlocked = Signal()
    """Somebody got in; `laptop_changed` follows, as it does when all keys were made anew."""
    passphrase_changed = Signal()
    message = Signal(str, str)
    error_outdated = Signal()
    """Text and tone (info, met, warn, not_met) for the status bar."""
    file_saved = Signal(object, str)
    """A file was written for the person: its path, and the words that say so."""
    saved_on_page = Signal()
    """A page says in a line of its own that a file was saved, so no other line says it of an older one."""
    file_refused = Signal(object)
    """A page could not use the file at this path, and says so: the window adds whose it is, if of another visit."""
    keys_changing = Signal()
    """The open visit is about to be closed while its keys are made anew; `laptop_changed` follows."""
    page_requested = Signal(str, object)
    """Request to show a page: its name and a place on it, such as `("standards", {"standard": "47"})`."""
    recovered: tuple[RecoveredDraft, ...]
    """Texts that were still drafts when the program last stopped without warning; committed on opening."""

    def __init__(
        self,
        home: Path,
        parent: QObject | None = None,
        *,
        back_up_every: int | None = None,
        locks_by_itself: bool = True,
    ) -> None:
        """`locks_by_itself=False` is for unattended runs (screenshots, tests); it is no setting for a person."""
        super().__init__(parent)
        self.home = home
        self.came_from: Path | None = None
        """The folder that was left for this one, on the unlock screen."""
        self.settings = Settings(home)
        self.laptop: Laptop | None = None
        self.recovered = ()
        self.weak_passphrase = ""
        """Why the passphrase that was typed would not be taken as a new one today; empty if it would be."""
        self._back_up_every = back_up_every
        self.locks_by_itself = locks_by_itself
        self._save_typed: WeakMethod[Callable[[], bool]] | None = None

    @cached_property
    def bridge(self) -> Bridge:
        """The bridge to the open visit; made on first use, like everything the unlock screen does not need."""
        from ui.session.bridge import Bridge

        return Bridge(self)

    @cached_property
    def stay_open(self) -> StayOpen:
        """For which interview the program does not lock while nobody types."""
        from ui.session.stay_open import StayOpen

        made = StayOpen(self)
        self.visit_changed.connect(made.end)
        return made

    @cached_property
    def worker(self) -> Worker:
        """The worker thread for long jobs; made on first use."""
        from ui.session.worker import Worker

        return Worker(self)

    @cached_property
    def hourly_backup(self) -> HourlyBackup:
        """The hourly backup of the open visit; made on first use."""
        from ui.session.hourly_backup import HOURLY_MS, HourlyBackup

        every = self._back_up_every
        made = HourlyBackup(self.bridge, self.worker, HOURLY_MS if every is None else every, self)
        made.failed.connect(self._on_backup_failed)
        return made

    @Slot(str)
    def _on_backup_failed(self, words: str) -> None:
        self.notify(words, "lasting")

    @property
    def visit(self) -> OpenVisit | None:
        """The open visit, or None."""
        return self.bridge.visit

    def first_run(self) -> bool:
        """Whether this home has no passphrase yet."""
        return not is_set_up(self.home)

    def move_to(self, folder: Path) -> None:
        """Go on in another folder while nothing is unlocked; what is in this one stays as it is."""
        self.came_from = self.home if folder != self.came_from else None
        self.home, self.settings = folder, Settings(folder)

    def repair(self, backup: Path, passphrase: str, failed: Callable[[ReviewError], None]) -> None:
        """Put a lost or spoilt key file back from a backup and unlock; or call `failed`."""
        self.worker.run(
            _("Restoring the key file"), partial(_repair, self.home, backup, passphrase), self._repaired, failed
        )

    def _repaired(self, laptop: Laptop) -> None:
        self.adopt(laptop)
        self.notify(_("The key file is restored. Use the passphrase and the recovery code of that backup."), "met")

    def create(self, passphrase: str, done: Callable[[str], None], failed: Callable[[ReviewError], None]) -> None:
        """Set the passphrase of a new home, then call `done(recovery code)`; the code is shown only once."""
        self.worker.run(
            _("Setting the passphrase"), partial(_create, self.home, passphrase), partial(self._created, done), failed
        )

    def _created(self, done: Callable[[str], None], made: tuple[Laptop, str]) -> None:
        self.laptop = made[0]
        done(made[1])

    def unlock(self, passphrase: str, failed: Callable[[ReviewError], None]) -> None:
        """Unlock the home: emits `laptop_changed`, or calls `failed(WrongPassphrase | Damaged | NewerVersion)`."""
        judged = self.settings.text(_JUDGED, "")
        self.worker.run(_("Unlocking"), partial(_open, self.home, passphrase, judged), self._unlocked, failed)

    def _unlocked(self, opened: tuple[Laptop, str]) -> None:
        laptop, self.weak_passphrase = opened
        if not self.weak_passphrase and laptop.unseal(self.settings.text(_JUDGED, "")) != _STRONG:
            self.settings.set(_JUDGED, laptop.seal(_STRONG))
        self.adopt(laptop)

    def passphrase_is_changed(self) -> None:
        """Say that there is a new passphrase, which was found strong enough."""
        self.weak_passphrase = ""
        self.notify(_("Passphrase changed"), "met")
        self.passphrase_changed.emit()

    def recover(self, code: str, passphrase: str, failed: Callable[[ReviewError], None]) -> None:
        """Set a new passphrase with the recovery code and unlock; the code stays valid.

        Emits `laptop_changed`, or calls `failed(WrongPassphrase | ...)`.
        """
        self.worker.run(
            _("Setting the new passphrase"), partial(_recover, self.home, code, passphrase), self._recovered, failed
        )

    def _recovered(self, laptop: Laptop) -> None:
        self.weak_passphrase = ""
        self.adopt(laptop)
        self.notify(_("The new passphrase is set. Keep the recovery code: it still works."), "met")

    def renew_recovery_code(
        self, passphrase: str, done: Callable[[str], None], failed: Callable[[ReviewError], None]
    ) -> None:
        """Replace the recovery code and call `done(code)`, or `failed(WrongPassphrase | ...)`.

        The code before no longer works: every key is made anew, for which the open visit is closed.
        """
        self._make_keys_anew(_("Making a new recovery code"), _renew, passphrase, done, failed)

    def change_passphrase(
        self, old: str, new: str, done: Callable[[str], None], failed: Callable[[ReviewError], None]
    ) -> None:
        """Replace the passphrase and call `done`, or `failed(WrongPassphrase | ...)`.

        Every key is made anew, for which the open visit is closed and opened again. `done` gets a new recovery code
        where the old one could not be kept, else an empty text.
        """
        self._make_keys_anew(_("Changing the passphrase"), partial(_change, new), old, done, failed)

    def _make_keys_anew(
        self,
        title: str,
        change: Callable[[Laptop, str, Progress], str],
        passphrase: str,
        done: Callable[[str], None],
        failed: Callable[[ReviewError], None],
    ) -> None:
        """Check the passphrase, so that nothing is closed for a wrong one; then close the visit and make the change."""
        laptop = self.laptop
        if laptop is None:
            return
        go_on = partial(self._keys_may_change, laptop, title, partial(change, laptop, passphrase), done, failed)
        self.worker.run(_("Checking the passphrase"), partial(_check, laptop, passphrase), go_on, failed)

    def _keys_may_change(
        self,
        laptop: Laptop,
        title: str,
        job: Callable[[Progress], str],
        done: Callable[[str], None],
        failed: Callable[[ReviewError], None],
        _checked: None,
    ) -> None:
        if self.laptop is not laptop:
            return  # it was locked meanwhile
        try:
            self.require_saved()
        except ReviewError as error:
            failed(error)
            return
        self.keys_changing.emit()
        self.close_visit()
        self.worker.run(title, job, partial(self._keys_changed, done), partial(self._keys_kept, failed))

    def _keys_changed(self, done: Callable[[str], None], code: str) -> None:
        if self.laptop is not None and not code:
            self.laptop_changed.emit()  # with a code, this waits until it is written down
        done(code)

    def _keys_kept(self, failed: Callable[[ReviewError], None], error: ReviewError) -> None:
        if self.laptop is not None:
            self.laptop_changed.emit()
        failed(error)

    def adopt(self, laptop: Laptop) -> None:
        """Use a laptop that is unlocked already; emits `laptop_changed`, and tells what was wrong with its key file."""
        self.laptop = laptop
        self.unlocked.emit()
        self.laptop_changed.emit()
        if laptop.home.told:
            self.notify(laptop.home.told, "warn")

    def enter_after_recovery_code(self) -> None:
        """Go on to the pages once the recovery code is written down; emits `laptop_changed`."""
        self.laptop_changed.emit()

    def open_visit(self, visit_id: str, me: str | None = None) -> None:
        """Open a visit, read-only if another program has it, and emit `visit_changed`.

        Closes the visit open before; raises ReviewError, and keeps that one open, while text typed there cannot be
        saved. Drafts left by a crash are committed and listed in `recovered`.
        """
        if self.laptop is None:
            return
        from reviewapp.store.rescue import PlaceRefuses

        self.require_saved()
        self.close_visit()
        self.worker.drain()  # it may be backing up or looking over this very visit, and would seem another program
        try:
            visit = self.laptop.open_visit(visit_id, me=me)
        except (Busy, PlaceRefuses):
            visit = self.laptop.open_visit(visit_id, me=me, read_only=True)
        self.bridge.attach(visit)
        if visit.here.lost_changes():
            self.notify(
                _("The log of your last changes was damaged. Check that the last things you wrote are there."), "warn"
            )
        garbage.exempt_what_is_loaded()
        self.recovered = ()
        if not visit.read_only:
            drafts = visit.drafts()
            if drafts:
                from ui.session.recovered_drafts import recovered_drafts

                self.bridge.commit_drafts()
                still = visit.drafts()
                self.recovered = recovered_drafts([line for line in drafts if line not in still], visit.me)
            self.hourly_backup.begin()
        self.settings.set("visit", visit_id)
        self.visit_changed.emit()

    def save_with(self, save_typed: Callable[[], bool]) -> None:
        """Set the window's method that saves all typed text and returns False if it could not; held weakly."""
        self._save_typed = WeakMethod(save_typed)

    def require_saved(self) -> None:
        """Save all text typed in the open visit; raises ReviewError if some of it could not be saved."""
        save_typed = self._save_typed() if self._save_typed is not None else None
        if self.visit is not None and save_typed is not None and not save_typed():
            raise ReviewError(
                _("some text is not saved, so the visit stays open"),
                do=_("free some space on the disk, then try again"),
            )

    def close_visit(self) -> None:
        """Wait for the worker, commit drafts, close the visit and emit `visit_changed`."""
        visit = self.visit
        if visit is None:
            return
        self.hourly_backup.end()
        self.worker.drain()
        self.bridge.commit_drafts()
        self.bridge.detach()
        garbage.exempt_nothing()
        visit.close()
        self.visit_changed.emit()

    def lock(self) -> None:
        """Close the visit, committing drafts, and forget the keys."""
        self.close_visit()
        self.laptop = None

    def notify(self, text: object, tone: str = "info") -> None:
        """Show one line in the status bar; `tone` is info, met, warn, not_met, or lasting for an error of no page."""
        self.message.emit(str(text), tone)

    def tell_saved(self, path: Path, words: str, tone: str = "met") -> None:
        """Say that a file was written, and offer to open it or its folder; nothing opens by itself."""
        self.notify(words.replace(str(path), path.name), tone)  # its folders would be spelt out by a screen reader
        self.file_saved.emit(path, words)

    def forget_error(self) -> None:
        """Take an error of tone not_met off the status bar: it is no longer so."""
        self.error_outdated.emit()

    def show_page(self, page: str, place: dict[str, str] | None = None) -> None:
        """Ask the window to show a page and a place on it; emits `wanted`."""
        self.page_requested.emit(page, place or {})


def _create(home: Path, passphrase: str, _progress: Progress) -> tuple[Laptop, str]:
    from reviewapp.workspace.laptop import Laptop

    return Laptop.create(home, passphrase)


def _repair(home: Path, backup: Path, passphrase: str, _progress: Progress) -> Laptop:
    from reviewapp.workspace.laptop import Laptop

    return Laptop.repair(home, backup, passphrase)


def _check(laptop: Laptop, passphrase: str, _progress: Progress) -> None:
    laptop.check_passphrase(passphrase)


def _renew(laptop: Laptop, passphrase: str, progress: Progress) -> str:
    return laptop.renew_recovery_code(passphrase, told=partial(_tell, progress))


def _change(new: str, laptop: Laptop, passphrase: str, progress: Progress) -> str:
    return laptop.change_passphrase(passphrase, new, told=partial(_tell, progress))


def _tell(progress: Progress, number: int, of: int) -> None:
    progress.report(_("New keys for visit {n} of {of}", n=number, of=of), (number - 1) / of)


def _recover(home: Path, code: str, passphrase: str, progress: Progress) -> Laptop:
    from reviewapp.workspace.laptop import Laptop

    return Laptop.recover(home, code, passphrase, told=partial(_tell, progress))


def _open(home: Path, passphrase: str, judged: str, _progress: Progress) -> tuple[Laptop, str]:
    """The unlocked laptop, and why its passphrase is weak; empty if `judged` says that it was found strong."""
    from reviewapp.workspace.laptop import Laptop

    laptop = Laptop.open(home, passphrase)
    if laptop.unseal(judged) == _STRONG:
        return laptop, ""
    from reviewapp.base.passphrases import weakness

    return laptop, weakness(passphrase)
