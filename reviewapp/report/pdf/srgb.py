"""The colours of our documents, sRGB (IEC 61966-2-1), as an ICC profile of version 4: what an archive reads them by.

It is made from the numbers of the standard, so it holds no date and is the same wherever it is made.
"""

from __future__ import annotations

from functools import cache
from struct import pack

NAME = "sRGB IEC61966-2.1"
_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
"""Red, green and blue as they are under D50, the light that profiles are connected by."""
_FROM_D65 = (1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
"""How colours under D65, the light of sRGB, are seen under D50 (Bradford)."""
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_HEADER = 128


@cache
def srgb_profile() -> bytes:
    """The bytes of the profile."""
    curve = b"para" + pack(">IHH", 0, 3, 0) + _numbers(_CURVE)
    tags = {
        b"desc": _words(NAME),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _xyz(_D50),
        b"chad": b"sf32" + bytes(4) + _numbers(_FROM_D65),
        **{name: _xyz(primary) for name, primary in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    data, places = b"", dict[bytes, int]()
    start = _HEADER + 4 + 12 * len(tags)
    for content in tags.values():
        if content not in places:
            places[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
    table = b"".join(name + pack(">II", places[content], len(content)) for name, content in tags.items())
    return _header(start + len(data)) + pack(">I", len(tags)) + table + data


def _header(size: int) -> bytes:
    """A profile of a display, from RGB to XYZ; the date is that of the standard's amendment."""
    made = pack(">I4sI", size, b"", 0x04200000) + b"mntrRGB XYZ " + pack(">6H", 2003, 1, 1, 0, 0, 0) + b"acsp"
    made += pack(">4sI4s4sQI", b"", 0, b"", b"", 0, 0) + _numbers(_D50)
    return made + bytes(_HEADER - len(made))


def _numbers(values: tuple[float, ...]) -> bytes:
    """Numbers with 16 binary places."""
    return b"".join(pack(">i", round(value * 65536)) for value in values)


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + _numbers(values)


def _words(text: str) -> bytes:
    """Words in one language, American English, as the standard asks of a profile's name."""
    encoded = text.encode("utf-16-be")
    return b"mluc" + pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(encoded), 28) + encoded
