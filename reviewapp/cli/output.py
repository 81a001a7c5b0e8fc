"""The text that commands print for people; `--json` output, for scripts, is printed by the commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import click

from reviewapp.base.i18n import plural
from reviewapp.exchange.parts import in_words
from reviewapp.exchange.returns import Receipt
from reviewapp.figures.ratings import REVIEWED
from reviewapp.visit import hiding
from reviewapp.visit.entities import ASK_WITHDRAW, SHOW_AGAIN, WITHDRAW
from reviewapp.workspace.laptop import VisitSummary
from reviewapp.workspace.open_visit import OpenVisit

NOT_ENCRYPTED = "not encrypted: anyone who has it can read it"


def tell_saved(*paths: Path, sealed: tuple[Path, ...] = ()) -> None:
    """Say which documents were saved, and once that they are not encrypted, but for those that are `sealed`."""
    for path in paths:
        click.echo(f"saved {path}", err=True)
    plain = [path for path in paths if path not in sealed]
    if plain and len(plain) == len(paths):
        click.echo(f"note: {NOT_ENCRYPTED}", err=True)
    elif plain:
        click.echo(f"note: {', '.join(path.name for path in plain)}: {NOT_ENCRYPTED}", err=True)


def summary(one: VisitSummary) -> dict[str, Any]:
    """A visit as `visits --json` lists it."""
    value = {
        "id": one.id, "service": one.service, "organisation": one.organisation, "date": one.date, "as": one.me,
        "last_change": one.last_change,
    }  # fmt: skip
    extra = {"problem": one.problem, "clock": one.clock}
    return value | {name: words for name, words in extra.items() if words}


def summary_line(one: VisitSummary) -> str:
    """A visit as `visits` lists it for people."""
    if one.problem:
        return f"{one.id}  cannot be opened: {one.problem}"
    changed = f"; last change {one.last_change}{f', {one.clock}' if one.clock else ''}" if one.last_change else ""
    return f"{one.id}  {one.date}  {one.service} (as {one.me}){changed}"


def saved(written: Sequence[Path]) -> str:
    """That a file was saved, or several because one would be too large; they lie side by side."""
    first, *others = written
    if not others:
        return f"saved {first}"
    names = ", ".join(one.name for one in others)
    return f"saved {first} and {names}: too large for one file, so {len(written)} go together, in any order"


def receipt(one: Receipt) -> str:
    """The receipt of a joined file in one line."""
    counts = one.entries
    return (
        f"{one.file}: from {one.from_.person}: {entries(counts.in_)}, {counts.new} new, "
        f"{counts.already_here} already here; {_open_matters(one.disagreements, len(one.conflicts))}"
    )


def entries(many: int) -> str:
    """A number of entries, in words."""
    return plural("{n} entry", "{n} entries", many)


def _open_matters(disagreements: int, conflicts: int) -> str:
    differ = plural("{n} disagreement", "{n} disagreements", disagreements)
    return f"{differ}, {plural('{n} with two versions', '{n} with two versions', conflicts)}"


def parts(receipts: Iterable[Receipt]) -> Iterator[str]:
    """Of files that were one of several what is not joined yet, as the last of them found it."""
    last = {one.part.files: one for one in receipts if one.part is not None}
    for one in last.values():
        if one.part is not None and one.part.missing:
            yield f"{one.file}: {in_words(one.part.number, one.part.of, one.part.missing)}"


def copied(one: Receipt) -> Iterator[str]:
    """The laptops of which a file brought to light that a copy of them has recorded too, a line each."""
    for fork in one.forks:
        if fork.own:
            told = f"another copy of this laptop has recorded too, from its entry {fork.first} on"
            after = "this one continues under a new key" + (", and both count" if fork.branches else "")
            yield f"{told}: {after} (visit laptops)"
        else:
            told = f"{fork.code}'s laptop {fork.device[:8]} was copied, and {len(fork.branches)} copies recorded"
            yield f"{told} from entry {fork.first} on: all count; where they differ there are two versions"


def apart(one: Receipt) -> Iterator[str]:
    """What of a file counts for nothing or was not taken, a line a laptop and reason."""
    for part in one.apart:
        yield plural(
            "{n} entry of {laptop} is kept but not counted: {why} (visit laptops)",
            "{n} entries of {laptop} are kept but not counted: {why} (visit laptops)",
            part.entries,
            laptop=f"{part.code}'s laptop {part.device[:8]}",
            why=part.why,
        )
    for refused in one.refused_parts:
        if refused.device != one.from_.device:  # else it is the reason
            yield plural(
                "{n} entry of {laptop} was not added: {why}; everyone else's were",
                "{n} entries of {laptop} were not added: {why}; everyone else's were",
                refused.entries,
                laptop=f"{refused.code}'s laptop {refused.device[:8]}",
                why=refused.why,
            )


def status(value: dict[str, Any]) -> Iterator[str]:
    """The state of a visit as a few lines of text."""
    visit = value["visit"]
    yield f"{visit['service']}, {visit['organisation']}, {visit['date']} ({visit['kind']})"
    for code, progress in value["progress"]["people"].items():
        yield f"  {code}: {progress['rated']} of {progress['of']} rated"
    for group, progress in value["progress"]["interviews"].items():
        yield f"  interviews, {group.replace('_', ' ')}: {progress['done']} of {progress['target']}"
    notes = value["progress"]["case_notes"]
    yield f"  case notes: {notes['done']} of {notes['target']}"
    yield from _figures(value["figures"])
    yield from _forecast(value["forecast"], value["figures"]["basis"])
    yield f"  {_open_matters(len(value['disagreements']), len(value['conflicts']))}"
    differ = len(value["figures"].get("criterion_disagreements", []))
    if differ:
        yield f"  {plural('{n} criterion', '{n} criteria', differ)} on which reviewers differ"
    if value["late"] or value["late_criteria"]:
        yield f"  {late([*value['late'], *value['late_criteria']])}"
    for one in value["hidden"]:
        yield f"  {hidden(one)}"
    if "also" in value:
        yield from _second(value["also"])


def waiting(receipts: Sequence[Receipt]) -> Iterator[str]:
    """What waits for somebody once these files are joined, as the newest receipt says."""
    newest = next((one for one in reversed(receipts) if one.reason is None), None)
    if newest is not None and newest.late:
        yield late(newest.late)
    for one in newest.hidden if newest is not None else ():
        yield hidden(one)


def hidden(one: dict[str, Any]) -> str:
    """What waits for its author or the lead, because a laptop asked for it to be withdrawn."""
    entity, _, key = one["record"].partition("/")
    return (
        f"hidden: {entity} {key}, because {one['asked_by']}'s laptop {one['device'][:8]} asked to withdraw it;"
        f" {one['author']} or the lead decides (visit withdraw, visit show-again)"
    )


def _second(also: dict[str, Any]) -> Iterator[str]:
    """The second instrument of a visit, apart from the first."""
    yield f"also by {also['title']}, {also['edition']}:"
    for code, progress in also["progress"]["people"].items():
        yield f"  {code}: {progress['rated']} of {progress['of']} rated"
    yield from _figures(also["figures"])
    yield f"  {len(also['disagreements'])} disagreements, {len(also['untested'])} untested"
    if also["late"] or also["late_criteria"]:
        yield f"  {late([*also['late'], *also['late_criteria']])}"


def late(keys: list[str]) -> str:
    """Which ratings and findings wait for the lead since the meeting was opened; `keys` are theirs, at least one."""
    what = "finding" if all(key.count("/") > 2 for key in keys) else "rating"
    came, wait = (f"1 {what}", "waits") if len(keys) == 1 else (f"{len(keys)} {what}s", "wait")
    return (
        f"{came} arrived after the meeting was opened and {wait} for the lead (visit meeting accept-late): "
        + ", ".join(keys)
    )


def taken_back(visit: OpenVisit, entity: str, key: str) -> Iterator[str]:
    """Who withdrew a record, asked for it to be withdrawn, or showed it again, in the order of their times."""
    name = f"{entity}/{key}"
    said = {WITHDRAW: "withdrew it", ASK_WITHDRAW: "asked to withdraw it", SHOW_AGAIN: "showed it again"}
    items = [(one.at, one, words) for kind, words in said.items() for one in visit.history(kind, name)]
    for at, one, words in sorted(items, key=itemgetter(0)):
        if one.field == "reason":
            yield f"{at}  {one.person}'s laptop {one.device[:8]} {words}: {one.value}"
    if (waiting := visit.state.hidden.get(name)) is not None:
        yield hiding.in_words(waiting.asker, waiting.person, visit.state.people)


def _figures(figures: dict[str, Any]) -> Iterator[str]:
    """The counts by type, or the scores on a scored scale; said to be the team's own while they are."""
    if figures["basis"] == "self_review":
        yield "  no reviewer has rated anything yet; the team's own ratings:"
    score = figures["score"]
    if score is None:
        for name, counts in figures["by_type"].items():
            yield (
                f"  type {name}: {counts['met']} met, {counts['not_met']} not met, {counts['na']} not applicable, "
                f"{counts['unrated']} unrated"
            )
        for number, points in figures.get("points", {}).items():
            yield f"    {number}: {points['met']} of {points['of']} points{_open(points['not_established'])}"
        return
    for name, points in score["by_section"].items():
        mean = "none scored" if points["mean"] is None else f"mean {points['mean']:.2f}"
        yield f"  {name}: {points['rated']} of {points['of']} scored, total {points['total']}, {mean}"
    band = f", {score['band']}" if score["band"] else ""
    open_ = f", from {score['lowest']} to {score['highest']}" if score["lowest"] != score["highest"] else ""
    yield f"  total score {score['total']}, {score['rated']} of {score['of']} scored{open_}{band}"
    if norm := figures.get("norm"):
        total = norm["total"]
        yield (
            f"  beside it: {norm['title']}, median {total['median']}, half of them from {total['lower_quartile']} to "
            f"{total['upper_quartile']}, all from {total['lowest']} to {total['highest']}"
        )
    yield from _items(figures["items"])


def _items(items: dict[str, Any]) -> Iterator[str]:
    """Of items with criteria: how far they are established, and where a score was given beside the derived one."""
    for number, item in items.items():
        if not item["criteria"]:
            continue
        verdicts = list(item["criteria"].values())
        score = item["score"] if item["score"] is not None else f"{item['lowest']} to {item['highest']}"
        told = [f"{verdicts.count('met')} of {len(verdicts)} criteria met"]
        open_ = [letter for letter, verdict in item["criteria"].items() if verdict == "not_established"]
        if open_:
            told.append(f"not established: {', '.join(open_)}")
        if item["differs"]:
            low, high = item["derived_lowest"], item["derived_highest"]
            told.append(f"given {item['given']}, the criteria give {low if low == high else f'{low} to {high}'}")
            told.append("; ".join(item["reasons"].values()) or "no reason given")
        yield f"    {number}: {score} ({'; '.join(told)}){_lift(item)}"


def _lift(item: dict[str, Any]) -> str:
    """What would raise the score that the criteria give."""
    lift = item["lift"]
    if lift is None:
        return ""
    sets = lift["sets"]
    if lift["any_of"]:
        letters, need = lift["any_of"], lift["need"]
        what = " and ".join(letters) if need == len(letters) else f"any {need} of {', '.join(letters)}"
    else:
        what = ", or ".join(" and ".join(one) for one in sets[:3]) + (f" ({len(sets)} ways)" if len(sets) > 3 else "")
    return f"; {lift['score']} with {what}"


def _open(many: int) -> str:
    return f", {many} not established" if many else ""


def _forecast(forecast: dict[str, Any], basis: str | None) -> Iterator[str]:
    """The outcome with what it rests on; nothing before a reviewer has rated."""
    if basis not in REVIEWED:
        yield f"  forecast ({forecast['scope']}): none before a reviewer has rated"
    else:
        yield f"  forecast ({forecast['scope']}): {forecast['outcome'].replace('_', ' ')}, on the review's ratings"
