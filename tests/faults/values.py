"""Odd values: what a field might hold if nobody looked, and what it may hold."""

from __future__ import annotations

import json
import random
from typing import Any

ODD_TEXTS = (
    "", " ", "\x00", "a\x00b", "\u202eright to left", "\u2066\u2069", "\ufeff", "\ud800", "x" * 100_001, "x" * 99_000,
    "../../etc/passwd", "=HYPERLINK(1)", "<img src='file:///etc/passwd'/>", "<b>bold", "&amp;", "\r\n", "\x1b[31m",
    "'; DROP TABLE entry; --", "%s%n", "nan", "\u0000" * 50, "e\u0301" * 500, "\U0001f600" * 200, "null", "true",
    "10000000000000000000000", "\x85", "\u2028", "/R2", "host", "L1", "R99",
)  # fmt: skip
ODD_NUMBERS = (
    "0", "-1", "1", "5", "6", "51", "100000", "100001", "1000000000000000000", "9223372036854775807",
    "9223372036854775808", "18446744073709551616", "9" * 400, "1e999", "-1e308", "0.1", "-0.0", "1E400",
    "1e-400", "NaN",
    "Infinity", "-Infinity",
)  # fmt: skip
ODD_SHAPES = (
    "null", "true", "false", "[]", "{}", "[1]", '["x"]', "[null]", '{"a":1}', '["47","47"]', '["999"]', "[[[[[[]]]]]]",
    "[" * 60 + "]" * 60, "[" * 500 + "]" * 500, '{"a":' * 40 + "1" + "}" * 40, '{"a":1,"a":2}', '["R2","R99"]',
    json.dumps(["R3"] * 501), json.dumps(["x" * 100_000] * 3), json.dumps(list(range(2000))), '["\\ud800"]',
    '{"\\u0000":1}', json.dumps({"f" * 32: 10**12}), json.dumps({"0" * 32: -1}), "[true]", '[""]',
)  # fmt: skip
SOUND: dict[str, tuple[Any, ...]] = {
    "value": ("met", "not_met", "na", "yes", "no", "not_recorded", 37, 0.5, True),
    "group": ("patient", "carer", "staff"), "mode": ("phone", "video"), "people": (1, 3, 50), "with": ([], ["R3"]),
    "standards": (["47"], ["47", "4"], []), "tone": ("mixed", "negative"), "interview": ("P1",),
    "deleted": (True, False),
    "yes": (0, 9, 100_000), "no": (3,), "na": (1,), "role": ("clinician", "observer", "lead"),
    "accepted": (True, False),
    "at": ("2026-05-12T14:05:00Z", ""), "due": ("2026-09-30", ""), "date": ("2026-09-01",), "priority": (1, 5),
    "status": ("open", "done"), "start": ("09:30", "23:59"), "end": ("10:15", "00:00"), "who": (["R2"], []),
    "label": ("deferred", "accredited"), "open": (True, False), "held": ({}, {"0" * 32: 3}), "standard": ("47", ""),
    "entry": ("0" * 64,), "consent_notes": (True, False), "consent_quotes": (True, False),
    "consent_circulation": (True, False), "opened": (True, False),
}  # fmt: skip
KEYS = (
    "", "/", "//", "../../x", "47/9", "a" * 600, "a" * 190, "4\x007", "\u202e47", " 47", "47 ", "47\n",
    "x'; --", "%", "-1", "0",
    "99999999999999999999", "1e5", "\u0664\u0667", "\u00b2", "\ufeff47", "p\u200bq", "visit", "C:\\x", "~",
    ".", "..", "con",
    "999", "04", "\U0001f600", "\ud800",
)  # fmt: skip
NAMES = (
    "",
    "x",
    "__class__",
    "a b",
    "v" * 300,
    "value\n",
    "\u202e",
    "../x",
    "SELECT",
    "rating",
    "later",
    "name",
    "0",
    "\x00",
)
TIMES = (
    "", "now", "2026-02-30T10:00:00.000000Z", "2026-11-17T24:00:00.000000Z", "9999-12-31T23:59:59.999999Z",
    "2099-12-31T23:59:59.999999Z", "2000-01-01T00:00:00.000000Z", "2026-11-17T10:00:00Z",
    "2026-11-17T10:00:00.000000Z\n",
    "-001-11-17T10:00:00.000000Z", "2026-11-17T10:00:00.000000+99:99",
)  # fmt: skip


def value_for(rng: random.Random, entity: str, field: str, *, sound: bool = False) -> str:
    """The JSON of a value for a field: sometimes one it may hold, mostly one that it may not."""
    if sound or rng.random() < 0.15:
        return json.dumps(rng.choice(SOUND.get(field, ("some words", "Other words."))))
    pick = rng.random()
    if pick < 0.35:
        return json.dumps(rng.choice(ODD_TEXTS))
    return rng.choice(ODD_NUMBERS if pick < 0.65 else ODD_SHAPES)
