#!/usr/bin/env python3
"""Everything a developer does, from a bare checkout, with nothing but Python 3.11 or later.

    python3 packaging/dev.py demo          play the sample visit and open the program on it
    python3 packaging/dev.py run           open the program (what follows is handed to `reviewapp`)
    python3 packaging/dev.py test          everything that must hold; --slow adds what takes long
    python3 packaging/dev.py lint          only style, types and import rules
    python3 packaging/dev.py mutate [NAME] which small changes to store, exchange, visit or figures no test notices
    python3 packaging/dev.py bench         the benchmarks; each prints ratios
    python3 packaging/dev.py build         the program as a folder with everything in it, and a package for Debian
    python3 packaging/dev.py shots DIR     a picture of every page, light and dark
    python3 packaging/dev.py words FILE    every text of the program, as a template for translators (.pot)
    python3 packaging/dev.py lock          resolve the newest versions into requirements.lock

Environments are made from `requirements.lock` on first use and whenever it changes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable

# Said here, before anything that an older Python cannot read is imported.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("error: this needs Python 3.11 or later, and this is " + sys.version.split()[0])

from pathlib import Path

import _checks
import _environment
import _lock
import _mutation
import _ship
import _system
from _environment import python
from _run import ROOT, Steps, Stop, ask, run, run_reviewapp, say


def demo(options: argparse.Namespace) -> None:
    """Play the sample visit; open the program on it where there is a display."""
    folder = _environment.full()
    # A new folder each time, so that nothing somebody tried out in an earlier one is lost.
    out = Path(options.out or ROOT / "demo" / time.strftime("%Y-%m-%d-%H%M%S")).resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    headless = options.headless or not _system.has_display(python(folder))
    if headless and not options.headless:
        say("There is no display here, so the sample visit is played without opening the program.")
    say(f"The sample visit and its documents are put into {out}")
    more = [
        name
        for name, wanted in (("--headless", headless), ("--fidelity", options.fidelity), ("--network", options.network))
        if wanted
    ]
    run_reviewapp(python(folder), "demo", "--out", out, *more)


def start(options: argparse.Namespace) -> None:
    """Open the program, or hand a command to it."""
    folder = _environment.full()
    if not options.arguments and not _system.has_display(python(folder)):
        raise Stop("there is no display here to open a window on; `dev.py demo` works without one")
    # A person's own visits are meant here, so REVIEWAPP_HOME and its like are passed on.
    own = {key: value for key, value in os.environ.items() if key.startswith("REVIEWAPP_")}
    run_reviewapp(python(folder), *options.arguments, extra=own)


def test(options: argparse.Namespace) -> None:
    """Everything that must hold."""
    _checks.test(Steps(), slow=options.slow)


def lint(options: argparse.Namespace) -> None:
    """Style, types and import rules."""
    steps = Steps()
    _checks.lint(steps)
    steps.summary()


def bench(options: argparse.Namespace) -> None:
    """Run every benchmark."""
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    if not scripts:
        say("There is no benchmark yet: tests/benchmarks holds no script.")
        return
    folder, steps = _environment.full(), Steps()
    for script in scripts:
        with steps.step(script.stem):
            run([python(folder), script], extra={**_checks.OFFSCREEN, "PYTHONPATH": str(ROOT)})
    steps.summary()


def mutate(options: argparse.Namespace) -> None:
    """Change each line of a package in small ways and see whether a test notices (packaging/mutants.md)."""
    folder, steps = _environment.full(), Steps()
    for name in options.names or _mutation.TESTS:
        with steps.step(name) as remarks:
            remarks.append(_mutation.mutate(python(folder), name, again=options.again, sharp=options.sharp))
    steps.summary()


def build(options: argparse.Namespace) -> None:
    """The program as a folder in dist/, tried there; on Debian a package too."""
    steps = Steps()
    _ship.build(steps)
    steps.summary()


def shots(options: argparse.Namespace) -> None:
    """A picture of every page of the program, with the sample visit."""
    folder = _environment.full()
    _system.need_qt(python(folder))
    target = Path(options.folder).resolve()
    run([python(folder), "-m", "ui.app.screenshots", target], extra=_checks.OFFSCREEN)
    say(f"The pictures are in {target}")


def words(options: argparse.Namespace) -> None:
    """Write every text of the program into a template for translators."""
    folder, target = _environment.full(), Path(options.file).resolve()
    code = "import sys, pathlib, _words; print(_words.write_template(pathlib.Path(sys.argv[1])))"
    texts = ask([python(folder), "-c", code, target], extra={"PYTHONPATH": str(ROOT / "packaging")})[1].strip()
    say(f"{target.name} holds {texts} texts")


def lock(options: argparse.Namespace) -> None:
    """Resolve the newest versions that pyproject.toml allows."""
    _system.need_venv()
    say("Resolving; this asks the package index about every platform and takes some minutes.")
    _lock.make(ROOT, _environment.LOCK)
    say(f"{_environment.LOCK.name} is made anew; `dev.py test` shows whether all works with it.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="packaging/dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(function: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        found = commands.add_parser("run" if function is start else function.__name__, help=function.__doc__)
        found.set_defaults(command=function)
        return found

    playing = command(demo)
    playing.add_argument("--headless", action="store_true", help="do not open the program")
    playing.add_argument("--fidelity", action="store_true", help="three reviews of one team on an invented scale")
    playing.add_argument("--network", action="store_true", help="29 teams and the national report of their office")
    playing.add_argument("--out", metavar="DIR", help="where to put it (default: a new folder in demo/)")
    command(start).add_argument("arguments", nargs=argparse.REMAINDER, help="handed to `reviewapp`")
    command(test).add_argument("--slow", action="store_true", help="also what takes long")
    command(lint)
    mutating = command(mutate)
    mutating.add_argument("names", nargs="*", metavar="NAME", help="store, exchange, visit, figures (default: all)")
    mutating.add_argument("--again", action="store_true", help="try again what no test noticed the last time")
    mutating.add_argument("--sharp", action="store_true", help="without the mutants that put None in place of a value")
    command(bench)
    command(build)
    command(shots).add_argument("folder", metavar="DIR")
    command(words).add_argument("file", metavar="FILE")
    command(lock)
    return parser


def main() -> int:
    """Run one command; 0 done, 1 failed with one line that says why, 2 wrong usage."""
    options = _parser().parse_args()
    try:
        options.command(options)
    except Stop as stop:
        if str(stop):
            print(f"error: {stop}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
