"""A session with the real Orca on a display that nobody sees: press keys, and wait until something has been said.

Orca 48 runs in a Debian root that `packaging/_orca_root.py` makes (its folder in ORCA_ROOT); without one, the Orca of
this machine. Only the program itself runs with the Python of the tests.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = Path(__file__).with_name("program.py")
INSIDE = Path(__file__).parent / "inside"
ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
"""Seconds that anything is waited for before it is taken to be silent; no promise about speed."""
PATH = "/usr/bin:/bin:/usr/sbin:/sbin"
SCREENS = Path("/tmp/.X11-unix")
QUIET_S = 0.5
"""Seconds without a word after which a sentence is taken to be over: it may be cut short, and is then not what one
waits for, but nothing else depends on it."""
SILENCE_S = 8.0
"""Seconds without a word after which the key is pressed again."""
MOST = 20
"""How often a key is pressed at the most until something is said."""
KEYS = frozenset(("tab", "return", "space", "escape", "left control", "left shift"))
"""Keys whose own names Orca says."""
HERE = ("Xvfb", "xdotool")
WITH_ORCA = ("orca", "dbus-daemon", "dbus-send", "openbox")


def missing(root: Path | None) -> str:
    """What a session needs and this machine does not have; empty where Orca can be heard."""
    if sys.platform != "linux":
        return "Orca is a screen reader of Linux"
    absent = [tool for tool in HERE if shutil.which(tool) is None]
    absent += [tool for tool in WITH_ORCA if not root and shutil.which(tool) is None]
    if absent:
        return f"needs {', '.join(absent)}"
    # Its own processes keep it apart from another Orca, and only the user root may have these.
    busy = os.geteuid() != 0 and subprocess.run(["pgrep", "-x", "orca"], capture_output=True, check=False).stdout
    return "an Orca is running here already" if busy else ""


@dataclass
class Heard:
    """What Orca says, from the beginning of a session; `since` is where the last key was pressed."""

    file: Path
    all: list[tuple[str, str]] = field(default_factory=list)
    _offset: int = 0

    def read(self) -> list[tuple[str, str]]:
        """Everything said so far, as kind and words."""
        if self.file.exists():
            with self.file.open("rb") as source:
                source.seek(self._offset)
                fresh = source.read()
            whole = fresh[: fresh.rfind(b"\n") + 1]
            self._offset += len(whole)
            for line in whole.decode("utf-8", errors="replace").splitlines():
                kind, _, words = line.partition("\t")
                self.all.append((kind, words))
        return self.all


class Session:
    """Orca and the program, both running; what `expect` waits for is told apart by the key before it."""

    def __init__(self, display: str, place: Path, version: int) -> None:
        self.display, self.place, self.version = display, place, version
        self.heard = Heard(place / "said.txt")
        self._since = 0

    @property
    def announces(self) -> bool:
        """Whether this Orca speaks what a program announces; 43 does not know of announcements."""
        return self.version >= 47

    def said(self) -> list[str]:
        """What was said since the last key."""
        return [words for kind, words in self.heard.read()[self._since :] if kind == "say"]

    def letters(self) -> list[str]:
        """Single letters spoken since the last key."""
        return [words for kind, words in self.heard.read()[self._since :] if kind == "char"]

    def press(self, *keys: str) -> None:
        """Press keys, as xdotool names them: `ctrl+2`, `Down`, `n`."""
        self._since = len(self.heard.read())
        self._xdotool("key", "--clearmodifiers", "--delay", "40", *keys)

    def type(self, words: str) -> None:
        """Type words."""
        self._since = len(self.heard.read())
        self._xdotool("type", "--delay", "40", words)

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": self.display}, check=True)

    def wait(self, phrase: str, patience: float = PATIENCE_S) -> str:
        """Wait until the phrase is part of something said since the last key; returns what was said up to then."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if any(phrase in words for words in self.said()):
                return " | ".join(self.said())
            time.sleep(0.05)
        raise AssertionError(f"Orca {self.version} did not say {phrase!r} but {self.said()}")

    def go_to_start(self) -> None:
        """Go to the page Start from wherever one is: by way of another page, as nothing is said of the one in view."""
        for _ in range(MOST):
            self._goes("ctrl+7", "Parts of the report")
            if self._goes("ctrl+0", "Example Crisis Resolution"):
                return
        raise AssertionError(f"Orca {self.version} says nothing of the pages but {self.said()}")

    def _goes(self, key: str, phrase: str) -> bool:
        """Whether the phrase is said after this key."""
        began = len(self.heard.read())
        self.press(key)
        return self._comes(phrase, began)

    def hear(self, keys: str, phrase: str) -> None:
        """Like `expect` where the phrase is announced: an Orca that knows of no announcements cannot say it."""
        began = len(self.heard.read())
        self.press(*keys.split())
        if self.announces:
            self.wait(phrase)
        else:
            self._comes("", began)  # whatever the focus says, so that the next key is not pressed too early

    def until(self, keys: str, phrase: str, most: int = MOST) -> str:
        """Press the same keys until the phrase is said; returns what was said since the last of them.

        What is said late counts, too: the key was then pressed once too often, or more often.
        """
        began = len(self.heard.read())
        for _ in range(most):
            self.press(*keys.split())
            if self._comes(phrase, began):
                return " | ".join(self.said()) or self.heard.all[-1][1]
        raise AssertionError(f"Orca {self.version} did not say {phrase!r} in {most} times {keys}")

    def _comes(self, phrase: str, began: int) -> bool:
        """Whether the phrase is said before nothing more is, for as long as the last word may have been cut off."""
        last, count = time.monotonic(), 0
        while time.monotonic() - last < (QUIET_S if count else SILENCE_S):
            said = [words for kind, words in self.heard.read()[began:] if kind == "say"]
            if any(phrase in words for words in said):
                return True
            fresh = sum(words not in KEYS for words in self.said())
            if fresh != count:
                last, count = time.monotonic(), fresh
            time.sleep(0.05)
        return False

    def expect(self, keys: str, phrase: str) -> str:
        """Press keys (one blank between them), and wait until the phrase is said."""
        self.press(*keys.split())
        return self.wait(phrase)


@contextmanager
def listening(home: Path, passphrase: str, place: Path, root: Path | None) -> Iterator[Session]:
    """A session with Orca and the program with its visit open; `place` keeps what was said.

    With ORCA_DEBUG set in the environment Orca's own log is kept there too.
    """
    with ExitStack() as ends:
        seen = ends.enter_context(_screen())
        session = Session(seen, place, _version(root))
        reader = ends.enter_context(_running(_reader_command(place, root), place, {"DISPLAY": seen}))
        _until(lambda: bool(session.said()) or reader.poll() is not None, "Orca to begin")
        assert reader.poll() is None, (place / "orca.log").read_text(encoding="utf-8")
        session.wait("creen reader on")
        outside = {"DISPLAY": seen, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        outside |= {"PYTHONPATH": str(ROOT), "HOME": str(place / "home"), "XDG_RUNTIME_DIR": str(place / "run")}
        outside |= {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={place}/run/bus"}
        command = [sys.executable, "-X", "faulthandler", str(PROGRAM), str(home), passphrase]
        ends.enter_context(_running(command, place, outside, log="program.log"))
        session.go_to_start()  # as soon as Orca has caught up with the program
        yield session


@contextmanager
def _screen() -> Iterator[str]:
    """A display of its own."""
    seen, told = os.pipe()
    command = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[told], stderr=subprocess.DEVNULL)
    os.close(told)
    try:
        with os.fdopen(seen) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _running(
    command: list[str], place: Path, more: dict[str, str], log: str = "reader.log"
) -> Iterator[subprocess.Popen[bytes]]:
    """A program and all that it starts, ended together."""
    surroundings = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
    with (place / log).open("wb") as out:
        process = subprocess.Popen(
            command, env={**surroundings, **more}, stdout=out, stderr=out, cwd=place, start_new_session=True
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _reader_command(place: Path, root: Path | None) -> list[str]:
    """How `begin.sh` is started: here, or in the root, where `place` and the display stand at the same paths."""
    inside = place / "inside"
    shutil.copytree(INSIDE, inside)
    begin = ["env", f"PLACE={place}", f"INSIDE={inside}", f"PATH={PATH}", "sh", str(inside / "begin.sh")]
    if os.geteuid() != 0:
        return begin
    # Processes and mounts of its own: Orca does not start beside another one, and both are gone with the last process.
    alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--", "sh", "-c"]
    if root is None:
        return [*alone, 'mount -t proc proc /proc && exec "$@"', "enter", *begin]
    for path in (place, SCREENS):
        (root / path.relative_to("/")).mkdir(parents=True, exist_ok=True)
    mounts = 'mount --bind "$2" "$1$2" && mount --bind "$3" "$1$3" && mount --rbind /dev "$1/dev"'
    enter = f'{mounts} && mount -t proc proc "$1/proc" && root=$1 && shift 3 && exec chroot "$root" "$@"'
    return [*alone, enter, "enter", str(root), str(place), str(SCREENS), *begin]


def _version(root: Path | None) -> int:
    command = [*(["chroot", str(root)] if root else []), "orca", "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int("".join(c if c.isdigit() else " " for c in told).split()[0])


def _until(done: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > until:
            raise AssertionError(f"waited {PATIENCE_S:.0f} s for {what}")
        time.sleep(0.05)
