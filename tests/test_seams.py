"""How many files a change touches: each seam is tried out on a copy of the program.

A test makes a `Copy`, puts in something new by the smallest edits, and has a program of a few lines, run by that copy
alone, show that the new thing works everywhere. Files that were there before and had to change are counted.
"""

from __future__ import annotations

from pathlib import Path

from tests.scratch import Copy

MOST_TOUCHED = 3
"""So many existing files may change for one new thing, beside the files of its own."""


# A record kind -----------------------------------------------------------------------------------------------------

COMPLIMENT = '''\
"""Praise that somebody asked to be passed on."""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.state import ComplimentRecord, VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, check_standard_or_none


class Compliment(Statement, frozen=True, kw_only=True, tag="compliment"):
    """What was praised, in a few words."""

    IDS = ("id",)
    TABLE = "compliments"
    RECORD = ComplimentRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {"standard": check_standard_or_none}
    WITHDRAWABLE = True
    NOUN = _("compliment")
    PHRASE = gettext_noop("a compliment ({key})")
    COUNTED = ngettext_noop("{n} compliment", "{n} compliments")
    TEXTS = ("text",)

    id: str
    standard: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has words."""
        if self.key(person) not in state.compliments and self.text is UNSET:
            raise Invalid(_("compliment {id} needs a text", id=self.id), field="text")
'''

USES_COMPLIMENTS = """
import json, sys
from pathlib import Path

import reviewapp
from reviewapp.base.errors import Invalid
from reviewapp.visit.entities import record_in_words
from reviewapp.visit.statements import Compliment
from reviewapp.workspace.conflicts import settle
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import Team


def refusal(visit, line):
    try:
        visit.record(line)
    except Invalid as error:
        return [error.field, error.what]


folder = Path(sys.argv[1])
assert Path(reviewapp.__file__).is_relative_to(folder)
team = Team(folder / "laptops")
visit, lead = team.visit("R2"), team.visit("L1")
facts = {
    "refused": [
        refusal(visit, Compliment(id="C1", text="Kind", standard="none such")),
        refusal(visit, Compliment(id="C1", standard="47")),
    ]
}
lead.me = "host"
facts["refused"].append(refusal(lead, Compliment(id="C1", text="We are kind")))
lead.me = "L1"
visit.record(Compliment(id="C1", standard="47", text="Always zkindly on the telephone"))
facts["state"] = [[one.key, one.person, one.standard, one.text] for one in visit.state.compliments.values()]
facts["undo"] = visit.undo_name
visit.undo()
facts["undone"] = len(visit.state.compliments)
visit.redo()
facts["words"] = record_in_words("compliment", "C1/R2")
facts["found"] = [[hit.kind, hit.title.text, hit.snippet.text, hit.standards] for hit in visit.find("zkind")]
received = lead.merge(team.return_of("R2"))
facts["refusal"], facts["joined"] = received.reason, received.kinds
facts["there"] = [one.text for one in lead.state.compliments.values()]
facts["found_there"] = [hit.title.text for hit in lead.find("zkind")]

other = team.another_laptop("R2 again", me="R2")
other.merge(team.return_of("R2"))
other.record(Compliment(id="C1", text="Changed zthere"))
visit.record(Compliment(id="C1", text="Changed zhere"))
other.write_return(folder / "other.review")
lead.merge(folder / "other.review")
for laptop in lead.laptops.all():
    if laptop.code == "R2":
        lead.laptops.certify(laptop.device, "R2")
visit.merge(team.return_of("L1"))
(conflict,) = visit.state.conflicts
facts["both"] = [word in visit.state.compliments["C1/R2"].text for word in ("zthere", "zhere")]
change = settle(visit, "compliment", "C1/R2", "text", entry=conflict.values[0].entry, reason="The later one")
facts["settled"] = [change.name, len(visit.state.conflicts)]
withdraw(visit, "compliment", "C1/R2", reason="They asked for it")
facts["withdrawn"] = [list(visit.state.compliments), visit.find("zhere") + visit.find("zthere")]
lead.merge(team.return_of("R2"))
facts["withdrawn_there"] = [list(lead.state.compliments), lead.find("zkind")]
team.close()
print(json.dumps(facts))
"""


def test_a_record_kind_is_one_statement_and_its_table(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "reviewapp")
    statements = "reviewapp/visit/statements/__init__.py"
    copy.add("reviewapp/visit/statements/compliments.py", COMPLIMENT)
    copy.edit(statements, "import Statement\n", "import Statement\nfrom .compliments import Compliment\n")
    copy.edit(statements, "| SavedAnyway\n", "| SavedAnyway | Compliment\n")
    state = "reviewapp/visit/state.py"
    record = "class ComplimentRecord(Record, frozen=True, kw_only=True):\n    id: str\n    standard: str = ''\n"
    copy.edit(state, "class Withdrawn(", f"{record}    text: str = ''\n\n\nclass Withdrawn(")
    copy.edit(state, "    late: frozenset", "    compliments: dict[str, ComplimentRecord] = {}\n    late: frozenset")
    assert len(copy.touched) <= MOST_TOUCHED, sorted(copy.touched)

    facts = copy.run(USES_COMPLIMENTS, str(tmp_path))
    standard, words, host = facts["refused"]
    assert standard[0] == "standard" and words == ["text", "compliment C1 needs a text"]
    assert host[0] == "kind" and "host does not record a compliment (C1 · host)" in host[1]
    assert facts["state"] == [["C1/R2", "R2", "47", "Always zkindly on the telephone"]]
    assert (facts["undo"], facts["undone"]) == ("compliment C1", 0)
    assert facts["words"] == "a compliment (C1 · R2)"
    assert facts["found"] == [["note", "Compliment C1 · R2 (clinician)", "Always zkindly on the telephone", ["47"]]]
    assert facts["refusal"] is None and facts["joined"]["compliment"] == 1
    assert facts["there"] == ["Always zkindly on the telephone"]
    assert facts["found_there"] == ["Compliment C1 · R2 (clinician)"]
    assert facts["both"] == [True, True]
    assert facts["settled"] == ["choice of a version of a compliment (C1 · R2 (clinician))", 0]
    assert facts["withdrawn"] == facts["withdrawn_there"] == [[], []]
