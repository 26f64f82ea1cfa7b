"""Seals what the database should not hold in plain text, with keys that can be changed (Fernet).

The first key seals, every key opens. ``SEALING_KEYS`` names them, the newest first; without it the key is made of
``SECRET_KEY`` and of those before it in ``SECRET_KEY_FALLBACKS``.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"respite: sealed in the database"


class CannotOpen(Exception):
    """Raised for what none of the keys has sealed."""


def seal(text: str) -> str:
    """Give a text as it may lie in the database."""
    return _keys(*_phrases()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Give the text that was sealed. Raises :class:`CannotOpen`."""
    try:
        return _keys(*_phrases()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen("None of the keys opens this: SEALING_KEYS or SECRET_KEY_FALLBACKS lacks one.") from error


def seal_bytes(content: bytes) -> bytes:
    """Give the content of a file as it may lie in a storage."""
    return _keys(*_phrases()).encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """Give the content that was sealed. Raises :class:`CannotOpen`."""
    try:
        return _keys(*_phrases()).decrypt(sealed)
    except InvalidToken as error:
        raise CannotOpen("None of the keys opens this: SEALING_KEYS or SECRET_KEY_FALLBACKS lacks one.") from error


def reseal(sealed: str) -> str:
    """Seal anew with the first key what any of them opens. Raises :class:`CannotOpen`."""
    return seal(unseal(sealed))


def _phrases() -> tuple[str, ...]:
    given = tuple(settings.SEALING_KEYS)
    return given or tuple(map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)))


@lru_cache(maxsize=4)
def _keys(*phrases: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(phrase)) for phrase in phrases])


def _key(phrase: str) -> bytes:
    """Derive a key from a phrase of any length (RFC 5869)."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(phrase.encode())
    return urlsafe_b64encode(derived)
