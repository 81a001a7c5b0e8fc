"""Reading the lines of `record`: strict, bounded, and every fault named by line and field."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.files import read_whole, reason_of
from reviewapp.base.i18n import _
from reviewapp.visit.statements import AnyStatement, Statement
from reviewapp.visit.statements.second import kind_of_line

LARGEST_FILE = 64 * 2**20
_AT = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<field>[^`]*)`")


class Numbered(msgspec.Struct, frozen=True):
    """A line of a file and where it stood, counted from 1."""

    number: int
    line: Statement


def read_lines(path: Path) -> list[Numbered]:
    """The lines of a JSON Lines file; empty ones are passed over. Raises Invalid naming line and field."""
    try:
        data = read_whole(path, LARGEST_FILE)
        if len(data) > LARGEST_FILE:
            raise Invalid(_("{name} is larger than 64 MB", name=path.name), do=_("split it into several files"))
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise Invalid(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("check the name and the place"),
        ) from error
    except UnicodeDecodeError as error:
        raise Invalid(_("{name} is not UTF-8 text", name=path.name), do=_("save it as UTF-8 and try again")) from error
    found = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw.strip():
            found.append(Numbered(number, _parse(raw, f"{path.name} line {number}")))
    return found


def refused(path: Path, number: int, error: Invalid) -> Invalid:
    """The same fault, with the line of the file in front."""
    field = f" field {error.field}" if error.field else ""
    return Invalid(
        _("{name} line {number}{field}: {what}", name=path.name, number=number, field=field, what=error.what),
        field=error.field,
        do=error.do,
        kept=error.kept,
    )


def _parse(raw: str, place: str) -> Statement:
    try:
        value = json.loads(raw, object_pairs_hook=_no_twins, parse_constant=_no_constant)
        if isinstance(value, dict):
            value["kind"] = kind_of_line(value.get("kind"), value)
        line: Statement = msgspec.convert(value, type=AnyStatement)
    except msgspec.ValidationError as error:
        message = str(error)
        at = _AT.search(message)
        unknown = _UNKNOWN.search(message)
        field = at["path"] if at else unknown["field"] if unknown else ""
        words = _AT.sub("", message)
        raise Invalid(f"{place}{f' field {field}' if field else ''}: {words}", field=field) from error
    except (ValueError, RecursionError) as error:
        raise Invalid(_("{place} is not one JSON object: {error}", place=place, error=str(error)[:100])) from error
    return line


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the field {name!r} stands there twice")
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a value")
