"""Mutation testing in one process: the tests are collected once, and each mutant is tried in a fork of it.

A first fork runs the tests and notes which lines each one reaches. Then, for each mutant, a fork exchanges the code of
the changed functions and runs the tests that reach them until one fails or the budget is spent: first those that
noticed other changes of the same function, then those named as the module is, then the quickest. Decorated functions
are changed too; code that ran when a module was loaded is not, and is counted apart.
"""

from __future__ import annotations

import argparse
import functools
import gc
import hashlib
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest
from _mutants import Mutant, modules, mutants

if sys.platform == "win32":
    sys.exit("error: mutants are tried in forks of a process, which Windows does not have")

ROOT = Path(__file__).resolve().parent.parent
WAIT_SECONDS = 1800
"""So long a fork may take on a very busy machine; its processor time is limited by the budget."""
MOST_MEMORY = 6 << 30
BLUNT = ("None", "(None)", '""')
"""What stands in place of a value in half of all mutants; nearly every test that comes by fails on it."""
Swap = tuple[FunctionType, CodeType]
Place = tuple[str, int, int]


class TestMap(NamedTuple):
    """The numbers of the tests that reach each line, by file, and the seconds each test takes."""

    lines: dict[str, dict[int, set[int]]]
    seconds: list[float]


class Mutating:
    """A plugin of pytest that, instead of running the tests, tries mutants on them."""

    def __init__(self, targets: Sequence[str], out: Path, *, budget: float, again: bool, sharp: bool) -> None:
        self._paths = [path.resolve() for path in modules(ROOT, list(targets))]
        self._out, self._budget, self._again, self._sharp = out, budget, again, sharp
        self._results: dict[str, dict[str, Any]] = json.loads(out.read_text("utf-8")) if out.exists() else {}
        self._failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """A failing example need not be made smaller: that it fails is enough."""
        from hypothesis import Phase, settings  # not before pytest, which prepares it

        parent = settings.get_profile("ci")
        settings.register_profile("mutate", parent=parent, phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutate")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant of every module; the results are written after each of them."""
        for path in self._paths:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        found = self._map(session.items)
        print(f"{len(session.items)} tests take {sum(found.seconds):.0f} s", flush=True)
        wanted, live = {str(path) for path in self._paths}, defaultdict[str, list[FunctionType]](list)
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename in wanted:
                live[one.__code__.co_filename].append(one)
        gc.freeze()
        for path in self._paths:
            self._try_module(path, session.items, found, live[str(path)])
        return True

    # Which tests reach which lines ---------------------------------------------------------------------------

    def _map(self, items: list[pytest.Item]) -> TestMap:
        folder = Path(tempfile.mkdtemp())
        in_fork(lambda: self._trace(items, folder / "map.json"), folder, seconds=3600)
        raw = json.loads((folder / "map.json").read_text("utf-8"))
        shutil.rmtree(folder)
        return TestMap({f: {int(n): set(t) for n, t in one.items()} for f, one in raw["lines"].items()}, raw["seconds"])

    def _trace(self, items: list[pytest.Item], target: Path) -> int:
        """Run all tests and note the lines they reach; one that fails by itself is never asked again."""
        wanted, hits = {str(path) for path in self._paths}, set[tuple[str, int]]()

        def line(frame: FrameType, event: str, _: object) -> Any:
            if event == "line":
                hits.add((frame.f_code.co_filename, frame.f_lineno))
            return line

        def call(frame: FrameType, _: str, __: object) -> Any:
            return line if frame.f_code.co_filename in wanted else None

        lines, seconds = defaultdict[str, dict[int, list[int]]](lambda: defaultdict(list)), []
        caches = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
        for number, (item, following) in enumerate(in_turn(items)):
            hits.clear()
            for one in caches:  # else only the first test that asks for something reaches the lines that find it
                one.cache_clear()
            self._failed, start = False, time.process_time()
            sys.settrace(call)
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            sys.settrace(None)
            seconds.append(1e9 if self._failed else time.process_time() - start)
            for file, at in hits:
                lines[file][at].append(number)
        target.write_text(json.dumps({"lines": lines, "seconds": seconds}), "utf-8")
        return 0

    # The mutants of a module ---------------------------------------------------------------------------------

    def _try_module(self, path: Path, items: list[pytest.Item], tests: TestMap, live: list[FunctionType]) -> None:
        source, name = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
        original, seen, kept = codes(compile(source, str(path), "exec")), Counter[str](), {}
        killers: dict[str, Counter[int]] = defaultdict(Counter)
        reached, neighbour = tests.lines.get(str(path), {}), f"test_{path.stem}"
        for mutant in mutants(source):
            if self._sharp and mutant.after in BLUNT:
                continue
            key = identity(name, source, mutant, seen)
            before = self._results.get(key, {}).get("outcome")
            if before == "killed" or (before and not self._again):
                kept[key] = self._results[key]
                continue
            swaps = swaps_of(path, source, mutant, original, live)
            if not swaps:
                continue
            near = set[int]().union(*(reached.get(n, set()) for n in range(mutant.line, mutant.end_line + 1)))
            own = killers[mutant.function]
            order = sorted(near, key=lambda n: (-own[n], items[n].path.stem != neighbour, tests.seconds[n]))
            chosen = self._chosen(order, tests.seconds)
            by = self._try(swaps, [items[number] for number in chosen])
            if by is not None and by >= 0:
                own[chosen[by]] += 1
            outcome = "unreached" if not chosen else "survived" if by is None else "killed"
            kept[key] = described(name, source, mutant) | {"outcome": outcome, "tests": len(chosen), "of": len(near)}
            self._write(self._results | kept)
        self._results = {key: one for key, one in self._results.items() if one["module"] != name} | kept
        self._write(self._results)
        print(f"{name}: {dict(Counter(one['outcome'] for one in kept.values()))}", flush=True)

    def _write(self, results: dict[str, dict[str, Any]]) -> None:
        """After each mutant, so that a run that is ended goes on from there."""
        fresh = self._out.with_suffix(".new")
        fresh.write_text(json.dumps(results, indent=0), "utf-8")
        fresh.replace(self._out)

    def _chosen(self, order: list[int], seconds: list[float]) -> list[int]:
        """As many tests as the budget allows, at least one."""
        spent, chosen = 0.0, list[int]()
        for number in order:
            spent += seconds[number]
            if chosen and spent > self._budget:
                break
            chosen.append(number)
        return chosen

    def _try(self, swaps: list[Swap], chosen: list[pytest.Item]) -> int | None:
        """The place of the test that noticed, -1 when the fork ended in another way, None when none did."""
        if not chosen:
            return None

        def work() -> int:
            for function, code in swaps:
                function.__code__ = code
            for place, (item, following) in enumerate(in_turn(chosen)):
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
                if self._failed:
                    return min(place + 1, 250)
            return 0

        self._failed = False
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        try:
            status = in_fork(work, folder, seconds=int(3 + 4 * (self._budget + 1)))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return None if status == 0 else -1 if status > 250 or status < 0 else status - 1


def in_turn(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each test with the one after it, for whose sake fixtures are kept."""
    yield from zip(items, [*items[1:], None], strict=True)


def in_fork(work: Callable[[], int], folder: Path, *, seconds: int) -> int:
    """What a fork returns that does this with its scratch files in `folder`; below 0 when it was ended by a signal."""
    pid = os.fork()
    if pid == 0:
        status = 255
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.tempdir = str(folder)
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            status = work()
        finally:
            os._exit(status)
    deadline = time.monotonic() + max(seconds, WAIT_SECONDS)
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)


def codes(code: CodeType) -> dict[Place, CodeType]:
    """The code of every function within, by its name, its line, and which of several of that name and line it is."""
    found: dict[Place, CodeType] = {}
    seen: Counter[tuple[str, int]] = Counter()
    waiting = [code]
    while waiting:
        inner = [const for const in waiting.pop(0).co_consts if isinstance(const, CodeType)]
        for const in inner:
            place = const.co_qualname, const.co_firstlineno
            found[(*place, seen[place])] = const
            seen[place] += 1
        waiting = [*inner, *waiting]
    return found


def swaps_of(
    path: Path, source: str, mutant: Mutant, original: dict[Place, CodeType], live: list[FunctionType]
) -> list[Swap]:
    """The functions that exist and whose code the mutant changes, each with its code then; empty: nothing to try."""
    try:
        changed = codes(compile(mutant.applied(source), str(path), "exec"))
    except (SyntaxError, ValueError):
        return []
    pairs = [(code, changed[place]) for place, code in original.items() if changed.get(place, code) != code]
    return [
        (function, new)
        for old, new in pairs
        for function in live
        if function.__code__ == old and old.co_freevars == new.co_freevars
    ]


def identity(module: str, source: str, mutant: Mutant, seen: Counter[str]) -> str:
    """A name for a mutant that stays when lines above it change."""
    statement = " ".join(source.splitlines()[mutant.line - 1].split())
    plain = "|".join((module, mutant.function, statement, mutant.before, mutant.after))
    seen[plain] += 1
    return hashlib.sha256(f"{plain}|{seen[plain]}".encode()).hexdigest()[:16]


def described(module: str, source: str, mutant: Mutant) -> dict[str, Any]:
    """What a person needs to find it."""
    start = source.rfind("\n", 0, mutant.start) + 1
    return {
        "module": module,
        "function": mutant.function,
        "line": source.count("\n", 0, mutant.start) + 1,
        "before": mutant.before,
        "after": mutant.after,
        "text": source[start : source.find("\n", mutant.end)].strip(),
    }


def main() -> int:
    """Try the mutants of some modules or packages on some tests."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("targets", nargs="+", help="modules or packages, from the root of the tree")
    parser.add_argument("--tests", nargs="+", required=True, help="what pytest collects")
    parser.add_argument("--out", type=Path, required=True, help="the results; what was killed is not tried again")
    parser.add_argument("--again", action="store_true", help="try again what survived")
    parser.add_argument("--sharp", action="store_true", help="without the mutants that put None in place of a value")
    parser.add_argument("--budget", type=float, default=2.0, help="seconds of tests a mutant (default: 2)")
    options = parser.parse_args()
    how = {"budget": options.budget, "again": options.again, "sharp": options.sharp}
    plugin = Mutating(options.targets, options.out, **how)
    plain = ["-s", "-q", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider", "--tb=native"]
    return int(pytest.main([*plain, *options.tests], plugins=[plugin]))


if __name__ == "__main__":
    sys.exit(main())
