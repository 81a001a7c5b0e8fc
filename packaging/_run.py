"""Running other programs: their output is shown as it comes, and a failure is one clear line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# pytest's closing line, with or without its frame: "== 12 passed, 1 skipped in 3.21s =="
CLOSING = re.compile(
    r"^=*\s*(\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed)\b.* in [\d.]+s.*?)\s*=*$"
)


class Stop(Exception):
    """Ends the command; its text is the one line to print, empty when the failure has been printed already."""


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without variables that lead a child to other modules or to somebody's own visits.

    Python may keep what it compiled: else each of the hundreds of processes of the tests compiles everything anew.
    """
    unwanted = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    kept = {k: v for k, v in os.environ.items() if k not in unwanted and not k.startswith("REVIEWAPP_")}
    return {**kept, "PYTHONUNBUFFERED": "1", **(extra or {})}


def run(
    command: Sequence[str | Path],
    *,
    extra: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    quiet: bool = False,
    hush: bool = False,
) -> None:
    """Run a program; raises Stop when it fails. `quiet` shows its output only then, `hush` its stderr."""
    done = _start(command, extra, cwd, out=subprocess.PIPE if quiet else None, err=subprocess.PIPE if hush else None)
    if done.returncode != 0:
        if shown := (done.stdout or "") + (done.stderr or ""):
            say(shown)
        raise Stop(f"failed with exit code {done.returncode}: {_shown(command)}")


def run_together(*commands: Sequence[str | Path]) -> None:
    """Run programs at the same time, and show what each printed one after the other; raises Stop when one fails."""
    with ThreadPoolExecutor(len(commands)) as threads:
        done = list(threads.map(lambda one: _start(one, None, ROOT, out=subprocess.PIPE, err=None), commands))
    for each in done:
        say(each.stdout.strip())
    for command, each in zip(commands, done, strict=True):
        if each.returncode != 0:
            raise Stop(f"failed with exit code {each.returncode}: {_shown(command)}")


def run_reviewapp(python: Path, *arguments: str | Path, extra: Mapping[str, str] | None = None) -> None:
    """Run our own program; when it fails it has printed why, so the Stop it raises has no text."""
    command = [python, "-m", "reviewapp", *arguments]
    if _start(command, extra, ROOT, out=None, err=None).returncode != 0:
        raise Stop("")


def ask(command: Sequence[str | Path], *, extra: Mapping[str, str] | None = None, cwd: Path = ROOT) -> tuple[int, str]:
    """Run a program; returns its exit code and everything it printed."""
    done = _start(command, extra, cwd, out=subprocess.PIPE, err=None)
    return done.returncode, done.stdout


def run_pytest(command: Sequence[str | Path], *, extra: Mapping[str, str] | None = None) -> str:
    """Run pytest, showing what it prints as it comes; returns its closing line. Raises Stop when a test fails."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=clean_environment(extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    seen = bytearray()
    while part := os.read(process.stdout.fileno(), 65536):
        sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        seen += part
    process.stdout.close()
    code = process.wait()
    lines = seen.decode("utf-8", errors="replace").splitlines()
    closing = next((found[1] for line in reversed(lines) if (found := CLOSING.match(line.strip()))), "")
    if code != 0:
        raise Stop(f"tests: {closing or f'pytest ended with exit code {code}'}")
    return closing


class Steps:
    """The steps of a longer command, each with a heading, and a table of their times at the end."""

    def __init__(self) -> None:
        self._done: list[tuple[str, float, str]] = []

    @contextmanager
    def step(self, title: str) -> Iterator[list[str]]:
        """Run one step under a heading; remarks appended to the list it yields are repeated in the table."""
        say(f"\n── {title} " + "─" * max(4, 76 - len(title)))
        started, remarks, state = time.monotonic(), list[str](), "failed"
        try:
            yield remarks
            state = "ok"
        finally:
            seconds = time.monotonic() - started
            self._done.append((title, seconds, "; ".join([state, *remarks])))
            say(f"── {title}: {state}, {seconds:.1f} s")

    def summary(self) -> None:
        """Print the table of steps, with their times and remarks."""
        say("\n── Steps " + "─" * 69)
        for title, seconds, remark in self._done:
            say(f"{seconds:7.1f} s  {title}: {remark}")
        say(f"{sum(seconds for _, seconds, _ in self._done):7.1f} s  in all")


def say(text: str) -> None:
    """Print a line at once, so that it stands before a child's output."""
    print(text, flush=True)


def _start(
    command: Sequence[str | Path], extra: Mapping[str, str] | None, cwd: Path, *, out: int | None, err: int | None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; `out` and `err` are where its output goes, as in subprocess."""
    try:
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=clean_environment(extra),
            stdout=out,
            stderr=subprocess.STDOUT if out and not err else err,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Stop(f"cannot start {command[0]}: {error.strerror or error}") from error


def _shown(command: Sequence[str | Path]) -> str:
    """The command as somebody would type it from the project's folder."""
    return " ".join(str(part).replace(f"{ROOT}{os.sep}", "") for part in command)
