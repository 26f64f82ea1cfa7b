"""Everything that goes wrong under /api/, told in one form: problem details (RFC 9457)."""

import json
import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.views import set_rollback

from cms.correspondence.refusals import NotPossible, NotThere, TooMany
from cms.people.writing import KeyReused

logger = logging.getLogger("api.problems")

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Bad request",
    401: "Log-in needed",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    410: "Gone",
    413: "Content too large",
    415: "Unsupported media type",
    422: "Unprocessable content",
    429: "Too many requests",
    500: "Server error",
}
NOT_FOUND = "There is nothing at this address."


class InvalidParameters(Exception):
    """Query parameters that are unknown or say something they cannot: ``errors`` by parameter."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class InvalidContent(Exception):
    """What was sent says something that it cannot: ``errors`` by field, such as ``counts.3.day``."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class RefusedContent(Exception):
    """What somebody has written cannot be taken as it is: ``errors`` by field, in their language."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class LogInNeeded(Exception):
    """Something that only somebody who is logged in may do; it says so as the gate before it does."""


class NotThisAccount(Exception):
    """Something that was written as one account and sent in the session of another."""


class TokenNeeded(Exception):
    """A write without the token of its session, or with an old one."""


class KeyNeeded(Exception):
    """Something that is to be made, without the key by which it is made once."""


class TooLarge(Exception):
    """More than is taken."""


class Conflict(Exception):
    """Something that can no longer be done, since something else has happened: ``kind`` names it, its text says so.

    ``more`` is what a program may want to know of it.
    """

    def __init__(self, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind = kind
        self.more = more


class Gone(Exception):
    """What was public and no longer is; with the public reason, and what to read instead, where there are such."""

    def __init__(self, reason: str = "", replacement_path: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.replacement_path = replacement_path


class CursorGone(Exception):
    """A cursor of the change feed from which the way to the present is not known."""


def problem(
    status: int, detail: str, *, kind: str = "", title: str = "", headers: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Answer with a problem; ``kind`` names those that a program may want to tell from others of its status."""
    content = {
        "type": f"urn:respite:problem:{kind}" if kind else "about:blank",
        "title": title or TITLES[status],
        "status": status,
        "detail": detail,
        **more,
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return HttpResponse(
        body, status=status, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"} | (headers or {})
    )


def respond(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """Turn whatever a view raised into a problem (DRF's EXCEPTION_HANDLER)."""
    set_rollback()
    match error:
        case InvalidParameters():
            detail = "Some query parameters cannot be used: " + ", ".join(error.errors) + "."
            return problem(400, detail, kind="invalid-parameters", errors=error.errors)
        case InvalidContent():
            detail = "What was sent cannot be used."
            return problem(400, detail, kind="invalid-content", errors=error.errors)
        case RefusedContent():
            detail = _("Something is missing or cannot be taken as it is.")
            return problem(422, detail, kind="invalid-content", errors=error.errors)
        case KeyReused():
            detail = "This Idempotency-Key has been used for something else. Use a new one for every new thing."
            return problem(422, detail, kind="key-reused")
        case KeyNeeded():
            detail = "Send an Idempotency-Key: a uuid that is new for every thing that is to be made."
            return problem(400, detail, kind="key-needed")
        case LogInNeeded():
            # RFC 9110 wants a challenge with every 401; the browser must not answer it with a window of its own.
            return problem(401, str(error), kind="log-in-needed", headers={"WWW-Authenticate": "Session"})
        case NotThisAccount():
            detail = _("This was written in another account. Log in to that one to send it.")
            return problem(403, detail, kind="other-account")
        case TokenNeeded():
            return problem(403, "Send the csrf_token of /api/v1/session/ as X-CSRFToken.", kind="csrf")
        case TooLarge():
            return problem(413, _("This is too long. Please shorten it, or send it in parts."))
        case Conflict() | NotPossible():
            return problem(409, str(error), kind=error.kind, **getattr(error, "more", {}))
        case TooMany():
            return problem(429, str(error), headers={"Retry-After": str(error.seconds)})
        case Http404() | exceptions.NotFound() | NotThere():
            return not_found()
        case Gone():
            return gone(error)
        case CursorGone():
            detail = "The way from this cursor to the present is not known any more. Start again with after=0."
            return problem(410, detail, kind="cursor-gone")
        case exceptions.Throttled():
            seconds: float | None = getattr(error, "wait", None)
            wait = {"Retry-After": str(max(1, round(seconds)))} if seconds is not None else {}
            return problem(429, "Too many requests in a short time. Wait a little, then try again.", headers=wait)
        case exceptions.MethodNotAllowed():
            return problem(405, str(error.detail))
        case exceptions.NotAcceptable():
            return problem(406, "This address answers in application/json.")
        case exceptions.APIException() if error.status_code in TITLES:
            return problem(error.status_code, str(error.detail))
        case PermissionDenied():
            return problem(403, "This is not allowed.")
        case _:
            return failed(error, context)


def not_found() -> HttpResponse:
    """Answer for what does not exist and, byte for byte the same, for what may not be seen."""
    return problem(404, NOT_FOUND)


def gone(error: Gone) -> HttpResponse:
    """Answer for what was withdrawn, with its public reason, or is merely no longer there."""
    if error.reason:
        title, kind, detail = "Withdrawn", "withdrawn", "This was withdrawn."
    else:
        title, kind, detail = "Gone", "gone", "This is no longer here."
    return problem(
        410,
        detail,
        kind=kind,
        title=title,
        reason=error.reason or None,
        replacement_path=error.replacement_path or None,
    )


def failed(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """Answer for an error of ours, and log it without the query, which may hold what somebody searched for."""
    request = context.get("request")
    path = request.path if request is not None else "?"
    logger.error("Error at %s", path, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return problem(500, "Something went wrong on our side. It has been noted.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error outside any view."""
    return problem(500, "Something went wrong on our side. It has been noted.")
