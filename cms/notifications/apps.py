from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Telling people that there is something new for them: by letter, by a digest, on their devices."""

    name = "cms.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from cms.notifications import checks, holdings, signals  # noqa: F401  # they register themselves
