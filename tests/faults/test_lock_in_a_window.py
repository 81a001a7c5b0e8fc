"""Locking as a person does it, with keys, in a real window on a screen of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.planted import NEEDS, PASSPHRASE, all_words, held_by, is_ready, make_home, wait_until
from tests.faults.prepared_home import QUIET, ROOT

MISSING = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
pytestmark = [*NEEDS, pytest.mark.slow, pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}")]
PLACE = "37 41"


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of a display that nobody else uses."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield f":{process.stdout.readline().strip()}"
        process.terminate()


class Hands:
    """Keys and eyes at a display."""

    def __init__(self, display: str) -> None:
        self._environment = QUIET | {"DISPLAY": display}

    def _do(self, *words: str) -> str:
        command = ["xdotool", *words]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def window(self) -> str:
        """The window of the program that is seen; empty while there is none."""
        return self._do("search", "--onlyvisible", "--name", "^Reviewapp$").partition("\n")[0]

    def place(self) -> list[str]:
        """Where the window is and how large, in the words of xdotool."""
        return self._do("getwindowgeometry", self.window()).splitlines()[1:]

    def move(self) -> None:
        self._do("windowmove", self.window(), *PLACE.split())

    def press(self, key: str) -> None:
        """Press a key in the window: there is nobody else here who would give it the keyboard."""
        self._do("windowfocus", self.window())
        self._do("key", key)

    def unlock(self) -> None:
        self._do("windowfocus", self.window())
        self._do("type", PASSPHRASE)
        self._do("key", "Return")


def test_locked_with_its_key_the_program_stands_where_it_stood_and_holds_nothing(tmp_path: Path, screen: str) -> None:
    make_home(tmp_path / "home")
    environment = QUIET | {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
        "REVIEWAPP_HOME": str(tmp_path / "home"),
    }
    hands = Hands(screen)
    with subprocess.Popen([sys.executable, "-m", "reviewapp"], env=environment, cwd=tmp_path) as process:
        try:
            wait_until(lambda: bool(hands.window()) and is_ready(process.pid), process)
            hands.move()
            hands.unlock()

            def visit_is_open() -> bool:
                """The visit is the first thing on the page that is shown."""
                hands.press("Return")
                return all_words() <= held_by(process.pid)

            wait_until(visit_is_open, process)
            before = hands.place()
            hands.press("ctrl+l")
            begun = [sys.executable, "-P", "-m", "reviewapp"]
            wait_until(lambda: started_with(process.pid) == begun, process)
            wait_until(lambda: bool(hands.window()) and is_ready(process.pid), process)
            assert held_by(process.pid) == set()
            assert hands.place() == before
            hands.unlock()
            wait_until(lambda: all_words() <= held_by(process.pid), process)
        finally:
            process.kill()


def started_with(process: int) -> list[str]:
    """The command line of a process."""
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").split("\0")[:-1]
