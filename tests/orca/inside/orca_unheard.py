"""The real Orca, as it is installed, with a client of speech-dispatcher that writes down instead of speaking."""

import importlib
import os
import runpy
import sys

# Ours, before /usr/bin/orca puts Debian's own folder first.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
importlib.import_module("speechd")
# Letters are said that come from the program, and none for the keys that are pressed: only the first tell something.
settings = importlib.import_module("orca.settings")
settings.enableKeyEcho = False  # type: ignore[attr-defined]
settings.enableEchoByCharacter = True  # type: ignore[attr-defined]
sys.argv[0] = "orca"
runpy.run_path("/usr/bin/orca", run_name="__main__")
