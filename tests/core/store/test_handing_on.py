"""How the lead was handed on, as proof for somebody outside the visit: every link signed by the key before it."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.store import handing_on, signing
from reviewapp.store.entry import canonical
from reviewapp.store.handing_on import Handed, keys_of

KEYS = [signing.new_private_key() for _ in range(4)]
PUBLIC = [signing.public_of(key).hex() for key in KEYS]


def link(number: int, visit: str = "v1") -> Handed:
    """The key of this number names the next."""
    said = canonical(["reviewapp deputy 1", visit, "R2", PUBLIC[number + 1], 1, number])
    return Handed(PUBLIC[number], PUBLIC[number + 1], "R2", 1, number, signing.sign(KEYS[number], said))


def test_the_first_lead_needs_no_proof_of_being_handed_anything() -> None:
    assert keys_of("v1", PUBLIC[0], ()) == (PUBLIC[0],)


def test_every_link_leads_to_the_next() -> None:
    assert keys_of("v1", PUBLIC[2], (link(0), link(1))) == tuple(PUBLIC[:3])


@pytest.mark.parametrize(
    "chain",
    [
        (link(1),),
        (link(0), link(2)),
        (link(1), link(0)),
        (link(0), msgspec.structs.replace(link(1), signature=link(0).signature)),
        (link(0), msgspec.structs.replace(link(1), key=PUBLIC[3])),
        (link(0), msgspec.structs.replace(link(1), epoch=7)),
        (link(0, "v2"), link(1, "v2")),
        (link(0), link(1), link(2)),
        (msgspec.structs.replace(link(0), by="no key", signature="00"), link(1)),
    ],
)
def test_a_chain_that_was_made_up_proves_nothing_of_the_first_key(chain: tuple[Handed, ...]) -> None:
    assert keys_of("v1", PUBLIC[2], chain)[:1] != (PUBLIC[0],)


def test_a_chain_has_an_end() -> None:
    assert keys_of("v1", PUBLIC[1], (link(0),) * (handing_on.MOST + 1)) == ()
