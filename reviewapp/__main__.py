"""Where the program begins: `reviewapp`, `python -m reviewapp`, and the built program."""

from __future__ import annotations

import sys


def main() -> int:
    """One command, or with none the desktop program, which is loaded without the commands."""
    if len(sys.argv) == 1:
        from reviewapp.opening import open_at_once

        code = open_at_once()
        if code is not None:
            return code
    from reviewapp.cli.app import main as command

    return command()


if __name__ == "__main__":
    sys.exit(main())
