"""The sample visit, played as on four laptops: prepare, record apart, join, agree, write the documents.

Every step uses the same functions as a real visit, so the demonstration is also the program's longest check.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base import private_files
from reviewapp.base.dates import today
from reviewapp.base.errors import ReviewError
from reviewapp.base.files import save_file
from reviewapp.base.paths import resource
from reviewapp.exchange.phrase import new_phrase
from reviewapp.exchange.returns import Receipt
from reviewapp.visit.jsonl import read_lines
from reviewapp.visit.rules import HOST
from reviewapp.visit.statements import Context, SelfReview, Statement, Survey
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit

MARKER = "made-by-the-demo.json"
"""In `homes`: marks that the sample was played here and under which visit, so that playing again may clear it."""

FROM_THE_HOST = (SelfReview, Survey, Context)
"""Statements by the team under review; the lead's laptop only records them on its behalf."""

Progress = Callable[[str], None]


class DemoResult(msgspec.Struct, frozen=True, kw_only=True):
    """The sample as played. `homes` is each person's installation, `receipts` those of the lead's laptop."""

    visit: str
    lead_home: Path
    homes: dict[str, Path]
    documents: tuple[Path, ...]
    receipts: tuple[Receipt, ...]


class _Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of the marker file; `visit` is empty until the lead has created it."""

    visit: str = ""


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
    sample = msgspec.convert(tomllib.loads(_file("visit.toml").read_text(encoding="utf-8")), _Sample)
    _clear(out / "homes")
    private_files.make_folder(out / "packs")
    team = _Team({}, out / "packs", progress)
    for person in sample.people:
        progress(f"Setting up the laptop of {person.code}")
        team.laptops[person.code], _ = Laptop.create(out / "homes" / person.code, passphrase)
    visit_id, phrase = _prepare(team, sample, out / "homes")
    _work_apart(team, visit_id, phrase)
    with closing(team.lead.open_visit(visit_id)) as visit:
        receipts = _bring_together(team, visit)
        written: tuple[Path, ...] = ()
        if documents:
            progress("Writing the draft report, the action plan and the figures")
            written = _write_documents(visit, out)
    homes = {code: laptop.home.folder for code, laptop in team.laptops.items()}
    return DemoResult(
        visit=visit_id, lead_home=team.lead.home.folder, homes=homes, documents=written, receipts=receipts
    )


class _Team(msgspec.Struct, frozen=True):
    """The laptops by person's code, the lead's first, and the folder that stands for the stick passed between them."""

    laptops: dict[str, Laptop]
    packs: Path
    progress: Progress

    @property
    def lead(self) -> Laptop:
        return next(iter(self.laptops.values()))

    @property
    def others(self) -> dict[str, Laptop]:
        return dict(list(self.laptops.items())[1:])

    @property
    def visit_pack(self) -> Path:
        return self.packs / "visit-pack.rvpack"

    def return_of(self, code: str) -> Path:
        return self.packs / f"return-{code}.rvreturn"


def _file(name: str) -> Path:
    return resource("sample", name)


def _record(visit: OpenVisit, name: str) -> None:
    visit.record(*_lines(name), name=f"the sample visit ({name})")


def _lines(name: str) -> list[Statement]:
    return [numbered.line for numbered in read_lines(_file(name))]


def _prepare(team: _Team, sample: _Sample, homes: Path) -> tuple[str, str]:
    """Create the visit on the lead's laptop with the team's sheets and the timetable; returns its id and phrase."""
    team.progress("The lead prepares the visit: self-review, surveys, timetable, who asks what")
    visit_id, phrase = team.lead.new_visit(**msgspec.structs.asdict(sample)), new_phrase()
    save_file(homes / MARKER, msgspec.json.encode(_Marker(visit_id)))
    lines = _lines("prepare.jsonl")
    with closing(team.lead.open_visit(visit_id, me=HOST)) as visit:
        visit.record(*(line for line in lines if isinstance(line, FROM_THE_HOST)), name="what the team sent")
    with closing(team.lead.open_visit(visit_id)) as visit:
        visit.record(*(line for line in lines if not isinstance(line, FROM_THE_HOST)), name="the plan of the day")
        visit.write_visit_pack(team.visit_pack, phrase)
    save_file(team.packs / "visit-phrase.txt", f"{phrase}\n".encode())
    return visit_id, phrase


def _work_apart(team: _Team, visit_id: str, phrase: str) -> None:
    """On every laptop but the lead's, join the visit pack, record that person's work and write a return."""
    for code, laptop in team.others.items():
        team.progress(f"{code} takes the visit pack and works alone")
        laptop.import_pack(team.visit_pack, me=code, phrase=phrase)
        with closing(laptop.open_visit(visit_id)) as visit:
            _record(visit, f"{code}.jsonl")
            visit.write_return(team.return_of(code))


def _bring_together(team: _Team, visit: OpenVisit) -> tuple[Receipt, ...]:
    """Join every return on the lead's laptop, open the meeting, agree, give everything back; returns the receipts."""
    _record(visit, f"{visit.me}.jsonl")
    receipts = []
    for code in team.others:
        receipts.append(_join(visit, team.return_of(code)))
        device = receipts[-1].from_.device
        visit.laptops.certify(device, code)
        team.progress(
            f"{visit.me} takes in the return of {code}: {receipts[-1].entries.new} new entries. The three words are "
            f"the same on both screens, so {visit.me} certifies the laptop"
        )
    meeting.open_meeting(visit)
    team.progress(
        f"The meeting opens; {receipts[-1].disagreements} standards had been rated differently. The team agrees"
    )
    _record(visit, "agree.jsonl")
    visit.write_return(team.return_of(visit.me))
    team.progress("Every laptop takes what the others hold")
    for laptop in team.others.values():
        with closing(laptop.open_visit(visit.id)) as other:
            _join(other, team.return_of(visit.me))
    return tuple(receipts)


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


def _write_documents(visit: OpenVisit, out: Path) -> tuple[Path, ...]:
    from reviewapp.plan import sheet_of
    from reviewapp.report.content.build import build
    from reviewapp.report.formats import FORMATS

    status = visit.status()
    document = build(visit.state, status, today=today())
    written = {_report_name(suffix): made.render(document) for suffix, made in FORMATS.items()}
    written |= {"action-plan.xlsx": sheet_of(visit), "status.json": _readable(status)}
    for name, data in written.items():
        save_file(out / name, data)
    return tuple(out / name for name in written)


def _report_name(suffix: str) -> str:
    """The figures (JSON) are not a draft to be read."""
    return f"report.{suffix}" if suffix == "json" else f"draft-report.{suffix}"


def _readable(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _clear(homes: Path) -> None:
    """Make an empty `homes`; an earlier demonstration's is deleted, any other content stays and raises ReviewError."""
    if homes.exists() or homes.is_symlink():
        _check_ours(homes)
        shutil.rmtree(homes)
    private_files.make_folder(homes, exist_ok=False)
    save_file(homes / MARKER, msgspec.json.encode(_Marker()))


def _check_ours(homes: Path) -> None:
    do = "choose another folder with --out, or move this one away first"
    try:
        marker = msgspec.json.decode((homes / MARKER).read_bytes(), type=_Marker)
    except (OSError, msgspec.DecodeError) as error:
        raise ReviewError(f"{homes} was not made by the demonstration", do=do) from error
    added = sorted(folder for folder in homes.glob("*/visits/*") if folder.name != marker.visit)
    if homes.is_symlink() or added:
        what = f"holds another visit besides the sample ({added[0].name})" if added else "is a link to another place"
        raise ReviewError(f"{homes} {what}", do=do)
