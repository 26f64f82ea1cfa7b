"""The four things for which one has to be logged in, and how each says so. The words are fixed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gate(models.TextChoices):
    """What somebody meets who is not logged in: the value names it, the label is what pages and API say."""

    MESSAGES = "messages", _("You need to be logged in to send messages")
    SPECIALIST = "specialist", _("To create your specialist profile, please log in to your account.")
    CONTACT = "contact", _("You need to be logged in to contact us")
    QUESTION = "question", _("To create a new Question, please log in or create an account")
