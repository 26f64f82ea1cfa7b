"""A client that holds every answer of the API to the OpenAPI document."""

import copy
import gzip
import json
import re
from datetime import datetime
from functools import cache
from typing import Any

import brotli
from django.http import HttpResponseBase
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from api.v1.openapi import document

formats = FormatChecker()
# Addresses that the document leaves out, and why: they are the document and its page.
UNDOCUMENTED = ("/api/v1/schema/", "/api/v1/docs/")


@formats.checks("date-time", raises=ValueError)
def is_moment(value: Any) -> bool:
    """Say whether a text is a moment with its offset."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@cache
def strict_document() -> dict[str, Any]:
    """Give the document with every object closed: clients must bear new fields, our tests must notice them."""
    closed = copy.deepcopy(document())

    def close(schema: Any) -> None:
        if isinstance(schema, dict):
            if "properties" in schema:
                schema["additionalProperties"] = False
            for part in schema.values():
                close(part)
        elif isinstance(schema, list):
            for part in schema:
                close(part)

    close(closed["components"])
    return closed


@cache
def template_of(path: str) -> str | None:
    """Give the documented address that a path is one of."""
    if path in document()["paths"]:
        return path
    for template in document()["paths"]:
        if re.fullmatch(re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(template)), path):
            return str(template)
    return None


def schema_of(path: str, method: str, status: int, content_type: str) -> dict[str, Any]:
    """Give the schema that an answer must fit; problems that any address may have fit the general one."""
    template = template_of(path)
    operation = document()["paths"].get(template, {}).get(method.lower())
    if operation is None or status == 405:
        assert status in (404, 405), f"{method} {path} answered {status}, and is not documented"
        return {"$ref": "#/components/schemas/Problem"}
    assert str(status) in operation["responses"], f"{method} {path} answered {status}, which is not documented"
    contents = operation["responses"][str(status)].get("content", {})
    assert content_type in contents, f"{path} answered {status} as {content_type}, documented as {list(contents)}"
    return contents[content_type]["schema"]


def hold_to_contract(path: str, method: str, response: HttpResponseBase) -> None:
    """Raise where an answer is not what the document says."""
    status = response.status_code
    if method == "OPTIONS" or 300 <= status < 400 or path in UNDOCUMENTED:
        return
    assert response.headers.get("Cache-Control"), f"{path} says nothing of caching"
    if status == 204:
        assert str(status) in document()["paths"][template_of(path)][method.lower()]["responses"]
        assert plain_content(response) == b"", f"{path} answered 204 with content"
        return
    content_type = response.headers["Content-Type"].partition(";")[0]
    schema = schema_of(path, "GET" if method == "HEAD" else method, status, content_type)
    if method == "HEAD":
        return
    text = plain_content(response).decode()
    content = json.loads(text) if content_type.endswith("json") else text
    validator = Draft202012Validator({**schema, "components": strict_document()["components"]}, format_checker=formats)
    wrong = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(content)]
    assert not wrong, f"{method} {path} is not what the contract says:\n" + "\n".join(wrong)


def plain_content(response: Any) -> bytes:
    """Give an answer's body without its content coding."""
    match response.headers.get("Content-Encoding"):
        case "br":
            return brotli.decompress(response.content)
        case "gzip":
            return gzip.decompress(response.content)
        case _:
            return response.content


class ContractClient(Client):
    """Django's test client, holding what it gets to the contract."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if request["PATH_INFO"].startswith("/api/"):
            hold_to_contract(request["PATH_INFO"], request["REQUEST_METHOD"], response)
        return response
