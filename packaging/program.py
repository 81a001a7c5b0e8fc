"""Entry point of the built program (PyInstaller starts here)."""

import sys

from reviewapp.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
