"""The app of messages. Django itself owns the label `messages`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    """Messages to the team and between readers and specialists."""

    name = "cms.correspondence"
    verbose_name = _("Messages")

    def ready(self) -> None:
        # The first says what is kept about people; the second is wanted with the first message, and takes long to load.
        from cms.correspondence import holdings, tasks  # noqa: F401
