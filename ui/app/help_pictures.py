"""Pictures of the pages for the quick-start cards, from the sample visit: `python -m ui.app.help_pictures DIR`.

They are made when a page has changed its look, and looked at before they are committed to `resources/help`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from ui.app.screenshots import main as write_screenshots
from ui.shell.quick_start import STEPS

LOOK = "light-100-1366x768"
WIDTH = 900
"""Pixels: some 270 an inch on the card."""
COLOURS = 64


def main(target: Path) -> int:
    """Write the picture of every page that is on a card."""
    from PIL import Image

    names = frozenset(name for steps in STEPS.values() for name in steps)
    with tempfile.TemporaryDirectory() as folder:
        write_screenshots(Path(folder), names, looks=(("light", 100, (1366, 768)),))
        for name in sorted(names):
            image = Image.open(Path(folder) / f"{name}-{LOOK}.png").convert("RGB")
            small = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
            few = small.convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)
            few.save(target / f"{name}.png", "PNG", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
