"""Shared by all commands: the installation, its passphrase, an open visit, options, JSON output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from reviewapp.base import files
from reviewapp.base.errors import Busy, Invalid, ReviewError
from reviewapp.base.files import reason_of, save_file
from reviewapp.base.names import as_text
from reviewapp.base.passphrases import check_new, weakness
from reviewapp.base.paths import default_home
from reviewapp.cli.streams import json_for
from reviewapp.codebooks.library import FOLDER as CODEBOOKS
from reviewapp.codebooks.library import CodebookLibrary
from reviewapp.crosswalk.library import FOLDER, CrosswalkLibrary
from reviewapp.instruments.library import Library
from reviewapp.store.damage import told_as_damage
from reviewapp.store.integrity import Check
from reviewapp.store.rescue import PlaceRefuses, ReadOnlyPlace
from reviewapp.visit.standing import Standing
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Exactly one JSON document on stdout.")
as_option = click.option("--as", "me", metavar="CODE", help="Whose words these are; on the lead's laptop also host.")
out_path = click.Path(path_type=Path, dir_okay=False, readable=False)
in_path = click.Path(path_type=Path, readable=False)  # a file that may not be read is refused, not wrong usage
visit_argument = click.argument("visit_id", metavar="VISIT")


class RootGroup(click.Group):
    """The group of all commands; an installation that a refused command began is removed again."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; then show a new recovery code, or, when it was refused, undo the passphrase it set."""
        try:
            result = super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except BaseException:
            if isinstance(ctx.obj, CliContext):
                ctx.obj.rollback_new_home()
            raise
        if isinstance(ctx.obj, CliContext):
            ctx.obj.confirm_new_home()
            ctx.obj.tell_standing()
        return result


class CliContext:
    """The folder of this laptop's data, and how to unlock it and open a visit."""

    def __init__(self, home: Path | None, passphrase_file: Path | None, recovery_file: Path | None) -> None:
        """`home` None means the platform's own folder for data."""
        self.folder = home or default_home()
        self._passphrase_file = passphrase_file
        self._recovery_file = recovery_file
        self._new_code = self._weakness = ""
        self._laptop: Laptop | None = None
        self._own_standing: tuple[Standing, str] | None = None

    @property
    def library(self) -> Library:
        """The instrument library; it holds nothing private, so no passphrase is needed."""
        return Library(self.folder / "instruments")

    @property
    def crosswalks(self) -> CrosswalkLibrary:
        """The crosswalks of this home; they hold nothing private either."""
        return CrosswalkLibrary(self.folder / FOLDER, self.library)

    @property
    def codebooks(self) -> CodebookLibrary:
        """The codebooks of this home; they hold nothing private either."""
        return CodebookLibrary(self.folder / CODEBOOKS)

    def given_passphrase(self) -> str | None:
        """The passphrase from the file or the environment, or None. Raises Invalid when the file cannot be read."""
        if self._passphrase_file is not None:
            return read_secret(self._passphrase_file)
        return os.environ.get("REVIEWAPP_PASSPHRASE")

    def passphrase(self) -> str:
        """The passphrase from the file, the environment, or a prompt. Raises Invalid where nobody can be asked."""
        given = self.given_passphrase()
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise Invalid("no passphrase was given", do="give --passphrase-file FILE or set REVIEWAPP_PASSPHRASE")
        first = not self.exists()
        typed = str(click.prompt("Passphrase", hide_input=True, err=True, confirmation_prompt=first))
        if first:
            check_new(typed)
        return typed

    def exists(self) -> bool:
        """True if a passphrase has been set here before."""
        return Laptop.exists(self.folder)

    def laptop(self, *, judged: bool = False) -> Laptop:
        """The installation, unlocked; the first use sets the passphrase, and its recovery code is shown once.

        A weak passphrase is taken, and told once the command has succeeded: at the first use, or when it is `judged`.
        """
        if self._laptop is None:
            passphrase, first = self.passphrase(), not self.exists()
            if first:
                self._laptop, self._new_code = Laptop.create(self.folder, passphrase)
            else:
                self._laptop = Laptop.open(self.folder, passphrase)
            self.note(self._laptop.home.told)
            if first or judged:
                self._weakness = weakness(passphrase)
        return self._laptop

    def confirm_new_home(self) -> None:
        """After a successful command: show or write the recovery code of a passphrase it set; tell of a weak one."""
        if self._new_code:
            self.hand_out(self._new_code)
        if self._weakness:
            change = "choose a stronger one with: passphrase change"
            click.echo(f"warning: the passphrase of this laptop is weak: {self._weakness}; {change}", err=True)

    def tell_standing(self) -> None:
        """After a successful command: say that this laptop shows its own words and that they count nowhere, if so."""
        if self._own_standing is not None and self._own_standing[0].apart_from is not None:
            why = self._own_standing[0].in_words(self._own_standing[1])
            shown = "what this laptop recorded is shown on it only, and is not counted (visit laptops)"
            click.echo(f"note: {why}: {shown}", err=True)

    def hand_out(self, code: str) -> None:
        """Show a new recovery code on stderr, or write it to the file that was named for it."""
        if self._recovery_file is not None:
            save_file(self._recovery_file, f"{code}\n".encode())
        else:
            click.echo(f"Recovery code (print it and keep it apart from this laptop): {code}", err=True)

    @staticmethod
    def note(words: str) -> None:
        """Say on stderr what was wrong with the key file and was put right; nothing when all was well."""
        if words:
            click.echo(f"note: {words}", err=True)

    def rollback_new_home(self) -> None:
        """After a refused command: remove an installation that it began, so that no passphrase was set either."""
        if self._new_code:
            Laptop.forget_unused(self.folder)

    @contextmanager
    def open_visit(
        self,
        visit_id: str,
        *,
        me: str | None = None,
        read_only: bool = False,
        patient: bool = True,
        rescues: bool = False,
    ) -> Iterator[OpenVisit]:
        """An open visit, closed at the end of the block whatever happens; after a change, a wrong clock is told.

        Where another program has it, that is often a command that ends in a moment: `patient` waits a second for it.
        `rescues`: the command gets work away, so it is opened for reading where the disk takes no write.
        """
        with told_as_damage(visit_id):
            try:
                visit = self._opened(visit_id, me, read_only=read_only, tries=files.TRIES if patient else 0)
            except (ReadOnlyPlace, PlaceRefuses):
                if not rescues:
                    raise
                visit = self.laptop().open_visit(visit_id, me=me, read_only=True)
            try:
                warning = "" if visit.read_only else visit.here.clock_warning()
                yield visit
                _tell_rescued(visit)
                self._own_standing = (visit.laptops.own_standing, visit.me)
            finally:
                visit.close()
        if warning:
            click.echo(f"warning: {warning}", err=True)

    def _opened(self, visit_id: str, me: str | None, *, read_only: bool, tries: int) -> OpenVisit:
        for _try in range(tries):
            try:
                return self.laptop().open_visit(visit_id, me=me, read_only=read_only)
            except ReadOnlyPlace:
                raise
            except Busy:
                files.pause(files.TRY_AGAIN_AFTER)
        return self.laptop().open_visit(visit_id, me=me, read_only=read_only)

    def warn_of_clock(self, visit_id: str) -> None:
        """Say on stderr that this laptop's clock is or may be wrong, once a visit was made or taken."""
        with self.open_visit(visit_id, read_only=True) as visit:
            warning = visit.here.clock_warning()
        if warning:
            click.echo(f"warning: {warning}", err=True)


def _tell_rescued(visit: OpenVisit) -> None:
    """Say on stderr what could not be written down, or is not in the file, because the disk takes no write."""
    if visit.written.left_out:
        click.echo(
            f"note: {visit.written.left_out} texts that were being typed are not in it: the disk takes no write",
            err=True,
        )
    if visit.written.not_noted:
        names = ", ".join(path.name for path in visit.written.not_noted)
        click.echo(f"note: the disk takes no write, so a withdrawal or purge will not list {names}", err=True)


_LONGEST_SECRET = 10_000
pass_cli_context = click.make_pass_decorator(CliContext)


def read_secret(path: Path) -> str:
    """The first line of a small file, without its line end. Raises Invalid when it is empty or cannot be read."""
    try:
        with path.open("rb") as stream:  # a shell may give the words by a pipe
            data = stream.read(_LONGEST_SECRET + 1)
        if len(data) > _LONGEST_SECRET:
            raise Invalid(f"{path} is too large", do="give a file with one line")
        # PowerShell writes UTF-16 into what is piped to a file.
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        lines = data.decode("utf-16" if wide else "utf-8-sig").splitlines()
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {reason_of(error)}", do="check the name and the place") from error
    except UnicodeDecodeError as error:
        raise Invalid(f"{path} is not text in UTF-8", do="save it again with the encoding UTF-8") from error
    if not lines or not lines[0]:
        raise Invalid(f"{path} is empty", do="put the words in its first line")
    return lines[0]


def print_json(value: Any) -> None:
    """Print one indented JSON document to stdout, names that are no text as far as they can be written."""
    try:
        made = msgspec.json.encode(value)
    except UnicodeEncodeError:
        made = msgspec.json.encode(_in_text(msgspec.to_builtins(value)))
    click.echo(json_for(sys.stdout, msgspec.json.format(made, indent=2).decode()))


def _in_text(value: Any) -> Any:
    """The value with every text of it such as a document can hold."""
    if isinstance(value, dict):
        return {_in_text(name): _in_text(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_in_text(one) for one in value]
    return as_text(value) if isinstance(value, str) else value


def existing(path: Path) -> Path:
    """The path itself, when there is a file. Raises ReviewError otherwise."""
    if not path.is_file():
        raise ReviewError(f"there is no file {path}", do="check the name and the place")
    return path


def print_checks(checks: Iterable[Check], *, as_json: bool) -> None:
    """Print the result of each check of a visit or a set, as lines or as one document."""
    found = list(checks)
    if as_json:
        print_json({"ok": all(check.ok for check in found), "checks": found})
        return
    for check in found:
        click.echo(f"{'well' if check.ok else 'NOT WELL'}: {check.what}{f'; {check.do}' if check.do else ''}")
