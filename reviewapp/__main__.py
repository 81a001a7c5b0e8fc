"""`python -m reviewapp` is the command `reviewapp`."""

from __future__ import annotations

import sys

from reviewapp.cli import main

if __name__ == "__main__":
    sys.exit(main())
