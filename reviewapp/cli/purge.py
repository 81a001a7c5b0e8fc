"""`visit receipt` and `visit purge`: what the lead has, and destroying a visit on this laptop."""

from __future__ import annotations

from pathlib import Path

import click

from reviewapp.base.i18n import plural
from reviewapp.cli.common import CliContext, out_path, pass_cli_context, visit_argument
from reviewapp.cli.output import entries


@click.command()
@visit_argument
@click.argument("file", type=out_path)
@pass_cli_context
def receipt(context: CliContext, visit_id: str, file: Path) -> None:
    """Write a receipt: which work the lead has; the others import it with `visit merge`."""
    with context.open_visit(visit_id, rescues=True) as visit:
        visit.write_receipt(file)
    click.echo(f"saved {file}", err=True)


@click.command()
@visit_argument
@click.option("--force", is_flag=True, help="Also destroy work that has no receipt from the lead.")
@click.option("--certificate", type=out_path, required=True, help="Written as .json and .pdf before anything goes.")
@pass_cli_context
def purge(context: CliContext, visit_id: str, force: bool, certificate: Path) -> None:
    """Destroy the visit on this laptop: its key, its store, its backups."""
    from reviewapp.workspace.purge import purge as destroy

    written = destroy(context.laptop(), visit_id, certificate=certificate, force=force)
    what = "a visit that did not open" if written.entries is None else entries(written.entries)
    click.echo(f"destroyed {what} in {plural('{n} file', '{n} files', len(written.files))}", err=True)
    if written.left:
        click.echo(
            "its key is gone; not deleted yet, as another program has them open (close it; they go next time):",
            err=True,
        )
    for path in written.left:
        click.echo(f"  {path}", err=True)
    for path in written.may_survive:
        click.echo(f"may still exist: {path}", err=True)
    click.echo(written.not_promised, err=True)
