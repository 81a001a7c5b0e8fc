"""The sample of a fidelity programme: three reviews of one team on an invented scale, each begun from the one before.

After each review come the months in which the team works at goals of its own, so that the visits hold a scoping day,
actions under goals, meetings that were held and that were not, and what was asked of whom.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.dates import today
from reviewapp.base.files import save_file
from reviewapp.base.paths import resource
from reviewapp.demo.homes import mark_visits
from reviewapp.demo.team import (
    DemoResult,
    Progress,
    Team,
    bring_together,
    prepare,
    readable,
    set_up,
    work_apart,
    write_documents,
)
from reviewapp.exchange.carry_over import CarryOver
from reviewapp.exchange.phrase import new_phrase
from reviewapp.exchange.returns import Receipt
from reviewapp.figures.series import series_of
from reviewapp.plan.next_round import begin_next_round, open_carry_over, write_carry_over
from reviewapp.plan.pages.build import page_pdf
from reviewapp.visit.statements import Round
from reviewapp.visit.statements.rounds import THIS
from reviewapp.workspace.laptop import NewPerson
from reviewapp.workspace.open_visit import OpenVisit

AFTER_THE_MEETING = ("scoping", "follow-up")
"""Files of a round that the lead records in the months after it, where there are any."""


PROGRAMME_PAGES = {
    "scoping-day": "scoping", "meetings": "follow-up", "brief-for-new-staff": "brief",
    "brief-for-managers": "managers-brief", "team-profile": "team-profile",
}  # fmt: skip
"""Pages of the last round that are written as PDF: the name of the file, and the kind of page."""


class _Round(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One review: the folder of its lines, what it is called, and the day for which it was planned."""

    folder: str
    label: str
    planned: str


class _Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `visit.toml`: instrument, service, the people, the lead first, and the rounds in their order."""

    instrument: str
    kind: str
    service: str
    organisation: str
    people: list[NewPerson]
    rounds: list[_Round]


def play_fidelity(out: Path, *, passphrase: str, progress: Progress, documents: bool = True) -> DemoResult:
    """Play three reviews of one team into `out`, as on three laptops; the last review is the one to open.

    Otherwise as `peer_review.play`. The documents are those of the last review, with the rounds side by side.
    """
    folder = resource("sample-fidelity")
    sample = msgspec.convert(tomllib.loads((folder / "visit.toml").read_text(encoding="utf-8")), _Programme)
    team = set_up(out, sample.people, folder, passphrase=passphrase, progress=progress)
    visits: list[str] = []
    receipts: list[Receipt] = []
    written: tuple[Path, ...] = ()
    carried: CarryOver | None = None
    for one in sample.rounds:
        own = msgspec.structs.replace(team, packs=team.packs / one.folder, sample=folder / one.folder)
        private_files.make_folder(own.packs)
        progress(f"Round “{one.label}”, planned for {one.planned}: the lead prepares it")
        visits.append(_begin(own, sample, one, carried))
        mark_visits(out / "homes", visits)
        work_apart(own, visits[-1], prepare(own, visits[-1]))
        with closing(team.lead.open_visit(visits[-1])) as visit:
            receipts += bring_together(own, visit, then=_there(own, AFTER_THE_MEETING))
            if one is not sample.rounds[-1]:
                carried = _carry_over(own, visit)
            elif documents:
                progress("Writing the draft report, the action plan, what belongs to the programme, and all rounds")
                written = (*write_documents(visit, out), *_write_programme(visit, out))
    return DemoResult(
        visit=visits[-1], visits=tuple(visits), lead_home=team.lead.home.folder, homes=team.homes(),
        documents=written, receipts=tuple(receipts),
    )  # fmt: skip


def _begin(team: Team, sample: _Programme, one: _Round, carried: CarryOver | None) -> str:
    """The visit of this round on the lead's laptop, the first one new, each later one begun from what was carried."""
    if carried is not None:
        return begin_next_round(team.lead, carried, date=one.planned, label=one.label)
    return team.lead.new_visit(
        instrument=sample.instrument, kind=sample.kind, service=sample.service, organisation=sample.organisation,
        date=one.planned, people=sample.people, begin=[Round(id=THIS, label=one.label, planned=one.planned)],
    )  # fmt: skip


def _carry_over(team: Team, visit: OpenVisit) -> CarryOver:
    """What the next round begins with, written as a file beside the packs and read back as its lead would."""
    path, phrase = team.packs / "carry-over.rvcarry", new_phrase()
    write_carry_over(visit, path, phrase)
    save_file(team.packs / "carry-over-phrase.txt", f"{phrase}\n".encode())
    team.progress("What the next round begins with is written into a file")
    return open_carry_over(path, phrase)


def _there(team: Team, names: Sequence[str]) -> list[str]:
    return [name for name in names if (team.sample / f"{name}.jsonl").is_file()]


def _write_programme(visit: OpenVisit, out: Path) -> tuple[Path, ...]:
    """The pages of the programme and the rounds side by side."""
    written = {f"{name}.pdf": page_pdf(kind, visit, today()) for name, kind in PROGRAMME_PAGES.items()}
    written["rounds.json"] = readable(series_of(visit.state))
    for name, data in written.items():
        save_file(out / name, data)
    return tuple(out / name for name in written)
