"""The steps of the commands `test` and `lint` of packaging/dev.py."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import _browser
import _environment
import _orca_root
import _ship
import _spark
import _system
from _environment import python, tool
from _run import ROOT, Steps, Stop, ask, run, run_pytest, run_together, say

CORE_TESTS = (
    "tests/core",
    "tests/faults",
    "tests/golden",
    "tests/test_architecture.py",
    "tests/test_seams.py",
    "tests/test_workflow.py",
)
# One of the architecture tests again, as only where Qt is installed it can show that the core does not load it; and
# what is shipped, of which Qt is a part.
UI_TESTS = (
    "tests/ui",
    "tests/test_architecture.py::test_importing_the_core_loads_neither_qt_nor_document_makers",
    "tests/test_shipped.py",
)
ORCA_TESTS = ("tests/orca",)
"""One session with the real screen reader, so they stay with one process; skipped where it cannot be had."""
SPARK_TESTS = ("tests/core/national/test_spark.py",)
"""Skipped where no Spark server is installed; `test --slow` makes an environment that has one."""
VERAPDF_TESTS = ("tests/core/report/pdf/test_verapdf.py",)
"""Skipped where veraPDF is not installed; so is this."""
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
DEMO_FILES = ("draft-report.pdf", "draft-report.docx", "action-plan.xlsx", "status.json", "report.json")
ELSEWHERE = ("--no-warn-unreachable", "reviewapp", "ui", "packaging")
OTHER_PLATFORMS = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}
OTHER_PLATFORMS.pop(sys.platform, None)
STANDARDS_BY_TYPE = {"1": 24, "2": 19, "3": 1}


def lint(steps: Steps) -> None:
    """Check style, formatting, types and import rules. Raises Stop at the first failure."""
    with steps.step("Environment"):
        folder = _environment.full()
    with steps.step("Style: ruff"):
        run([tool(folder, "ruff"), "check", "."])
        run([tool(folder, "ruff"), "format", "--check", "."])
    with steps.step(f"Types: mypy --strict, and as on {' and '.join(OTHER_PLATFORMS.values())}"):
        mypy: list[str | Path] = [python(folder), "-m", "mypy"]
        # What belongs to one system is unreachable on the others; the tests of faults are Linux's own.
        elsewhere: list[list[str | Path]] = [
            [*mypy, "--platform", platform, *ELSEWHERE, "--cache-dir", f".mypy_cache/{platform}"]
            for platform in OTHER_PLATFORMS
        ]
        run_together(mypy, *elsewhere)
    with steps.step("Import rules"):
        run([tool(folder, "lint-imports"), "--no-logo", "--config", "pyproject.toml"])


def test(steps: Steps, *, slow: bool) -> None:
    """Run every check that must pass before a change is handed on; `slow` adds slow tests and the build."""
    with steps.step("Environments, with and without Qt"):
        _environment.for_tests()
    lint(steps)
    closing: list[str] = []
    if slow:
        with steps.step("Browser for the pages of HTML") as remarks:
            remarks.append(_browser.prepare() or "ready")
    with steps.step("Core tests, without Qt") as remarks:
        bare = _environment.without_qt()
        if ask([python(bare), "-c", "import PySide6"])[0] == 0:
            raise Stop(f"{bare.name} has Qt in it; delete that folder and try again")
        remarks.append(_pytest(bare, CORE_TESTS, slow=slow))
        closing += remarks
    with steps.step("Desktop tests, without a display") as remarks:
        folder = _environment.full()
        _system.need_qt(python(folder))
        remarks.append(_pytest(folder, UI_TESTS, slow=slow))
        closing += remarks
    with tempfile.TemporaryDirectory(prefix="reviewapp-test-", ignore_cleanup_errors=True) as temporary:
        with steps.step("Wheel built, and installed by itself"):
            wheel = _build(folder, Path(temporary) / "dist")
            clean = Path(temporary) / "clean"
            _environment.make_bare(clean, wheel)
        with steps.step("Sample visit, from the installed wheel"):
            _demo(clean, Path(temporary) / "elsewhere")
    if slow:
        with steps.step("Every kind of PDF, checked by veraPDF") as remarks:
            remarks.append(_pytest(_environment.with_verapdf(), VERAPDF_TESTS, slow=True))
        with steps.step("Questions to many visits, asked of a Spark server") as remarks:
            remarks.append(_pytest(_environment.with_sail(), SPARK_TESTS, slow=True))
        spark = _spark.home()
        if spark is not None:
            with steps.step("The same questions, asked of Apache Spark") as remarks, _spark.server(spark) as address:
                to_spark = {"SPARK_CONNECT_TEST_URL": address, "SPARK_HOME": ""}
                remarks.append(_pytest(_environment.with_sail(), SPARK_TESTS, slow=True, extra=to_spark))
        _listen(steps, folder)
        _ship.build(steps, clean_root=True)
    steps.summary()
    for line in closing:
        say(f"== {line} ==")


def _listen(steps: Steps, folder: Path) -> None:
    """Run the tests that listen to the screen reader Orca: 48 where it can be made, else the one of this machine."""
    with steps.step("The screens as the screen reader Orca says them") as remarks:
        root, why_not = _orca_root.root()
        if why_not:
            remarks.append(f"this machine's own Orca: {why_not}")
        remarks.append(_pytest(folder, ORCA_TESTS, slow=True, extra={"ORCA_ROOT": str(root or "")}))


def _pytest(folder: Path, paths: tuple[str, ...], *, slow: bool, extra: dict[str, str] | None = None) -> str:
    """Run the tests in these places with an environment's Python; returns pytest's closing line."""
    present = [path for path in paths if _has_tests(ROOT / path.partition("::")[0])]
    options = ["-m", "slow or not slow", "--hypothesis-profile=thorough"] if slow else []
    # A file stays with one process, which makes what its tests share only once; `tests/order.py` says which come first.
    together = ["--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder"]
    command: list[str | Path] = [python(folder), "-m", "pytest", "--color=no", *together, *options, *present]
    return run_pytest(command, extra={**OFFSCREEN, **(extra or {})})


def _has_tests(path: Path) -> bool:
    return path.is_file() or any(path.rglob("test_*.py"))


def _build(folder: Path, target: Path) -> Path:
    """Build the source archive, and the wheel from that, so that both are known to be complete; returns the wheel."""
    run([python(folder), "-m", "build", "--no-isolation", "--outdir", target, ROOT], quiet=True)
    wheels = list(target.glob("*.whl"))
    if len(wheels) != 1:
        raise Stop(f"the build made {len(wheels)} wheels, not one")
    say(f"{wheels[0].name}: {wheels[0].stat().st_size / 1e6:.1f} MB")
    return wheels[0]


def _demo(environment: Path, elsewhere: Path) -> None:
    """Play the sample visit with the installed program, in a folder without access to the checkout's files.

    Raises Stop when a document is missing or empty, a count differs, or the program without Qt does not explain itself.
    """
    elsewhere.mkdir()
    program, out = tool(environment, "reviewapp"), elsewhere / "demo"
    run([program, "demo", "--headless", "--out", out], cwd=elsewhere)
    empty = [name for name in DEMO_FILES if not (out / name).is_file() or not (out / name).stat().st_size]
    if empty:
        raise Stop(f"the sample visit did not write {', '.join(empty)}")
    figures = json.loads((out / "status.json").read_text(encoding="utf-8"))["figures"]["by_type"]
    counted = {kind: sum(row[k] for k in ("met", "not_met", "na", "unrated")) for kind, row in figures.items()}
    if counted != STANDARDS_BY_TYPE:
        raise Stop(f"status.json counts {counted} standards by type, not {STANDARDS_BY_TYPE}")
    code, text = ask([program], cwd=elsewhere)
    explained = text.startswith("error: ") and "PySide6" in text and len(text.strip().splitlines()) == 1
    if code != 1 or not explained:
        raise Stop(
            f"without Qt `reviewapp` must name PySide6 in one line and exit 1; it exits {code} with: {text.strip()}"
        )
    say(f"{', '.join(DEMO_FILES)} are there; without Qt the program says: {text.strip()}")
