"""Answers that anybody may keep: the same bytes for all, tagged, compressed, and only for as long as they are true."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from django.http import HttpRequest, HttpResponse

from api.v1.representation import choose_encoding, compress, is_known, tag

HTML = "text/html; charset=utf-8"
COMPRESSED_FROM = 256  # bytes


@dataclass
class Document:
    """A body with its tag, and its compressed forms once somebody has asked for them."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    until: datetime | None = None
    compressed: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.etag = hashlib.sha256(self.body).hexdigest()[:24]

    def encoded(self, encoding: str) -> bytes:
        """Give the body in an encoding."""
        if encoding == "identity":
            return self.body
        if encoding not in self.compressed:
            self.compressed[encoding] = compress(self.body, encoding)
        return self.compressed[encoding]


def answer(request: HttpRequest, document: Document, max_age: int) -> HttpResponse:
    """Answer with a public document, or with 304 where the client has it."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    encoding = choose_encoding(accepted) if len(document.body) >= COMPRESSED_FROM else "identity"
    entity_tag = tag(document.etag, encoding)
    headers = {"ETag": entity_tag, "Cache-Control": f"public, max-age={max_age}", "Vary": "Accept-Encoding"}
    if document.status == 200 and is_known(request, entity_tag):
        response = HttpResponse(status=304, headers=headers)
        del response["Content-Type"]
        return response
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return HttpResponse(
        document.encoded(encoding), content_type=document.content_type, status=document.status, headers=headers
    )


class Memory:
    """The last documents of this process, given again only under the stamp they were made at, while they hold."""

    def __init__(self, most: int = 256) -> None:
        self.most = most
        self.lock = Lock()
        self.documents: OrderedDict[str, tuple[object, Document]] = OrderedDict()

    def get(self, key: str, stamp: object, now: datetime) -> Document | None:
        """Give the document of a key, if nothing has happened since it was made."""
        with self.lock:
            stamped = self.documents.get(key)
            if stamped is None or stamped[0] != stamp or stamped[1].until is None or stamped[1].until <= now:
                return None
            self.documents.move_to_end(key)
            return stamped[1]

    def put(self, key: str, stamp: object, document: Document, now: datetime, seconds: int) -> Document:
        """Keep a document for some seconds; the one that was not asked for longest makes room."""
        document.until = now + timedelta(seconds=seconds)
        with self.lock:
            self.documents[key] = (stamp, document)
            self.documents.move_to_end(key)
            while len(self.documents) > self.most:
                self.documents.popitem(last=False)
        return document

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.documents.clear()
