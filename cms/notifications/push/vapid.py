"""Saying to a push service who asks (RFC 8292): a short-lived token, signed with this site's own key."""

import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from cms.notifications.push.encryption import CURVE, point_of

LASTS = 12 * 60 * 60  # seconds; a push service takes none that lasts for more than a day


class WrongKey(ValueError):
    """Raised for a private key that is none."""


def encoded(raw: bytes) -> str:
    """Write bytes as the web does: base64url without its padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read what :func:`encoded` has written. Raises ``ValueError``."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_key() -> str:
    """Make a private key, as ``VAPID_PRIVATE_KEY`` holds it."""
    scalar = ec.generate_private_key(CURVE).private_numbers().private_value
    return encoded(scalar.to_bytes(32, "big"))


@lru_cache(maxsize=4)
def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Read a private key. Raises :class:`WrongKey`."""
    try:
        raw = decoded(text)
        if len(raw) != 32:
            raise ValueError(len(raw))
        return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)
    except ValueError as error:
        told = "VAPID_PRIVATE_KEY is no private key of P-256: `manage.py notifications key` makes one."
        raise WrongKey(told) from error


def public_key(text: str) -> str:
    """Give the public key to a private one, as browsers and push services take it; "" where there is none."""
    return encoded(point_of(private_key(text).public_key())) if text else ""


def authorization(endpoint: str, key: str, contact: str, now: float | None = None) -> str:
    """Write the header that tells the push service of an endpoint who we are, and where we are reached."""
    address = urlsplit(endpoint)
    claims = {
        "aud": f"{address.scheme}://{address.netloc}",
        "exp": int(time.time() if now is None else now) + LASTS,
        "sub": f"mailto:{contact}",
        # Two at one moment would be the same, and a service could tell nothing by that; still they need not be.
        "jti": secrets.token_urlsafe(8),
    }
    signed = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (HEADER, claims))
    r, s = decode_dss_signature(private_key(key).sign(signed.encode(), ec.ECDSA(SHA256())))
    token = f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={public_key(key)}"


HEADER = {"typ": "JWT", "alg": "ES256"}
