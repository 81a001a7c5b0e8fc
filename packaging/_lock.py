"""The lock file: one file with marked sections, so that an environment without Qt is a part of it.

`requirements.lock` as a whole is an ordinary requirements file with hashes for every platform. Its sections are
`core` (what the wheel needs), `desktop` (Qt, and what only works with it), `dev` (checks and builds), `sail` (a Spark
server and its client, for slow tests), `verapdf` (veraPDF and a Java for it, for slow tests) and `tools` (what resolves
the rest, pinned like it).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

HEADER = """\
# Exact versions with hashes, for every platform; names no index. Made by `python3 packaging/dev.py lock`.
"""
SECTIONS = {
    "core": "what the installed program needs",
    "desktop": "Qt, and what only works with it",
    "dev": "checks, tests and the build",
    "sail": "a server of Spark Connect and its client, for the slow tests alone",
    "verapdf": "veraPDF with a Java to run it, for the slow tests alone",
    "tools": "what resolves this file",
}
# Development tools that are of no use without Qt, and would refuse to start.
NEEDS_QT = {"pytest-qt"}
# Dependencies of dependencies on one platform only; a resolution on another platform omits their condition.
ONLY_ON = {
    "colorama": "sys_platform == 'win32'",
    "macholib": "sys_platform == 'darwin'",
    "pefile": "sys_platform == 'win32'",
    "pywin32-ctypes": "sys_platform == 'win32'",
}

Blocks = dict[str, str]


def normal(name: str) -> str:
    """A distribution's name as the lock spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_sections(lock: Path, needed: Iterable[str] = SECTIONS) -> dict[str, str]:
    """The text of each section of the lock file; raises ValueError when one that is needed is missing."""
    found: dict[str, str] = {}
    for part in re.split(r"(?m)^# == (?=\w+:)", lock.read_text(encoding="utf-8"))[1:]:
        name, _, text = part.partition(":")
        found[name] = text.partition("\n")[2]
    missing = set(needed) - found.keys()
    if missing:
        raise ValueError(f"{lock.name} has no section {', '.join(sorted(missing))}; make it again with dev.py lock")
    return found


def make(project: Path, lock: Path) -> None:
    """Resolve the newest versions that pyproject.toml allows and write them to `lock`; needs the network."""
    with (project / "pyproject.toml").open("rb") as stream:
        declared = tomllib.load(stream)["project"]
    core = [_without_platform(text) for text in declared["dependencies"]]
    extras = declared["optional-dependencies"]
    dev = [_without_platform(text) for text in extras["dev"]]
    desktop = extras["desktop"] + [text for text in dev if normal(text) in NEEDS_QT]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        tool = _pip_compile(folder, lock)
        everything = _compile(tool, folder, "all", core + desktop + dev, "--generate-hashes")
        names_core = _compile(tool, folder, "core", core).keys()
        names_dev = _compile(tool, folder, "dev", core + [t for t in dev if normal(t) not in NEEDS_QT]).keys()
        sail = _compile(tool, folder, "sail", extras["spark"] + extras["sail"], "--generate-hashes")
        verapdf = _compile(tool, folder, "verapdf", extras["verapdf"], "--generate-hashes")
        tools = _compile(tool, folder, "tools", ["pip-tools"], "--generate-hashes")
    where = {name: "core" if name in names_core else "dev" if name in names_dev else "desktop" for name in everything}
    large = {"sail": sail, "verapdf": verapdf}
    everywhere = {*names_core, *names_dev}
    apart = {part: {n: b for n, b in made.items() if n not in everywhere} for part, made in large.items()}
    apart["tools"] = tools
    text = HEADER
    for section, title in SECTIONS.items():
        found = apart.get(section) or {n: b for n, b in everything.items() if where[n] == section}
        text += f"\n# == {section}: {title}\n" + "".join(found[name] for name in sorted(found))
    lock.write_text(text, encoding="utf-8", newline="\n")


def _without_platform(requirement: str) -> str:
    """A requirement without its platform condition, so that it is resolved on this platform too."""
    name, _, condition = requirement.partition(";")
    return name.strip() if "sys_platform" in condition else requirement


def _pip_compile(folder: Path, lock: Path) -> Path:
    """The path of pip-compile, installed as the present lock pins it into an environment of its own in `folder`."""
    pins = folder / "tools.txt"
    pins.write_text(read_sections(lock, ("tools",))["tools"], encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "tools")], check=True)
    binaries = folder / "tools" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(pins)], check=True
    )
    return binaries / "pip-compile"


def _compile(tool: Path, folder: Path, name: str, requirements: list[str], *options: str) -> Blocks:
    """Resolve `requirements` (after "all": to the same versions) into one block of text per distribution."""
    source, target = folder / f"{name}.in", folder / f"{name}.txt"
    constraint = f"-c {folder / 'all.versions'}\n" if name != "all" else ""
    source.write_text(constraint + "\n".join(requirements) + "\n", encoding="utf-8")
    command = [str(tool), "--quiet", "--no-header", "--strip-extras", "--allow-unsafe", "--no-annotate"]
    command += ["--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links", "--no-emit-options"]
    subprocess.run([*command, *options, "--output-file", str(target), str(source)], check=True)
    blocks = _blocks(target.read_text(encoding="utf-8"))
    if name == "all":
        pins = [block.split(maxsplit=1)[0] for block in blocks.values()]
        (folder / "all.versions").write_text("\n".join(pins) + "\n", encoding="utf-8")
    return blocks


def _blocks(text: str) -> Blocks:
    """Split a requirements file into one block per distribution: its pin and the hashes below it."""
    blocks: Blocks = {}
    for match in re.finditer(r"(?m)^([A-Za-z0-9][\w.-]*)==(\S+)[^\n]*\n(?:[ \t]+--hash[^\n]*\n)*", text):
        name = normal(match[1])
        block = match[0]
        if name in ONLY_ON:
            block = block.replace(match[2], f"{match[2]} ; {ONLY_ON[name]}", 1)
        blocks[name] = block
    return blocks
