"""What goes over the real accessibility bus while somebody types: a screen that nobody sees, and a listener."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TOOLS = ("Xvfb", "dbus-run-session", "xdotool")
SYSTEM = "/usr/bin/python3"
"""Debian's own Python has `pyatspi`."""
LISTENER = """
import json, os, queue, subprocess, sys, threading, time
import pyatspi

letters, focus = [], queue.Queue()

def on_text(event):
    letters.append(event.any_data)

def on_focus(event):
    if event.detail1:
        focus.put(event.source.name)

def focused(node):
    if node is None or (node.name == "Passphrase" and node.getState().contains(pyatspi.STATE_FOCUSED)):
        return node is not None
    return any(focused(child) for child in node)

def until_focused(most):
    ends = time.monotonic() + most
    while time.monotonic() < ends:
        subprocess.run(["xdotool", "search", "--name", "Reviewapp", "windowfocus"], capture_output=True)
        try:
            if any(focused(program) for program in pyatspi.Registry.getDesktop(0)):
                return
        except Exception:
            pass  # it is still being made
        time.sleep(0.2)
    raise SystemExit("the window never came")

def steps():
    program = subprocess.Popen(sys.argv[2:], env={**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})
    try:
        until_focused(60)
        for keys, name in json.loads(sys.argv[1]):
            subprocess.run(["xdotool", "key", "--delay", "60", *keys.split()], check=True)
            while focus.get(timeout=30) != name:
                pass
        print(json.dumps(letters))
    finally:
        program.terminate()
        program.wait()
        pyatspi.Registry.stop()

pyatspi.Registry.registerEventListener(on_text, "object:text-changed")
pyatspi.Registry.registerEventListener(on_focus, "object:state-changed:focused")
threading.Thread(target=steps).start()
pyatspi.Registry.start()
"""


def _missing() -> str:
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"needs {', '.join(absent)}"
    asked = subprocess.run([SYSTEM, "-c", "import pyatspi"], capture_output=True, check=False)
    return "" if asked.returncode == 0 else "needs python3-pyatspi"


@pytest.fixture
def screen() -> Iterator[str]:
    """A display of its own, that nobody sees."""
    missing = _missing() if Path(SYSTEM).exists() else f"needs {SYSTEM}"
    if missing:
        pytest.skip(missing)
    seen, told = os.pipe()
    command = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[told], stderr=subprocess.DEVNULL)
    os.close(told)
    with os.fdopen(seen) as numbers:
        yield f":{numbers.readline().strip()}"
    server.terminate()
    server.wait()


@pytest.mark.slow
def test_no_letter_of_a_passphrase_goes_over_the_bus_until_it_is_shown(screen: str, tmp_path: Path) -> None:
    steps = [
        ("w i n k BackSpace ctrl+a x ctrl+z Tab", "Repeat passphrase"),
        ("w Tab", "Show what I type"),
        ("space shift+Tab", "Repeat passphrase"),
        ("End s h Tab", "Show what I type"),
        ("space shift+Tab", "Repeat passphrase"),
        ("End y ctrl+a BackSpace Tab", "Show what I type"),
    ]
    root = str(Path(__file__).parents[3])
    mine = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
    mine |= {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": root, "HOME": str(tmp_path)}
    mine["XDG_RUNTIME_DIR"] = str(tmp_path)
    program = [
        sys.executable,
        "-c",
        f"from pathlib import Path; import ui.app.main; ui.app.main.main(Path({str(tmp_path)!r}))",
    ]
    command = ["dbus-run-session", "--", SYSTEM, "-c", LISTENER, json.dumps(steps), *program]
    done = subprocess.run(command, env=mine, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0 and done.stdout, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == ["s", "h"], "only what was typed in sight"
    assert "qt.accessibility" not in done.stderr, "nor does the journal tell how many letters there are"
