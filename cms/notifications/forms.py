"""What a browser sends of a subscription at its push service."""

from collections.abc import Mapping
from typing import Any

from django import forms

from cms.notifications.push.endpoints import LONGEST, RefusedEndpoint, hold_endpoint
from cms.notifications.push.subscriptions import hold_keys

MOST_TOPICS = 200


class TopicsField(forms.Field):
    """Slugs of topics; None where nothing is said of them, which is not the same as none."""

    def clean(self, value: Any) -> list[str] | None:
        if value is None:
            return None
        if not isinstance(value, list) or len(value) > MOST_TOPICS or not all(is_slug(one) for one in value):
            raise forms.ValidationError("Send a list of slugs.")
        return value


class SubscriptionForm(forms.Form):
    """A subscription, as ``PushSubscription.toJSON()`` has it, with what else is said of it."""

    endpoint = forms.CharField(max_length=LONGEST)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)
    topics = TopicsField(required=False)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "SubscriptionForm":
        """Read what was sent, whose keys stand together."""
        keys = content.get("keys")
        own = {name: keys.get(name) for name in ("p256dh", "auth")} if isinstance(keys, dict) else {}
        return cls({**content, **own})

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            hold_endpoint(endpoint)
        except RefusedEndpoint as error:
            raise forms.ValidationError(str(error)) from None
        return endpoint

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if "p256dh" in given and "auth" in given:
            try:
                hold_keys(given["p256dh"], given["auth"])
            except ValueError:
                self.add_error("p256dh", "Send the keys of the subscription.")
        return given


def is_slug(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255
