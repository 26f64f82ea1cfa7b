"""The admin's forms of a kind of snippet, as an editor's browser sends them."""

from html import unescape
from typing import Any

from django.db import models
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html

FORM = "w-editor-form"


class SnippetDesk:
    """Somebody who is logged in, before the admin of one kind of snippet."""

    def __init__(self, model: type[models.Model], user: Any) -> None:
        self.model = model
        self.client = Client()
        self.client.force_login(user)

    def address(self, view: str, *args: Any) -> str:
        viewset: Any = self.model.snippet_viewset  # type: ignore[attr-defined]  # set by Wagtail
        return reverse(viewset.get_url_name(view), args=args)

    def read(self, view: str, *args: Any) -> str:
        """Give what a view of the admin says. It has to answer with a page."""
        response = self.client.get(self.address(view, *args))
        assert response.status_code == 200
        return unescape(response.content.decode())

    def form(self, view: str, *args: Any) -> QueryDict:
        """Give what the browser would send of a form as it came; its blocks, which scripts draw, are empty."""
        response = self.client.get(self.address(view, *args))
        assert response.status_code == 200
        form = querydict_from_html(response.content.decode(), form_id=FORM)
        for field in self.model._meta.get_fields():
            if isinstance(field, StreamField):
                form.setdefault(f"{field.name}-count", "0")
        return form

    def send(self, view: str, *args: Any, action: str = "", **fields: Any) -> Any:
        """Fill some fields of a form in, press one of its buttons, and give the page that comes then."""
        form = self.form(view, *args)
        for name, value in fields.items():
            form.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
        if action:
            form[f"action-{action}"] = "1"
        return self.client.post(self.address(view, *args), dict(form.lists()), follow=True)

    def only(self) -> Any:
        """Give the only one there is of this kind."""
        return self.model._default_manager.get()


def told(response: Any) -> str:
    """Give everything a page says, as text."""
    return unescape(response.content.decode())
