"""What all writes of the API share: who sends, as which account, and that it is done once, however often it comes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth import get_user
from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    Field,
    FloatField,
    Form,
    IntegerField,
    MultipleChoiceField,
    TypedChoiceField,
)
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from api.v1 import representation
from api.v1.problems import KeyNeeded, LogInNeeded, NotThisAccount, RefusedContent, TokenNeeded, TooLarge
from api.v1.reading import ReadView
from cms.people.gates import Gate
from cms.people.models import User

LARGEST = 32 * 1024  # bytes of a body
KEY, ACCOUNT = "Idempotency-Key", "Respite-Account"


class AccountThrottle(SimpleRateThrottle):
    """Counts what an account sends, under a name from which nobody can read whose it is."""

    scope = "own"
    rate = "60/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        user = get_user(request._request)
        if not user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": salted_hmac(self.scope, str(user.pk)).hexdigest()}


class OwnView(ReadView):
    """A view of what is one person's own: it looks at the session, and nobody may keep what it answers.

    ``gate`` is what somebody hears who is not logged in. Words are in the language that the client asks for.
    """

    gate: ClassVar[Gate]
    throttle_classes: ClassVar[Sequence[Any]] = (AccountThrottle,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        translation.activate(translation.get_language_from_request(request._request))
        self.read_parameters(request)
        self.owner = self.who(request)
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        response.headers["Cache-Control"] = "private, no-store"
        return super().finalize_response(request, response, *args, **kwargs)

    def who(self, request: Request) -> User:
        """Give whose session it is. Raises what says that it is nobody's, or another's than the client believes."""
        asked = request._request
        user = get_user(asked)
        if not isinstance(user, User):
            raise LogInNeeded(str(self.gate.label))
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            hold_token(request)
        if (believed := asked.headers.get(ACCOUNT)) and believed != str(user.public_id):
            raise NotThisAccount
        return user


def hold_token(request: Request) -> None:
    """Raise where a write does not carry the token of the session that it came with."""
    try:
        SessionAuthentication().enforce_csrf(request)
    except exceptions.PermissionDenied as error:
        raise TokenNeeded from error


class WriteView(OwnView):
    """A view by which somebody sends something."""

    http_method_names: ClassVar[Sequence[str]] = ("post", "options")

    def sent(self, request: Request) -> tuple[UUID, dict[str, Any]]:
        """Give the key and the content of what makes something."""
        return key_of(request._request), content_of(request._request)


def key_of(request: HttpRequest) -> UUID:
    """Give the key under which something is sent."""
    try:
        return UUID(request.headers.get(KEY, ""))
    except ValueError:
        raise KeyNeeded from None


def content_of(request: HttpRequest) -> dict[str, Any]:
    """Give the JSON object that was sent. A form of another site cannot send that type without asking first."""
    if request.content_type != "application/json":
        raise exceptions.UnsupportedMediaType(request.content_type or "")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TooLarge
    try:
        content = json.loads(request.body or b"{}")
        # JSON can name halves of letters (`\\ud800`), which are no text in any encoding.
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise RefusedContent({"": ["Send a JSON object, in UTF-8."]})
    return content


def uuid_in(content: Mapping[str, Any], name: str) -> UUID:
    """Give an id that was sent."""
    given = content.get(name)
    try:
        if isinstance(given, str):
            return UUID(given)
    except ValueError:
        pass
    raise RefusedContent({name: ["Send an id, a uuid."]})


def cleaned(form: Form) -> dict[str, Any]:
    """Give what a form takes from what was sent, or raise what is wrong with it, by field.

    A form of a page only ever gets text, and would make some of whatever else JSON has: `["a"]` would be sent as it
    looks in Python.
    """
    if foreign := {name: told for name, field in form.fields.items() if (told := foreign_to(field, form, name))}:
        raise RefusedContent(foreign)
    if not form.is_valid():
        raise RefusedContent(problems_of(form))
    return form.cleaned_data


def foreign_to(field: Field, form: Form, name: str) -> list[str]:
    """Say what kind of value a field wants where it was sent another; nothing where it fits or is not there."""
    value = form.data.get(form.add_prefix(name))
    if value is None:
        return []
    if isinstance(field, BooleanField):
        return [] if isinstance(value, bool) else ["Send true or false."]
    if isinstance(field, MultipleChoiceField):
        fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return [] if fits else ["Send a list of texts."]
    if isinstance(field, (IntegerField, FloatField)):
        return [] if isinstance(value, (int, float)) and not isinstance(value, bool) else ["Send a number."]
    makes_text = isinstance(field, CharField | ChoiceField) and not isinstance(field, TypedChoiceField)
    return ["Send a text."] if makes_text and not isinstance(value, str) else []


def problems_of(form: Form) -> dict[str, list[str]]:
    """Give what is wrong with a form in words, by field; under "" what is about no single one."""
    return {"" if name == "__all__" else name: [str(one) for one in errors] for name, errors in form.errors.items()}


def answer_made(data: Mapping[str, Any], status: int = 201) -> HttpResponse:
    """Answer with what was made, for its owner alone."""
    response = representation.answer_private(data)
    response.status_code = status
    return response
