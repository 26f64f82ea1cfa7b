"""What the OpenAPI document says of an operation, written where the operation is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

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
