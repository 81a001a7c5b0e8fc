"""The program's texts for translators: found in the sources, and written as a gettext template (.pot).

Found with Python's own parser, for the texts of one call may stand inside another's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from _run import ROOT

SOURCES = ("reviewapp", "ui")
PLAIN = ("reviewapp/cli", "reviewapp/report", "reviewapp/plan", "reviewapp/national/report", "reviewapp/demo")
"""Folders whose texts people read in English, whether or not they go through gettext: commands and documents."""
SINGLE, COUNTED = frozenset({"_", "gettext_noop"}), frozenset({"plural", "ngettext_noop"})
DEFINED_IN = "i18n.py"


class SourceText(NamedTuple):
    """A text with its file and line: one form, or singular and plural."""

    path: str
    line: int
    forms: tuple[str, ...]


def words() -> Iterator[SourceText]:
    """Every text that goes through gettext, file by file."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != DEFINED_IN:
                file = path.relative_to(ROOT).as_posix()
                yield from (SourceText(file, *found) for found in _in(path.read_text(encoding="utf-8")))


def plain_words() -> Iterator[SourceText]:
    """Every sentence or phrase in the commands and documents: any string of several words, but no comment on the code.

    What a command says of itself stands in its docstring. A field of an f-string is left out of it as `{}`.
    """
    for folder in PLAIN:
        for path in sorted((ROOT / folder).rglob("*.py")):
            file = path.relative_to(ROOT).as_posix()
            for line, text in _phrases(ast.parse(path.read_text(encoding="utf-8"))):
                yield SourceText(file, line, (text,))


def _phrases(tree: ast.Module) -> Iterator[tuple[int, str]]:
    helps = {
        id(node.body[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and any("command" in ast.unparse(one) for one in node.decorator_list)
    }
    comments = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and id(node) not in helps
    }  # fmt: skip
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments | parts:
            text = node.value
        else:
            continue
        if " " in text.strip():
            yield node.lineno, " ".join(text.split())


def _in(code: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            many = 1 if node.func.id in SINGLE else 2 if node.func.id in COUNTED else 0
            forms = [a.value for a in node.args[:many] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if many and len(forms) == many:
                yield node.lineno, tuple(forms)


def write_template(target: Path) -> int:
    """Write the template (`.pot`) to `target`; returns how many texts it holds."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(project="Reviewapp", charset="utf-8")
    for found in words():
        catalog.add(found.forms if len(found.forms) > 1 else found.forms[0], locations=[(found.path, found.line)])
    with target.open("wb") as stream:
        write_po(stream, catalog, sort_by_file=True, width=100)
    return len(catalog)
