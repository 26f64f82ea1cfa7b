"""Which stored bytes an answer sends, under which tag, for how long (RFC 9110 and 9111)."""

import gzip
import json
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

ENCODINGS = ("br", "gzip", "identity")  # the first of those that a client likes equally well
COMPRESSED_FROM = 512  # bytes; below that, coding saves nothing
KEPT_UP_TO = 256 * 1024  # bytes


@lru_cache(maxsize=256)
def choose_encoding(accepted: str) -> str:
    """Choose from an Accept-Encoding header; ``identity`` where it names none of ours."""
    weights: dict[str, float] = {}
    for item in accepted.split(","):
        name, _, parameter = item.strip().lower().partition(";")
        key, _, weight = parameter.strip().partition("=")
        try:
            weights[name.strip()] = float(weight) if key.strip() == "q" else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    # What is not named counts as the asterisk does; identity is always possible, but least liked.
    rest = weights.get("*", 0.0)
    liked = {name: weights.get(name, rest) for name in ENCODINGS[:-1]}
    liked["identity"] = weights.get("identity", 0.0001 if "*" not in weights else rest)
    best = max(ENCODINGS, key=lambda name: liked[name])
    return best if liked[best] > 0 else "identity"


def tag(etag: str, encoding: str) -> str:
    """Give the strong entity tag of one representation in one encoding."""
    return f'"{etag}"' if encoding == "identity" else f'"{etag}-{encoding}"'


def is_known(request: HttpRequest, entity_tag: str) -> bool:
    """Say whether If-None-Match names this tag: weak comparison, a list, or ``*``."""
    header = request.META.get("HTTP_IF_NONE_MATCH")
    if not header:
        return False
    return header.strip() == "*" or entity_tag in (one.removeprefix("W/") for one in parse_etags(header))


def answer(
    request: HttpRequest,
    encoding: str,
    etag: str,
    body: Callable[[], bytes],
    max_age: int,
    content_type: str = "application/json",
) -> HttpResponse:
    """Answer with a public representation, or with 304 where the client has it."""
    entity_tag = tag(etag, encoding)
    headers = {
        "ETag": entity_tag,
        "Cache-Control": f"public, max-age={max_age}",
        "Vary": "Accept-Encoding",
    }
    if is_known(request, entity_tag):
        response = HttpResponse(status=304, headers=headers)
        del response["Content-Type"]
        return response
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return HttpResponse(body(), content_type=content_type, headers=headers)


def answer_made(
    request: HttpRequest, body: bytes, max_age: int, content_type: str = "application/json"
) -> HttpResponse:
    """Answer with what was put together for this request, compressed where that is wanted and pays."""
    digest = blake2b(body, digest_size=12).hexdigest()
    encoding = choose_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if len(body) < COMPRESSED_FROM:
        encoding = "identity"
    return answer(request, encoding, digest, lambda: compressed(body, encoding), max_age, content_type)


def answer_private(data: Any) -> HttpResponse:
    """Answer with what nobody may keep: neither a proxy nor the browser."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "private, no-store"})


def answer_nothing() -> HttpResponse:
    """Answer that it is done, where there is nothing to tell."""
    response = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    del response["Content-Type"]
    return response


def compressed(body: bytes, encoding: str) -> bytes:
    """Give the body in an encoding; small ones from the last few, since what was asked for will be asked for again."""
    if encoding == "identity":
        return body
    return compress_recent(body, encoding) if len(body) <= KEPT_UP_TO else compress(body, encoding)


def compress(body: bytes, encoding: str) -> bytes:
    """Compress a body as ``br`` or ``gzip``."""
    return brotli.compress(body, quality=5) if encoding == "br" else gzip.compress(body, 6, mtime=0)


compress_recent = lru_cache(maxsize=64)(compress)
