"""Query parameters: each is declared once, read from that declaration, and documented by it.

What is not declared is refused by name, so that a misspelt filter never silently answers with everything.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from api.v1.problems import InvalidParameters

Schema = dict[str, Any]
SLUG = re.compile(r"^[\w-]{1,255}$")


@dataclass(frozen=True)
class Parameter:
    """One query parameter. ``read`` gives its value or raises ``ValueError`` with a sentence for people."""

    name: str
    read: Callable[[str], Any]
    schema: Schema
    description: str
    default: Any = None

    def documented(self) -> OpenApiParameter:
        """Give the parameter as the OpenAPI document has it."""
        schema = self.schema if self.default is None else {**self.schema, "default": self.default}
        return OpenApiParameter(self.name, type=schema, location=OpenApiParameter.QUERY, description=self.description)


def read(query: QueryDict, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """Give the value of every declared parameter; raise :class:`InvalidParameters` naming all that is wrong."""
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for parameter in parameters:
        given = query.getlist(parameter.name)
        if not given:
            values[parameter.name] = parameter.default
        elif len(given) > 1:
            errors[parameter.name] = ["Give this once."]
        else:
            try:
                values[parameter.name] = parameter.read(given[0])
            except ValueError as error:
                errors[parameter.name] = [str(error)]
    errors |= {
        name: ["There is no such parameter here."] for name in query if name not in values and name not in errors
    }
    if errors:
        raise InvalidParameters(errors)
    return values


def choice(name: str, values: Iterable[str], description: str, default: str | None = None) -> Parameter:
    """Declare a parameter that takes one of a few values."""
    choices = list(values)

    def value(text: str) -> str:
        if text not in choices:
            raise ValueError("Use one of: " + ", ".join(choices) + ".")
        return text

    return Parameter(name, value, {"type": "string", "enum": choices}, description, default)


def slug(name: str, description: str) -> Parameter:
    """Declare a parameter that takes a slug."""

    def value(text: str) -> str:
        if not SLUG.match(text):
            raise ValueError("Use a slug: letters, digits, hyphens and underscores.")
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\w-]+$"}
    return Parameter(name, value, schema, description)


def pattern(name: str, expression: str, wanted: str, description: str) -> Parameter:
    """Declare a parameter whose whole value fits an expression; ``wanted`` says so to people."""
    compiled = re.compile(expression)

    def value(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(wanted)
        return text

    return Parameter(name, value, {"type": "string", "pattern": f"^{expression}$"}, description)


def integer(name: str, low: int, high: int, default: int, description: str) -> Parameter:
    """Declare a parameter that takes a whole number of a range."""

    def value(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,19}", text) or not low <= int(text) <= high:
            raise ValueError(f"Use a whole number from {low} to {high}.")
        return int(text)

    schema = {"type": "integer", "minimum": low, "maximum": high}
    return Parameter(name, value, schema, description, default)


def words(name: str, longest: int, description: str) -> Parameter:
    """Declare a parameter that takes what somebody typed, up to a length; white space is made single."""

    def value(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"Use at most {longest} characters.")
        if "\x00" in text:
            raise ValueError("Leave out the null character.")
        return " ".join(text.split())

    return Parameter(name, value, {"type": "string", "maxLength": longest}, description, "")
