"""The program that takes the place of the one that locked is found, is given its home, and is given no secret."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.app import restart
from ui.session.handover import VARIABLE, Handover


def test_it_is_found_wherever_the_program_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from a checkout that was found in the folder in which somebody stood, which no path names."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    environment = restart._environment(tmp_path / "home", Handover())
    command = [*restart.command(), "--version"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()[:1]) == (0, ["reviewapp,"]), done.stderr


def test_a_folder_of_its_name_in_which_one_stands_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "reviewapp").mkdir()
    (tmp_path / "reviewapp" / "__init__.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    environment = restart._environment(tmp_path / "home", Handover())
    command = [*restart.command(), "--version"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "taken" not in done.stderr


def test_it_is_given_the_home_and_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in restart.SECRETS:
        monkeypatch.setenv(name, "plantedsecret")
    monkeypatch.chdir(tmp_path)
    environment = restart._environment(Path("home"), Handover(by_itself=True))
    assert environment["REVIEWAPP_HOME"] == str(tmp_path / "home")
    assert '"by_itself": true' in environment[VARIABLE]
    assert not [name for name, value in environment.items() if "plantedsecret" in value]


def test_locking_again_and_again_makes_the_path_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    once = restart._environment(tmp_path, Handover())
    monkeypatch.setenv("PYTHONPATH", once["PYTHONPATH"])
    assert restart._environment(tmp_path, Handover())["PYTHONPATH"] == once["PYTHONPATH"]


@pytest.mark.parametrize("before", [None, "/usr/local/lib"])
def test_a_built_program_is_started_as_it_was_by_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/reviewapp/reviewapp")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/reviewapp/_internal")
    if before is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    environment = restart._environment(tmp_path, Handover())
    assert restart.command() == ["/opt/reviewapp/reviewapp"]
    assert environment.get("LD_LIBRARY_PATH") == before and "LD_LIBRARY_PATH_ORIG" not in environment
    assert environment["PYINSTALLER_RESET_ENVIRONMENT"] == "1"


def test_where_no_process_can_be_replaced_another_is_started_and_this_one_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows; what it would do there was never tried."""
    done: list[object] = []

    class Ended(Exception):
        """Instead of the end of this process."""

    def end(code: int) -> None:
        done.append(code)
        raise Ended

    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(restart, "_environment", lambda home, handover: {"home": str(home)})
    monkeypatch.setattr(subprocess, "Popen", lambda command, env: done.append((command, env)))
    monkeypatch.setattr(os, "_exit", end)
    with pytest.raises(Ended):
        restart.start_anew(tmp_path, Handover())
    assert done == [(restart.command(), {"home": str(tmp_path)}), 0]
