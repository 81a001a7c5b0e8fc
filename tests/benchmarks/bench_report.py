"""What the report of a large visit costs: 200 standards, 12 interviews, 150 quotes, 10 case notes.

Ratios within one run; what is wanted stands beside each figure. Nothing here passes or fails.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reviewapp.report.docx.render import docx_bytes
from reviewapp.report.pdf.render import pdf_bytes
from tests.core.report.large import large_report

ROUNDS = 7
ROOT = Path(__file__).resolve().parents[2]
ALONE = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.core.report.large import large_report
from reviewapp.report.pdf.render import pdf_bytes
Path({target!r}).write_bytes(pdf_bytes(large_report()))
try:
    import resource
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(size / (1024 * 1024 if sys.platform == "darwin" else 1024))
except ImportError:
    print("?")
"""


def main() -> None:
    """Print the figures."""
    report = large_report()
    tagged, plain = [], []
    for _ in range(ROUNDS):  # in turn, so that a busy moment falls on both
        tagged.append(timed(lambda: pdf_bytes(report)))
        plain.append(timed(lambda: pdf_bytes(report, tagged=False)))
    ratio = statistics.median(a / b for a, b in zip(tagged, plain, strict=True))
    print(f"tagged PDF: {ratio:.2f} x the same flowables untagged (wanted: at most 1.3); {min(tagged):.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        against_libreoffice(Path(folder))


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def against_libreoffice(folder: Path) -> None:
    """The whole PDF by a program of its own, start included, against LibreOffice making one of our Word file."""
    target, word = folder / "ours.pdf", folder / "ours.docx"
    command = [sys.executable, "-c", ALONE.format(root=str(ROOT), target=str(target))]
    memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    print(f"most memory of the program that makes it: {memory.partition('.')[0]} MB (wanted: under 200)")
    print(f"the PDF: {target.stat().st_size / 1e6:.2f} MB (wanted: under 1)")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("against LibreOffice: skipped, as there is no LibreOffice here (no soffice on the path)")
        return
    word.write_bytes(docx_bytes(large_report()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "theirs"), str(word)]

    def theirs() -> None:
        subprocess.run(convert, check=True, capture_output=True)

    theirs()  # the first start makes a profile, which is not its work
    if not (folder / "theirs" / "ours.pdf").is_file():
        print("against LibreOffice: skipped, as it made no PDF here")
        return
    rounds = [
        (timed(lambda: subprocess.run(command, check=True, capture_output=True)), timed(theirs)) for _ in range(3)
    ]
    faster = statistics.median(office_ / ours for ours, office_ in rounds)
    ours, office_ = (min(times) for times in zip(*rounds, strict=True))
    print(f"the whole PDF, start included: {faster:.2f} x faster than LibreOffice from our Word file")
    print(f"  (wanted: at least 1.5; {ours:.2f} s against {office_:.2f} s)")


if __name__ == "__main__":
    main()
