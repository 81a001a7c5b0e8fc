"""What is shipped: every library accounted for, with its licence, and a release that can be checked."""

from __future__ import annotations

import hashlib
import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PathDistribution, distribution
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _packaging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    yield
    for name in ("_inside", "_lock", "_notices", "_release", "_run", "_third_parties"):
        sys.modules.pop(name, None)


def _module(name: str) -> ModuleType:
    return importlib.import_module(name)


def _shipped() -> list[Distribution]:
    """The libraries of the lock that the program needs, as far as they are installed here."""
    sections = _module("_lock").read_sections(ROOT / "requirements.lock")
    pins = [line.split("==")[0] for part in ("core", "desktop") for line in sections[part].splitlines() if "==" in line]
    found = []
    for name in pins:
        try:
            found.append(distribution(name))
        except PackageNotFoundError:  # of another platform, or Qt in the environment without it
            continue
    assert len(found) > 20
    return found


def test_every_library_that_is_shipped_says_its_licence_and_brings_its_text() -> None:
    inside = _module("_inside")
    for found in _shipped():
        assert inside.licence_of(found)
        assert max(path.stat().st_size for path in inside.texts_of(found)) > 200, found.name


def test_a_list_by_others_among_our_resources_is_accounted_for() -> None:
    for one in _module("_third_parties").DATA:
        assert all((ROOT / file).is_file() for file in one.files)
        assert "Permission" in (ROOT / one.text).read_text(encoding="utf-8")


def test_a_library_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    inside, stop = _module("_inside"), _module("_run").Stop
    folder = tmp_path / "nothing_said-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: nothing-said\nVersion: 1.0\n", encoding="utf-8")
    (folder / "RECORD").write_text("nothing_said/__init__.py,,\n", encoding="utf-8")
    with pytest.raises(stop, match="does not say its licence"):
        inside.licence_of(PathDistribution(folder))
    with pytest.raises(stop, match="brings no licence text"):
        inside.texts_of(PathDistribution(folder))


def test_a_file_of_nobody_stops_the_build(tmp_path: Path) -> None:
    inside, stop = _module("_inside"), _module("_run").Stop
    (tmp_path / "found.so").write_bytes(b"")
    with pytest.raises(stop, match=r"nobody accounts for lib/found\.so"):
        inside.components([inside.Origin("lib/found.so", str(tmp_path / "found.so"))])


def test_the_c_libraries_within_a_wheel_are_named_with_their_versions() -> None:
    inside = _module("_inside")
    origins = [inside.Origin("sqlcipher3/dbapi2.py", importlib.import_module("sqlcipher3.dbapi2").__file__)]
    if not (ROOT / "packaging").exists() or not _installed("pyinstaller"):
        pytest.skip("the program is not built in an environment without PyInstaller")
    found = {one.name: one for one in inside.components(origins)}
    within = {str(part["name"]): str(part["version"]) for part in found["sqlcipher3"].parts}
    assert within.keys() == {"SQLCipher", "SQLite", "OpenSSL"}
    assert all(version[0].isdigit() for version in within.values())


def test_a_release_that_was_changed_does_not_pass(tmp_path: Path) -> None:
    release = _module("_release")
    (tmp_path / "reviewapp").mkdir()
    (tmp_path / "reviewapp" / "reviewapp").write_bytes(b"as it was built")
    sums = release.write_sums(tmp_path)
    assert sums.read_text() == f"{hashlib.sha256(b'as it was built').hexdigest()}  reviewapp/reviewapp\n"
    assert release.write_sums(tmp_path).read_text() == sums.read_text()
    if shutil.which("ssh-keygen") is None:
        pytest.skip("there is no ssh-keygen here")
    key = tmp_path / "release-key"
    _openssh("-q", "-t", "ed25519", "-N", "", "-C", "reviewapp-release", "-f", key)
    _openssh("-q", "-Y", "sign", "-f", key, "-n", "reviewapp-release", sums)
    (tmp_path / "allowed_signers").write_text(f"reviewapp-release {key.with_suffix('.pub').read_text()}")
    checking = [
        "-Y",
        "verify",
        "-f",
        tmp_path / "allowed_signers",
        "-I",
        "reviewapp-release",
        "-n",
        "reviewapp-release",
    ]
    checking += ["-s", f"{sums}.sig"]
    assert _openssh(*checking, given=sums.read_bytes()) == 0
    assert _openssh(*checking, given=sums.read_bytes().replace(b"a", b"b"), fails=True) != 0


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _openssh(*arguments: object, given: bytes = b"", fails: bool = False) -> int:
    done = subprocess.run(["ssh-keygen", *map(str, arguments)], input=given, capture_output=True, check=False)
    assert fails or done.returncode == 0, done.stderr
    return done.returncode
