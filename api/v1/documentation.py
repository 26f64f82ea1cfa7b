"""What the OpenAPI document says of an operation, written where the operation is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from api.v1 import shapes
from api.v1.parameters import Parameter
from api.v1.problems import CONTENT_TYPE

F = TypeVar("F", bound=Callable[..., Any])

USUAL = {
    400: (shapes.InvalidParameters, "Query parameters that are unknown or say what they cannot."),
    406: (shapes.Problem, "The Accept header leaves out JSON."),
    500: (shapes.Problem, "An error of ours."),
}
MOVED = "It has another slug now; `Location` says which."
NOT_HERE = {
    404: (shapes.Problem, "Nothing is here, or nothing that may be seen."),
    410: (shapes.GoneProblem, "This was public and no longer is; with the public reason where there is one."),
}
CURSOR_GONE = {410: (shapes.Problem, "The feed does not lead on from this cursor. Start again from 0.")}
THROTTLED = {429: (shapes.Problem, "Too many requests in a short time.")}
OWN = {
    401: (shapes.Problem, "Nobody is logged in; `detail` says so as the page does."),
    404: (shapes.Problem, "Nothing is here, or nothing of yours: the same bytes."),
}
SENT = {
    400: (shapes.Problem, "The Idempotency-Key is missing, or query parameters are unknown."),
    403: (
        shapes.Problem,
        "`csrf`: the token is missing or old. `other-account`: the session is another's. Else: not allowed.",
    ),
    409: (shapes.Problem, "It can no longer be done; `type` and `detail` say why."),
    413: (shapes.Problem, "Longer than 32 KB."),
    415: (shapes.Problem, "Not sent as application/json."),
    422: (shapes.RefusedContent, "`invalid-content`: see `errors`. `key-reused`: the key was used for something else."),
    **THROTTLED,
}
SENT_WITH = (
    OpenApiParameter(
        "Idempotency-Key",
        OpenApiTypes.UUID,
        OpenApiParameter.HEADER,
        required=True,
        description="New for every thing that is to be made. Sent again with it, it is made once.",
    ),
)
AS_ACCOUNT = OpenApiParameter(
    "Respite-Account",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    description="Whom the client takes the session to be; refused where it is another's.",
)


def documented(
    operation: str,
    summary: str,
    shape: Any,
    parameters: Iterable[Parameter] = (),
    problems: Mapping[int, tuple[Any, str]] | None = None,
    cached: bool = True,
    more: Iterable[OpenApiParameter] = (),
    moves: bool = False,
) -> Callable[[F], F]:
    """Document a read: its name, parameters and answer, and its problems besides the usual ones.

    ``shape`` may be a mapping of ``(status, content type)`` to shapes; ``more`` are parameters of the path.
    """
    responses: dict[Any, Any] = dict(shape) if isinstance(shape, Mapping) else {200: shape}
    if cached:
        responses[304] = OpenApiResponse(description="If-None-Match names the current tag: you have it already.")
    if moves:
        responses[301] = OpenApiResponse(description=MOVED)
    for status, (problem, description) in sorted({**USUAL, **(problems or {})}.items()):
        responses[(status, CONTENT_TYPE)] = OpenApiResponse(problem, description=description)
    return extend_schema(
        operation_id=operation,
        summary=summary,
        parameters=[*(parameter.documented() for parameter in parameters), *more],
        responses=responses,
        auth=[],
    )


def documented_own(
    operation: str,
    summary: str,
    shape: Any,
    sends: Any = None,
    makes: bool = False,
    status: int = 200,
    more: Iterable[OpenApiParameter] = (),
) -> Callable[[F], F]:
    """Document what is one person's own: ``sends`` is the shape of what is sent (None for a read), ``makes`` says
    whether something comes of it, which then is sent with a key; ``shape`` is None where nothing is answered."""
    is_write = sends is not None or makes
    problems = {**USUAL, **OWN, **(SENT if is_write else THROTTLED)}
    responses: dict[Any, Any] = {status: shape or OpenApiResponse(description="Done.")}
    for code, (problem, description) in sorted(problems.items()):
        responses[(code, CONTENT_TYPE)] = OpenApiResponse(problem, description=description)
    headers = [*(SENT_WITH if makes else ()), *([AS_ACCOUNT] if is_write else ())]
    return extend_schema(
        operation_id=operation,
        summary=summary,
        parameters=[*headers, *more],
        request=sends,
        responses=responses,
        auth=[{"session": []}],  # type: ignore[list-item]  # a security requirement, as the document has it
    )
