"""Making the Debian package from the built program: menu entry, icon, file types, dependencies."""

from __future__ import annotations

import gzip
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from _environment import python
from _run import ROOT, Stop, ask, run, say

SHARED = ROOT / "packaging" / "linux"
ICON = ROOT / "resources" / "icons" / "reviewapp.svg"
PNG_SIZES = (48, 128, 256)
_DRAW = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication([])
image = QImage(int(sys.argv[3]), int(sys.argv[3]), QImage.Format.Format_ARGB32)
image.fill(Qt.GlobalColor.transparent)
painter = QPainter(image)
QSvgRenderer(sys.argv[1]).render(painter)
painter.end()
sys.exit(0 if image.save(sys.argv[2]) else 1)
"""
_CONTROL = """\
Package: reviewapp
Version: {version}
Section: science
Priority: optional
Architecture: {architecture}
Installed-Size: {size}
Maintainer: the Reviewapp authors <reviewapp@example.invalid>
Depends: {depends}
Recommends: desktop-file-utils, shared-mime-info
Description: peer review visits of mental-health crisis teams, offline
 For the day a few reviewers visit a crisis team: each rates the standards,
 interviews people and reads case notes on a laptop of their own, without a
 network; then the laptops are brought together, the reviewers agree, and the
 draft report and the action plan are written from what they entered.
 Everything is kept encrypted.
"""
_CHANGES = """\
reviewapp ({version}) unstable; urgency=low

  * See CHANGELOG.md of the project.

 -- the Reviewapp authors <reviewapp@example.invalid>  {date}
"""
_LICENCE = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: {holder}
License: Expat
{text}
"""


def cannot() -> str:
    """The reason why no package can be made here; empty when one can."""
    if not sys.platform.startswith("linux"):
        return f"a package for Debian is made on Linux, not on {platform.system()}"
    missing = [tool for tool in ("dpkg", "dpkg-deb", "objdump", "ldconfig") if _which(tool) is None]
    return f"this machine has no {', '.join(missing)}" if missing else ""


def make(environment: Path, program: Path, target: Path) -> Path:
    """Build the package of the built program in the folder `target`; returns its path. Needs no network."""
    version = ask([program, "--version"])[1].split()[-1]
    architecture = ask(["dpkg", "--print-architecture"])[1].strip()
    deb = target / f"reviewapp_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(prefix="reviewapp-deb-") as name:
        tree = Path(name) / "tree"
        _lay_out(environment, program.parent, tree, version)
        depends = ", ".join(needs(program.parent))
        size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink()) // 1024
        about = _CONTROL.format(version=version, architecture=architecture, size=size, depends=depends)
        _write(tree / "DEBIAN" / "control", about)
        _allow(tree)
        # Not the smallest compression, but done in half a minute, and every Debian tool can read it.
        run(["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z1", tree, deb], quiet=True)
    say(f"{deb.name}: {deb.stat().st_size / 1e6:.0f} MB; depends on {depends}")
    return deb


def _lay_out(environment: Path, built: Path, tree: Path, version: str) -> None:
    share = tree / "usr" / "share"
    shutil.copytree(built, tree / "usr" / "lib" / "reviewapp", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "reviewapp").symlink_to("../lib/reviewapp/reviewapp")
    _copy(SHARED / "reviewapp.desktop", share / "applications")
    _copy(SHARED / "reviewapp.xml", share / "mime" / "packages")
    _copy(SHARED / "lintian-overrides", share / "lintian" / "overrides", "reviewapp")
    _pack(share / "man" / "man1" / "reviewapp.1.gz", (SHARED / "reviewapp.1").read_text(encoding="utf-8"))
    _copy(ICON, share / "icons" / "hicolor" / "scalable" / "apps")
    for side in PNG_SIZES:
        picture = share / "icons" / "hicolor" / f"{side}x{side}" / "apps" / "reviewapp.png"
        picture.parent.mkdir(parents=True)
        run([python(environment), "-c", _DRAW, ICON, picture, str(side)], extra={"QT_QPA_PLATFORM": "offscreen"})
    documents = share / "doc" / "reviewapp"
    _write(documents / "copyright", _licence())
    date = ask(["date", "--rfc-email", "--utc", "--reference", ROOT / "CHANGELOG.md"])[1].strip()
    _pack(documents / "changelog.gz", _CHANGES.format(version=version, date=date))


def needs(folder: Path) -> list[str]:
    """The Debian packages of the libraries that the program loads and does not bring itself, with libc6's version."""
    own = {path.name for path in folder.rglob("*")}
    wanted: set[str] = set()
    libc = (0, 0)
    for dump in _dumps(folder):
        wanted |= set(re.findall(r"NEEDED\s+(\S+)", dump)) - own
        libc = max([libc, *((int(a), int(b)) for a, b in re.findall(r"GLIBC_(\d+)\.(\d+)", dump))])
    cache = dict(re.findall(r"(?m)^\s+(\S+) \(.*\) => (\S+)$", ask(["ldconfig", "-p"])[1])[::-1])
    lost = sorted(name for name in wanted if name not in cache)
    if lost:
        raise Stop(f"no library on this machine is called {', '.join(lost)}, which the built program needs")
    packages = {_package_of(Path(cache[name])) for name in wanted}
    bare = sorted(name for name in packages if name != "libc6")
    # Fontconfig comes with the program, and reads its settings from the system's folder.
    return [f"libc6 (>= {libc[0]}.{libc[1]})", *sorted({*bare, "fontconfig-config"})]


def _dumps(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.open("rb").read(4) == b"\x7fELF":
            yield ask(["objdump", "-p", path])[1]


def _package_of(library: Path) -> str:
    """The Debian package of a library, which its list of files knows by one of the two names of its folder."""
    name = str(library).removeprefix("/usr")
    for path in (name, f"/usr{name}", str(library.resolve())):
        found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    raise Stop(f"no package of this machine holds {library}, which the built program needs")


def _licence() -> str:
    lines = (ROOT / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    holder = next(line for line in lines if line.startswith("Copyright"))
    body = lines[lines.index(holder) + 1 :]
    text = "\n".join(f" {line}" if line.strip() else " ." for line in body).lstrip(" .\n")
    return _LICENCE.format(holder=holder.removeprefix("Copyright (c) "), text=" " + text)


def _allow(tree: Path) -> None:
    """Make every file readable for all, and folders and the program executable."""
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        if path.is_dir() or path == tree / "usr" / "lib" / "reviewapp" / "reviewapp":
            path.chmod(0o755)
        else:
            path.chmod(0o644)


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True)
    shutil.copyfile(source, folder / (name or source.name))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _pack(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _which(tool: str) -> str | None:
    # ldconfig is in a folder that is not on every user's path.
    return shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/sbin")
