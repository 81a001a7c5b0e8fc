"""`visit extract`: what leaves a visit for its network, and the notice of what was taken back since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from reviewapp.cli.common import (
    CliContext,
    in_path,
    json_option,
    out_path,
    pass_cli_context,
    print_json,
    visit_argument,
)
from reviewapp.workspace.open_visit import OpenVisit

if TYPE_CHECKING:
    from reviewapp.national.giving import Prepared
    from reviewapp.national.network_key import NetworkKey


@click.command("extract")
@visit_argument
@click.argument("file", type=out_path, required=False)
@click.option("--team", metavar="CODE", default="", help="The code by which the office knows the team; remembered.")
@click.option(
    "--for", "key_file", type=in_path, metavar="KEYFILE", help="The network's key file; without it, for this home only."
)
@click.option("--draft", is_flag=True, help="Send it as a draft, before the decision.")
@click.option("--cycle", metavar="C", default="", help="The cycle it belongs to; otherwise the year of the review.")
@click.option("--notice", is_flag=True, help="Tell the network which quotes were withdrawn, and nothing else.")
@click.option("--preview", is_flag=True, help="Show everything that would leave; write nothing.")
@json_option
@pass_cli_context
def extract_command(
    context: CliContext,
    visit_id: str,
    file: Path | None,
    team: str,
    key_file: Path | None,
    draft: bool,
    cycle: str,
    notice: bool,
    preview: bool,
    as_json: bool,
) -> None:
    """Write what leaves a visit for its network, signed, and encrypted with the network's key."""
    if file is None and not preview:
        raise click.UsageError("give the FILE to write, or --preview")
    if notice and (team or cycle or draft):
        raise click.UsageError("a notice takes no --team, --cycle or --draft")
    from reviewapp.national.network_key import of_home, read_network_key

    network = read_network_key(key_file) if key_file is not None else of_home(context.laptop().home.key)
    with context.open_visit(visit_id, read_only=preview) as visit:
        if notice:
            _notice(visit, file if not preview else None, network, as_json=as_json)
        else:
            _extract(visit, file if not preview else None, network, (team, cycle, draft), as_json=as_json)


def _extract(
    visit: OpenVisit, file: Path | None, network: NetworkKey, chosen: tuple[str, str, bool], *, as_json: bool
) -> None:
    """Show what leaves, and write it unless `file` is None; `chosen`: team, cycle, draft."""
    from reviewapp.national.extract import Choices
    from reviewapp.national.giving import prepare_extract, save_extract
    from reviewapp.national.preview import in_lines, preview

    team, cycle, draft = chosen
    prepared = prepare_extract(visit, Choices(team=team, cycle=cycle, status="draft" if draft else "final"), network)
    if file is not None:
        save_extract(visit, file, prepared)
    if as_json:
        print_json(as_printed(prepared, file))
        return
    if file is None:
        for line in in_lines(preview(prepared)):
            click.echo(line)
        return
    extract = prepared.extract
    for told in prepared.told:
        click.echo(f"note: {told}", err=True)
    quotes, practice = len(extract.quotes), len(extract.practice)
    stay = sum(len(keys) for keys in prepared.extracted.staying.quotes.values())
    click.echo(
        f"saved {file} ({extract.status}, team {extract.team}, revision {extract.revision}; for {network.name}): "
        f"quotes {quotes}, {stay} stay here; examples of practice {practice} (see all of it with --preview)",
        err=True,
    )


def _notice(visit: OpenVisit, file: Path | None, network: NetworkKey, *, as_json: bool) -> None:
    from reviewapp.national.giving import notice_of, save_notice
    from reviewapp.national.preview import notice_in_lines

    notice = notice_of(visit) if file is None else save_notice(visit, file, network)
    if as_json:
        records, hidden = (notice.records, notice.hidden) if notice is not None else ((), ())
        print_json({"file": file and str(file), "visit": visit.id, "records": records, "hidden": hidden})
        return
    for line in notice_in_lines(notice) if notice is not None else ["nothing was withdrawn"]:
        click.echo(line, err=file is not None)
    if file is not None:
        click.echo(f"saved {file}, for {network.name}", err=True)


def as_printed(prepared: Prepared, file: Path | None) -> dict[str, Any]:
    """The document of `visit extract --json`: what was written, all that is in it, and what stays."""
    network = prepared.network
    return {
        "file": file and str(file),
        "network": {"name": network.name, "set": network.set_id, "words": network.words},
        "extract": msgspec.to_builtins(prepared.extract),
        "stays": msgspec.to_builtins(prepared.extracted.staying),
        "told": prepared.told,
    }
