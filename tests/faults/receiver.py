"""A laptop that is given hostile files, in a process of its own so that its memory can be measured.

Arguments: home, visit, folder of files. For each file it prints one JSON line; the store is put back as it was
after each file that was taken. A program error is printed as such and ends nothing.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
import traceback
from datetime import date
from pathlib import Path
from typing import Any

from reviewapp.figures.evidence import evidence, still_untested
from reviewapp.report.content.build import build
from reviewapp.report.proofreading import proofread
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE
from tests.faults.memory import peak_mb
from tests.faults.pace import as_on_a_quiet_machine

DOCUMENTS_EVERY = 40
"""Of so many accepted files one is also printed, as PDF, Word and plan."""


def main() -> None:
    """Take every file; then say how much memory it took."""
    home, visit_id, files = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    laptop = Laptop.open(home, PASSPHRASE)
    pristine, live = home / "pristine", laptop.home.visit_folder(visit_id)
    shutil.copytree(live, pristine)
    visit = laptop.open_visit(visit_id)
    visit.back_up_now = lambda: pristine  # type: ignore[method-assign]  # measured elsewhere
    taken = 0
    for path in sorted(files.iterdir()):
        outcome = _join(visit, path, documents=taken % DOCUMENTS_EVERY == 0)
        print(json.dumps(outcome), flush=True)
        if outcome["changed"] or outcome["error"]:
            taken += 1
            visit._store.close()
            shutil.rmtree(live)
            shutil.copytree(pristine, live)
            visit = laptop.open_visit(visit_id)
            visit.back_up_now = lambda: pristine  # type: ignore[method-assign]
    print(json.dumps({"peak_mb": peak_mb()}), flush=True)


def _join(visit: OpenVisit, path: Path, *, documents: bool) -> dict[str, Any]:
    before = visit._store.digest()
    outcome: dict[str, Any] = {"file": path.name, "reason": None, "error": "", "changed": False}
    start = time.process_time()
    try:
        receipt = visit.merge(path)
        outcome["seconds"] = as_on_a_quiet_machine(time.process_time() - start)
        outcome["reason"], outcome["from"] = receipt.reason, receipt.from_.person
        outcome["counts"] = [
            receipt.entries.in_,
            receipt.entries.new,
            receipt.entries.already_here,
            receipt.entries.refused,
        ]
        outcome["changed"] = visit._store.digest() != before
        json.dumps(receipt.conflicts).encode()
        if receipt.reason is None:
            compute_everything(visit, documents=documents)
    except Exception:
        outcome["error"] = traceback.format_exc()
        outcome.setdefault("seconds", as_on_a_quiet_machine(time.process_time() - start))
    return outcome


def compute_everything(visit: OpenVisit, *, documents: bool = False) -> None:
    """What a person would do next: every page's figures, the report, a check of the store."""
    visit.reload()
    status = visit.status()
    json.dumps(status, allow_nan=False).encode()
    proofread(visit.state)
    still_untested(visit.state)
    for standard in visit.state.instrument.standards:
        evidence(visit.state, standard.number)
    for item in ("rating", "47/R2"), ("interview", "P1/R2"), ("agreed", "47"):
        visit.history(*item)
    bad = [check.what for check in visit.check_integrity() if not check.ok]
    if bad:
        raise AssertionError(bad)
    document = build(visit.state, status, profile="host", today=date(2026, 11, 21))
    build(visit.state, status, profile="circulation", today=date(2026, 11, 21))
    if documents:
        from reviewapp.plan import sheet_of
        from reviewapp.report.docx.render import docx_bytes
        from reviewapp.report.pdf.render import pdf_bytes

        pdf_bytes(document)
        docx_bytes(document)
        sheet_of(visit)


if __name__ == "__main__":
    main()
