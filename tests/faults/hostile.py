"""Files made by somebody who has the visit's identity, a real laptop's key and our own code.

`mutated` gives one file after another, each spoilt in one way by a seeded generator. Nine of ten are spoilt inside:
their entries, ids, chain and manifest are made anew, signed with the author's real key and sealed, so that nothing
but a look at the content can refuse them. The rest are spoilt in the sealed bytes or on the cover.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from reviewapp.visit.entities import ENTITIES, HEADER_FIELDS
from tests.faults.hostile_author import Author, Fact, line_of, one_more
from tests.faults.hostile_marks import a_mark, a_receipt
from tests.faults.values import KEYS, NAMES, TIMES, value_for

Spoil = Callable[[list[bytes]], list[bytes]]
Mutation = Callable[[random.Random, Author], bytes]
INSIDE = 9
"""Of ten files, so many are spoilt inside."""


def a_value(rng: random.Random, author: Author) -> bytes:
    """One field of a record that is there, or could be, says something odd."""
    entity = rng.choice(sorted(ENTITIES))
    info = ENTITIES[entity]
    field = rng.choice([*info.fields, "unheard_of"] if info.fields else ["unheard_of"])
    key = _key(rng, author, entity)
    own = one_more(rng, author, entity=entity, key=key, field=field, json=value_for(rng, entity, field))
    for other in info.fields:
        if rng.random() < 0.5 and other != field:
            extra = {"entity": entity, "key": key, "field": other, "json": value_for(rng, entity, other, sound=True)}
            own.append(dict(own[-1]) | extra | {"seq": own[-1]["seq"] + 1})
    return author.sealed(own)


def a_value_changed(rng: random.Random, author: Author) -> bytes:
    """One of the entries says something else."""
    own = [dict(fact) for fact in author.own]
    fact = rng.choice(own[len(own) // 2 :])
    fact["json"] = value_for(rng, fact["entity"], fact["field"])
    return author.sealed(own)


def a_place(rng: random.Random, author: Author) -> bytes:
    """An entry somewhere it cannot be: odd key, kind, field, author or time."""
    changes: Fact = {"json": '"x"'}
    what = rng.choice(["key", "entity", "field", "person", "at", "device", "seq", "parents"])
    if what == "key":
        entity = rng.choice([*ENTITIES, "visit", "withdraw", "seen", "later"])
        key = rng.choice(KEYS)
        changes |= {"entity": entity, "key": key if rng.random() < 0.5 else f"{key}/{author.person}", "field": "value"}
    elif what == "entity":
        changes |= {"entity": rng.choice([*NAMES, "visit", "withdraw", "seen"]), "key": author.visit}
    elif what == "field":
        changes |= {"field": rng.choice([*NAMES, *HEADER_FIELDS])}
    elif what == "person":
        changes |= {"person": rng.choice([*author.people, "host", "committee", "", "R99", "R2\n", "L1 ", *NAMES])}
    elif what == "at":
        changes |= {"at": rng.choice(TIMES)}
    elif what == "device":
        changes |= {"device": rng.choice(["", "0" * 32, "../x", author.rest[0]["device"]])}
    elif what == "seq":
        changes |= {"seq": rng.choice([0, -1, 2**31, 2**63 - 1, 2**64, len(author.own), len(author.own) + 2])}
    else:
        every = [fact["id"] for fact in (*author.own, *author.rest)]
        changes |= {"parents": rng.choice([["0" * 64], ["x"], every[:200], [rng.choice(every)], [""], ["A" * 64]])}
    return author.sealed(one_more(rng, author, **changes))


def an_order(rng: random.Random, author: Author) -> bytes:
    """Entries left out, twice, or in another order; or by an author whose laptop this is not."""
    own = [dict(fact) for fact in author.own]
    what = rng.randrange(5)
    if what == 0:
        own.pop(rng.randrange(len(own)))
    elif what == 1:
        own.insert(rng.randrange(len(own)), dict(rng.choice(own)))
    elif what == 2:
        rng.shuffle(own)
    elif what == 3:
        forged = rng.choice([p for p in author.people if p != author.person])
        for fact in own[rng.randrange(len(own)) :]:
            fact["person"] = forged
    else:
        own = own[: rng.randrange(1, len(own))]  # an older return: taken, or nothing new
    return author.sealed(own)


def a_lie(rng: random.Random, author: Author) -> bytes:
    """The manifest says what is not so."""
    devices: Any = msgspec.to_builtins(author.manifest.devices)
    device = dict(rng.choice(devices))
    device[rng.choice(list(device))] = rng.choice(["", "x", "0" * 64, -1, 2**63, None, [], "../.."])
    lies: list[Fact] = [
        {"visit": rng.choice(["feedbeef", "", "../..", author.visit + "0"])},
        {"person": rng.choice([*author.people, "", "x" * 10_000, None, 5])},
        {"device": rng.choice([author.rest[0]["device"], "", "0" * 32])},
        {"entries": rng.choice([0, -1, 2**62, 1, "all"])},
        {"devices": rng.choice([[], devices + devices, [device], {}, [device] * 1000, devices[:1]])},
        {"proof": "0" * 128},
        {"unheard_of": True},
    ]
    return author.sealed([dict(fact) for fact in author.own], **rng.choice(lies))


def a_withdrawal(rng: random.Random, author: Author) -> bytes:
    """Taking back what is not theirs, or in an odd way; or blanks without a notice."""
    if rng.random() < 0.3:
        own = [dict(fact) for fact in author.own]
        for fact in rng.sample(own, rng.randint(1, min(5, len(own)))):
            fact.update(withdrawn=True, json=rng.choice(["null", '"still here"']), salt=rng.choice(["", fact["salt"]]))
        return author.sealed(own)
    author_code = rng.choice([*author.people, "host", "nobody"])
    key = rng.choice([f"interview/P1/{author_code}", f"quote/Q1/{author_code}", "rating/47/R3", "x", "interview//"])
    records = rng.choice([
        [key], [], ["rating/47/R3"], ["interview/P1/R3", "quote/Q1/R3"], [5], "all", None, {"a": 1}, ["x" * 10_000],
        ["quote/%/R2"], ["visit/" + author.visit], [key] * 1000,
    ])  # fmt: skip
    return author.sealed(
        one_more(
            rng, author, entity="withdraw", key=key, field=rng.choice(["records", "reason"]), json=json.dumps(records)
        )
    )


def some_bytes(rng: random.Random, author: Author) -> bytes:
    """The lines are not what lines should be, yet sealed."""
    own = [dict(fact) for fact in author.own]
    return author.sealed(own, spoil=rng.choice(_LINES)(rng))


def a_bomb(rng: random.Random, author: Author) -> bytes:
    """Far more inside than any visit has."""
    own = [dict(fact) for fact in author.own]
    line = line_of(dict(own[-1]))
    before = len(author.rest) + len(own)
    big = line.partition(b'"value":')[0] + b'"value":"' + b"x" * 900_000 + b'"}'
    kind = rng.randrange(8)
    if kind == 0:
        return author.wrapped(b" " * (200 * 2**20))
    if kind == 1:
        return author.wrapped(b"\n" * 2_000_000)
    if kind == 2:
        return author.wrapped(line + b"\n" + b"[" * 2_000_000)
    if kind == 3:
        return author.wrapped(b"[" * 900_000 + b"\n")
    if kind == 4:
        return author.wrapped(b'{"visit":' + b'"' + b"x" * (5 * 2**20) + b'"}\n')
    extra = [[line] * 90_000, [big] * 150, [line] * 400_000][kind - 5]
    return author.sealed(own, entries=before + len(extra), spoil=lambda text: [*text, *extra])


def _key(rng: random.Random, author: Author, entity: str) -> str:
    info = ENTITIES[entity]
    sound = {"standard": "47", "group": "carer", "item": "A1", "prompt": "P01", "presentation": "1", "place": "summary",
             "field": "caseload", "code": rng.choice(["R3", "R2", "L1", "R7"]), "reviewer": "R2", "interview": "P1",
             "case_note": "3"}  # fmt: skip
    parts = [sound.get(name, "X1") if rng.random() < 0.93 else rng.choice(KEYS) for name in info.ids]
    return "/".join(parts if info.shared else [*parts, author.person])


def _changed_line(rng: random.Random) -> Spoil:
    def change(text: list[bytes]) -> list[bytes]:
        number = rng.randrange(len(text))
        line = text[number]
        where = rng.randrange(len(line))
        text[number] = rng.choice([
            line[:-1] + b',"seq":1,"seq":2}', line[:-1] + b',"more":1}',
            line.replace(b'"value":', b'"value":NaN,"v":'),
            line[:where] + bytes([rng.randrange(256)]) + line[where + 1 :], line[:where], b"\xef\xbb\xbf" + line,
            line + b"\r", line + b"\x00", b"null", b"[]", b'"' + b"x" * 100 + b'"', b"{" * 5000, b"", b"\xff\xfe",
            line * 2, line.replace(b'"value":', b'"value":' + b"[" * 300 + b"]" * 300 + b',"w":'),
            line.replace(b'"value":', b'"value":1e999,"w":'), line.replace(b'"seq":', b'"seq":1e0,"s":'),
            line.replace(b'"value":', b'"value":' + b"9" * 5000 + b',"w":'),
        ])  # fmt: skip
        return text

    return change


def _moved_lines(rng: random.Random) -> Spoil:
    def change(text: list[bytes]) -> list[bytes]:
        if rng.random() < 0.3:
            return text[1:] + text[:1]
        return text + rng.choice([[b""] * 50, text[:1], text[-1:], [b"{}"], [b" " * 2_000_000]])

    return change


_LINES = (_changed_line, _changed_line, _changed_line, _moved_lines)
_INSIDE: tuple[tuple[Mutation, int], ...] = (
    (a_value, 31), (a_value_changed, 12), (a_place, 12), (a_mark, 16), (an_order, 6), (a_lie, 6), (a_withdrawal, 8),
    (some_bytes, 8), (a_receipt, 4), (a_bomb, 1),
)  # fmt: skip


def outside(rng: random.Random, author: Author) -> bytes:
    """A sound file, spoilt in its sealed bytes or on its cover."""
    good = author.sealed([dict(fact) for fact in author.own])
    cover, _, sealed = good.partition(b"\n")
    what = rng.randrange(6)
    if what == 0:
        raw = bytearray(good)
        for _ in range(rng.choice([1, 1, 10])):
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        return bytes(raw)
    if what == 1:
        return good[: rng.randrange(len(good))]
    if what == 2:
        return good + rng.choice([b"\n", b"\x00", sealed, good])
    if what == 3:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(2000)))
    said: Any = msgspec.json.decode(cover) | rng.choice([
        {"format": 2}, {"format": -1}, {"format": "1"}, {"reviewapp": "visit-pack"}, {"reviewapp": "receipt"},
        {"reviewapp": "x"}, {"visit": "../.."}, {"visit": None}, {"phrase": {"stretch": {}}}, {"x": "y" * 5000},
    ])  # fmt: skip
    return json.dumps(said).encode() + b"\n" + sealed


def mutated(rng: random.Random, authors: list[Author], count: int) -> Iterator[tuple[str, bool, Author, bytes]]:
    """So many files: what was done, whether inside, whose, and the bytes."""
    kinds, weights = zip(*_INSIDE, strict=True)
    for number in range(count):
        author = rng.choice(authors)
        if number % 10 < INSIDE:
            (how,) = rng.choices(kinds, weights)
            yield how.__name__, True, author, how(rng, author)
        else:
            yield "outside", False, author, outside(rng, author)
