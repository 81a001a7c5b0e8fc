"""What is put beside the built program about everything in it: licence texts, notices, and a CycloneDX SBOM.

Run inside the environment the program was built from: `python packaging/_notices.py LISTING FOLDER`.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from textwrap import wrap
from typing import Any

import _inside
from _inside import Component
from _run import ROOT, Stop

FOLDER = "licences"
SBOM = "sbom.cdx.json"
NOTICES = "THIRD-PARTY-NOTICES.txt"
_BEGIN = """\
Reviewapp contains the software listed below. The licence texts lie in this folder; what belongs to what is in the list.
The same list for programs, with every part of every library, is in ../{sbom} (CycloneDX).

Qt, PySide6 and shiboken6 are used under the GNU Lesser General Public License, version 3. They are separate files in
the folder _internal/PySide6 and _internal/shiboken6: you may replace them by your own builds of the same version, and
nothing in this program's licence forbids to take it apart for that. Their sources are published by the Qt Project
under the version named below.
"""


def write(listing: Path, folder: Path) -> list[Component]:
    """Write notices, licence texts and SBOM into the built program's folder, and check them against what is in it.

    Raises Stop when something in it is accounted for by nobody.
    """
    found = _inside.components(_inside.read_listing(listing))
    target = folder / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    shutil.copyfile(ROOT / "LICENSE", target / "Reviewapp.txt")
    lines = [_BEGIN.format(sbom=SBOM)]
    for component in found:
        names = _copy_texts(component, target)
        lines.append(f"{component.name} {component.version}\n  Licence: {component.licence}")
        if component.parts:
            within = sorted(f"{part['name']} {part.get('version', '')}".rstrip() for part in component.parts)
            lines += wrap(f"Contains: {', '.join(within)}", 118, initial_indent="  ", subsequent_indent="    ")
        lines += [*wrap(f"Texts: {', '.join(names)}", 118, initial_indent="  ", subsequent_indent="    "), ""]
    (target / NOTICES).write_text("\n".join(lines), encoding="utf-8")
    (folder / SBOM).write_text(json.dumps(bill(found), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    check(folder)
    return found


def bill(found: list[Component]) -> dict[str, Any]:
    """The SBOM as CycloneDX 1.6 has it. The same build gives the same bytes: no time and no serial number in it."""
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "Reviewapp",
                "version": _version(),
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [_as_cyclonedx(component) for component in found],
    }


def check(folder: Path) -> None:
    """Raise Stop unless the SBOM names the owner of every file and every module in the built program."""
    listed = json.loads((folder / SBOM).read_text(encoding="utf-8"))["components"]
    owned = {
        one["value"] for component in listed for one in component["properties"] if one["name"] == "reviewapp:holds"
    }
    inside = folder / "_internal"
    files = {
        path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file() and not path.is_symlink()
    }
    ours = {name for name in files if name.startswith(("reviewapp/", "reviewapp-"))}
    modules = _modules(folder)
    missing = sorted((files - ours | modules) - owned)
    if missing:
        raise Stop(f"the SBOM does not name the owner of {', '.join(missing[:10])}")
    for component in listed:
        if not component["properties"]:
            raise Stop(f"{component['name']} is in the SBOM and nothing of it in the program")


def _modules(folder: Path) -> set[str]:
    """The Python modules inside the program's executable that are not ours."""
    from PyInstaller.archive.readers import CArchiveReader

    program = next(path for path in (folder / "reviewapp", folder / "reviewapp.exe") if path.is_file())
    archive = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz")
    return {name for name in archive.toc if name.partition(".")[0] not in ("reviewapp", "ui")}


def _as_cyclonedx(component: Component) -> dict[str, Any]:
    plain = component.licence == "as in its text"
    licence = {"license": {"name": "see licences/"}} if plain else {"expression": component.licence}
    held = [{"name": "reviewapp:holds", "value": target} for target in component.targets]
    found = {
        "type": "library",
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "purl": component.purl,
        "licenses": [licence],
        "properties": held,
    }
    return found | ({"components": [dict(part) for part in component.parts]} if component.parts else {})


def _copy_texts(component: Component, target: Path) -> list[str]:
    """Copy the licence texts of a component; texts of `packaging/licences` are shared by several."""
    names = []
    for path in component.texts:
        shared = path.parent == _inside.LICENCES
        name = path.name if shared else _file_name(component, path)
        if not (target / name).exists():
            shutil.copyfile(path, target / name)
        names.append(name)
    return sorted(set(names))


def _file_name(component: Component, path: Path) -> str:
    parts = path.parts[path.parts.index("licenses") + 1 :] if "licenses" in path.parts else (path.name,)
    stem = "-".join((component.name, *parts))
    return re.sub(r"[^A-Za-z0-9._-]+", "_", stem.removesuffix(".txt")) + ".txt"


def _version() -> str:
    from importlib.metadata import version

    return version("reviewapp")


if __name__ == "__main__":
    try:
        told = write(Path(sys.argv[1]), Path(sys.argv[2]))
        print(f"{len(told)} components, {sum(len(one.parts) for one in told)} more within them")
    except Stop as stop:
        sys.exit(f"error: {stop}")
