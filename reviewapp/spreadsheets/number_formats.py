"""Showing a number as its number format does: `5.10` and not `5.1`, `40%` and not `0.4`, `047` and not `47`.

Formats are those of ISO/IEC 29500-1, 18.8.30 and 18.8.31. Signs depend on no country: a full stop before decimals, a
comma between thousands. What is only for the eye (colours, widths, fill characters) is left out.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from reviewapp.spreadsheets.sheet import CellKind

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<width>_.|\*.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|Standard)|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_MOST_DIGITS = 15
"""Digits that a spreadsheet program keeps of a number."""
_WIDEST = 20
"""A number with more digits than this before its point is not laid into a format."""
_EXACT = Context(prec=400)
"""Wide enough for every number and every format that a cell can have."""


def shown(value: float, code: str) -> tuple[str, CellKind]:
    """The text that a cell with this number and number format shows, and what the cell is."""
    text, kind = _shown(value, code)
    return (text, kind) if text.strip() else (general(Decimal(f"{value:.{_MOST_DIGITS}g}")), "unseen")


def _shown(value: float, code: str) -> tuple[str, CellKind]:
    number = Decimal(f"{value:.{_MOST_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return str(value), "error"
    if number.adjusted() > _WIDEST:
        return general(number), "number"
    section, number = _section(number, code)
    if not section:
        return general(number), "unseen"
    if any(kind == "general" or (kind == "other" and text == "@") for kind, text in section):
        return _around(section, general(number)), "number"
    if not any(kind == "digit" for kind, __ in section):
        return "".join(text for kind, text in section if kind == "literal"), "number"
    if any(kind == "exponent" for kind, __ in section):
        return _scientific(number, section)
    if any(kind == "other" and text == "/" for kind, text in section):
        return _fraction(number, section)
    return _fixed(number, section)


def general(number: Decimal) -> str:
    """A number without a format: as it was typed, as far as a spreadsheet program keeps it."""
    text = f"{number:f}" if abs(number.adjusted()) <= _MOST_DIGITS else f"{number.normalize():E}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text and "E" not in text else text


Section = tuple[tuple[str, str], ...]
"""The tokens of one part of a format: (what it is, its text)."""


@lru_cache(maxsize=500)
def _sections(code: str) -> tuple[tuple[str, Section], ...]:
    """The parts of a format between semicolons, each with its own condition, if it has one."""
    parts: list[tuple[str, list[tuple[str, str]]]] = [("", [])]
    for found in _TOKEN.finditer(code):
        kind, text = str(found.lastgroup), found[str(found.lastgroup)]
        tokens = parts[-1][1]
        if kind == "other" and text == ";":
            parts.append(("", []))
        elif kind == "bracket":
            if _CONDITION.fullmatch(text):
                parts[-1] = (text, tokens)
            elif text.startswith("$"):
                tokens.append(("literal", text[1:].partition("-")[0]))
        elif kind in ("quoted", "escaped"):
            tokens.append(("literal", text))
        elif kind != "width":
            tokens.append((kind, text))
    return tuple((condition, tuple(tokens)) for condition, tokens in parts)


def _section(number: Decimal, code: str) -> tuple[Section, Decimal]:
    """The part of a format that is for this number, and the number without the sign that the part shows itself."""
    parts = _sections(code)[:3]
    for condition, tokens in parts:
        if condition and _holds(number, condition):
            return tokens, number
    plain = [tokens for condition, tokens in parts if not condition]
    if len(plain) < len(parts):
        return (plain[-1] if plain else parts[-1][1]), number
    if number < 0 and len(plain) > 1:
        return plain[1], -number
    return plain[2 if number == 0 and len(plain) > 2 else 0], number


def _holds(number: Decimal, condition: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    assert found is not None
    limit = Decimal(found[2])
    return {
        "<": number < limit, ">": number > limit, "=": number == limit,
        "<=": number <= limit, ">=": number >= limit, "<>": number != limit,
    }[found[1]]  # fmt: skip


def _around(section: Section, text: str) -> str:
    """The text with the literals that stand before and after it in the format."""
    placed = "".join("\0" if kind == "general" or token == "@" else token for kind, token in section)
    before, __, after = placed.partition("\0")
    return f"{before}{text}{after}"


def _fixed(number: Decimal, section: Section) -> tuple[str, CellKind]:
    """A number with a set number of decimals, perhaps as a percentage, in thousands or with words around it."""
    percent = any(kind == "other" and text == "%" for kind, text in section)
    digits = [n for n, (kind, __) in enumerate(section) if kind == "digit"]
    commas = [n for n, (kind, text) in enumerate(section) if kind == "other" and text == ","]
    grouped = any(digits[0] < n < digits[-1] for n in commas)
    scaling = sum(1 for n in commas if n > digits[-1])
    point = next((n for n, (kind, text) in enumerate(section) if kind == "other" and text == "."), len(section))
    places = [section[n][1] for n in digits if n > point][:30]
    scaled = number.scaleb(2 * percent - 3 * scaling, _EXACT)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP, _EXACT)
    whole, __, decimals = f"{abs(rounded):f}".partition(".")
    while places and places[-1] in "#?" and decimals.endswith("0"):
        places, decimals = places[:-1], decimals[:-1]
    before = tuple(token for n, token in enumerate(section[:point]) if n not in commas)
    after = "".join(text for kind, text in section[point + 1 :] if kind != "digit" and text != ",")
    sign = "-" if rounded < 0 else ""
    text = sign + _whole(whole, before, grouped=grouped) + (f".{decimals}" if decimals else "") + after
    return text, "percent" if percent else "number" if rounded == scaled and not scaling else "rounded"


def _whole(digits: str, pattern: Section, *, grouped: bool) -> str:
    """The part before the decimal point, laid into its pattern from the right; the first place takes what is left."""
    places = [n for n, (kind, __) in enumerate(pattern) if kind == "digit"]
    if not places:
        return "".join(text for __, text in pattern) + digits
    least = sum(1 for n in places if pattern[n][1] == "0")
    digits = digits.lstrip("0").rjust(least, "0")
    if grouped:
        digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", digits)
        between = "".join(text for kind, text in pattern[places[0] : places[-1]] if kind != "digit")
        return _outside(pattern, places, digits + between)
    laid: list[str] = []
    for n in range(places[-1], places[0] - 1, -1):
        kind, text = pattern[n]
        if kind != "digit":
            laid.append(text if digits else "")
        elif n == places[0]:
            laid.append(digits)
        else:
            laid.append(digits[-1:])
            digits = digits[:-1]
    return _outside(pattern, places, "".join(reversed(laid)))


def _outside(pattern: Section, places: list[int], text: str) -> str:
    before = "".join(token for __, token in pattern[: places[0]])
    return before + text + "".join(token for __, token in pattern[places[-1] + 1 :])


def _scientific(number: Decimal, section: Section) -> tuple[str, CellKind]:
    at = next(n for n, (kind, __) in enumerate(section) if kind == "exponent")
    point = next((n for n, (kind, text) in enumerate(section[:at]) if kind == "other" and text == "."), at)
    decimals = sum(1 for kind, __ in section[point:at] if kind == "digit")
    mantissa, __, exponent = f"{number:.{decimals}E}".partition("E")
    least = sum(1 for kind, __ in section[at:] if kind == "digit")
    text = f"{mantissa}E{exponent[0]}{exponent[1:].rjust(least, '0')}"
    return text, "number" if Decimal(text) == number else "rounded"


def _fraction(number: Decimal, section: Section) -> tuple[str, CellKind]:
    """A number as `3 1/2`; a format without a part for the whole shows `7/2`."""
    slash = next(n for n, (kind, text) in enumerate(section) if kind == "other" and text == "/")
    below = "".join(text for kind, text in section[slash + 1 :] if kind == "digit" or text.isdigit())
    exact = Fraction(abs(number))
    near = exact.limit_denominator(10 ** max(1, len(below)) - 1)
    if below.isdigit() and int(below):
        near = Fraction(round(exact * int(below)), int(below))
    head = section[:slash]
    mixed = any(text == " " for __, text in head[: max(n for n, (k, __) in enumerate(head) if k == "digit") + 1])
    whole, rest = divmod(near, 1) if mixed else (0, near)
    parts = [str(whole)] if whole or not rest else []
    parts += [f"{rest.numerator}/{rest.denominator}"] if rest else []
    return ("-" if number < 0 else "") + " ".join(parts), "number" if near == exact else "rounded"
