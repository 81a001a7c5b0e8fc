"""A reader of spreadsheets in a process of its own, so that its memory can be measured.

Argument: a folder of files. For each it prints one JSON line: what became of it, and the seconds of the processor.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from reviewapp.base.errors import ReviewError
from reviewapp.spreadsheets.reader import read_sheets
from tests.faults.memory import held_mb, peak_mb
from tests.faults.pace import as_on_a_quiet_machine


def main() -> None:
    """Read every file."""
    for path in sorted(Path(sys.argv[1]).iterdir()):
        before, start, error = held_mb(), time.process_time(), ""
        try:
            sheets = read_sheets(path)
            outcome = f"{len(sheets)} sheets, {sum(len(sheet.rows) for sheet in sheets)} rows"
            del sheets
        except ReviewError as refused:
            outcome = str(refused)
        except BaseException as other:
            outcome, error = "", repr(other)[:200]
        seconds = as_on_a_quiet_machine(time.process_time() - start)
        print(json.dumps({"file": path.name, "outcome": outcome, "error": error, "seconds": seconds,
                          "peak": peak_mb(), "before": before}), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
