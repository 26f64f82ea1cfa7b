"""Who is asking, and the token that their writes must carry."""

from typing import Any

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from api.v1 import representation, shapes
from api.v1.documentation import documented
from api.v1.reading import ReadView
from cms.correspondence.services import count_unread
from cms.people.models import User


class SessionView(ReadView):
    """The only read that looks at the session."""

    @documented("get_session", "Who I am, and a CSRF token. Never kept by anybody.", shapes.Session, cached=False)
    def get(self, request: HttpRequest) -> HttpResponse:
        self.read_parameters(request)
        # Of the session itself: DRF, which looks at none here, has put nobody in the place of who was found.
        asked: HttpRequest = request._request  # type: ignore[attr-defined]  # DRF's request wraps Django's
        found = get_user(asked)
        user = found if isinstance(found, User) else None
        return representation.answer_private(
            {
                "signed_in": user is not None,
                "user": user and told(user),
                "csrf_token": get_token(asked),
            }
        )


def told(user: User) -> dict[str, Any]:
    """Give what somebody's own browser is told of them."""
    return {
        "id": str(user.public_id),
        "name": user.get_full_name(),
        "email": user.email,
        "may_edit": may_edit(user),
        "unread": count_unread(user),
    }


def may_edit(user: User) -> bool:
    """Say whether somebody may enter the editors' area."""
    return user.has_perm("wagtailadmin.access_admin")
