"""The checksums of what is released, as `sha256sum --check` reads them; RELEASING.md says how they are signed."""

from __future__ import annotations

import hashlib
from pathlib import Path

SUMS = "SHA256SUMS"


def write_sums(folder: Path) -> Path:
    """Write the SHA-256 of every file below a folder, but those of the sums themselves; returns the list's path.

    The order is that of the names, so the same files give the same list.
    """
    target = folder / SUMS
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    listed = [(path.relative_to(folder).as_posix(), path) for path in files if not path.name.startswith(SUMS)]
    lines = [f"{_sha256(path)}  {name}\n" for name, path in listed]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
