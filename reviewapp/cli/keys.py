"""`passphrase`: changing it, renewing the recovery code, and recovering with the printed code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from reviewapp.base.errors import Invalid
from reviewapp.cli.common import CliContext, in_path, pass_cli_context, read_secret
from reviewapp.workspace.laptop import Laptop


@click.group()
def passphrase() -> None:
    """The passphrase of this installation."""


@passphrase.command()
@click.option("--new-passphrase-file", type=in_path, help="First line: the new passphrase.")
@pass_cli_context
def change(context: CliContext, new_passphrase_file: Path | None) -> None:
    """Change the passphrase; the recovery code stays valid."""
    if not context.exists():
        raise Invalid("no passphrase has been set here yet", do="use the program once, then change it")
    old = context.passphrase()
    laptop = context.laptop()
    laptop.change_passphrase(old, _new(new_passphrase_file, "REVIEWAPP_NEW_PASSPHRASE"))
    click.echo("the passphrase is changed; the recovery code stays as it is", err=True)


@passphrase.command("new-code")
@pass_cli_context
def new_code(context: CliContext) -> None:
    """Print a new recovery code; the old one opens nothing from then on."""
    click.echo(context.laptop().renew_recovery_code(context.passphrase()))


@passphrase.command()
@click.option("--code-file", type=in_path, required=True, help="First line: the recovery code.")
@click.option("--new-passphrase-file", type=in_path, help="First line: the new passphrase.")
@pass_cli_context
def recover(context: CliContext, code_file: Path, new_passphrase_file: Path | None) -> None:
    """Set a new passphrase with the printed recovery code."""
    new = read_secret(new_passphrase_file) if new_passphrase_file else context.given_passphrase() or _new(None, "")
    Laptop.recover(context.folder, read_secret(code_file), new)
    click.echo("the new passphrase is set; the recovery code stays as it is", err=True)


def _new(path: Path | None, variable: str) -> str:
    if path is not None:
        return read_secret(path)
    if os.environ.get(variable):
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise Invalid("no new passphrase was given", do="give --new-passphrase-file FILE")
    return str(click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True))
