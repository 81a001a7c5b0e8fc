"""The commands that open the desktop program, test the installation, or play the sample visit."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import click

from reviewapp.base.errors import ReviewError
from reviewapp.cli.common import CliContext, in_path, pass_cli_context
from reviewapp.exchange.phrase import new_phrase


def open_desktop(
    *, home: Path, visit: str | None = None, passphrase: str | None = None, file: Path | None = None
) -> None:
    """Run the desktop program and exit with its code; a `file` is opened on its page.

    Raises ReviewError where the desktop program is not installed.
    """
    _need_qt()
    # A bare checkout and the built program have no entry point; the module is there all the same.
    found = list(entry_points(group="reviewapp.desktop"))
    main = found[0].load() if found else import_module("ui.app.main").main
    raise click.exceptions.Exit(int(main(home=home, visit=visit, passphrase=passphrase, file=file) or 0))


def self_test() -> None:
    """Run the desktop program's self-test and end the process with its exit code.

    Raises ReviewError where the desktop program is not installed.
    """
    _need_qt()
    code = int(import_module("ui.app.selftest").main(click.echo))
    sys.stdout.flush()
    sys.stderr.flush()
    # At once: after a fault inside painting Qt may crash while it shuts down, and the exit code would be lost.
    os._exit(code)


def _need_qt() -> None:
    if find_spec("PySide6") is None or find_spec("ui") is None:
        raise ReviewError(
            "the desktop program cannot start: PySide6 is not installed",
            do="install PySide6-Essentials, or use the commands: reviewapp --help",
        )


def has_display() -> bool:
    """True if a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


@click.command("open")
@click.argument("file", type=in_path, required=False)
@pass_cli_context
def open_file(context: CliContext, file: Path | None) -> None:
    """Open the desktop program on the page that takes FILE: a visit pack, a work file, a receipt, a backup, a sheet."""
    open_desktop(home=context.folder, file=file)


@click.command()
@click.option("--fidelity", is_flag=True, help="Three reviews of one team on an invented scale of 8 items instead.")
@click.option("--network", is_flag=True, help="29 invented teams give their extracts to an office instead.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to put it (default: reviewapp-demo, reviewapp-demo-fidelity or reviewapp-demo-network).",
)
@click.option("--headless", is_flag=True, help="Write the documents and stop.")
@pass_cli_context
def demo(context: CliContext, fidelity: bool, network: bool, out: Path | None, headless: bool) -> None:
    """Play a sample visit through several laptops, then open the program on it.

    Without --fidelity: one peer review by the built-in standards, on four laptops. With --fidelity: a programme of
    three reviews (baseline, 6 months, 12 months) on three laptops, with criteria, a scoping day, goals and the meetings
    that follow. With --network: the extracts of 29 teams in the set of an office, and its national report. Everything
    in all three is invented.
    """
    from reviewapp.demo import play, play_fidelity, play_network

    if fidelity and network:
        raise click.UsageError("give --fidelity or --network, not both")
    kind = "-fidelity" if fidelity else "-network" if network else ""
    out = out or Path(f"reviewapp-demo{kind}")
    given = context.given_passphrase()
    passphrase = given or new_phrase()
    if given is None:
        click.echo(f"passphrase of the example laptops: {passphrase}", err=True)
    if network:
        office = play_network(out, passphrase=passphrase, progress=_print_progress)
        documents, home, visit = office.documents, office.home, ""
    else:
        result = (play_fidelity if fidelity else play)(out, passphrase=passphrase, progress=_print_progress)
        documents, home, visit = result.documents, result.lead_home, result.visit
    click.echo(f"the documents are in {out.resolve()}:")
    for path in documents:
        click.echo(f"  {path.name}")
    if headless:
        return
    if not has_display():
        click.echo("there is no display here, so the program itself was not opened", err=True)
        return
    open_desktop(home=home, visit=visit, passphrase=passphrase)


def _print_progress(text: str) -> None:
    click.echo(text, err=True)
