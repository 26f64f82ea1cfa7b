"""What is kept about everybody who has an account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms.people.models import User
from cms.people.rights import holds
from cms.people.sessions import sessions_of


def erase_log(user: User) -> None:
    """Take the name out of what the admin has noted down about an account, such as that it was made."""
    of_accounts = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=of_accounts, object_id=str(user.pk)).delete()


@holds("account", _("Your account"), erase=erase_log)
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
    }
