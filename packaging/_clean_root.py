"""Installing and starting the Debian package in a root in which nothing of ours was ever installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import _system
from _run import Stop, ask, run, say

_INSIDE = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
    "TMPDIR": "/tmp",
}
_TYPES = {"pack": "rvpack", "return": "rvreturn", "backup": "rvbackup", "carry": "carry"}


def try_package(deb: Path) -> str:
    """Install `deb` in a new root and start it there; returns the passed checks, or why it was skipped."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return "skipped: a clean root can be made by root only"
    source = _source()
    if source is None:
        return "skipped: apt names no registry here"
    try:
        _system.need_tool("debootstrap")
    except Stop as stop:
        return f"skipped: {stop}"
    with tempfile.TemporaryDirectory(prefix="reviewapp-root-", ignore_cleanup_errors=True) as name:
        root = Path(name) / "root"
        suite, registry = source
        # Not printed and never stored in the project: the registry is this machine's own affair.
        made = ["debootstrap", "--variant=minbase", suite, str(root), registry]
        if ask(made, extra=_proxy())[0] != 0:
            return f"skipped: no clean root of {suite} could be made from apt's registry"
        say(f"A clean root of {suite} is made; now the package in it.")
        with _mounted(root):
            return _try_inside(root, deb)


def _try_inside(root: Path, deb: Path) -> str:
    shutil.copyfile(deb, root / "tmp" / "reviewapp.deb")
    _inside(root, "apt-get", *_settings(), "update")
    _inside(
        root, "apt-get", *_settings(), "install", "-y", "--no-install-recommends",
        "/tmp/reviewapp.deb", "shared-mime-info", "desktop-file-utils",
    )  # fmt: skip
    _inside(root, "reviewapp", "--version")
    _inside(root, "reviewapp", "--self-test", extra={"QT_QPA_PLATFORM": "offscreen"})
    seen = ["installed", "self-test without a display"]
    with _display() as display:
        if display:
            _inside(root, "reviewapp", "--self-test", extra={"QT_QPA_PLATFORM": "xcb", "DISPLAY": display})
            seen.append("self-test on a display")
    _file_types(root)
    _inside(root, "desktop-file-validate", "/usr/share/applications/reviewapp.desktop")
    seen.append("file types known")
    _inside(root, "apt-get", *_settings(), "remove", "-y", "reviewapp")
    left = [path for path in (root / "usr").rglob("*reviewapp*") if path.is_file()]
    if left:
        raise Stop(f"removing the package leaves {left[0]}")
    return ", ".join([*seen, "removed"])


def _file_types(root: Path) -> None:
    """Raise Stop unless the desktop would open our file types with the program after installation."""
    globs = (root / "usr/share/mime/globs2").read_text(encoding="utf-8")
    openers = (root / "usr/share/applications/mimeinfo.cache").read_text(encoding="utf-8")
    for kind, suffix in _TYPES.items():
        name = f"application/x-reviewapp-{kind}"
        if f"{name}:*.{suffix}" not in globs or f"{name}=reviewapp.desktop;" not in openers:
            raise Stop(f"after the installation a file *.{suffix} does not open the program")


def _source() -> tuple[str, str] | None:
    """Suite and address of the registry that apt asks on this machine for its own release."""
    code, text = ask(["apt-get", "indextargets", "--format", "$(CODENAME)|$(COMPONENT)|$(REPO_URI)"])
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return None
    codename = re.search(r'(?m)^VERSION_CODENAME="?(\w+)', release)
    if code != 0 or codename is None:
        return None
    for line in text.splitlines():
        suite, _, rest = line.partition("|")
        component, _, address = rest.partition("|")
        if suite == codename[1] and component == "main":
            return suite, address
    return None


def _proxy() -> dict[str, str]:
    """Apt's proxy as an environment variable, for debootstrap, which does not read apt's settings."""
    found = ask(["apt-config", "shell", "WAY", "Acquire::http::Proxy"])[1]
    way = re.search(r"WAY='(.+)'", found)
    return {"http_proxy": way[1]} if way else {}


def _settings() -> list[str]:
    return [f"-oAcquire::http::Proxy={way}" for way in _proxy().values()]


def _inside(root: Path, *command: str, extra: dict[str, str] | None = None) -> None:
    settings = [f"{name}={value}" for name, value in {**_INSIDE, **(extra or {})}.items()]
    run(["chroot", root, "env", "-i", *settings, *command], quiet=True)


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    """Mount /proc in the root, where that is allowed; programs look up their own path there."""
    mounted = subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=False).returncode == 0
    try:
        yield
    finally:
        if mounted:
            subprocess.run(["umount", root / "proc"], check=False)


@contextmanager
def _display() -> Iterator[str]:
    """A display of its own, empty where this machine has no Xvfb; the clean root reaches it by its abstract name."""
    if shutil.which("Xvfb") is None:
        yield ""
        return
    number, told = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(told), "-ac", "-screen", "0", "1366x768x24"],
        pass_fds=[told], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(told)
    try:
        with os.fdopen(number) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
