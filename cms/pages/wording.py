"""What stands on every page until an editor writes something else; translated as long as nobody has."""

from django.utils.translation import gettext_noop

GREETING = gettext_noop("Hello.")
FOOTER = gettext_noop("Everything here can be read without an account.")
CRISIS_NOTE = gettext_noop("In danger, or thinking about ending your life?")
