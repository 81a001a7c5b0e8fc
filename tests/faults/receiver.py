"""A laptop that is given hostile files, in a process of its own so that its memory can be measured.

Arguments: home, visit, a JSON file with the files, in batches. After each batch one JSON line is printed, and the store
is put back as it was. A program error is printed as such and ends nothing.
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
from tests.faults.signed import unsigned

DOCUMENTS_EVERY = 40
"""Of so many accepted files one is also printed, as PDF, Word and plan."""


class Receiver:
    """The open visit of a laptop, which can be put back as it was."""

    def __init__(self, home: Path, visit: str) -> None:
        self._id, self._laptop = visit, Laptop.open(home, PASSPHRASE)
        self._pristine, self._live = home / "pristine", self._laptop.home.visit_folder(visit)
        shutil.copytree(self._live, self._pristine)
        self.visit = self._opened()
        self.standing, self.leads = self.standings()

    def put_back(self) -> None:
        """As it was before the first file."""
        self.visit._store.close()
        shutil.rmtree(self._live)
        shutil.copytree(self._pristine, self._live)
        self.visit = self._opened()

    def standings(self) -> tuple[dict[str, str], str]:
        """What the words of each laptop that wrote something count for, and who leads."""
        found, wrote = self.visit._store.standings(), self.visit.entries_by_device()
        return {device: repr(found.of(device)) for device in sorted(wrote)}, repr(found.epochs)

    def _opened(self) -> OpenVisit:
        visit = self._laptop.open_visit(self._id)
        visit.back_up_now = lambda: self._pristine  # type: ignore[method-assign]  # measured elsewhere
        return visit


def main() -> None:
    """Take every batch; then say how much memory it took."""
    receiver = Receiver(Path(sys.argv[1]), sys.argv[2])
    taken = 0
    for batch in json.loads(Path(sys.argv[3]).read_text("utf-8")):
        outcomes = [_join(receiver.visit, Path(path)) for path in batch]
        changed = any(one["changed"] for one in outcomes)
        told = {"files": outcomes, "error": "", "held": {}}
        try:
            if changed or all(one["reason"] is None for one in outcomes):
                told["held"] = held(receiver)
                compute_everything(receiver.visit, documents=taken % DOCUMENTS_EVERY == 0)
        except Exception:
            told["error"] = traceback.format_exc()
        print(json.dumps(told), flush=True)
        if changed or told["error"] or any(one["error"] for one in outcomes):
            taken += 1
            receiver.put_back()
    print(json.dumps({"peak_mb": peak_mb()}), flush=True)


def _join(visit: OpenVisit, path: Path) -> dict[str, Any]:
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
    except Exception:
        outcome["error"] = traceback.format_exc()
        outcome.setdefault("seconds", as_on_a_quiet_machine(time.process_time() - start))
    return outcome


def held(receiver: Receiver) -> dict[str, Any]:
    """What the laptop holds now, as far as it must be the same on every one that was given the same files."""
    visit = receiver.visit
    standing, leads = receiver.standings()
    return {
        "unsigned": unsigned(visit._store),
        "moved": sorted(name for name in standing if receiver.standing.get(name) != standing[name]),
        "leads_as_before": leads == receiver.leads,
        "digest": visit._store.digest(),
        "standing": [standing, leads],
        "conflicts": sorted(repr(one) for one in visit.state.conflicts),
        "apart": sorted(repr(one) for one in visit.laptops.apart()),
        "figures": visit.status()["figures"],
    }


def compute_everything(visit: OpenVisit, *, documents: bool = False) -> None:
    """What a person would do next: every page's figures, the report, a check of the store."""
    visit.reload()
    status = visit.status()
    json.dumps(status, allow_nan=False).encode()
    proofread(visit.state)
    still_untested(visit.state)
    visit.laptops.all()
    visit.laptops.leading()
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
