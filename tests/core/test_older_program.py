"""A laptop with a program from before keeps the kinds of record that it does not know, and passes them on."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.visit.statements import Goal, Rating, Scoping
from tests.core.homes import Team
from tests.scratch import Copy

KEEPS_AND_PASSES_ON = """
import json, sys
from pathlib import Path

from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, PHRASE

folder = Path(sys.argv[1])
assert "goal" not in ENTITIES and "scoping" not in ENTITIES
laptop = Laptop.create(folder / "old", PASSPHRASE)[0]
visit = laptop.open_visit(laptop.import_pack(folder / "visit.reviewpack", me="R3", phrase=PHRASE))
receipt = visit.merge(folder / "R2.review")
facts = {"reason": receipt.reason, "refused": receipt.entries.refused, "kinds": receipt.kinds}
visit.record(Rating(standard="47", value="not_met"))
facts["found"] = visit.find("zwords")
facts["well"] = [check.name for check in visit.check_integrity() if not check.ok]
visit.write_return(folder / "R3.review")
facts["digest"] = visit.status()["digest"]
visit.close()
print(json.dumps(facts))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A program that knows nothing of the programme after a review."""
    copy = Copy(tmp_path / "copy", "reviewapp")
    statements = "reviewapp/visit/statements/__init__.py"
    text = (copy.folder / statements).read_text(encoding="utf-8")
    kinds = text[text.index("    | Round | Goal") : text.index("    | Escalation\n") + len("    | Escalation\n")]
    copy.edit(statements, kinds, "")
    return copy


def test_what_an_older_program_does_not_know_comes_out_of_it_again(tmp_path: Path, copy: Copy) -> None:
    team = Team(tmp_path)
    reviewer, lead = team.visit("R2"), team.visit("L1")
    lead.record(Scoping(planned="2026-12-01", present={"staff": 9}, note="zwords"))
    lead.write_visit_pack(team.pack, "soda frame favorite series detect swallow")
    reviewer.record(
        Goal(id="R2.1", text="zwords", standards=["47"], proposed_by="R2"), Rating(standard="4", value="met")
    )
    team.return_of("R2")

    facts = copy.run(KEEPS_AND_PASSES_ON, str(tmp_path))
    assert (facts["reason"], facts["refused"], facts["found"], facts["well"]) == (None, 0, [], [])
    assert facts["kinds"]["goal"] == 1

    lead.merge(tmp_path / "R3.review")
    assert lead.state.goals["R2.1"].standards == ("47",)
    assert lead.state.ratings["47/R3"].value == "not_met"
    assert lead.state.scoping["scoping"].present == {"staff": 9}
    assert lead.status()["digest"] == facts["digest"]
    team.close()
