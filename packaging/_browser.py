"""What the slow tests need to read pages of HTML in a browser: axe-core and the driver, from the lock in `axe/`."""

from __future__ import annotations

import shutil

from _run import ROOT, run

FOLDER = ROOT / "packaging" / "axe"
NEEDED = ("node", "npm", "chromium")


def prepare() -> str:
    """Install what `axe/package-lock.json` names, once; returns what the machine lacks for it, or nothing."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        return f"left out: no {', '.join(missing)} here"
    if not (FOLDER / "node_modules" / "axe-core").is_dir():
        run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=FOLDER)
    return ""
