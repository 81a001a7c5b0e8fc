"""The program as Orca hears it: `program.py HOME PASSPHRASE`, with the visit that is there open."""

from __future__ import annotations

import sys
from pathlib import Path

from reviewapp.workspace.laptop import Laptop
from ui.app.main import main

if __name__ == "__main__":
    home, passphrase = Path(sys.argv[1]), sys.argv[2]
    sys.argv = ["reviewapp"]
    visit = Laptop.open(home, passphrase).visits()[0].id
    sys.exit(main(home, visit, passphrase))
