"""The sample visit by the built-in standards, played as on four laptops."""

from __future__ import annotations

import tomllib
from contextlib import closing
from pathlib import Path

import msgspec

from reviewapp.base.paths import resource
from reviewapp.demo.homes import mark_visits
from reviewapp.demo.team import DemoResult, Progress, bring_together, prepare, set_up, work_apart, write_documents
from reviewapp.workspace.laptop import NewPerson


class _Sample(msgspec.Struct, frozen=True):
    """The content of `visit.toml`: instrument, service, date and the people, the lead first."""

    instrument: str
    kind: str
    service: str
    organisation: str
    date: str
    people: list[NewPerson]


def play(out: Path, *, passphrase: str, progress: Progress, documents: bool = True) -> DemoResult:
    """Play the whole sample visit into `out`; `progress` is called with one sentence at every step.

    The documents are written there too, unless `documents` is false: they take most of the time.

    An earlier demonstration in `out` is replaced. Raises ReviewError, with nothing changed, when `out` holds homes that
    the demonstration did not make or a visit besides the sample.
    """
    folder = resource("sample")
    sample = msgspec.convert(tomllib.loads((folder / "visit.toml").read_text(encoding="utf-8")), _Sample)
    team = set_up(out, sample.people, folder, passphrase=passphrase, progress=progress)
    progress("The lead prepares the visit: self-review, surveys, timetable, who asks what")
    visit_id = team.lead.new_visit(**msgspec.structs.asdict(sample))
    mark_visits(out / "homes", (visit_id,))
    work_apart(team, visit_id, prepare(team, visit_id))
    with closing(team.lead.open_visit(visit_id)) as visit:
        receipts = bring_together(team, visit)
        written: tuple[Path, ...] = ()
        if documents:
            progress("Writing the draft report, the action plan and the figures")
            written = write_documents(visit, out)
    return DemoResult(
        visit=visit_id, visits=(visit_id,), lead_home=team.lead.home.folder, homes=team.homes(), documents=written,
        receipts=receipts,
    )  # fmt: skip
