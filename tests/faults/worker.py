"""A laptop at work in a process of its own, so that it can really be killed and its disk can really fail.

Arguments: what to do, home, its key (hex), visit, a file to join or a place to write to. Each thing that was reported
as saved gives one line, by `writev`: a call that nothing else here makes, so that faults can be aimed at all
other writes. Exit 1 with one line on stderr: refused and understood. Anything else is a fault of the program.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from reviewapp.base.errors import ReviewError
from reviewapp.store import rolling_backups
from reviewapp.store.home import Home
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE
from tests.faults.memory import held_mb, peak_mb
from tests.key_stretch import use_cheap_keys

OTHER_PASSPHRASE = "another passphrase"


def report(text: str) -> None:
    """One line for whoever started this."""
    os.writev(1, [f"{text}\n".encode()])


def typing(visit: OpenVisit, path: Path) -> None:
    """Ratings and words without end, turn by turn; never returns."""
    numbers = [standard.number for standard in visit.state.instrument.standards]
    count = 0
    while True:
        count += 1
        number = numbers[count % len(numbers)]
        visit.save_draft(statements.Passage(place=f"p{number}", text=f"draft {count}"))
        report(f"draft {number} {count}")
        visit.record(statements.Rating(standard=number, note=f"note {count}"))
        report(f"note {number} {count}")


def save(visit: OpenVisit, path: Path) -> None:
    """One rating and one draft."""
    visit.record(statements.Rating(standard="47", note="note 1"))
    report("note 47 1")
    visit.save_draft(statements.Passage(place="p47", text="draft 1"))
    report("draft 47 1")


def join(visit: OpenVisit, path: Path) -> None:
    """One return."""
    receipt = visit.merge(path)
    if receipt.reason is None:
        report("joined")
        return
    raise ReviewError(receipt.reason, do="")


def join_all(visit: OpenVisit, path: Path) -> None:
    """Every return in a folder, each with how much memory was held before it and how much more it took at most."""
    for file in sorted(path.iterdir()):
        held = held_mb()
        join(visit, file)
        report(f"memory {held} {peak_mb() - held}")


def backup(visit: OpenVisit, path: Path) -> None:
    """One backup."""
    visit.backup(path)
    report(f"backup {path}")


def export(visit: OpenVisit, path: Path) -> None:
    """One report as PDF."""
    from datetime import date

    from reviewapp.base.files import save_file
    from reviewapp.report.content.build import build
    from reviewapp.report.pdf.render import pdf_bytes

    document = build(visit.state, visit.status(), today=date(2026, 11, 21))
    save_file(path, pdf_bytes(document))
    report(f"export {path}")


def passphrase(visit: OpenVisit, path: Path) -> None:
    """A new passphrase, and with it new keys, for the home that `path` is in."""
    visit.close()
    Home.unlock(path.parent / "L1", PASSPHRASE).change_passphrase(PASSPHRASE, OTHER_PASSPHRASE)
    report("passphrase")


def restore(visit: OpenVisit, path: Path) -> None:
    """The oldest rolling backup, over the visit that is there."""
    visit.close()
    home = Home.unlock(path.parent / "L1", PASSPHRASE)
    Laptop(home).restore(rolling_backups.oldest_first(home.visit_folder(visit.id))[0], "")
    report("restored")


def day(visit: OpenVisit, path: Path) -> None:
    """A little of everything: what a power cut may fall into."""
    save(visit, path)
    visit.commit_drafts()
    visit.record(statements.Rating(standard="4", note="note 2"), statements.Rating(standard="4", value="met"))
    report("note 4 2")
    join(visit, path)
    visit.record(statements.Rating(standard="47", note="note 3"))
    report("note 47 3")
    backup(visit, path.with_name("day.reviewbackup"))
    visit.save_draft(statements.Passage(place="p47", text="draft 4"))
    report("draft 47 4")


ACTIONS: dict[str, Callable[[OpenVisit, Path], None]] = {
    "typing": typing, "save": save, "join": join, "backup": backup, "export": export, "day": day,
    "passphrase": passphrase, "restore": restore, "join_all": join_all,
}  # fmt: skip


def main() -> int:
    """Do it; 0 done, 1 refused."""
    use_cheap_keys()
    what, home, key, visit_id, path = sys.argv[1:]
    laptop = Laptop(Home(Path(home), bytes.fromhex(key)))
    try:
        with closing(laptop.open_visit(visit_id)) as visit:
            report("ready")
            ACTIONS[what](visit, Path(path))
        report("closed")
    except ReviewError as error:
        os.writev(2, [f"error: {error}\n".encode()])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
