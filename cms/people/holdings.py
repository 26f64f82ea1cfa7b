"""What is kept about everybody who has an account."""

import json
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms.people.models import User
from cms.people.rights import holds
from cms.people.sessions import sessions_of

LETTERS = "cms.review.tasks.send"


def erase_traces(user: User) -> None:
    """Take addresses out of what the admin has noted down, of letters in the queue and of log-ins half-way."""
    of_accounts = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=of_accounts, object_id=str(user.pk)).delete()
    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    for letter in DBTaskResult.objects.filter(task_path=LETTERS):
        if names(letter.args_kwargs, addresses):
            letter.delete()
    for session in Session.objects.iterator():
        if names(session.get_decoded(), addresses):
            session.delete()


def names(told: Any, addresses: set[str]) -> bool:
    """Say whether one of some addresses stands in plain values."""
    text = json.dumps(told, default=str).lower()
    return any(address.lower() in text for address in addresses)


@holds("account", _("Your account"), erase=erase_traces)
def account(user: User) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    return {
        "name": user.get_full_name(),
        "email": user.email,
        "addresses": [{"email": one.email, "verified": one.verified} for one in addresses],
        "since": user.date_joined.isoformat(),
        "last_log_in": user.last_login and user.last_login.isoformat(),
        "groups": [group.name for group in user.groups.order_by("name")],
    }


@holds("sessions", _("Where you are logged in"))
def sessions(user: User) -> list[dict[str, Any]]:
    return [{"device": one.device, "since": one.began_at.isoformat()} for one in sessions_of(user, None)]


@holds("second_factors", _("Your second factors"))
def second_factors(user: User) -> list[dict[str, Any]]:
    """Give what they are, without their secrets: whoever reads an export must not be able to log in with it."""
    return [
        {
            "type": one.type,
            "name": one.data.get("name", "") if one.type == Authenticator.Type.WEBAUTHN else "",
            "since": one.created_at.isoformat(),
            "last_used": one.last_used_at and one.last_used_at.isoformat(),
        }
        for one in Authenticator.objects.filter(user=user).order_by("created_at")
    ]


def erase_avatar(user: User) -> None:
    profile = UserProfile.objects.filter(user=user).first()
    if profile and profile.avatar:
        profile.avatar.delete()


@holds("admin_preferences", _("Your settings in the admin"), erase=erase_avatar)
def admin_preferences(user: User) -> dict[str, Any] | None:
    profile = UserProfile.objects.filter(user=user).first()
    if profile is None:
        return None
    return {
        "language": profile.preferred_language,
        "time_zone": profile.current_time_zone,
        "theme": profile.theme,
        "has_picture": bool(profile.avatar),
        "letters": {
            "submitted": profile.submitted_notifications,
            "approved": profile.approved_notifications,
            "rejected": profile.rejected_notifications,
            "comments": profile.updated_comments_notifications,
        },
    }
