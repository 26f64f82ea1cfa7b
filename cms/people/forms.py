"""The forms of accounts, where allauth's own say too much or ask otherwise."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignupForm(AllauthSignupForm):
    """Asks for an address and a password. Whether the address has an account already, its answer does not tell."""

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; for one that is there take as long, for hashing is what making one takes."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AddPasskeyForm(AllauthAddWebAuthnForm):
    """Adds a passkey, or a key that is a second factor alone, in words that most people know."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.initial["name"] = ""
        alone = self.fields["passwordless"]
        alone.label = _("Log in with it alone, without a password")
        alone.help_text = _("Where your device cannot do that, leave this out: the key is then a second factor.")
        alone.initial = True
