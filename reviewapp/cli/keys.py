"""`passphrase`: changing it, renewing the recovery code, recovering with the printed code, a lost key file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from reviewapp.base.errors import Invalid
from reviewapp.base.passphrases import check_new
from reviewapp.cli.common import CliContext, existing, in_path, pass_cli_context, read_secret
from reviewapp.workspace.laptop import Laptop


@click.group()
def passphrase() -> None:
    """The passphrase of this installation."""


@passphrase.command()
@click.option("--new-passphrase-file", type=in_path, help="First line: the new passphrase.")
@pass_cli_context
def change(context: CliContext, new_passphrase_file: Path | None) -> None:
    """Change the passphrase; the old one no longer opens anything, the recovery code stays valid."""
    _check_set_up(context)
    old = context.passphrase()
    laptop, new = context.laptop(), _new(new_passphrase_file, "REVIEWAPP_NEW_PASSPHRASE")
    check_new(new)
    code = laptop.change_passphrase(old, new, told=_tell)
    if not code:
        click.echo("the passphrase is changed; the recovery code stays as it is", err=True)
        return
    click.echo("the passphrase is changed; this laptop's key file is from before, so the recovery code is new too",
               err=True)  # fmt: skip
    context.hand_out(code)


@passphrase.command("new-code")
@pass_cli_context
def new_code(context: CliContext) -> None:
    """Print a new recovery code; the old one no longer opens anything."""
    _check_set_up(context)
    click.echo(context.laptop().renew_recovery_code(context.passphrase(), told=_tell))


@passphrase.command()
@click.option("--code-file", type=in_path, required=True, help="First line: the recovery code.")
@click.option("--new-passphrase-file", type=in_path, help="First line: the new passphrase.")
@pass_cli_context
def recover(context: CliContext, code_file: Path, new_passphrase_file: Path | None) -> None:
    """Set a new passphrase with the printed recovery code; the forgotten one no longer opens anything."""
    new = read_secret(new_passphrase_file) if new_passphrase_file else context.given_passphrase() or _new(None, "")
    check_new(new)
    laptop = Laptop.recover(context.folder, read_secret(code_file), new, told=_tell)
    context.note(laptop.home.told)
    click.echo("the new passphrase is set; the recovery code stays as it is", err=True)


@passphrase.command()
@click.argument("file", type=in_path)
@pass_cli_context
def repair(context: CliContext, file: Path) -> None:
    """Restore a lost or damaged key file from a backup of this laptop, with the passphrase or code of that backup."""
    _check_set_up(context)
    Laptop.repair(context.folder, existing(file), context.passphrase())
    click.echo("home.json is restored; the passphrase and the recovery code are those of that backup", err=True)


def _check_set_up(context: CliContext) -> None:
    if not context.exists():
        raise Invalid("no passphrase has been set here yet", do="use the program once, then change it")


def _tell(number: int, of: int) -> None:
    if of > 1 and sys.stderr.isatty():
        click.echo(f"new keys for visit {number} of {of}", err=True)


def _new(path: Path | None, variable: str) -> str:
    if path is not None:
        return read_secret(path)
    if os.environ.get(variable):
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise Invalid("no new passphrase was given", do="give --new-passphrase-file FILE")
    return str(click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True))
