"""Encrypting what a push service carries, so that it can read nothing of it (RFC 8291, with RFC 8188's aes128gcm).

Written on `cryptography`, which we have anyway, and held to the RFC's own example by test. The library made for this
(pywebpush) is not under a permissive licence, brings two HTTP clients of its own, and follows redirections.
"""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
# Everything is as long as this, so that not even the length tells one kind of news from another.
LENGTH = 32
SECRET_LENGTH = 16
LAST_RECORD = b"\x02"


class WrongKeys(ValueError):
    """Raised for keys that are none."""


def read_public_key(raw: bytes) -> ec.EllipticCurvePublicKey:
    """Give the public key of a browser from its uncompressed form. Raises :class:`WrongKeys`."""
    try:
        if len(raw) != 65:
            raise ValueError(len(raw))
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)
    except ValueError as error:
        raise WrongKeys("No point of P-256 in its uncompressed form.") from error


def encrypt(
    plain: bytes,
    receiver: bytes,
    secret: bytes,
    *,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    length: int = LENGTH,
) -> bytes:
    """Encrypt a few bytes for a browser: ``receiver`` is its public key, ``secret`` what it shares with us.

    ``sender`` and ``salt`` are new for each message unless a test gives them; ``length`` is that of the padded text.
    Raises :class:`WrongKeys`.
    """
    if len(secret) != SECRET_LENGTH:
        raise WrongKeys("The shared secret has 16 bytes.")
    sender = sender or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    own = point_of(sender.public_key())
    shared = sender.exchange(ec.ECDH(), read_public_key(receiver))
    material = derive(shared, secret, b"WebPush: info\0" + receiver + own, 32)
    key = derive(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derive(material, salt, b"Content-Encoding: nonce\0", 12)
    padded = (plain + LAST_RECORD).ljust(length, b"\0")
    header = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(own)]) + own
    return header + AESGCM(key).encrypt(nonce, padded, None)


def derive(material: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    """Derive a key for a purpose (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=purpose).derive(material)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Give a public key in its uncompressed form, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
