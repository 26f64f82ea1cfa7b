"""What stands in for the push services of browsers: it takes what is sent as they do, and reads it as a browser does."""

import hashlib
import hmac
import http.server
import json
import os
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """A browser with a subscription of its own: the only one that can read what is sent to it."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.key = ec.generate_private_key(CURVE)
        self.secret = os.urandom(16)

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, **more: Any) -> dict[str, Any]:
        """Give what `PushSubscription.toJSON()` gives."""
        keys = {"p256dh": written(self.point), "auth": written(self.secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys, **more}

    def opened(self, body: bytes) -> bytes:
        """Read what was sent to it (RFC 8291, written here without the code it tests)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        material = expanded(self.secret, shared, b"WebPush: info\0" + self.point + sender, 32)
        key = expanded(salt, material, b"Content-Encoding: aes128gcm\0", 16)
        nonce = expanded(salt, material, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert padded.endswith(b"\2"), "the last record ends so"
        return padded[:-1]


def expanded(salt: bytes, material: bytes, purpose: bytes, length: int) -> bytes:
    pseudorandom = hmac.digest(salt, material, hashlib.sha256)
    return hmac.digest(pseudorandom, purpose + b"\1", hashlib.sha256)[:length]


@dataclass
class PushService:
    """A service on this machine. ``status`` is what it answers, ``headers`` what with; ``asked`` is what came."""

    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                service.asked.append((self.path, {name.lower(): told for name, told in self.headers.items()}, body))
                self.send_response(service.status)
                for name, told in service.headers.items():
                    self.send_header(name, told)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing: what was asked is in `asked`."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def browser(self, name: str = "one") -> Browser:
        return Browser(f"{self.origin}/send/{name}")

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def holder_of(authorization: str, audience: str, key: str) -> dict[str, Any]:
    """Give what a token says, once it is found to be for this service and signed with this key (RFC 8292)."""
    scheme, _space, parameters = authorization.partition(" ")
    assert scheme == "vapid"
    told = dict(one.strip().split("=", 1) for one in parameters.split(","))
    assert told["k"] == key
    head, claims, signature = told["t"].split(".")
    assert json.loads(read(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = read(signature)
    assert len(raw) == 64
    signed = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, read(key))
    public.verify(signed, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    content: dict[str, Any] = json.loads(read(claims))
    assert content["aud"] == audience
    assert 0 < content["exp"] - time.time() <= 24 * 60 * 60
    return content
