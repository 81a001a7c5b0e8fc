"""The laptops of a sample's review team: each person works alone, then everything is brought together on the lead's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base import private_files
from reviewapp.base.dates import today
from reviewapp.base.errors import ReviewError
from reviewapp.base.files import save_file
from reviewapp.demo.homes import clear_homes
from reviewapp.exchange.phrase import new_phrase
from reviewapp.exchange.returns import Receipt
from reviewapp.visit.jsonl import read_lines
from reviewapp.visit.rules import HOST
from reviewapp.visit.statements import Context, Readiness, SelfReview, Statement, Survey
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit

FROM_THE_HOST = (SelfReview, Survey, Context, Readiness)
"""Statements by the team under review; the lead's laptop only records them on its behalf."""

Progress = Callable[[str], None]


class DemoResult(msgspec.Struct, frozen=True, kw_only=True):
    """A sample as played. `homes` is each person's installation, `receipts` those of the lead's laptop.

    `visit` is the one to open, the last of `visits`.
    """

    visit: str
    visits: tuple[str, ...]
    lead_home: Path
    homes: dict[str, Path]
    documents: tuple[Path, ...]
    receipts: tuple[Receipt, ...]


class Team(msgspec.Struct, frozen=True):
    """The laptops by person's code, the lead's first; the folder that stands for the stick passed between them; and
    the folder with the lines that each of them records."""

    laptops: dict[str, Laptop]
    packs: Path
    sample: Path
    progress: Progress

    @property
    def lead(self) -> Laptop:
        """The laptop of the lead."""
        return next(iter(self.laptops.values()))

    @property
    def others(self) -> dict[str, Laptop]:
        """The laptops of everybody else, by code."""
        return dict(list(self.laptops.items())[1:])

    @property
    def visit_pack(self) -> Path:
        """Where the lead writes what everybody begins with."""
        return self.packs / "visit-pack.rvpack"

    def return_of(self, code: str) -> Path:
        """Where this person's laptop writes its return."""
        return self.packs / f"return-{code}.rvreturn"

    def homes(self) -> dict[str, Path]:
        """Everybody's installation, by code."""
        return {code: laptop.home.folder for code, laptop in self.laptops.items()}

    def lines(self, name: str) -> list[Statement]:
        """The lines of one file of the sample."""
        return [numbered.line for numbered in read_lines(self.sample / f"{name}.jsonl")]

    def record(self, visit: OpenVisit, name: str) -> None:
        """Record one file of the sample as the person whose laptop this is."""
        visit.record(*self.lines(name), name=f"the sample visit ({name})")


def set_up(out: Path, people: Sequence[NewPerson], sample: Path, *, passphrase: str, progress: Progress) -> Team:
    """An installation for everybody in `out`/homes, in place of an earlier demonstration's. Raises ReviewError."""
    clear_homes(out / "homes")
    private_files.make_folder(out / "packs")
    team = Team({}, out / "packs", sample, progress)
    for person in people:
        progress(f"Setting up the laptop of {person.code}")
        team.laptops[person.code], _ = Laptop.create(out / "homes" / person.code, passphrase)
    return team


def prepare(team: Team, visit_id: str) -> str:
    """On the lead's laptop record what the team sent and the plan of the day; write the pack; returns its phrase."""
    phrase, lines = new_phrase(), team.lines("prepare")
    with closing(team.lead.open_visit(visit_id, me=HOST)) as visit:
        visit.record(*(line for line in lines if isinstance(line, FROM_THE_HOST)), name="what the team sent")
    with closing(team.lead.open_visit(visit_id)) as visit:
        visit.record(*(line for line in lines if not isinstance(line, FROM_THE_HOST)), name="the plan of the day")
        visit.write_visit_pack(team.visit_pack, phrase)
    save_file(team.packs / "visit-phrase.txt", f"{phrase}\n".encode())
    return phrase


def work_apart(team: Team, visit_id: str, phrase: str) -> None:
    """On every laptop but the lead's, join the visit pack, record that person's work and write a return."""
    for code, laptop in team.others.items():
        team.progress(f"{code} joins the visit from the pack and works alone")
        laptop.import_pack(team.visit_pack, me=code, phrase=phrase)
        with closing(laptop.open_visit(visit_id)) as visit:
            team.record(visit, code)
            visit.write_return(team.return_of(code))


def bring_together(team: Team, visit: OpenVisit, *, then: Sequence[str] = ()) -> tuple[Receipt, ...]:
    """Join every return on the lead's laptop, open the meeting, agree, give everything back; returns the receipts.

    `then`: files that the lead records after the meeting.
    """
    team.record(visit, visit.me)
    receipts = []
    for code in team.others:
        receipts.append(_join(visit, team.return_of(code)))
        visit.laptops.certify(receipts[-1].from_.device, code)
        team.progress(
            f"{visit.me} imports the work file of {code}: {receipts[-1].entries.new} new entries. The three check "
            f"words are the same on both screens, so {visit.me} confirms the laptop"
        )
    _code(team, visit)
    meeting.open_meeting(visit)
    apart, of = receipts[-1].disagreements, len(visit.state.instrument.standards)
    team.progress(f"The meeting opens; {apart} of {of} had been rated differently. The team agrees")
    for name in ("agree", *then):
        team.record(visit, name)
    _take_answers(team, visit)
    visit.write_return(team.return_of(visit.me))
    team.progress("Every laptop imports what the others have")
    for laptop in team.others.values():
        with closing(laptop.open_visit(visit.id)) as other:
            _join(other, team.return_of(visit.me))
    return tuple(receipts)


def _take_answers(team: Team, visit: OpenVisit) -> None:
    """What the host answers to the draft, taken in on the lead's laptop on its behalf, where it answers anything."""
    if (team.sample / "answers.jsonl").is_file():
        me, visit.me = visit.me, HOST
        team.record(visit, "answers")
        visit.me = me


def _code(team: Team, visit: OpenVisit) -> None:
    """Give what was said to those who code it, each on their own laptop, and join what they saw in it."""
    coders = {code: laptop for code, laptop in team.others.items() if (team.sample / f"coding-{code}.jsonl").exists()}
    if not coders:
        return
    visit.write_return(team.return_of(visit.me))
    for code, laptop in coders.items():
        team.progress(f"{code} codes what people said, without seeing what the others see in it")
        with closing(laptop.open_visit(visit.id)) as own:
            _join(own, team.return_of(visit.me))
            team.record(own, f"coding-{code}")
            own.write_return(team.return_of(code))
        _join(visit, team.return_of(code))


def _join(visit: OpenVisit, path: Path) -> Receipt:
    """Join a file that the demonstration has just written; a refusal raises ReviewError: something here is broken."""
    receipt = visit.merge(path)
    if receipt.reason is not None:
        raise ReviewError(
            f"{path.name} was refused by the laptop of {visit.me}: {receipt.reason}",
            do="try again with an empty folder; if it happens again, tell us",
            kept="what was played so far is kept",
        )
    return receipt


def write_documents(visit: OpenVisit, out: Path) -> tuple[Path, ...]:
    """Write the draft report in every format, the action plan's sheet and the figures into `out`; returns the files."""
    from reviewapp.plan import sheet_of
    from reviewapp.report.content.build import build
    from reviewapp.report.formats import FORMATS

    status = visit.status()
    document = build(visit.state, status, today=today())
    written = {_report_name(suffix): made.render(document) for suffix, made in FORMATS.items()}
    written |= {"action-plan.xlsx": sheet_of(visit), "status.json": readable(status)}
    for name, data in written.items():
        save_file(out / name, data)
    return tuple(out / name for name in written)


def _report_name(suffix: str) -> str:
    """The figures (JSON) are not a draft to be read."""
    return f"report.{suffix}" if suffix == "json" else f"draft-report.{suffix}"


def readable(value: Any) -> bytes:
    """The value as JSON for people to read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
