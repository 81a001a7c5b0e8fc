"""Building the program as people get it, a folder with everything in it, and trying it outside the checkout."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import _clean_root
import _deb
import _environment
import _release
import _system
from _environment import python
from _run import ROOT, Steps, Stop, ask, run, say

DIST = ROOT / "dist"
LARGEST_MB = 220
"""Most megabytes of the built program on Linux; Qt's own libraries are two fifths of it."""
ENOUGH = ("draft-report.pdf", "draft-report.docx", "action-plan.xlsx", "status.json", "report.json")


def program() -> Path:
    """The path of the built program."""
    return DIST / "reviewapp" / ("reviewapp.exe" if os.name == "nt" else "reviewapp")


def build(steps: Steps, *, clean_root: bool = False) -> None:
    """Build `dist/reviewapp` and try it; build the Debian package, and with `clean_root` try that in a clean root."""
    with steps.step("Environment"):
        folder = _environment.full()
        _system.need_qt(python(folder))
    with steps.step("Program built") as remarks:
        remarks.append(_make(folder))
        remarks.append(_measure(program().parent))
    with steps.step("Built program, tried elsewhere"):
        _try()
    with steps.step("Package for Debian") as remarks:
        why_not = _deb.cannot()
        if why_not:
            remarks.append(f"skipped: {why_not}")
            return
        package = _deb.make(folder, program(), DIST)
        remarks.append(f"{package.stat().st_size / 1e6:.0f} MB")
    with steps.step("Checksums"):
        say(f"{_release.write_sums(DIST).relative_to(ROOT)}; how to sign it: packaging/RELEASING.md")
    if clean_root:
        with steps.step("Package in a clean root") as remarks:
            remarks.append(_clean_root.try_package(package))


def _make(environment: Path) -> str:
    """Run PyInstaller, put the licences and the list of contents beside what it made; returns how much is in it.

    Output is shown only when it fails.
    """
    shutil.rmtree(DIST / "reviewapp", ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="reviewapp-build-", ignore_cleanup_errors=True) as work:
        # A cache of its own: libraries that another build left there, stripped or not, must not be reused here.
        cache = {"PYINSTALLER_CONFIG_DIR": str(Path(work) / "cache")}
        places = ["--distpath", str(DIST), "--workpath", work, str(ROOT / "packaging" / "reviewapp.spec")]
        command = ["-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *places]
        run([python(environment), *command], extra=cache, quiet=True)
        listing = Path(work) / "reviewapp" / "inside.json"
        code, told = ask([python(environment), ROOT / "packaging" / "_notices.py", listing, program().parent])
        if code != 0:
            raise Stop(told.strip().removeprefix("error: ") or "the licences of what is inside could not be gathered")
        return told.strip()


def _measure(folder: Path) -> str:
    """Print and return size and number of files; raises Stop when the program is too large, a mistake of ours."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    size = f"{megabytes:.0f} MB in {len(files)} files"
    say(f"{folder.relative_to(ROOT)}: {size}")
    if sys.platform.startswith("linux") and megabytes > LARGEST_MB:
        raise Stop(f"the built program has {size}, more than {LARGEST_MB} MB; see what came in with: du -a {folder}")
    return size


def _try() -> None:
    """Try the window, the command line and the sample visit in a folder without access to the checkout's files."""
    with tempfile.TemporaryDirectory(prefix="reviewapp-tried-", ignore_cleanup_errors=True) as name:
        elsewhere = Path(name)
        run([program(), "--self-test"], cwd=elsewhere, extra={"QT_QPA_PLATFORM": "offscreen"})
        code, text = ask([program(), "--help"], cwd=elsewhere)
        if code != 0 or "--self-test" not in text:
            raise Stop(f"the built program's --help does not work: {text.strip()}")
        run([program(), "demo", "--headless", "--out", elsewhere / "demo"], cwd=elsewhere, hush=True, quiet=True)
        missing = [file for file in ENOUGH if not (elsewhere / "demo" / file).is_file()]
        if missing:
            raise Stop(f"the built program's sample visit did not write {', '.join(missing)}")
    say("The window, the command line and the sample visit work from it.")
