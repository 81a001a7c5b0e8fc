"""The lock of a file that opens by six words: its age identity, encrypted under a key that Argon2id makes of them."""

from __future__ import annotations

from reviewapp.base.errors import Damaged, WrongPhrase
from reviewapp.base.i18n import _
from reviewapp.exchange.pack import PhraseLock
from reviewapp.exchange.phrase import plain_phrase
from reviewapp.store import key_wrapping
from reviewapp.store.key_wrapping import Argon2Params

_USE = "visit identity"


def lock(identity: str, phrase: str) -> PhraseLock:
    """The lock on an identity. Raises Invalid for an empty or overlong phrase."""
    stretch = Argon2Params.fresh(key_wrapping.PASSPHRASE_COST)
    return PhraseLock(stretch, key_wrapping.wrap(stretch.derive(plain_phrase(phrase)), identity.encode(), _USE))


def unlock(name: str, locked: PhraseLock, phrase: str) -> str:
    """The identity of the file `name`. Raises WrongPhrase, or Damaged when the lock was altered."""
    if not locked.stretch.reasonable():
        raise Damaged(_("{name} was changed by someone", name=name), do=_("ask for the file again"))
    try:
        identity = key_wrapping.unwrap(locked.stretch.derive(plain_phrase(phrase)), locked.sealed, _USE)
    except ValueError as error:
        raise Damaged(_("{name} was changed by someone", name=name), do=_("ask for the file again")) from error
    if identity is None:
        raise WrongPhrase(_("these words do not open this pack"), do=_("check the six words with the lead"))
    return identity.decode()
