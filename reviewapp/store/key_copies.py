"""The copies of an installation's key file: which one counts, what is wrong with the others, and putting it right.

The wrapped keys stand in `home.json`, in two spare files, and in the first line of every backup in the visits' folders.
The newest generation counts: an older file that was put back opens nothing, because the keys of the visits were made
anew with the home key.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError, TooSoon, WrongPassphrase
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.base.paths import spare_key_files
from reviewapp.store import backup_cover, deletion, keys, visit_key
from reviewapp.store.backup_cover import BackupCover
from reviewapp.store.keys import KeyFile

OUTDATED = _("home.json is from before the last change of passphrase or recovery code")


class Found(msgspec.Struct, frozen=True):
    """The wrapped keys that count, and what was wrong with `home.json`: empty when it is they."""

    keys: KeyFile
    wrong: str = ""


def find(folder: Path) -> Found:
    """The wrapped keys of an installation: of the newest generation there is a copy of.

    Raises NewerVersion for a file of a later version, and what is wrong with `home.json` where there is no copy at all.
    """
    own, trouble = _own(folder)
    candidates = [own] if own is not None else []
    candidates += _whole(spare_key_files(folder))
    newest = max(visit_generations(folder), default=0)
    if not candidates or max(one.generation for one in candidates) < newest:
        candidates += _of_backups(folder)
    if not candidates:
        assert trouble is not None
        raise trouble
    best = max(candidates, key=lambda one: one.generation)
    if own is not None and own.generation == best.generation:
        return Found(own)
    if own is not None:
        return Found(best, OUTDATED)
    return Found(best, trouble.what if trouble is not None else "")


def visit_generations(folder: Path) -> list[int]:
    """The generation of the home key that wraps each visit's key here, as far as the files can be read."""
    found = [visit_key.read(path.parent) for path in (folder / "visits").glob(f"*/{deletion.KEY}")]
    return [one.generation for one in found if one is not None]


def write(folder: Path, made: KeyFile) -> None:
    """Write the key file and its copies. Raises ReviewError when the key file cannot be written; a copy may fail."""
    content = keys.encoded(made)
    save_file(keys.path_of(folder), content)
    write_spares(folder, content)


def write_spares(folder: Path, content: bytes) -> None:
    """Write the copies that are not there or differ; one that cannot be written is written at the next unlocking."""
    for path in spare_key_files(folder):
        with contextlib.suppress(OSError, ReviewError):
            if not path.is_file() or path.read_bytes() != content:
                private_files.make_folder(path.parent)
                _save(path, content)


def repair(folder: Path, found: Found) -> str:
    """Put `home.json` and its copies right, once the keys were proved by opening them; returns what there is to tell.

    A spoilt or old one is replaced: nothing is lost with it, as what it opened was made anew. Where nothing can be
    written, all stays as it is.
    """
    try:
        if found.wrong:
            _save(keys.path_of(folder), keys.encoded(found.keys))
    except (OSError, ReviewError):
        return _("{wrong}; a copy of it was used, because it cannot be repaired here", wrong=found.wrong)
    write_spares(folder, keys.encoded(found.keys))
    return _("{wrong}; it was repaired from a copy", wrong=found.wrong) if found.wrong else ""


def refused(folder: Path, error: WrongPassphrase, found: Found) -> WrongPassphrase:
    """The error for a wrong secret; where another key file counts than the one that lies there, it says so."""
    if isinstance(error, TooSoon):
        return error
    if found.wrong:
        why = _("{wrong}, and a newer copy of it counts", wrong=found.wrong)
    elif is_outdated(folder, found.keys):
        why = OUTDATED
    else:
        return error
    return WrongPassphrase(f"{error.what} ({why})", do=error.do, kept=error.kept)


def is_outdated(folder: Path, found: KeyFile) -> bool:
    """True where all that can be read here was written with a newer home key than this one."""
    generations = visit_generations(folder)
    return bool(generations) and min(generations) > found.generation


def changed_meanwhile() -> Damaged:
    """The error for a home key that another window or program has made anew since."""
    return Damaged(
        _("the passphrase or the recovery code was changed in another window or program"),
        do=_("lock this window, and unlock it with the new passphrase"),
        kept=_("nothing is lost"),
    )


def of_backup(path: Path) -> KeyFile | None:
    """The wrapped keys in the first line of a backup, or None where there are none that can be used."""
    try:
        cover = backup_cover.read(path)
    except ReviewError:
        return None
    found = cover.keys if isinstance(cover, BackupCover) else None
    return found if found is not None and found.format <= keys.FORMAT and found.reasonable() else None


def from_backup(folder: Path, path: Path) -> KeyFile:
    """The wrapped keys in a backup, for an installation whose key file is to be put right.

    Raises Damaged when there are none, or when they are older than what lies there.
    """
    cover = backup_cover.read(path)
    found = of_backup(path)
    if found is None:
        what = (
            _("{name} is damaged", name=path.name)
            if isinstance(cover, BackupCover)
            else _("{name} is a backup that this laptop made automatically, so it has no key file", name=path.name)
        )
        raise Damaged(what, do=_("use a backup that you saved elsewhere"))
    known = [one.generation for one in _readable(folder)]
    if is_outdated(folder, found) or any(generation > found.generation for generation in known):
        raise Damaged(
            _(
                "{name} is from before the last change of passphrase or recovery code, so it does not open what was "
                "written since",
                name=path.name,
            ),
            do=_("use a newer backup"),
            kept=_("the visits are not affected"),
        )
    return found


def check_fits(folder: Path, key: bytes, path: Path) -> None:
    """Raise Invalid when nothing that lies here opens with this home key: the backup is of another laptop."""
    found = [visit_key.read(place.parent) for place in (folder / "visits").glob(f"*/{deletion.KEY}")]
    whole = [one for one in found if one is not None]
    if whole and not any(one.opened(key) for one in whole):
        raise Invalid(
            _("{name} was made on another laptop, so its keys open nothing here", name=path.name),
            do=_("use a backup that this laptop made"),
        )


def _readable(folder: Path) -> list[KeyFile]:
    own, __ = _own(folder)
    return [*([own] if own is not None else []), *_whole(spare_key_files(folder))]


def _save(path: Path, content: bytes) -> None:
    if path.is_dir():  # an empty folder is in the way; one with something in it is left alone
        path.rmdir()
    save_file(path, content)


def _own(folder: Path) -> tuple[KeyFile | None, ReviewError | None]:
    try:
        return keys.read(folder), None
    except NewerVersion:
        raise
    except ReviewError as error:
        return None, error


def _whole(paths: tuple[Path, ...]) -> Iterator[KeyFile]:
    """The files of these that can be used; a later version's raises NewerVersion, because it counts."""
    for path in paths:
        try:
            yield keys.read_file(path)
        except NewerVersion:
            raise
        except ReviewError:
            continue


def _of_backups(folder: Path) -> Iterator[KeyFile]:
    for path in sorted((folder / "visits").glob("*/backups/*"), reverse=True):
        found = of_backup(path)
        if found is not None:
            yield found


def outdated(folder: Path) -> Damaged:
    """The error for keys that are older than the visits beside them."""
    return Damaged(
        _(
            "the key file {path} is from before the passphrase or the recovery code was changed, and opens nothing "
            "that was written since",
            path=keys.path_of(folder),
        ),
        do=_("restore the newest copy of it, or repair it from a newer backup: passphrase repair FILE"),
        kept=_("the visits beside it are not affected"),
    )
