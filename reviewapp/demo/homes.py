"""The folder with everybody's installation: marked as the demonstration's own, and cleared only if nothing else is in it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import ReviewError
from reviewapp.base.files import save_file

MARKER = "made-by-the-demo.json"
"""In `homes`: marks that a sample was played here and under which visits, so that playing again may clear it."""


class _Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The content of the marker file; `visit` is empty until the lead has created it, `more` are further visits."""

    visit: str = ""
    more: tuple[str, ...] = ()


def clear_homes(homes: Path) -> None:
    """Make an empty `homes`; an earlier demonstration's is deleted, any other content stays and raises ReviewError."""
    if homes.exists() or homes.is_symlink():
        _check_ours(homes)
        shutil.rmtree(homes)
    private_files.make_folder(homes, exist_ok=False)
    mark_visits(homes, ())


def mark_visits(homes: Path, visits: Sequence[str]) -> None:
    """Note in `homes` under which visits the sample is played, so that playing again may clear these and no others."""
    first, *more = visits or ("",)
    save_file(homes / MARKER, msgspec.json.encode(_Marker(first, tuple(more))))


def _check_ours(homes: Path) -> None:
    do = "choose another folder with --out, or move this one away first"
    try:
        marker = msgspec.json.decode((homes / MARKER).read_bytes(), type=_Marker)
    except (OSError, msgspec.DecodeError) as error:
        raise ReviewError(f"{homes} was not made by the demonstration", do=do) from error
    ours = {marker.visit, *marker.more}
    added = sorted(folder for folder in homes.glob("*/visits/*") if folder.name not in ours)
    if homes.is_symlink() or added:
        what = f"holds another visit besides the sample ({added[0].name})" if added else "is a link to another place"
        raise ReviewError(f"{homes} {what}", do=do)
