"""The command line: the same core as the desktop program, for scripts and checks; its words are a contract."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import click

from reviewapp import __version__
from reviewapp.base.errors import ReviewError
from reviewapp.cli import (
    benchmarks,
    codebooks,
    crosswalks,
    day,
    documents,
    examples,
    extract,
    find,
    forms,
    instruments,
    intake,
    keys,
    laptops,
    lens,
    meeting,
    national,
    national_figures,
    national_report,
    paperwork,
    plan,
    purge,
    rounds,
    take_over,
    themes,
    visits,
)
from reviewapp.cli.common import CliContext, RootGroup, in_path
from reviewapp.cli.desktop import demo, open_desktop, open_file, self_test
from reviewapp.cli.streams import prepare_streams
from reviewapp.store.damage import trouble_of


@click.group(cls=RootGroup, invoke_without_command=True)
@click.option("--home", type=in_path, envvar="REVIEWAPP_HOME", help="The folder of this laptop's data.")
@click.option("--passphrase-file", type=in_path, help="First line: the passphrase.")
@click.option("--recovery-file", type=in_path, help="Where a new recovery code is written.")
@click.option(
    "--self-test", "try_itself", is_flag=True, help="Try this installation in a scratch folder and say how it went."
)
@click.version_option(__version__, prog_name="reviewapp")
@click.pass_context
def cli(
    context: click.Context,
    home: Path | None,
    passphrase_file: Path | None,
    recovery_file: Path | None,
    try_itself: bool,
) -> None:
    """Peer review visits, offline. Without a command the desktop program opens."""
    if try_itself:
        self_test()
    context.obj = CliContext(home, passphrase_file, recovery_file)
    if context.invoked_subcommand is None:
        open_desktop(home=context.obj.folder)


cli.add_command(demo)
cli.add_command(open_file)
cli.add_command(instruments.instruments)
cli.add_command(crosswalks.crosswalk)
cli.add_command(codebooks.codebook)
cli.add_command(visits.visits)
cli.add_command(visits.visit)
cli.add_command(visits.record)
visits.visit.add_command(find.find)
visits.visit.add_command(meeting.settle_command)
visits.visit.add_command(meeting.meeting_command)
visits.visit.add_command(meeting.withdraw_command)
visits.visit.add_command(meeting.show_again_command)
visits.visit.add_command(lens.lens_command)
visits.visit.add_command(laptops.laptops_command)
visits.visit.add_command(laptops.certify_command)
visits.visit.add_command(laptops.set_aside_command)
visits.visit.add_command(laptops.confirm_command)
visits.visit.add_command(take_over.deputy_command)
visits.visit.add_command(take_over.take_over_command)
visits.visit.add_command(rounds.carry_over_command)
visits.visit.add_command(rounds.round_command)
visits.visit.add_command(rounds.series_command)
visits.visit.add_command(extract.extract_command)
visits.visit.add_command(paperwork.paperwork_command)
visits.visit.add_command(day.timetable_command)
visits.visit.add_command(day.booklet_command)
visits.visit.add_command(examples.share_command)
visits.visit.add_command(examples.examples_command)
visits.visit.add_command(themes.codebook_command)
visits.visit.add_command(themes.themes_command)
visits.visit.add_command(themes.qdpx_command)
visits.visit.add_command(themes.coding_command)
visits.visit.add_command(purge.receipt)
visits.visit.add_command(purge.purge)
cli.add_command(intake.intake)
cli.add_command(forms.forms)
cli.add_command(documents.report)
cli.add_command(plan.plan)
cli.add_command(national.national)
national.national.add_command(national_report.passage_command)
national.national.add_command(national_report.report_command)
national.national.add_command(national_figures.status_command)
national.national.add_command(national_figures.benchmark_command)
national.national.add_command(national_figures.export_command)
cli.add_command(benchmarks.benchmark)
cli.add_command(keys.passphrase)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused (one line on stderr), 2 wrong usage."""
    prepare_streams()
    try:
        result = cli.main(args=arguments, prog_name="reviewapp", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        click.echo("error: stopped; nothing more was changed; start again when ready", err=True)
        return 1
    except ReviewError as error:
        click.echo(f"error: {error}", err=True)
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:
        return told(error)


def told(error: Exception) -> int:
    """Report trouble with a disk, a folder or a file as what it is, anything else as a fault; returns exit code 1."""
    trouble = trouble_of(error)
    if trouble is None:
        return fault(error)
    click.echo(f"error: {trouble}", err=True)
    return 1


def fault(error: Exception) -> int:
    """Report a bug of ours in one line on stderr; returns exit code 1.

    It is named by file and line, never by content, because a traceback may repeat what people said.
    """
    if os.environ.get("REVIEWAPP_DEBUG"):
        traceback.print_exc()
    where = traceback.extract_tb(error.__traceback__)[-1]
    location = f"{type(error).__name__} in {Path(where.filename).name} line {where.lineno}"
    click.echo(f"error: a fault in the program ({location}); what was saved before is safe; please report it", err=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
