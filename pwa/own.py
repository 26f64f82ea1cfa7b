"""What is one person's own: pages that nobody else sees, and the copies of them that their phone keeps sealed.

A private page is drawn from one template for the browser that asks and for the phone that keeps it; only the copy has
no token in its forms. Whoever is not logged in meets the gate of the place instead.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.people.gates import Gate
from cms.people.models import User
from cms.publishing.languages import root_of

View = Callable[..., HttpResponse]
FRAME, COPY = "own/base.html", "own/copy.html"


@dataclass(frozen=True)
class Copy:
    """A private page as a phone keeps it: its address, its title and its main."""

    path: str
    title: str
    html: str


class Keyed(forms.Form):
    """A form that is sent once, however often its button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


Collect = Callable[[User], Iterable[Copy]]
_shelves: list[Collect] = []


def copies(collect: Collect) -> Collect:
    """Register a function that gives the private pages of somebody for their phone to keep."""
    _shelves.append(collect)
    return collect


def own_page(gate: Gate) -> Callable[[View], View]:
    """Let only somebody who is logged in see a page, as ``view(request, user, …)``; all others meet the gate."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if isinstance(user, User):
                return view(request, user, *args, **kwargs)
            if request.method not in ("GET", "HEAD"):
                return redirect_to_login(request.get_full_path())
            return render(request, "own/gate.html", {"gate": gate, "next": request.get_full_path()})

        return asked

    return decorate


def draw(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer with a private page."""
    return render(request, template, {**around(FRAME), **context}, status=status)


def copy(path: str, title: str, template: str, context: dict[str, Any]) -> Copy:
    """Draw a private page as a phone keeps it: its main alone, without a token."""
    return Copy(path, title, render_to_string(template, {**around(COPY), **context}).strip())


def around(frame: str) -> dict[str, Any]:
    """Give what every private page needs to know: its frame, and what addresses in its language begin with."""
    return {"frame_of_page": frame, "root": root_of(get_language() or "")}


@require_safe
def own_copies(request: HttpRequest) -> HttpResponse:
    """All of somebody's private pages, for their phone; nobody's where nobody is logged in (401)."""
    user = request.user
    if not isinstance(user, User):
        return answer({"account": None, "pages": []}, status=401)
    pages = [asdict(page) for collect in _shelves for page in collect(user)]
    data = {"account": str(user.public_id), "pages": pages}
    tag = f'"{blake2b(json.dumps(data, sort_keys=True).encode(), digest_size=12).hexdigest()}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = answer(data)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-store"
    return response


def answer(data: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer with JSON for one person alone."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    headers = {"Cache-Control": "private, no-store", "Content-Language": get_language() or ""}
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


@require_safe
def nothing(request: HttpRequest, path: str = "") -> HttpResponse:
    """Whatever else is asked for here is not there."""
    raise Http404


def sent() -> str:
    """What is said when something has been committed, and not before. The words are fixed."""
    return _("Your message has been sent")
