"""A laptop at work in a process of its own, so that it can really be killed.

Prints one line for each thing that was reported as saved. Arguments: what to do, home, visit, a file to join.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reviewapp.laptop import Laptop
from reviewapp.visit import lines as say
from tests.core.homes import PASSPHRASE


def main() -> None:
    """Work until killed (or, when joining, until done)."""
    what, home, visit, *rest = sys.argv[1:]
    desk = Laptop.open(Path(home), PASSPHRASE).open_visit(visit)
    print("ready", flush=True)
    numbers = [standard.number for standard in desk.state.instrument.standards]
    if what == "join":
        desk.merge(Path(rest[0]))
        print("joined", flush=True)
        return
    count = 0
    while True:
        count += 1
        number = numbers[count % len(numbers)]
        if what == "rate":
            desk.record(say.Rating(standard=number, note=f"note {count}"))
        else:
            desk.save_draft(say.Rating(standard=number, note=f"note {count}"))
        print(f"{number} {count}", flush=True)


if __name__ == "__main__":
    main()
