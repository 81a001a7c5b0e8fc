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
if os.path.exists(os.path.join(os.path.dirname(str(settings.__file__)), "ax_object.py")):
    # Orca 48 notes what is gone by its address in memory, for up to a minute, and then takes for gone, and passes over,
    # what came to lie there since. What is gone is held here, so that its address is never given to anything else.
    importlib.import_module("orca.debug")  # the two import each other, and this way round only
    objects = importlib.import_module("orca.ax_object").AXObject
    noted = objects._set_known_dead_status
    gone: list[object] = []

    def _hold(thing: object, is_dead: bool) -> None:
        if is_dead:
            gone.append(thing)
        noted(thing, is_dead)

    objects._set_known_dead_status = staticmethod(_hold)
sys.argv[0] = "orca"
runpy.run_path("/usr/bin/orca", run_name="__main__")
