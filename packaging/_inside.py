"""Whose every file of the built program is: which wheel, Python itself, or which package of the system it came from.

PyInstaller's recipe (`reviewapp.spec`) writes where it took each file and module from. A file whose owner cannot be
told, or an owner without a licence text, stops the build: nothing is shipped that nobody accounts for.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

import _third_parties
from _lock import normal
from _run import ROOT, Stop

LICENCES = ROOT / "packaging" / "licences"
OURS = "reviewapp"
_TEXT = re.compile(r"(licen[cs]e|copying|copyright|notice|authors|ofl)", re.IGNORECASE)


class Origin(NamedTuple):
    """A file or module of the built program (`target`) and the file it was made from."""

    target: str
    source: str


class Component(NamedTuple):
    """A library inside the built program: SPDX licence (or a name for it), its texts, and what of it is there."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...]
    targets: tuple[str, ...]
    parts: tuple[dict[str, object], ...] = ()
    """Libraries built into this one, as CycloneDX components."""


def read_listing(listing: Path) -> list[Origin]:
    """The origins that the recipe wrote."""
    return [Origin(*pair) for pair in json.loads(listing.read_text(encoding="utf-8"))]


def components(origins: Iterable[Origin]) -> list[Component]:
    """Every library inside, by name. Raises Stop, naming the files, when one belongs to nobody that is known."""
    wheels, system = _owners(), list[Origin]()
    of_wheel: dict[str, list[str]] = defaultdict(list)
    of_package: dict[str, list[str]] = defaultdict(list)
    of_python = []
    for origin in origins:
        source = Path(origin.source)
        if source.is_relative_to(ROOT) and "site-packages" not in source.parts:
            continue
        if wheel := wheels.get(str(source)) or wheels.get(str(source.resolve())) or wheels.get(_compiled(origin)):
            of_wheel[wheel].append(origin.target)
        elif _is_pythons(source) or origin.target == "base_library.zip":  # made of modules of Python's own
            of_python.append(origin.target)
        else:
            system.append(origin)
    packages = _packages(Path(origin.source) for origin in system)
    for origin in system:
        of_package[packages.get(Path(origin.source), "")].append(origin.target)
    lost = of_package.pop("", [])
    if lost:
        raise Stop(f"nobody accounts for {', '.join(sorted(lost)[:10])}, which the built program contains")
    known = {normal(found.name): found for found in distributions()}
    found = [_wheel(known[name], targets) for name, targets in of_wheel.items()]
    found += [_package(name, targets) for name, targets in of_package.items()]
    # The program's first instructions are PyInstaller's, which its licence lets anybody ship.
    found.append(_wheel(known["pyinstaller"], ["reviewapp"]))
    found.append(_python(of_python))
    found += [
        Component(one.name, one.version, one.licence, one.purl, (ROOT / one.text,), one.files)
        for one in _third_parties.DATA
    ]
    return sorted(found, key=lambda component: component.name.lower())


def licence_of(found: Distribution) -> str:
    """The licence of a wheel as an SPDX expression. Raises Stop when neither it nor `_third_parties` says one."""
    name, about = normal(found.name), found.metadata.json
    if name in _third_parties.LICENCES:
        return _third_parties.LICENCES[name]
    if expression := about.get("license_expression"):
        return str(expression)
    said = str(about.get("license") or "").strip().lower()
    if said in _third_parties.SPDX:
        return _third_parties.SPDX[said]
    if name == "pyinstaller":
        return "GPL-2.0-or-later WITH Bootloader-exception"
    raise Stop(f"{found.name} does not say its licence as SPDX does; add it to packaging/_third_parties.py")


def texts_of(found: Distribution) -> tuple[Path, ...]:
    """The licence texts of a wheel, its own and those kept in `packaging/licences`. Raises Stop when there is none."""
    own = [Path(str(found.locate_file(file))) for file in found.files or () if _is_text(Path(str(file)))]
    ours = [LICENCES / name for name in _third_parties.TEXTS.get(normal(found.name), ())]
    texts = tuple(path for path in (*own, *ours) if path.is_file())
    if not texts:
        raise Stop(f"{found.name} brings no licence text; add one to packaging/licences and _third_parties.py")
    return texts


def _is_text(path: Path) -> bool:
    if path.suffix in (".py", ".pyc", ".pyi", ".json"):
        return False
    in_licences = "licenses" in path.parts or any(part.endswith("LICENSES") for part in path.parts)
    return bool(in_licences or _TEXT.match(path.name))


def _owners() -> dict[str, str]:
    """Every installed file → the wheel it belongs to."""
    owners: dict[str, str] = {}
    for found in distributions():
        place = Path(str(found.locate_file("")))
        for base in {str(place), str(place.resolve())}:
            owners |= {f"{base}/{file.as_posix()}": normal(found.name) for file in found.files or ()}
    return owners


def _compiled(origin: Origin) -> str:
    """The module a compiled file was made from, which PyInstaller put into a folder of its own."""
    return str(Path(sysconfig.get_path("purelib")) / origin.target.removesuffix("c"))


def _is_pythons(source: Path) -> bool:
    places = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), sys.base_prefix}
    return any(source.resolve().is_relative_to(Path(place).resolve()) for place in places if place not in ("/usr", "/"))


def _wheel(found: Distribution, targets: list[str]) -> Component:
    name = normal(found.name)
    return Component(
        found.name, found.version, licence_of(found), f"pkg:pypi/{name}@{found.version}", texts_of(found),
        tuple(sorted(targets)), (*_listed_within(found), *_known_within(name)),
    )  # fmt: skip


def _listed_within(found: Distribution) -> list[dict[str, object]]:
    """The libraries in a wheel that its own CycloneDX lists name."""
    parts: list[dict[str, object]] = []
    for file in found.files or ():
        path = Path(str(file))
        if "sboms" in path.parts and path.suffix == ".json":
            listed = json.loads(Path(str(found.locate_file(file))).read_text(encoding="utf-8"))
            for part in listed.get("components", ()):
                if normal(part["name"]) != normal(found.name):
                    wanted = ("type", "name", "version", "purl", "licenses")
                    parts.append({key: part[key] for key in wanted if part.get(key)})
    return parts


def _known_within(name: str) -> list[dict[str, object]]:
    return [
        {
            "type": "library",
            "name": part.name,
            "version": part.version(),
            "licenses": [{"license": {"name": part.licence}} if part.licence == "blessing" else _spdx(part.licence)],
        }
        for part in _third_parties.WITHIN.get(name, ())
    ]


def _spdx(expression: str) -> dict[str, object]:
    return {"expression": expression}


def _python(targets: list[str]) -> Component:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    version = platform.python_version()
    texts = (text,) if text.is_file() else ()
    if not texts:
        debian = Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright")
        texts = (debian,) if debian.is_file() else ()
    if not texts:
        raise Stop("this Python brings no licence text; build with one that does")
    return Component("Python", version, "PSF-2.0", f"pkg:generic/python@{version}", texts, tuple(sorted(targets)))


def _package(name: str, targets: list[str]) -> Component:
    """A package of Debian. Its licence is told in its own words, in the text."""
    said = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True, check=False
    ).stdout.strip()
    text = Path("/usr/share/doc") / name.partition(":")[0] / "copyright"
    if not text.is_file():
        raise Stop(f"the system's package {name} brings no licence text, and a library of it is in the built program")
    bare = name.partition(":")[0]
    return Component(
        bare, said, "as in its text", f"pkg:deb/debian/{bare}@{said}", (text.resolve(),), tuple(sorted(targets))
    )


def _packages(sources: Iterable[Path]) -> dict[Path, str]:
    """The Debian packages of files of the system; without those that belong to none, and empty elsewhere than there."""
    asked = {name: source for source in sources for name in _spellings(source)}
    try:
        found = subprocess.run(["dpkg", "-S", *sorted(asked)], capture_output=True, text=True, check=False)
    except OSError:
        return {}
    pairs = (line.partition(": ") for line in found.stdout.splitlines())
    return {asked[path]: owners.partition(",")[0] for owners, __, path in pairs if path in asked}


def _spellings(source: Path) -> set[str]:
    """The names by which dpkg may know a file: /lib is a part of /usr, and a library's name often a link."""
    bare = str(source).removeprefix("/usr")
    return {str(source), bare, f"/usr{bare}", str(source.resolve())}
