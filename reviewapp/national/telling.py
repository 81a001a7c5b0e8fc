"""Whether words may tell who somebody is: asked of everything in words before it leaves for the network.

The proof-reader's rules (`report.proofreading.private`), and the names of the review team. What a lead has accepted
with a reason, as of a service and not of a person, may leave.
"""

from __future__ import annotations

from reviewapp.report.proofreading import private
from reviewapp.report.proofreading.texts import WrittenText
from reviewapp.visit.identifiers import names_in
from reviewapp.visit.identifying import listed_names, signs_in
from reviewapp.visit.state import VisitState


def tells_who(state: VisitState, text: str, at: tuple[str, str, str] = ("", "", "")) -> bool:
    """Whether the text holds a number, address, date or name of a person that nobody has accepted.

    `at`: the address of the text in the visit, by which an acceptance is found.
    """
    names = listed_names(state) + tuple(one.name.strip() for one in state.people.values() if one.name.strip())
    if names and names_in(text, names):
        return True
    if not signs_in(text):
        return False
    entity, key, field = at
    written = WrittenText(entity=entity, key=key, field=field, text=text, where="")
    accepted = {one.id for one in state.findings_accepted.values() if one.reason.strip()}
    return any(found.id not in accepted for found in private.identifying(state, [written]))
