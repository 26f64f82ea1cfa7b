"""The devices on which somebody is told that there is something new: each browser speaks for itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from api.v1 import representation, shapes
from api.v1.documentation import documented_own
from api.v1.problems import RefusedContent
from api.v1.writing import OwnView, cleaned, content_of
from cms.notifications.forms import SubscriptionForm
from cms.notifications.models import PushSubscription
from cms.notifications.push.subscriptions import DEVICE, Told, followed_by, site_key, subscribe, unsubscribe
from cms.people.gates import Gate
from cms.people.sessions import device


class PushView(OwnView):
    """Whether, and with what, somebody is told on this device."""

    gate = Gate.MESSAGES
    http_method_names = ("get", "head", "post", "delete", "options")

    @documented_own("get_push", "The key for a push service, and whether I am told on this device.", shapes.Push)
    def get(self, request: Request) -> HttpResponse:
        here = request._request.session.get(DEVICE)
        found = PushSubscription.objects.filter(user=self.owner, public_id=here).first() if here else None
        return self.told(found)

    @documented_own("subscribe", "Tell me on this device.", shapes.Push, sends=shapes.PushSubscription)
    def post(self, request: Request) -> HttpResponse:
        if not site_key():
            raise RefusedContent({"": ["This site tells no devices."]})
        asked: HttpRequest = request._request
        given = cleaned(SubscriptionForm.of(content_of(asked)))
        here = asked.session.get(DEVICE)
        told = Told(device=device(asked.headers.get("User-Agent", "")), before=here, **given)
        try:
            found = subscribe(self.owner, told)
        except ValueError as error:
            raise RefusedContent({"endpoint": [str(error)]}) from None
        # By which logging out finds it.
        asked.session[DEVICE] = str(found.public_id)
        return self.told(found)

    @documented_own("unsubscribe", "Tell me nothing more on this device.", None, sends=shapes.PushEndpoint, status=204)
    def delete(self, request: Request) -> HttpResponse:
        endpoint = content_of(request._request).get("endpoint")
        if not isinstance(endpoint, str):
            raise RefusedContent({"endpoint": ["Name the address of the push service."]})
        unsubscribe(self.owner, endpoint)
        return representation.answer_nothing()

    def told(self, found: PushSubscription | None) -> HttpResponse:
        """Answer with what a device's own browser may know."""
        data: dict[str, Any] = {
            "key": site_key(),
            "subscribed": found is not None,
            "topics": followed_by(found) if found else [],
        }
        return representation.answer_private(data)
