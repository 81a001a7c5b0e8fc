"""The report as JSON: the content tree, and every printed number with its exact value and its path in the status."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.report.tree import Document, computed_numbers, tree_as_json


def json_bytes(document: Document) -> bytes:
    """The file `report.json`, indented by two."""
    return msgspec.json.format(msgspec.json.encode(report_json(document)), indent=2) + b"\n"


def report_json(document: Document) -> dict[str, Any]:
    """The content of `report.json`, with the visit and its figures as in the status.

    `printed` holds each pair of printed text and path in the status once, in reading order.
    """
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for number in computed_numbers(document.parts):
        entry = {"text": number.text, "value": number.value, "from": number.from_}
        seen.setdefault((number.text, number.from_), entry)
    return {
        "profile": document.profile,
        "status": document.status,
        **document.rests_on,
        "tree": tree_as_json(document),
        "printed": list(seen.values()),
    }
