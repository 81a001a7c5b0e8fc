"""The samples, played as on several laptops: prepare, record apart, join, agree, write the documents.

Every step uses the same functions as a real visit, so a demonstration is also the program's longest check. `play`: one
peer review by the built-in standards. `play_fidelity`: three reviews of one team on an invented scale, with the plan
that follows. `play_network`: 29 teams give their extracts to an office, which makes its national report.
"""

from __future__ import annotations

from reviewapp.demo.fidelity import play_fidelity
from reviewapp.demo.homes import MARKER
from reviewapp.demo.network import play_network
from reviewapp.demo.peer_review import play
from reviewapp.demo.team import DemoResult, Progress

__all__ = ["MARKER", "DemoResult", "Progress", "play", "play_fidelity", "play_network"]
